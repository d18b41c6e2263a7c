package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;

/**
 * Convolution, max pooling where wanted, ReLU. A group of samples runs through all three while it
 * is in cache; only the pooled result and the places of the maxima are kept.
 */
final class ConvBlock implements Block {
  private final ConvLayer layer;
  private final LayerKernels.Pool pool;
  private final Workers workers;
  private final int inSize;
  private final int outSize;
  private final float[] out;
  private final float[] outGradient;
  private final int[] arg;
  private final float[][] z;

  /** Gradient of the convolution's results, where it is wide. */
  private final float[] dz;

  private final float[] transposed;
  private final Parameters parameters;
  private final Workers.Task forward = this::forwardSlice;
  private final Workers.Task backward = this::backwardSlice;
  private final Workers.Task transpose = this::transposeTap;
  private int rows;
  private float[] in;
  private float[] inGradient;

  /**
   * Plans the block.
   *
   * @param poolWindow side and stride of the pooling, 0 for none
   */
  ConvBlock(
      Spec spec,
      String name,
      int kernel,
      int stride,
      int padding,
      int outChannels,
      int poolWindow) {
    workers = spec.workers();
    parameters = spec.parameters();
    inSize = spec.shape().size();
    layer = new ConvLayer(spec, name, kernel, stride, padding, outChannels, true);
    pool = Pools.after(spec, poolWindow);
    outSize = spec.shape().size();
    int rowCapacity = 2 * spec.capacity();
    out = new float[Math.multiplyExact(rowCapacity, outSize)];
    outGradient = new float[out.length];
    arg = new int[pool == null ? 0 : out.length];
    z = new float[workers.size()][layer.group * layer.conv.outSize()];
    transposed = new float[layer.conv.weightSize()];
    dz =
        layer.wide
            ? new float[Math.multiplyExact(rowCapacity, layer.conv.outSize())]
            : new float[0];
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
    workers.run(Slices.COUNT, forward);
  }

  private void forwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    int to = Slices.from(slice + 1, rows);
    int zSize = layer.conv.outSize();
    int images;
    for (int n = Slices.from(slice, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, n * inSize, z[worker], 0);
      if (pool == null) {
        layers.relu(z[worker], 0, out, n * outSize, images * outSize);
      } else {
        for (int i = 0; i < images; i++) {
          int at = (n + i) * outSize;
          layers.maxPool(pool, z[worker], i * zSize, out, at, arg, at, true);
        }
      }
    }
  }

  @Override
  public void backward(int rowCount, float[] input, float[] gradient) {
    rows = rowCount;
    in = input;
    inGradient = gradient;
    if (gradient != null) {
      workers.run(layer.conv.taps(), transpose);
    }
    workers.run(Slices.COUNT, backward);
    if (layer.wide) {
      layer.gradients(rows, in, dz);
    } else {
      layer.sumPartials();
    }
  }

  private void transposeTap(int tap, int worker) {
    layer.conv.transpose(tap, parameters.values(), layer.weight.offset(), transposed, 0);
  }

  private void backwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    int zSize = layer.conv.outSize();
    int to = Slices.from(slice + 1, rows);
    if (!layer.wide) {
      layer.clearPartial(slice);
    }
    int images;
    for (int n = Slices.from(slice, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      float[] d = layer.wide ? dz : z[worker];
      int from = layer.wide ? n * zSize : 0;
      if (pool == null) {
        int at = n * outSize;
        layers.reluBackward(out, at, outGradient, at, d, from, images * outSize);
      } else {
        for (int i = 0; i < images; i++) {
          int at = (n + i) * outSize;
          layers.maxPoolBackward(pool, outGradient, at, arg, at, d, from + i * zSize, false);
        }
      }
      if (!layer.wide) {
        layer.backward(worker, slice, images, in, n * inSize, d, from);
      }
      if (inGradient != null) {
        layer.conv.backwardInput(images, d, from, transposed, 0, inGradient, n * inSize);
      }
    }
  }
}
