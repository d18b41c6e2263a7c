package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LayerKernels.Pool;
import dev.gmr.kernels.spi.MomentKernels;
import java.util.Arrays;

/**
 * The first block: convolution, ReLU, max pooling, for a clean image and, beside it, for the image
 * under Gaussian noise.
 *
 * <p>With pixel variances Var (the same for every image), the pre-activation of an image x under
 * noise is Gaussian with mean {@code mu = conv(x; W, b)}, shared with the clean path, and variance
 * {@code conv(Var; W*W)}, one map a step. Row n of the result is {@code pool(relu(mu))} and row
 * samples + n is {@code pool(E relu(N(mu, var)))}. The gradient of W has a term through mu and one
 * through the standard deviation: {@code d var / d W = 2 W conv'(Var)}.
 *
 * <p>The full-size maps of a sample live in its worker's scratch; kept are the pooled results, the
 * places of the maxima and there the derivatives Phi and phi.
 */
final class MomentBlock implements Block {
  private final ConvLayer layer;
  private final Pool pool;
  private final Workers workers;
  private final Parameters parameters;
  private final ImageShape image;
  private final int mapSize;
  private final int outSize;
  private final float[] out;
  private final float[] outGradient;
  private final int[] arg;
  private final float[] cdf;
  private final float[] pdf;

  /** Pixel variance, and the standard deviation of the pre-activation with its gradient. */
  private final float[] variance;

  private final float[] sigma;
  private final float[] sigmaGradient;
  private final float[][] sigmaPartial;
  private final float[] squares;
  private final float[] squaresGradient;
  private final Scratch[] scratch;
  private final Workers.Task forward = this::forwardSlice;
  private final Workers.Task backward = this::backwardSlice;
  private int samples;
  private boolean expected;
  private float[] in;

  /** Full-size maps of one group of samples. */
  private static final class Scratch {
    final float[] mu;
    final float[] mean;
    final float[] cdf;
    final float[] pdf;
    final float[] pooled;

    Scratch(int group, int mapSize, int pooledSize) {
      mu = new float[group * mapSize];
      mean = new float[mapSize];
      cdf = new float[mapSize];
      pdf = new float[mapSize];
      pooled = new float[pooledSize];
    }
  }

  MomentBlock(
      Spec spec,
      String name,
      int kernel,
      int stride,
      int padding,
      int outChannels,
      int poolWindow) {
    workers = spec.workers();
    parameters = spec.parameters();
    image = spec.shape();
    layer = new ConvLayer(spec, name, kernel, stride, padding, outChannels, false);
    mapSize = layer.conv.outSize();
    pool = Pools.after(spec, poolWindow);
    outSize = spec.shape().size();
    int kept = Math.multiplyExact(spec.capacity(), outSize);
    out = new float[2 * kept];
    outGradient = new float[2 * kept];
    arg = new int[2 * kept];
    cdf = new float[kept];
    pdf = new float[kept];
    variance = new float[image.size()];
    sigma = new float[mapSize];
    sigmaGradient = new float[mapSize];
    sigmaPartial = new float[Slices.COUNT][mapSize];
    squares = new float[layer.conv.weightSize()];
    squaresGradient = new float[layer.conv.weightSize()];
    scratch = new Scratch[workers.size()];
    Arrays.setAll(scratch, i -> new Scratch(layer.group, mapSize, outSize));
  }

  /**
   * Sets the noise and whether the next steps compute expected rows.
   *
   * @param sigmas standard deviation of each channel's noise, in the units of the input; null for
   *     clean rows only
   */
  void noise(float[] sigmas) {
    expected = sigmas != null;
    if (expected) {
      for (int i = 0; i < variance.length; i++) {
        float s = sigmas[i % image.channels()];
        variance[i] = s * s;
      }
    }
  }

  /** Rows of a batch: one a sample, or two with the expected ones behind the clean ones. */
  int rows(int batch) {
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
    return outGradient;
  }

  @Override
  public void forward(int rows, float[] input) {
    samples = expected ? rows / 2 : rows;
    in = input;
    if (expected) {
      deviation();
    }
    workers.run(Slices.COUNT, forward);
  }

  /** {@code sigma = sqrt(conv(Var; W*W))}. */
  private void deviation() {
    int at = layer.weight.offset();
    float[] values = parameters.values();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = values[at + i] * values[at + i];
    }
    layer.conv.forward(1, variance, 0, squares, 0, null, 0, sigma, 0, layer.scratch[0]);
    for (int i = 0; i < mapSize; i++) {
      sigma[i] = (float) Math.sqrt(sigma[i]);
    }
  }

  private void forwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    MomentKernels moments = Backend.kernels().moments();
    Scratch s = scratch[worker];
    int to = Slices.from(slice + 1, samples);
    int images;
    for (int n = Slices.from(slice, samples); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, n * image.size(), s.mu, 0);
      for (int i = 0; i < images; i++) {
        int clean = (n + i) * outSize;
        layers.maxPool(pool, s.mu, i * mapSize, out, clean, arg, clean, true);
        if (expected) {
          int mean = (samples + n + i) * outSize;
          moments.reluMeanWithGradients(
              s.mu, i * mapSize, sigma, 0, s.mean, 0, s.cdf, 0, s.pdf, 0, mapSize);
          layers.maxPool(pool, s.mean, 0, out, mean, arg, mean, false);
          layers.maxPoolGather(pool, s.cdf, 0, arg, mean, cdf, clean);
          layers.maxPoolGather(pool, s.pdf, 0, arg, mean, pdf, clean);
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
    layer.sumPartials();
    if (expected) {
      deviationBackward();
    }
  }

  private void backwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    Scratch s = scratch[worker];
    float[] dMu = s.mu;
    layer.clearPartial(slice);
    Arrays.fill(sigmaPartial[slice], 0f);
    int to = Slices.from(slice + 1, samples);
    int images;
    for (int n = Slices.from(slice, samples); n < to; n += images) {
      images = layer.nextGroup(to - n);
      for (int i = 0; i < images; i++) {
        int clean = (n + i) * outSize;
        layers.maxPoolBackward(pool, outGradient, clean, arg, clean, dMu, i * mapSize, false);
        if (expected) {
          int mean = (samples + n + i) * outSize;
          layers.multiply(outGradient, mean, cdf, clean, s.pooled, 0, outSize);
          layers.maxPoolBackward(pool, s.pooled, 0, arg, mean, dMu, i * mapSize, true);
          layers.multiply(outGradient, mean, pdf, clean, s.pooled, 0, outSize);
          layers.maxPoolBackward(pool, s.pooled, 0, arg, mean, sigmaPartial[slice], 0, true);
        }
      }
      layer.backward(worker, slice, images, in, n * image.size(), dMu, 0);
    }
  }

  /**
   * The path through the standard deviation: {@code dVar = dSigma / (2 sigma)}, then {@code dW += 2
   * W conv'(Var, dVar)}. Where sigma is 0 the path has no slope to follow and gives nothing.
   */
  private void deviationBackward() {
    LayerKernels layers = Backend.kernels().layers();
    Arrays.fill(sigmaGradient, 0f);
    for (float[] part : sigmaPartial) {
      layers.add(part, 0, sigmaGradient, 0, mapSize);
    }
    for (int i = 0; i < mapSize; i++) {
      sigmaGradient[i] = sigma[i] > 0 ? sigmaGradient[i] / (2 * sigma[i]) : 0f;
    }
    Arrays.fill(squaresGradient, 0f);
    layer.conv.backwardWeights(
        1, variance, 0, sigmaGradient, 0, squaresGradient, 0, layer.scratch[0]);
    int at = layer.weight.offset();
    float[] values = parameters.values();
    float[] gradients = parameters.gradients();
    for (int i = 0; i < squaresGradient.length; i++) {
      gradients[at + i] = Math.fma(2 * values[at + i], squaresGradient[i], gradients[at + i]);
    }
  }
}
