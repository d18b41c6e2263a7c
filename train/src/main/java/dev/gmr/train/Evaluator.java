package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures accuracy and robustness: at {@code points} strengths s from 0 to 0.5 every test image
 * gets a Gaussian direction, rescaled to the norm {@code s' sqrt(d)} with s' uniform within half a
 * step of s; counted are predictions equal to the clean one and equal to the label, and integrated
 * by the trapezoid rule.
 */
public final class Evaluator {
  /** The largest strength of noise, in units of the [0, 1] pixel range. */
  public static final double MAX_SIGMA = 0.5;

  /** The number of strengths that the paper takes. */
  public static final int POINTS = 30;

  private static final int BATCH = 250;

  private final Network network;
  private final ImageSet test;
  private final Normalization normalization;
  private final Workers workers;
  private final float[] stds;
  private final float[] images;
  private final float[][] scratch;
  private final Workers.Task load = this::loadImage;
  private CounterRandom strength;
  private CounterRandom direction;
  private double center;
  private double half;
  private int from;
  private Path source;

  /**
   * Plans a measurement.
   *
   * @param architecture what the network is made of
   * @param test test images
   * @param normalization their normalisation
   * @param workers threads to run on
   */
  public Evaluator(
      Architecture architecture, ImageSet test, Normalization normalization, Workers workers) {
    this.test = test;
    this.normalization = normalization;
    this.workers = workers;
    Capacity capacity = Capacity.evaluation(Math.min(BATCH, test.size()));
    network = Models.plan(architecture, test, capacity, workers);
    stds = normalization.std();
    images = new float[network.capacity() * test.imageLength()];
    scratch = new float[workers.size()][test.imageLength()];
  }

  /**
   * Measures a network.
   *
   * @param weights safetensors file of its weights
   * @param seed decides the noise
   * @param points strengths of noise, at least 2
   * @param listener told of the progress
   * @return accuracy and robustness
   * @throws dev.gmr.train.io.UserError if the file is damaged or of another network
   */
  public Evaluation evaluate(Path weights, long seed, int points, TrainingListener listener) {
    Weights.read(weights, network);
    source = weights;
    listener.phase("robustness", (long) (points + 1) * test.size());
    strength = null;
    int[] clean = predictions(listener);
    int right = 0;
    for (int i = 0; i < clean.length; i++) {
      right += clean[i] == test.label(i) ? 1 : 0;
    }
    List<RobustnessPoint> curve = new ArrayList<>();
    for (int p = 0; p < points; p++) {
      noise(seed, p, points);
      int[] noisy = predictions(listener);
      int same = 0;
      int correct = 0;
      for (int i = 0; i < noisy.length; i++) {
        same += noisy[i] == clean[i] ? 1 : 0;
        correct += noisy[i] == test.label(i) ? 1 : 0;
      }
      curve.add(
          new RobustnessPoint(center, (double) same / test.size(), (double) correct / test.size()));
    }
    double prediction = 0;
    double label = 0;
    for (int p = 0; p < points; p++) {
      double weight = (p == 0 || p == points - 1 ? 0.5 : 1) / (points - 1);
      prediction += weight * curve.get(p).rhoPrediction();
      label += weight * curve.get(p).rhoLabel();
    }
    return new Evaluation((double) right / test.size(), prediction, label, curve);
  }

  /** Chooses the noise of a point for the images loaded from now on. */
  void noise(long seed, int point, int points) {
    double step = MAX_SIGMA / (points - 1);
    half = step / 2;
    center = point * step;
    strength = Stream.TEST_STRENGTH.of(seed).child(point);
    direction = Stream.TEST_DIRECTION.of(seed).child(point);
  }

  /** Returns {@code count} images from number {@code first}, normalised, with their noise. */
  float[] load(int first, int count) {
    from = first;
    workers.run(count, load);
    return images;
  }

  private int[] predictions(TrainingListener listener) {
    int[] predictions = new int[test.size()];
    for (int first = 0; first < test.size(); first += network.capacity()) {
      int count = Math.min(network.capacity(), test.size() - first);
      network.forward(count, load(first, count));
      for (int i = 0; i < count; i++) {
        predictions[first + i] = largest(network.logits(), i * network.logitsStride());
        if (predictions[first + i] < 0) {
          throw UserError.files(
              "%s: its weights are so large that an output is NaN; train again with a smaller --lr"
                  .formatted(source));
        }
      }
      listener.advance(count);
    }
    return predictions;
  }

  /** Returns the first class of the largest output; -1 if one is NaN. */
  private int largest(float[] logits, int at) {
    int best = 0;
    for (int c = 0; c < network.classes(); c++) {
      if (Float.isNaN(logits[at + c])) {
        return -1;
      }
      if (logits[at + c] > logits[at + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Loads image i of the batch and, unless strength is null, adds its noise. */
  private void loadImage(int i, int worker) {
    int image = from + i;
    int at = i * test.imageLength();
    test.normalizedInto(image, normalization, images, at);
    if (strength == null) {
      return;
    }
    float[] noise = scratch[worker];
    strength.uniformInto(image, noise, 0, 1);
    double s = center + half * (2 * noise[0] - 1);
    direction.normalInto(image, noise, 0, noise.length);
    double squares = 0;
    for (float x : noise) {
      squares += (double) x * x;
    }
    double scale = s * Math.sqrt(noise.length / squares);
    for (int j = 0; j < noise.length; j++) {
      float perStd = (float) (scale / stds[j % stds.length]);
      images[at + j] = Math.fma(perStd, noise[j], images[at + j]);
    }
  }
}
