package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.kernels.SoftmaxCrossEntropy;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.LossGap;
import dev.gmr.train.run.LossGap.Estimate;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Measures how far the cross entropy at the expected logits lies below the expected cross entropy:
 * the one by the network's moments, the other by sampling.
 */
public final class GapMeter {
  /** The usual number of noisy copies of an image. */
  public static final int DRAWS = 20;

  private static final int BATCH = 250;

  private final Network network;
  private final ImageSet images;
  private final Normalization normalization;
  private final Batch batch;
  private final float[] losses;
  private final int[] predictions;

  /**
   * Plans a measurement.
   *
   * @param architecture what the network is made of
   * @param images images to measure on
   * @param normalization their normalisation
   * @param workers threads to run on
   */
  public GapMeter(
      Architecture architecture, ImageSet images, Normalization normalization, Workers workers) {
    this.images = images;
    this.normalization = normalization;
    Capacity capacity = new Capacity(Math.min(BATCH, images.size()), true, false);
    network = Models.plan(architecture, images, capacity, workers);
    batch = new Batch(images, normalization, network.capacity(), workers);
    losses = new float[2 * network.capacity()];
    predictions = new int[2 * network.capacity()];
  }

  /**
   * Measures a network.
   *
   * @param weights safetensors file of its weights
   * @param seed decides the noise
   * @param sigma standard deviation of the noise in units of the [0, 1] pixel range, above 0
   * @param draws noisy copies of each image, at least 2
   * @param listener told of the progress
   * @return the cross entropies
   * @throws UserError if the file is damaged or of another network, there are too many draws, or an
   *     output is not finite
   */
  public LossGap measure(
      Path weights, long seed, double sigma, int draws, TrainingListener listener) {
    int copies = copies(draws);
    Weights.read(weights, network);
    float[] sigmas = Noise.sigmas(sigma, normalization);
    Noise noise = Noise.fresh(Stream.GAP_NOISE.of(seed), draws, sigmas);
    int n = images.size();
    listener.phase("loss gap", (long) copies * n);
    int[] indices = IntStream.range(0, n).toArray();
    double[] clean = new double[n];
    double[] expected = new double[n];
    double[] sampled = new double[n];
    double[] gap = new double[n];
    double varianceOfDraws = 0;
    double[][] draw = new double[network.capacity()][draws];
    for (int first = 0; first < n; first += network.capacity()) {
      int count = Math.min(network.capacity(), n - first);
      batch.source(indices, copyByCopy(first, count, copies), copies, noise, null);
      evaluate(0, count, sigmas);
      for (int i = 0; i < count; i++) {
        clean[first + i] = losses[i];
        expected[first + i] = losses[count + i];
      }
      listener.advance(count);
      for (int d = 0; d < draws; d++) {
        evaluate(d + 1, count, null);
        for (int i = 0; i < count; i++) {
          draw[i][d] = losses[i];
        }
        listener.advance(count);
      }
      for (int i = 0; i < count; i++) {
        sampled[first + i] = mean(draw[i]);
        gap[first + i] = sampled[first + i] - expected[first + i];
        varianceOfDraws += variance(draw[i]) / draws;
      }
    }
    double errorOfDraws = Math.sqrt(varianceOfDraws) / n;
    LossGap measured =
        new LossGap(
            n,
            sigma,
            draws,
            estimate(clean, 0),
            estimate(expected, 0),
            estimate(sampled, errorOfDraws),
            estimate(gap, errorOfDraws));
    // every loss of every image is a term of one of these
    if (!Double.isFinite(measured.clean().mean()) || !Double.isFinite(measured.gap().mean())) {
      throw UserError.files(
          ("%s: at sigma %s its outputs are so large that a loss is not finite; take a smaller"
                  + " --sigma or train again with a smaller --lr")
              .formatted(weights, sigma));
    }
    return measured;
  }

  private int copies(int draws) {
    if ((draws + 1L) * images.size() > Integer.MAX_VALUE) {
      throw UserError.usage(
          "--draws %d of %d images makes too many; at most %d fit"
              .formatted(draws, images.size(), Integer.MAX_VALUE / images.size() - 1));
    }
    return draws + 1;
  }

  /**
   * Returns the items of some images: copy 0 of each, then copy 1 of each, and so on; behind them
   * the clean ones of the images that come next, to be read ahead.
   */
  private int[] copyByCopy(int first, int count, int copies) {
    int left = images.size() - first - count;
    int own = copies * count;
    int[] order = new int[own + Math.min(network.capacity(), left)];
    for (int i = 0; i < own; i++) {
      order[i] = (first + i % count) * copies + i / count;
    }
    for (int i = own; i < order.length; i++) {
      order[i] = (first + count + i - own) * copies;
    }
    return order;
  }

  /** Leaves the losses of one copy of each image and, with sigmas, of its expected logits. */
  private void evaluate(int copy, int count, float[] sigmas) {
    batch.load(copy * count, count);
    network.noise(sigmas);
    int rows = network.forward(count, batch.images());
    int stride = network.logitsStride();
    for (int row = 0; row < rows; row += count) {
      SoftmaxCrossEntropy.lossInto(
          network.logits(),
          row * stride,
          stride,
          network.classes(),
          count,
          batch.labels(),
          0,
          losses,
          row,
          predictions,
          row);
    }
  }

  private static Estimate estimate(double[] byImage, double errorOfDraws) {
    return new Estimate(mean(byImage), errorOfDraws, Math.sqrt(variance(byImage) / byImage.length));
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  /** The unbiased one; NaN of a single value. */
  private static double variance(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double v : x) {
      sum += (v - mean) * (v - mean);
    }
    return sum / (x.length - 1);
  }
}
