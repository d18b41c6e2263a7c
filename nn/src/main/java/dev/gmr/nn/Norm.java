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
 * <p>Order of the sums: over a row of an image in float; over its rows, a slice's images and the
 * slices in double. The variance is put together from those of the images, {@code E (z - m)^2 =
 * mean of the images' + variance of their means}.
 */
final class Norm {
  private static final float MOMENTUM = 0.1f;

  private final Parameters parameters;
  private final Parameters statistics;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final int channels;
  private final int height;
  private final int width;
  private final int pixels;

  /** What the pass subtracts and multiplies by. */
  private final float[] mean;

  private final float[] scale;
  private final double[] inverse;

  /** The part of the gradient that comes through the statistics; none in expected rows. */
  private final float[] slope;

  private final float[] shift;
  private final float[] zeros;

  /** Of each slice and channel: sums of z, or of the gradient. */
  private final double[][] sums;

  /** Sums of squared deviations from the images' means, or of gradients times deviations. */
  private final double[][] products;

  /** Sums of the images' squared means. */
  private final double[][] squaredMeans;

  private final Scratch[] scratch;

  /** Sums of a row, mean and sums of an image. */
  private static final class Scratch {
    final float[] row;
    final float[] mean;
    final double[] image;

    Scratch(Memory memory, int channels) {
      row = memory.floats(channels);
      mean = memory.floats(channels);
      image = new double[channels];
    }
  }

  /** Plans the norm of results of the spec's present shape. */
  Norm(Spec spec, String name) {
    parameters = spec.parameters();
    statistics = spec.statistics();
    Memory memory = spec.memory();
    int real = spec.realChannels();
    channels = spec.shape().channels();
    height = spec.shape().height();
    width = spec.shape().width();
    pixels = height * width;
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
    sums = new double[Slices.COUNT][channels];
    products = new double[Slices.COUNT][channels];
    squaredMeans = new double[Slices.COUNT][channels];
    scratch = new Scratch[spec.workers().size()];
    Arrays.setAll(scratch, i -> new Scratch(memory, channels));
  }

  /** What z is multiplied by in this pass, of each channel. */
  float[] scale() {
    return scale;
  }

  /** Forgets a slice's sums. */
  void clear(int slice) {
    Arrays.fill(sums[slice], 0);
    Arrays.fill(products[slice], 0);
    Arrays.fill(squaredMeans[slice], 0);
  }

  /** Adds an image's mean and variance to its slice's. */
  void addStatistics(int worker, int slice, float[] z, int zOff) {
    LayerKernels layers = Backend.kernels().layers();
    Scratch s = scratch[worker];
    Arrays.fill(s.image, 0);
    for (int y = 0; y < height; y++) {
      Arrays.fill(s.row, 0f);
      layers.addRows(z, rowAt(zOff, y), width, channels, s.row, 0, channels);
      add(s.row, s.image);
    }
    for (int c = 0; c < channels; c++) {
      double m = s.image[c] / pixels;
      s.mean[c] = (float) m;
      sums[slice][c] += s.image[c];
      squaredMeans[slice][c] += m * m;
    }
    for (int y = 0; y < height; y++) {
      Arrays.fill(s.row, 0f);
      layers.addSquaredDeviations(z, rowAt(zOff, y), width, channels, s.mean, s.row);
      add(s.row, products[slice]);
    }
  }

  /** Where row y of the image at {@code off} starts. */
  private int rowAt(int off, int y) {
    return off + y * width * channels;
  }

  private static void add(float[] row, double[] sum) {
    for (int c = 0; c < row.length; c++) {
      sum[c] += row[c];
    }
  }

  /**
   * Takes the statistics that the slices hold, of {@code samples} images, and moves the running.
   */
  void useBatch(int samples) {
    long n = (long) samples * pixels;
    float[] running = statistics.array();
    float[] values = parameters.array();
    for (int c = 0; c < channels; c++) {
      double m = sum(sums, c) / n;
      double spread = sum(squaredMeans, c) - samples * m * m;
      double variance = Math.max(0, (sum(products, c) + pixels * spread) / n);
      mean[c] = (float) m;
      inverse[c] = 1 / Math.sqrt(variance + Layer.BatchNorm.EPSILON);
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
    float[] running = statistics.array();
    float[] values = parameters.array();
    for (int c = 0; c < channels; c++) {
      mean[c] = running[runningMean.offset() + c];
      inverse[c] = 1 / Math.sqrt(running[runningVariance.offset() + c] + Layer.BatchNorm.EPSILON);
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
            parameters.array(),
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
    float[] row = scratch[worker].row;
    for (int y = 0; y < height; y++) {
      int dyRow = rowAt(dyOff, y);
      Arrays.fill(row, 0f);
      layers.addRows(dy, dyRow, width, channels, row, 0, channels);
      add(row, sums[slice]);
      Arrays.fill(row, 0f);
      layers.addCodeviations(dy, dyRow, z, rowAt(zOff, y), width, channels, mean, row);
      add(row, products[slice]);
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
      double beta = sum(sums, c);
      double factor = sum(products, c) + (scaleGradient == null ? 0 : scaleGradient[c]);
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
