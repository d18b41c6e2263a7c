package dev.gmr.train.run;

/**
 * How long a run lasts and when the learning rate falls.
 *
 * @param epochs the most epochs, at least 1
 * @param patience epochs without a better validation loss before the learning rate falls; 0 for
 *     never
 * @param lrFactor what the learning rate is then multiplied by, in (0, 1]
 * @param stopPatience epochs without a better validation loss before the run ends; 0 for never
 */
public record ScheduleOptions(int epochs, int patience, double lrFactor, int stopPatience) {
  /** Checks the ranges. */
  public ScheduleOptions {
    Checks.atLeast(1, "--epochs", epochs);
    Checks.atLeast(0, "--patience", patience);
    Checks.atLeast(0, "--stop-patience", stopPatience);
    if (!(lrFactor > 0 && lrFactor <= 1)) {
      throw Checks.wrong("--lr-factor", lrFactor, "a number above 0, at most 1");
    }
  }
}
