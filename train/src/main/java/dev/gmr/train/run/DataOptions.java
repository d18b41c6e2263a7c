package dev.gmr.train.run;

import java.util.Objects;

/**
 * Which images a run learns from.
 *
 * @param name the data set's name, such as digits or mnist
 * @param dir the folder that holds its files, or null for the usual place
 * @param validFraction share of the training images held out for validation, in [0, 1); 0 holds out
 *     none
 * @param limit how many training images are used, before the validation images are taken from them;
 *     0 for all
 * @param testLimit how many test images are used; 0 for all
 */
public record DataOptions(String name, String dir, double validFraction, int limit, int testLimit) {
  /** Checks the ranges. */
  public DataOptions {
    Objects.requireNonNull(name, "the data set has no name");
    if (dir != null && (dir.isEmpty() || dir.indexOf('\0') >= 0)) {
      throw Checks.wrong("--data-dir", "empty or holds a zero byte", "the name of a folder");
    }
    Checks.fraction("--valid-fraction", validFraction);
    Checks.atLeast(0, "--limit", limit);
    Checks.atLeast(0, "--test-limit", testLimit);
  }

  /**
   * Returns these options with another folder.
   *
   * @param other the folder that holds the files, or null for the usual place
   * @return a copy
   */
  public DataOptions withDir(String other) {
    return new DataOptions(name, other, validFraction, limit, testLimit);
  }
}
