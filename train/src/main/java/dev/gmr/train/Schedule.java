package dev.gmr.train;

import dev.gmr.train.run.RateOptions;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.ScheduleOptions;

/**
 * Learning rate and end of a run. What plateaus do is state, by its validation losses; warm-up and
 * cosine are functions of the step, so that resuming needs nothing more of them.
 */
final class Schedule {
  private final ScheduleOptions options;
  private final boolean cosine;
  private final double warmupSteps;
  private final double totalSteps;
  private double learningRate;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int waited;

  Schedule(ScheduleOptions options, RateOptions course, double learningRate, int stepsPerEpoch) {
    this.options = options;
    this.learningRate = learningRate;
    cosine = course.schedule() == RateSchedule.COSINE;
    warmupSteps = course.warmup() * stepsPerEpoch;
    totalSteps = (double) options.epochs() * stepsPerEpoch;
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

  /** Returns the learning rate before warm-up and cosine; plateaus lower it. */
  double learningRate() {
    return learningRate;
  }

  /**
   * Returns the learning rate of a step: the line of the warm-up, which is 0 at the beginning of
   * the run, at the end of the step; the cosine, which is 0 at the end of the run, at its
   * beginning.
   *
   * @param step steps before it, over all epochs
   */
  double rate(long step) {
    if (step + 1 <= warmupSteps) {
      return learningRate * ((step + 1) / warmupSteps);
    }
    if (!cosine) {
      return learningRate;
    }
    double done = Math.max(0, step - warmupSteps) / (totalSteps - warmupSteps);
    // StrictMath: the same bits on every machine
    return learningRate * (0.5 * (1 + StrictMath.cos(Math.PI * done)));
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
