package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import java.util.Arrays;

/**
 * Batch norm of a convolution's results: {@code y = gamma (z - mean) / sqrt(variance + epsilon) +
 * beta}, a channel at a time.
 *
 * <p>In training, mean and variance are those of the batch's clean rows; expected rows are mapped
 * with the same ones. That makes the expected path what it should be, the network f of this step
 * evaluated elsewhere, and without noise it is the clean one to the bit. The statistics have
 * gradients from all rows. Otherwise the running ones are taken, which each training pass moves by
 * a tenth, as in PyTorch (there with the variance's {@code n - 1}).
 *
 * <p>Order of the sums: over an image's pixels in float, over a slice's images and over slices in
 * double. The variance is put together from those of the images, {@code E (z - m)^2 = mean of the
 * images' + variance of their means}.
 */
final class Norm {
  private static final double EPSILON = 1e-5;
  private static final float MOMENTUM = 0.1f;

  private final Parameters parameters;
  private final Parameters statistics;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final int channels;
  private final int pixels;

  /** What the pass subtracts and multiplies by. */
  private final float[] mean;

  private final float[] scale;
  private final double[] inverse;

  /** The part of the gradient that comes through the statistics; none in expected rows. */
  private final float[] slope;

  private final float[] shift;
  private final float[] zeros;

  private final double[][] first;
  private final double[][] second;
  private final double[][] third;
  private final Scratch[] scratch;

  /** One image's sums. */
  private static final class Scratch {
    final float[] sum;
    final float[] mean;
    final float[] squares;

    Scratch(Memory memory, int channels) {
      sum = memory.floats(channels);
      mean = memory.floats(channels);
      squares = memory.floats(channels);
    }
  }

  /** Plans the norm of results of the spec's present shape. */
  Norm(Spec spec, String name) {
    parameters = spec.parameters();
    statistics = spec.statistics();
    Memory memory = spec.memory();
    int real = spec.realChannels();
    channels = spec.shape().channels();
    pixels = spec.shape().height() * spec.shape().width();
    int[] shape = {real};
    int[] places = Places.first(memory, real);
    weight = parameters.add(name + ".weight", shape, channels, Initial.constant(1), places);
    bias = parameters.add(name + ".bias", shape, channels, Initial.constant(0), places);
    runningMean =
        statistics.add(name + ".running_mean", shape, channels, Initial.constant(0), places);
    runningVariance =
        statistics.add(name + ".running_var", shape, channels, Initial.constant(1), places);
    mean = memory.floats(channels);
    scale = memory.floats(channels);
    slope = memory.floats(channels);
    shift = memory.floats(channels);
    zeros = memory.floats(channels);
    inverse = new double[channels];
    first = new double[Slices.COUNT][channels];
    second = new double[Slices.COUNT][channels];
    third = new double[Slices.COUNT][channels];
    scratch = new Scratch[spec.workers().size()];
    Arrays.setAll(scratch, i -> new Scratch(memory, channels));
  }

  /** What z is multiplied by in this pass, of each channel. */
  float[] scale() {
    return scale;
  }

  /** Forgets a slice's sums. */
  void clear(int slice) {
    Arrays.fill(first[slice], 0);
    Arrays.fill(second[slice], 0);
    Arrays.fill(third[slice], 0);
  }

  /** Adds an image's mean and variance to its slice's. */
  void addStatistics(int worker, int slice, float[] z, int zOff) {
    LayerKernels layers = Backend.kernels().layers();
    Scratch s = scratch[worker];
    Arrays.fill(s.sum, 0f);
    Arrays.fill(s.squares, 0f);
    layers.addRows(z, zOff, pixels, channels, s.sum, 0, channels);
    for (int c = 0; c < channels; c++) {
      s.mean[c] = s.sum[c] / pixels;
    }
    layers.addSquaredDeviations(z, zOff, pixels, channels, s.mean, s.squares);
    for (int c = 0; c < channels; c++) {
      double m = (double) s.sum[c] / pixels;
      first[slice][c] += s.sum[c];
      second[slice][c] += s.squares[c];
      third[slice][c] += m * m;
    }
  }

  /**
   * Takes the statistics that the slices hold, of {@code samples} images, and moves the running.
   */
  void useBatch(int samples) {
    long n = (long) samples * pixels;
    float[] running = statistics.values();
    float[] values = parameters.values();
    for (int c = 0; c < channels; c++) {
      double m = sum(first, c) / n;
      double spread = sum(third, c) - samples * m * m;
      double variance = Math.max(0, (sum(second, c) + pixels * spread) / n);
      mean[c] = (float) m;
      inverse[c] = 1 / Math.sqrt(variance + EPSILON);
      scale[c] = (float) (values[weight.offset() + c] * inverse[c]);
      int at = runningMean.offset() + c;
      running[at] = Math.fma(MOMENTUM, mean[c] - running[at], running[at]);
      float unbiased = (float) (n > 1 ? variance * n / (n - 1) : variance);
      at = runningVariance.offset() + c;
      running[at] = Math.fma(MOMENTUM, unbiased - running[at], running[at]);
    }
  }

  /** Takes the running statistics. */
  void useRunning() {
    float[] running = statistics.values();
    float[] values = parameters.values();
    for (int c = 0; c < channels; c++) {
      mean[c] = running[runningMean.offset() + c];
      inverse[c] = 1 / Math.sqrt(running[runningVariance.offset() + c] + EPSILON);
      scale[c] = (float) (values[weight.offset() + c] * inverse[c]);
    }
  }

  /** Maps {@code images} of z, adds skip where there is one, and rectifies where wanted. */
  void forward(
      int images, float[] z, int zOff, float[] skip, int skipOff, boolean relu, float[] y, int at) {
    Backend.kernels()
        .layers()
        .normalize(
            z,
            zOff,
            images * pixels,
            channels,
            mean,
            scale,
            parameters.values(),
            bias.offset(),
            skip,
            skipOff,
            relu,
            y,
            at);
  }

  /** Adds a row's gradients to its slice's. */
  void addGradients(int worker, int slice, float[] dy, int dyOff, float[] z, int zOff) {
    LayerKernels layers = Backend.kernels().layers();
    Scratch s = scratch[worker];
    Arrays.fill(s.sum, 0f);
    Arrays.fill(s.squares, 0f);
    layers.addRows(dy, dyOff, pixels, channels, s.sum, 0, channels);
    layers.addCodeviations(dy, dyOff, z, zOff, pixels, channels, mean, s.squares);
    for (int c = 0; c < channels; c++) {
      first[slice][c] += s.sum[c];
      second[slice][c] += s.squares[c];
    }
  }

  /**
   * Sets the gradients of gamma and beta from the slices' sums.
   *
   * @param samples clean rows, which the statistics are of
   * @param scaleGradient gradients of {@link #scale} from elsewhere, or null
   */
  void sumGradients(int samples, double[] scaleGradient) {
    long n = (long) samples * pixels;
    float[] gradients = parameters.gradients();
    for (int c = 0; c < channels; c++) {
      double beta = sum(first, c);
      double factor = sum(second, c) + (scaleGradient == null ? 0 : scaleGradient[c]);
      double gamma = factor * inverse[c];
      gradients[bias.offset() + c] = (float) beta;
      gradients[weight.offset() + c] = (float) gamma;
      shift[c] = (float) (scale[c] * beta / n);
      slope[c] = (float) (scale[c] * inverse[c] * gamma / n);
    }
  }

  /** Computes a row's gradient of z, in place of z where dz is z. */
  void backward(boolean clean, float[] dy, int dyOff, float[] z, int zOff, float[] dz, int dzOff) {
    Backend.kernels()
        .layers()
        .normalizeBackward(
            dy,
            dyOff,
            z,
            zOff,
            pixels,
            channels,
            mean,
            scale,
            clean ? slope : zeros,
            clean ? shift : zeros,
            dz,
            dzOff);
  }

  private static double sum(double[][] slices, int c) {
    double sum = 0;
    for (double[] slice : slices) {
      sum += slice[c];
    }
    return sum;
  }
}
