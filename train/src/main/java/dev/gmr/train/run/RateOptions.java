package dev.gmr.train.run;

import dev.gmr.train.io.UserError;
import java.util.Objects;

/**
 * The course of the learning rate.
 *
 * @param schedule how it falls
 * @param warmup epochs, of which there may be a fraction, in which it rises linearly from 0; 0 for
 *     none
 */
public record RateOptions(RateSchedule schedule, double warmup) {
  /** Checks the ranges. */
  public RateOptions {
    Objects.requireNonNull(schedule, "there is no schedule of the learning rate");
    if (!(warmup >= 0) || Double.isInfinite(warmup)) {
      throw Checks.wrong("--warmup", warmup, "a finite number, 0 or more");
    }
  }

  /**
   * Returns the recipes' course.
   *
   * @return plateau, no warm-up
   */
  public static RateOptions plateau() {
    return new RateOptions(RateSchedule.PLATEAU, 0);
  }

  /** Refuses what has no effect, or leaves no epoch at the full rate. */
  void check(ScheduleOptions duration) {
    if (warmup > duration.epochs()) {
      throw UserError.usage(
          "--warmup %s is longer than the run's --epochs %d; shorten it"
              .formatted(warmup, duration.epochs()));
    }
    if (schedule == RateSchedule.COSINE && duration.patience() != 0) {
      throw UserError.usage(
          "--patience %d has no effect with --schedule cosine; leave it away"
              .formatted(duration.patience()));
    }
    if (schedule == RateSchedule.COSINE && duration.lrFactor() != 1) {
      throw UserError.usage(
          "--lr-factor %s has no effect with --schedule cosine; leave it away"
              .formatted(duration.lrFactor()));
    }
  }
}
