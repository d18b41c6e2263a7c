package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LayerKernels.Pool;
import java.util.Arrays;

/**
 * The first block: convolution, ReLU, max pooling, for a clean image and, beside it, for the image
 * under Gaussian noise.
 *
 * <p>With pixel variances Var (the same for every image), the pre-activation of an image x under
 * noise is Gaussian with mean {@code mu = conv(x; W, b)}, shared with the clean path, and variance
 * {@code conv(Var; W*W)}, one map a pass. Row n of the result is {@code pool(relu(mu))} and row
 * samples + n is {@code pool(E relu(N(mu, var)))}. The gradient of W has a term through mu and one
 * through the standard deviation: {@code d var / d W = 2 W conv'(Var)}.
 *
 * <p>The full-size map mu of a sample lives in its worker's scratch; kept are the pooled results,
 * the places of the maxima and there the derivatives Phi and phi.
 */
final class MomentBlock implements FirstBlock {
  private final ConvLayer layer;
  private final Pool pool;
  private final Workers workers;
  private final Pass pass;
  private final ImageShape image;
  private final int mapSize;
  private final int outSize;
  private final float[] out;
  private final SharedBuffer gradient;
  private final int[] arg;
  private final float[] cdf;
  private final float[] pdf;

  /** The standard deviation of the pre-activation, and its gradient. */
  private final NoiseMap noise;

  private final ExpectedPool means;
  private final float[] sigmaGradient;
  private final float[][] sigmaPartial;

  /** By worker, full-size maps of a group of samples: mu, then its gradient. */
  private final float[][] maps;

  private final Workers.Task forward = this::forwardSlice;
  private final Workers.Task backward = this::backwardSlice;
  private int samples;
  private boolean expected;
  private float[] in;

  MomentBlock(Spec spec, Layer.Conv conv, Layer.MaxPool maxPool, SharedBuffer gradient) {
    this.gradient = gradient;
    workers = spec.workers();
    pass = spec.pass();
    image = spec.shape();
    layer = new ConvLayer(spec, conv, true, true);
    mapSize = layer.conv.outSize();
    pool = Pools.after(spec, maxPool == null ? new Layer.MaxPool(1, 1) : maxPool);
    outSize = spec.shape().size();
    Memory memory = spec.memory();
    long rows = (long) spec.rows() * outSize;
    long kept = spec.ifExpected((long) spec.images() * outSize);
    out = memory.floats(rows);
    gradient.require(rows);
    arg = memory.ints(rows);
    cdf = memory.floats(kept);
    pdf = memory.floats(kept);
    noise = new NoiseMap(spec, image, layer);
    means = new ExpectedPool(spec, image, conv, pool);
    long map = spec.ifGradients(spec.ifExpected(mapSize));
    sigmaGradient = memory.floats(map);
    sigmaPartial = memory.floats(Slices.COUNT, map);
    maps = memory.floats(workers.size(), (long) layer.group * mapSize);
  }

  @Override
  public void noise(float[] sigmas) {
    expected = sigmas != null;
    if (expected) {
      noise.set(sigmas);
    }
  }

  @Override
  public int rows(int batch) {
    return expected ? 2 * batch : batch;
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
  public void forward(int rows, float[] input) {
    samples = expected ? rows / 2 : rows;
    in = input;
    if (expected) {
      means.deviation(noise.deviation());
    }
    workers.run(Slices.COUNT, forward);
  }

  private void forwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] mu = maps[worker];
    int to = Slices.from(slice + 1, samples);
    int images;
    for (int n = Slices.from(slice, samples); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, (pass.from + n) * image.size(), mu, 0);
      for (int i = 0; i < images; i++) {
        int clean = (n + i) * outSize;
        layers.maxPool(pool, mu, i * mapSize, out, clean, arg, clean, true);
        if (expected) {
          int mean = (samples + n + i) * outSize;
          means.forward(worker, mu, i * mapSize, out, arg, mean, cdf, pdf, clean);
        }
      }
    }
  }

  @Override
  public void backward(int rows, float[] input, float[] inGradient) {
    if (inGradient != null) {
      throw new IllegalArgumentException("the first block has no gradient of its input");
    }
    in = input;
    workers.run(Slices.COUNT, backward);
    layer.sumSlices();
    if (expected) {
      deviationBackward();
    }
  }

  private void backwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] outGradient = gradient.array();
    float[] dMu = maps[worker];
    layer.startRun(worker, slice);
    if (expected) {
      Arrays.fill(sigmaPartial[slice], 0f);
    }
    int to = Slices.from(slice + 1, samples);
    int images;
    for (int n = Slices.from(slice, samples); n < to; n += images) {
      images = layer.nextGroup(to - n);
      for (int i = 0; i < images; i++) {
        int clean = (n + i) * outSize;
        if (expected) {
          int mean = (samples + n + i) * outSize;
          layers.expectedPoolBackward(
              pool,
              outGradient,
              clean,
              mean,
              arg,
              clean,
              mean,
              cdf,
              pdf,
              clean,
              dMu,
              i * mapSize,
              sigmaPartial[slice]);
        } else {
          layers.maxPoolBackward(pool, outGradient, clean, arg, clean, dMu, i * mapSize);
        }
      }
      layer.backward(worker, slice, images, in, (pass.from + n) * image.size(), dMu, 0);
    }
    layer.endRun(worker, slice);
  }

  private void deviationBackward() {
    LayerKernels layers = Backend.kernels().layers();
    Arrays.fill(sigmaGradient, 0f);
    for (float[] part : sigmaPartial) {
      layers.add(part, 0, sigmaGradient, 0, mapSize);
    }
    noise.backward(sigmaGradient);
  }
}
