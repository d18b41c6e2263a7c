package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.Gemm;
import dev.gmr.kernels.spi.LayerKernels;
import java.util.Arrays;

/**
 * Linear layer, with ReLU or without. It takes the whole batch at once, since its weights are read
 * from memory; the work is cut by columns of the results.
 */
final class LinearBlock implements Block {
  private final Parameter weight;
  private final Parameter bias;
  private final boolean relu;
  private final int inSize;
  private final int outSize;
  private final Parameters parameters;
  private final Workers workers;
  private final float[] out;
  private final float[] outGradient;
  private final float[] zeros;
  private final float[][] scratch;
  private final Gemm product;
  private final Gemm weightProduct;
  private final Gemm inputProduct;
  private final Workers.Task forward = this::forwardPanel;
  private final Workers.Task reluBackward = this::reluBackwardSlice;
  private final Workers.Task weightGradient = this::weightPanel;
  private final Workers.Task inputGradient = this::inputPanel;
  private int rows;
  private float[] in;
  private float[] inGradient;

  LinearBlock(Spec spec, String name, int outputs, boolean relu) {
    this.relu = relu;
    parameters = spec.parameters();
    workers = spec.workers();
    ImageShape shape = spec.shape();
    inSize = shape.size();
    outSize = spec.padded(outputs);
    int inputs = shape.height() * shape.width() * spec.realChannels();
    weight =
        parameters.add(
            name + ".weight",
            new int[] {outputs, inputs},
            inSize * outSize,
            inputs,
            places(shape, spec.realChannels(), outputs, outSize));
    int[] first = new int[outputs];
    Arrays.setAll(first, i -> i);
    bias = parameters.add(name + ".bias", new int[] {outputs}, outSize, inputs, first);
    int capacity = 2 * spec.capacity();
    out = new float[Math.multiplyExact(capacity, outSize)];
    outGradient = new float[out.length];
    zeros = new float[Math.max(inSize, outSize)];
    product = new Gemm(false, false, capacity, outSize, inSize, inSize, outSize, outSize);
    weightProduct = new Gemm(true, false, inSize, outSize, capacity, inSize, outSize, outSize);
    inputProduct = new Gemm(false, true, capacity, inSize, outSize, outSize, outSize, inSize);
    int floats =
        Math.max(
            product.scratchSize(),
            Math.max(weightProduct.scratchSize(), inputProduct.scratchSize()));
    scratch = new float[workers.size()][floats];
    spec.become(new ImageShape(1, 1, outSize), outputs);
  }

  /** PyTorch flattens channels first: element (o, c, y, x); here rows are inputs, channels last. */
  private static int[] places(ImageShape shape, int channels, int outputs, int outStride) {
    int pixels = shape.height() * shape.width();
    int[] place = new int[outputs * channels * pixels];
    int i = 0;
    for (int o = 0; o < outputs; o++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < pixels; p++) {
          place[i++] = (p * shape.channels() + c) * outStride + o;
        }
      }
    }
    return place;
  }

  @Override
  public int outSize() {
    return outSize;
  }

  @Override
  public float[] out() {
    return out;
  }

  @Override
  public float[] outGradient() {
    return outGradient;
  }

  @Override
  public void forward(int rowCount, float[] input) {
    rows = rowCount;
    in = input;
    workers.run(product.panels(), forward);
  }

  private void forwardPanel(int panel, int worker) {
    float[] values = parameters.values();
    product.run(
        panel,
        rows,
        inSize,
        in,
        0,
        values,
        weight.offset(),
        values,
        bias.offset(),
        out,
        0,
        scratch[worker]);
    if (relu) {
      LayerKernels layers = Backend.kernels().layers();
      int j = panel * Gemm.PANEL;
      int columns = Math.min(Gemm.PANEL, outSize - j);
      for (int n = 0; n < rows; n++) {
        int at = n * outSize + j;
        layers.relu(out, at, out, at, columns);
      }
    }
  }

  @Override
  public void backward(int rowCount, float[] input, float[] gradient) {
    rows = rowCount;
    in = input;
    inGradient = gradient;
    if (relu) {
      workers.run(Slices.COUNT, reluBackward);
    }
    workers.run(weightProduct.panels(), weightGradient);
    if (gradient != null) {
      workers.run(inputProduct.panels(), inputGradient);
    }
  }

  private void reluBackwardSlice(int slice, int worker) {
    int from = Slices.from(slice, rows) * outSize;
    int to = Slices.from(slice + 1, rows) * outSize;
    Backend.kernels()
        .layers()
        .reluBackward(out, from, outGradient, from, outGradient, from, to - from);
  }

  private void weightPanel(int panel, int worker) {
    float[] gradients = parameters.gradients();
    weightProduct.run(
        panel,
        inSize,
        rows,
        in,
        0,
        outGradient,
        0,
        zeros,
        0,
        gradients,
        weight.offset(),
        scratch[worker]);
    int j = panel * Gemm.PANEL;
    int columns = Math.min(Gemm.PANEL, outSize - j);
    Arrays.fill(gradients, bias.offset() + j, bias.offset() + j + columns, 0f);
    Backend.kernels()
        .layers()
        .addRows(outGradient, j, rows, outSize, gradients, bias.offset() + j, columns);
  }

  private void inputPanel(int panel, int worker) {
    inputProduct.run(
        panel,
        rows,
        outSize,
        outGradient,
        0,
        parameters.values(),
        weight.offset(),
        zeros,
        0,
        inGradient,
        0,
        scratch[worker]);
  }
}
