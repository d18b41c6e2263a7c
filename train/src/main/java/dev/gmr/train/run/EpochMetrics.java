package dev.gmr.train.run;

import java.util.List;

/**
 * What an epoch brought: a row of metrics.csv.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss mean of the minimised loss over the epoch's training images
 * @param trainLossEmpirical its part at the clean logits, before weighting
 * @param trainLossExpectation its part at the expected logits, before weighting; 0 without the
 *     regularizer
 * @param trainAccuracy share of training images classified correctly during the epoch, 0 to 1
 * @param validLoss mean of the minimised loss, smoothed labels included, over the validation images
 *     after the epoch, with noisy copies of them where the run augments; NaN where none are held
 *     out
 * @param validAccuracy share of them classified correctly, 0 to 1; NaN where none are held out
 * @param learningRate learning rate of the epoch's last step
 * @param seconds wall time of the epoch, validation included
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double trainLossEmpirical,
    double trainLossExpectation,
    double trainAccuracy,
    double validLoss,
    double validAccuracy,
    double learningRate,
    double seconds) {

  /**
   * Returns the seconds of the fastest epoch, the one least delayed by other work: in a program's
   * first epochs that is the compilation of its kernels.
   *
   * @param epochs at least one
   * @return the least of their seconds
   */
  public static double fastest(List<EpochMetrics> epochs) {
    return epochs.stream().mapToDouble(EpochMetrics::seconds).min().orElseThrow();
  }
}
