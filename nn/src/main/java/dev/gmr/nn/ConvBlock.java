package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;

/**
 * Convolution, then max pooling and ReLU where wanted. A group of samples runs through all three
 * while it is in cache; only the pooled result and the places of the maxima are kept.
 */
final class ConvBlock implements Block {
  private final ConvLayer layer;
  private final LayerKernels.Pool pool;
  private final Workers workers;
  private final int inSize;
  private final int outSize;
  private final float[] out;
  private final SharedBuffer outGradient;
  private final boolean relu;
  private final int[] arg;
  private final float[][] z;

  /** Gradient of the convolution's results, where it is wide. */
  private final float[] dz;

  private final Workers.Task forward = this::forwardRun;
  private final Workers.Task backward = this::backwardRun;
  private int rows;
  private float[] in;
  private float[] inGradient;

  /**
   * Plans the block.
   *
   * @param maxPool the pooling, or null
   */
  ConvBlock(
      Spec spec, Layer.Conv conv, Layer.MaxPool maxPool, boolean relu, SharedBuffer gradient) {
    this.relu = relu;
    outGradient = gradient;
    workers = spec.workers();
    inSize = spec.shape().size();
    layer = new ConvLayer(spec, conv, true, false);
    pool = Pools.after(spec, maxPool);
    outSize = spec.shape().size();
    Memory memory = spec.memory();
    long kept = (long) spec.rows() * outSize;
    out = memory.floats(kept);
    outGradient.require(kept);
    arg = memory.ints(pool == null ? 0 : kept);
    z = memory.floats(workers.size(), (long) layer.group * layer.conv.outSize());
    long results = (long) spec.rows() * layer.conv.outSize();
    dz = memory.floats(layer.wide ? spec.ifGradients(results) : 0);
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
    return outGradient.array();
  }

  @Override
  public void forward(int rowCount, float[] input) {
    rows = rowCount;
    in = input;
    layer.prepare();
    if (layer.shared(rows)) {
      layer.forwardShared(in, z[0]);
      pool(0, 0, 1);
    } else {
      workers.run(layer.runs(rows), forward);
    }
  }

  private void forwardRun(int run, int worker) {
    int to = layer.from(run + 1, rows);
    int images;
    for (int n = layer.from(run, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, n * inSize, z[worker], 0);
      pool(worker, n, images);
    }
  }

  /** What follows the convolution of a worker's group of samples, of which the first is n. */
  private void pool(int worker, int n, int images) {
    LayerKernels layers = Backend.kernels().layers();
    int zSize = layer.conv.outSize();
    if (pool == null && !relu) {
      System.arraycopy(z[worker], 0, out, n * outSize, images * outSize);
    } else if (pool == null) {
      layers.relu(z[worker], 0, out, n * outSize, images * outSize);
    } else {
      for (int i = 0; i < images; i++) {
        int at = (n + i) * outSize;
        layers.maxPool(pool, z[worker], i * zSize, out, at, arg, at, relu);
      }
    }
  }

  @Override
  public void backward(int rowCount, float[] input, float[] gradient) {
    rows = rowCount;
    in = input;
    inGradient = gradient;
    if (gradient != null) {
      layer.prepareBackward();
    }
    workers.run(layer.runs(rows), backward);
    layer.gradients(rows, in, dz);
  }

  private void backwardRun(int run, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] dy = outGradient.array();
    int zSize = layer.conv.outSize();
    int to = layer.from(run + 1, rows);
    layer.startRun(worker, run);
    int images;
    for (int n = layer.from(run, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      float[] d = layer.wide ? dz : z[worker];
      int from = layer.wide ? n * zSize : 0;
      if (pool == null && !relu) {
        System.arraycopy(dy, n * outSize, d, from, images * outSize);
      } else if (pool == null) {
        int at = n * outSize;
        layers.reluBackward(out, at, dy, at, d, from, images * outSize);
      } else {
        for (int i = 0; i < images; i++) {
          int at = (n + i) * outSize;
          layers.maxPoolBackward(pool, dy, at, arg, at, d, from + i * zSize);
        }
      }
      layer.backward(worker, run, images, in, n * inSize, d, from);
      if (inGradient != null) {
        layer.backwardInput(worker, images, d, from, inGradient, n * inSize);
      }
    }
    layer.endRun(worker, run);
  }
}
