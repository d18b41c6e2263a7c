package dev.gmr.bench.peers;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RobustnessPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Accuracy and robustness of a PyTorch network, written anew. */
final class Robustness {
  private static final int POINTS = 30;
  private static final double STEP = 0.5 / (POINTS - 1);
  private static final int BATCH = 500;

  private final TorchNetwork network;
  private final ImageSet test;
  private final Normalization normalization;
  private final Randomness random;

  Robustness(TorchNetwork network, ImageSet test, Normalization normalization, Randomness random) {
    this.network = network;
    this.test = test;
    this.normalization = normalization;
    this.random = random;
  }

  Evaluation measure() {
    int[] labels = new int[test.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = test.label(i);
    }
    int[] clean = predictions(-1);
    List<RobustnessPoint> curve = new ArrayList<>();
    double prediction = 0;
    double label = 0;
    for (int p = 0; p < POINTS; p++) {
      int[] noisy = predictions(p);
      RobustnessPoint point =
          new RobustnessPoint(p * STEP, share(noisy, clean), share(noisy, labels));
      curve.add(point);
      double weight = p == 0 || p == POINTS - 1 ? STEP / 2 : STEP;
      prediction += weight / 0.5 * point.rhoPrediction();
      label += weight / 0.5 * point.rhoLabel();
    }
    return new Evaluation(share(clean, labels), prediction, label, curve);
  }

  private static double share(int[] a, int[] b) {
    int equal = 0;
    for (int i = 0; i < a.length; i++) {
      equal += a[i] == b[i] ? 1 : 0;
    }
    return (double) equal / a.length;
  }

  /** Predictions under the noise of a point, or without noise for point -1. */
  private int[] predictions(int point) {
    int d = test.imageLength();
    int[] predictions = new int[test.size()];
    float[] images = new float[BATCH * d];
    for (int first = 0; first < test.size(); first += BATCH) {
      int count = Math.min(BATCH, test.size() - first);
      for (int i = 0; i < count; i++) {
        test.normalizedInto(first + i, normalization, images, i * d);
        if (point >= 0) {
          addNoise(point, first + i, images, i * d);
        }
      }
      System.arraycopy(
          network.predictions(Arrays.copyOf(images, count * d), count),
          0,
          predictions,
          first,
          count);
    }
    return predictions;
  }

  /** Adds a direction of norm {@code s' sqrt(d)}, s' uniform within half a step of the point. */
  private void addNoise(int point, int image, float[] x, int at) {
    float[] direction = new float[test.imageLength()];
    random.testDirection(point, image, direction);
    double squares = 0;
    for (float v : direction) {
      squares += (double) v * v;
    }
    double s = STEP * (point + random.testStrength(point, image) - 0.5);
    float scale = (float) (s * Math.sqrt(direction.length / squares) / normalization.std()[0]);
    for (int j = 0; j < direction.length; j++) {
      x[at + j] = Math.fma(scale, direction[j], x[at + j]);
    }
  }
}
