package dev.gmr.train;

import dev.gmr.train.run.ScheduleOptions;

/** Learning rate and end of a run by its validation losses. */
final class Schedule {
  private final ScheduleOptions options;
  private double learningRate;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int waited;

  Schedule(ScheduleOptions options, double learningRate) {
    this.options = options;
    this.learningRate = learningRate;
  }

  /** Goes on where a saved schedule was. */
  void resume(double rate, double loss, int epoch, int epochsWaited) {
    learningRate = rate;
    bestLoss = loss;
    bestEpoch = epoch;
    waited = epochsWaited;
  }

  /**
   * Takes the result of an epoch. Without validation images every epoch is the best so far.
   *
   * @param validLoss NaN where there are none
   * @return whether it is the best so far
   */
  boolean epoch(int epoch, double validLoss) {
    if (Double.isNaN(validLoss) || validLoss < bestLoss) {
      bestLoss = Double.isNaN(validLoss) ? bestLoss : validLoss;
      bestEpoch = epoch;
      waited = 0;
      return true;
    }
    waited++;
    if (options.patience() > 0 && waited >= options.patience()) {
      learningRate *= options.lrFactor();
      waited = 0;
    }
    return false;
  }

  /** Whether no better epoch came for so long that the run ends. */
  boolean exhausted(int epoch) {
    return options.stopPatience() > 0 && epoch - bestEpoch >= options.stopPatience();
  }

  double learningRate() {
    return learningRate;
  }

  double bestLoss() {
    return bestLoss;
  }

  int bestEpoch() {
    return bestEpoch;
  }

  int waited() {
    return waited;
  }
}
