package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;

/** Max pooling that is not part of a convolution's block. */
final class MaxPoolBlock implements Block {
  private final LayerKernels.Pool pool;
  private final Workers workers;
  private final SharedBuffer gradient;
  private final float[] out;
  private final int[] arg;
  private final Workers.Task forward = this::forwardSlice;
  private final Workers.Task backward = this::backwardSlice;
  private int rows;
  private float[] in;
  private float[] inGradient;

  MaxPoolBlock(Spec spec, Layer.MaxPool maxPool, SharedBuffer gradient) {
    this.gradient = gradient;
    workers = spec.workers();
    pool = Pools.after(spec, maxPool);
    long kept = (long) spec.rows() * pool.outSize();
    out = spec.memory().floats(kept);
    arg = spec.memory().ints(kept);
    gradient.require(kept);
  }

  @Override
  public int outSize() {
    return pool.outSize();
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
    workers.run(Slices.COUNT, forward);
  }

  private void forwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    int to = Slices.from(slice + 1, rows);
    for (int n = Slices.from(slice, rows); n < to; n++) {
      int at = n * pool.outSize();
      layers.maxPool(pool, in, n * pool.inSize(), out, at, arg, at, false);
    }
  }

  @Override
  public void backward(int rowCount, float[] input, float[] gradientOfInput) {
    rows = rowCount;
    inGradient = gradientOfInput;
    workers.run(Slices.COUNT, backward);
  }

  private void backwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] dy = gradient.array();
    int to = Slices.from(slice + 1, rows);
    for (int n = Slices.from(slice, rows); n < to; n++) {
      int at = n * pool.outSize();
      layers.maxPoolBackward(pool, dy, at, arg, at, inGradient, n * pool.inSize());
    }
  }
}
