package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.MomentKernels;
import java.util.Arrays;

/**
 * The first block of a network with batch norm: convolution, batch norm, ReLU, for a clean image
 * and for the image under Gaussian noise.
 *
 * <p>The norm is one more affine map, folded into the moments: with its factor {@code a = gamma /
 * sqrt(variance + epsilon)} of a channel, {@code mu = a (z - mean) + beta}, shared with the clean
 * path, and {@code sigma = |a| sqrt(conv(Var; W*W))}. In training a comes from the batch, as the
 * clean path's does. The gradient of sigma reaches W, and through a also gamma and the batch's
 * variance.
 */
final class MomentNormBlock implements FirstBlock {
  private final ConvLayer layer;
  private final Norm norm;
  private final NoiseMap noise;
  private final Workers workers;
  private final Pass pass;
  private final SharedBuffer gradient;
  private final int inSize;
  private final int mapSize;
  private final int channels;
  private final float[] z;
  private final float[] out;
  private final float[] cdf;
  private final float[] pdf;
  private final float[] sigma;
  private final float[] sigmaGradient;
  private final float[][] sigmaPartial;
  private final float[][] mu;
  private final double[] scaleGradient;
  private final Workers.Task convolve = this::convolveSlice;
  private final Workers.Task rectify = this::rectifySlice;
  private final Workers.Task sum = this::sumSlice;
  private final Workers.Task products = this::productSlice;
  private boolean expected;
  private float[] in;

  MomentNormBlock(Spec spec, Layer.Conv conv, Layer.BatchNorm batchNorm, SharedBuffer gradient) {
    this.gradient = gradient;
    workers = spec.workers();
    pass = spec.pass();
    inSize = spec.shape().size();
    ImageShape image = spec.shape();
    layer = new ConvLayer(spec, conv, false, true);
    norm = new Norm(spec, batchNorm.name());
    noise = new NoiseMap(spec, image, layer);
    mapSize = spec.shape().size();
    channels = spec.shape().channels();
    Memory memory = spec.memory();
    long images = (long) spec.images() * mapSize;
    long rows = (long) spec.rows() * mapSize;
    z = memory.floats(images);
    out = memory.floats(rows);
    gradient.require(rows);
    cdf = memory.floats(spec.ifExpected(images));
    pdf = memory.floats(spec.ifExpected(images));
    sigma = memory.floats(spec.ifExpected(mapSize));
    long gradients = spec.ifGradients(spec.ifExpected(mapSize));
    sigmaGradient = memory.floats(gradients);
    sigmaPartial = memory.floats(Slices.COUNT, gradients);
    mu = memory.floats(workers.size(), mapSize);
    scaleGradient = new double[channels];
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
    return mapSize;
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
    in = input;
    workers.run(Slices.COUNT, convolve);
    if (pass.training) {
      norm.useBatch(pass.samples);
    } else {
      norm.useRunning();
    }
    if (expected) {
      float[] root = noise.deviation();
      for (int i = 0; i < mapSize; i++) {
        sigma[i] = Math.abs(norm.scale()[i % channels]) * root[i];
      }
    }
    workers.run(Slices.COUNT, rectify);
  }

  private void convolveSlice(int slice, int worker) {
    norm.clear(slice);
    int to = Slices.from(slice + 1, pass.samples);
    int images;
    for (int n = Slices.from(slice, pass.samples); n < to; n += images) {
      images = layer.nextGroup(to - n);
      layer.forward(worker, images, in, n * inSize, z, n * mapSize);
      for (int i = n; pass.training && i < n + images; i++) {
        norm.addStatistics(worker, slice, z, i * mapSize);
      }
    }
  }

  private void rectifySlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    MomentKernels moments = Backend.kernels().moments();
    float[] m = mu[worker];
    int to = Slices.from(slice + 1, pass.samples);
    for (int n = Slices.from(slice, pass.samples); n < to; n++) {
      int at = n * mapSize;
      norm.forward(1, z, at, null, 0, false, m, 0);
      layers.relu(m, 0, out, at, mapSize);
      if (expected) {
        int mean = (pass.samples + n) * mapSize;
        moments.reluMeanWithGradients(m, 0, sigma, 0, out, mean, cdf, at, pdf, at, mapSize);
      }
    }
  }

  @Override
  public void backward(int rows, float[] input, float[] inGradient) {
    if (inGradient != null) {
      throw new IllegalArgumentException("the first block has no gradient of its input");
    }
    in = input;
    workers.run(Slices.COUNT, sum);
    if (expected) {
      sumSigma();
    }
    norm.sumGradients(pass.samples, expected ? scaleGradient : null);
    workers.run(Slices.COUNT, products);
    layer.sumSlices();
    if (expected) {
      noise.backward(sigmaGradient);
    }
  }

  /** Leaves the gradient of mu in the place of the clean rows' gradient. */
  private void sumSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] dy = gradient.array();
    norm.clear(slice);
    if (expected) {
      Arrays.fill(sigmaPartial[slice], 0f);
    }
    int to = Slices.from(slice + 1, pass.samples);
    for (int n = Slices.from(slice, pass.samples); n < to; n++) {
      int at = n * mapSize;
      layers.reluBackward(out, at, dy, at, dy, at, mapSize);
      if (expected) {
        int mean = (pass.samples + n) * mapSize;
        layers.multiply(dy, mean, cdf, at, cdf, at, mapSize);
        layers.add(cdf, at, dy, at, mapSize);
        layers.multiply(dy, mean, pdf, at, pdf, at, mapSize);
        layers.add(pdf, at, sigmaPartial[slice], 0, mapSize);
      }
      norm.addGradients(worker, slice, dy, at, z, at);
    }
  }

  /** From the gradient of sigma those of {@code |a|}'s two factors. */
  private void sumSigma() {
    LayerKernels layers = Backend.kernels().layers();
    Arrays.fill(sigmaGradient, 0f);
    for (float[] part : sigmaPartial) {
      layers.add(part, 0, sigmaGradient, 0, mapSize);
    }
    Arrays.fill(scaleGradient, 0);
    float[] root = noise.root();
    for (int i = 0; i < mapSize; i++) {
      float a = norm.scale()[i % channels];
      scaleGradient[i % channels] += (double) Math.signum(a) * sigmaGradient[i] * root[i];
      sigmaGradient[i] *= Math.abs(a);
    }
  }

  private void productSlice(int slice, int worker) {
    layer.startRun(worker, slice);
    float[] dy = gradient.array();
    int to = Slices.from(slice + 1, pass.samples);
    int images;
    for (int n = Slices.from(slice, pass.samples); n < to; n += images) {
      images = layer.nextGroup(to - n);
      for (int i = n; i < n + images; i++) {
        norm.backward(true, dy, i * mapSize, z, i * mapSize, z, i * mapSize);
      }
      layer.backward(worker, slice, images, in, n * inSize, z, n * mapSize);
    }
    layer.endRun(worker, slice);
  }
}
