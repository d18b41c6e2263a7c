package dev.gmr.train.run;

import java.util.List;

/**
 * What the test images say of a network.
 *
 * @param accuracy share of clean test images classified correctly, 0 to 1
 * @param robustnessPrediction mean over sigma of the share of predictions that noise leaves as they
 *     are
 * @param robustnessLabel mean over sigma of the share of predictions under noise that are right
 * @param points the two shares at each sigma, in rising order
 */
public record Evaluation(
    double accuracy,
    double robustnessPrediction,
    double robustnessLabel,
    List<RobustnessPoint> points) {
  /** Copies the points. */
  public Evaluation {
    points = List.copyOf(points);
  }
}
