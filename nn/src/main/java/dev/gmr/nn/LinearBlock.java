package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.Linear;
import java.util.Arrays;
import java.util.List;

/**
 * Linear layer, with ReLU or without. It takes the whole batch at once, since its weights are read
 * from memory; the work is cut by parts of the result, panels of outputs, blocks of inputs and
 * groups of rows, as {@link Linear} offers it. A network begins with a convolution, so that the
 * gradient of the input is always wanted.
 */
final class LinearBlock implements Block {
  private final Linear product;
  private final Parameter weight;
  private final Parameter bias;
  private final boolean relu;
  private final int outSize;
  private final Parameters parameters;
  private final Workers workers;
  private final Pass pass;
  private final float[] out;
  private final SharedBuffer gradient;

  /** Of the input, then of the results' gradient. */
  private final SharedBuffer interleaved;

  private final SharedBuffer packed;
  private final List<SharedBuffer> scratch;
  private final Workers.Task forward = this::forwardPart;
  private final Workers.Task interleave = this::interleaveGroup;
  private final Workers.Task prepare = this::prepareGroup;
  private final Workers.Task pack = this::packPanel;
  private final Workers.Task products = this::gradientBlock;
  private int rows;
  private float[] in;
  private float[] inGradient;
  private float[] outGradient;

  LinearBlock(Spec spec, String name, int outputs, boolean relu, SharedBuffer gradient) {
    this.relu = relu;
    this.gradient = gradient;
    Memory memory = spec.memory();
    parameters = spec.parameters();
    workers = spec.workers();
    pass = spec.pass();
    ImageShape shape = spec.shape();
    outSize = spec.padded(outputs);
    product = new Linear(shape.size(), outSize, spec.rows(), spec.workers().size());
    int inputs = shape.height() * shape.width() * spec.realChannels();
    weight =
        parameters.add(
            name + ".weight",
            new int[] {outputs, inputs},
            product.weightSize(),
            Initial.uniform(inputs),
            places(memory, product, shape, spec.realChannels(), outputs));
    bias =
        parameters.add(
            name + ".bias",
            new int[] {outputs},
            outSize,
            Initial.uniform(inputs),
            Places.first(memory, outputs));
    long kept = (long) spec.rows() * outSize;
    out = memory.floats(kept);
    gradient.require(kept);
    interleaved = spec.interleaved();
    interleaved.require(product.interleavedInputSize());
    interleaved.require(spec.ifGradients(product.interleavedGradientSize()));
    packed = spec.packed();
    packed.require(spec.ifGradients(product.packedSize()));
    scratch = spec.scratch(spec.ifGradients(product.scratchSize()));
    spec.become(new ImageShape(1, 1, outSize), outputs);
  }

  /** PyTorch flattens channels first: element (o, c, y, x); here channels are last. */
  private static int[] places(
      Memory memory, Linear product, ImageShape shape, int channels, int outputs) {
    int pixels = shape.height() * shape.width();
    int[] place = memory.ints((long) outputs * channels * pixels);
    if (memory.dry()) {
      return place;
    }
    int i = 0;
    for (int o = 0; o < outputs; o++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < pixels; p++) {
          place[i++] = product.weightIndex(p * shape.channels() + c, o);
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
    return gradient.array();
  }

  @Override
  public void forward(int rowCount, float[] input) {
    rows = rowCount;
    in = input;
    if (Linear.interleaves(rows)) {
      workers.run(product.groups(rows), interleave);
    }
    workers.run(product.parts(rows), forward);
  }

  private void interleaveGroup(int group, int worker) {
    product.interleaveInput(group, rows, in, interleaved.array());
  }

  private void forwardPart(int part, int worker) {
    float[] values = parameters.array();
    product.forward(
        part,
        rows,
        in,
        interleaved.array(),
        values,
        weight.offset(),
        values,
        bias.offset(),
        relu,
        out);
  }

  @Override
  public void backward(int rowCount, float[] input, float[] inputGradient) {
    rows = rowCount;
    in = input;
    inGradient = inputGradient;
    outGradient = gradient.array();
    workers.run(product.groups(rows), prepare);
    workers.run(product.panels(), pack);
    workers.run(product.weightBlocks() + product.inputBlocks(rows), products);
  }

  /** The gradient before ReLU, and interleaved for the product with W. */
  private void prepareGroup(int group, int worker) {
    if (relu) {
      int from = product.groupFrom(group, rows) * outSize;
      int count = product.groupFrom(group + 1, rows) * outSize - from;
      Backend.kernels()
          .layers()
          .reluBackward(out, from, outGradient, from, outGradient, from, count);
    }
    product.interleaveGradient(group, rows, outGradient, interleaved.array());
  }

  private void packPanel(int panel, int worker) {
    product.pack(panel, rows, outGradient, packed.array());
    float[] gradients = parameters.gradients();
    int j = panel * Linear.PANEL;
    int columns = Math.min(Linear.PANEL, outSize - j);
    if (!pass.accumulate) {
      Arrays.fill(gradients, bias.offset() + j, bias.offset() + j + columns, 0f);
    }
    Backend.kernels()
        .layers()
        .addRows(outGradient, j, rows, outSize, gradients, bias.offset() + j, columns);
  }

  /** A block of the weights' gradient, or behind them one of the input's. */
  private void gradientBlock(int block, int worker) {
    float[] room = scratch.get(worker).array();
    int weightBlocks = product.weightBlocks();
    if (block < weightBlocks) {
      product.backwardWeights(
          block,
          rows,
          in,
          packed.array(),
          pass.accumulate,
          parameters.gradients(),
          weight.offset(),
          room);
    } else {
      product.backwardInput(
          block - weightBlocks,
          rows,
          interleaved.array(),
          parameters.array(),
          weight.offset(),
          inGradient,
          room);
    }
  }
}
