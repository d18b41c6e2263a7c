package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;

/**
 * Convolution, batch norm, then a residual sum, max pooling and ReLU where wanted.
 *
 * <p>In training all rows of the convolution's results are kept, since the norm wants the whole
 * batch: one sweep convolves and sums, one normalises; backward, one sums gradients, one computes
 * them, leaving the results' gradient in the results' place.
 */
final class NormBlock implements Block {
  private final ConvLayer layer;
  private final Norm norm;
  private final LayerKernels.Pool pool;
  private final boolean relu;
  private final Workers workers;
  private final Pass pass;
  private final SharedBuffer gradient;
  private final int inSize;
  private final int zSize;
  private final int outSize;
  private final float[] z;
  private final float[] out;
  private final int[] arg;

  /** An image before pooling, of each worker. */
  private final float[][] unpooled;

  private final Workers.Task convolve = this::convolveRun;
  private final Workers.Task statistics = this::statisticsSlice;
  private final Workers.Task normalize = this::normalizeSlice;
  private final Workers.Task infer = this::inferRun;
  private final Workers.Task sum = this::sumSlice;
  private final Workers.Task products = this::productRun;
  private int rows;
  private float[] in;
  private float[] inGradient;
  private float[] skip;

  NormBlock(
      Spec spec,
      Layer.Conv conv,
      Layer.BatchNorm batchNorm,
      Layer.MaxPool maxPool,
      boolean relu,
      SharedBuffer gradient) {
    this.relu = relu;
    this.gradient = gradient;
    workers = spec.workers();
    pass = spec.pass();
    inSize = spec.shape().size();
    layer = new ConvLayer(spec, conv, false, false);
    norm = new Norm(spec, batchNorm.name());
    zSize = spec.shape().size();
    pool = Pools.after(spec, maxPool);
    outSize = spec.shape().size();
    Memory memory = spec.memory();
    z = memory.floats((long) spec.rows() * zSize);
    out = memory.floats((long) spec.rows() * outSize);
    gradient.require((long) spec.rows() * outSize);
    arg = memory.ints(pool == null ? 0 : (long) spec.rows() * outSize);
    unpooled = memory.floats(workers.size(), pool == null ? 0 : zSize);
  }

  /** Sets what the next passes add before ReLU: rows like the results; without pooling only. */
  void skip(float[] rowsToAdd) {
    skip = rowsToAdd;
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
    layer.prepare();
    if (pass.training) {
      workers.run(layer.runs(rows), convolve);
      if (layer.wide) {
        workers.run(Slices.COUNT, statistics);
      }
      norm.useBatch(pass.samples);
      workers.run(Slices.COUNT, normalize);
    } else {
      norm.useRunning();
      if (layer.shared(rows)) {
        layer.forwardShared(in, z);
        normalizeRows(0, 0, 1);
      } else {
        workers.run(layer.runs(rows), infer);
      }
    }
  }

  private void convolveRun(int run, int worker) {
    if (!layer.wide) {
      norm.clear(run);
    }
    int to = layer.from(run + 1, rows);
    int images;
    for (int n = layer.from(run, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, n * inSize, z, n * zSize);
      if (!layer.wide) {
        addStatistics(worker, run, n, n + images);
      }
    }
  }

  private void statisticsSlice(int slice, int worker) {
    norm.clear(slice);
    addStatistics(worker, slice, Slices.from(slice, rows), Slices.from(slice + 1, rows));
  }

  private void addStatistics(int worker, int slice, int from, int to) {
    int clean = Math.min(to, pass.samples);
    for (int n = from; n < clean; n++) {
      norm.addStatistics(worker, slice, z, n * zSize);
    }
  }

  private void normalizeSlice(int slice, int worker) {
    int from = Slices.from(slice, rows);
    normalizeRows(worker, from, Slices.from(slice + 1, rows) - from);
  }

  private void inferRun(int run, int worker) {
    int to = layer.from(run + 1, rows);
    int images;
    for (int n = layer.from(run, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, n * inSize, z, n * zSize);
      normalizeRows(worker, n, images);
    }
  }

  private void normalizeRows(int worker, int from, int count) {
    if (pool == null) {
      norm.forward(count, z, from * zSize, skip, from * zSize, relu, out, from * outSize);
      return;
    }
    LayerKernels layers = Backend.kernels().layers();
    float[] y = unpooled[worker];
    for (int n = from; n < from + count; n++) {
      norm.forward(1, z, n * zSize, null, 0, false, y, 0);
      layers.maxPool(pool, y, 0, out, n * outSize, arg, n * outSize, relu);
    }
  }

  @Override
  public void backward(int rowCount, float[] input, float[] gradientOfInput) {
    rows = rowCount;
    in = input;
    inGradient = gradientOfInput;
    workers.run(Slices.COUNT, sum);
    norm.sumGradients(pass.samples, null);
    if (inGradient != null) {
      layer.prepareBackward();
    }
    workers.run(layer.runs(rows), products);
    layer.gradients(rows, in, z);
  }

  private void sumSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] dy = gradient.array();
    norm.clear(slice);
    int to = Slices.from(slice + 1, rows);
    for (int n = Slices.from(slice, rows); n < to; n++) {
      int at = n * outSize;
      if (pool != null) {
        layers.maxPoolBackward(pool, dy, at, arg, at, unpooled[worker], 0);
        norm.addGradients(worker, slice, unpooled[worker], 0, z, n * zSize);
        continue;
      }
      if (relu) {
        layers.reluBackward(out, at, dy, at, dy, at, outSize);
      }
      norm.addGradients(worker, slice, dy, at, z, n * zSize);
    }
  }

  private void productRun(int run, int worker) {
    int to = layer.from(run + 1, rows);
    layer.startRun(worker, run);
    int images;
    for (int n = layer.from(run, rows); n < to; n += images) {
      images = layer.nextGroup(to - n);
      for (int i = n; i < n + images; i++) {
        backwardRow(worker, i);
      }
      layer.backward(worker, run, images, in, n * inSize, z, n * zSize);
      if (inGradient != null) {
        layer.backwardInput(worker, images, z, n * zSize, inGradient, n * inSize);
      }
    }
    layer.endRun(worker, run);
  }

  /** Leaves the gradient of z in its place. */
  private void backwardRow(int worker, int n) {
    boolean clean = n < pass.samples;
    float[] dy = gradient.array();
    int at = n * outSize;
    if (pool == null) {
      norm.backward(clean, dy, at, z, n * zSize, z, n * zSize);
      return;
    }
    float[] d = unpooled[worker];
    Backend.kernels().layers().maxPoolBackward(pool, dy, at, arg, at, d, 0);
    norm.backward(clean, d, 0, z, n * zSize, z, n * zSize);
  }
}
