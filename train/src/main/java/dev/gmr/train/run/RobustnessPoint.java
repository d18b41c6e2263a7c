package dev.gmr.train.run;

/**
 * Robustness at one strength of noise: a row of robustness.csv.
 *
 * @param sigma strength of the noise in units of the [0, 1] pixel range
 * @param rhoPrediction share of test images whose prediction under noise equals the one without
 * @param rhoLabel share of test images whose prediction under noise equals the label
 */
public record RobustnessPoint(double sigma, double rhoPrediction, double rhoLabel) {}
