package dev.gmr.data;

import java.util.Arrays;

/** Which images are trained on and which are held out for validation. */
public final class Split {
  private final int[] train;
  private final int[] valid;

  private Split(int[] train, int[] valid) {
    this.train = train;
    this.valid = valid;
  }

  /**
   * Holds out a random part.
   *
   * @param n the number of images, at least 1
   * @param validFraction the part to hold out, 0 to below 1; n * validFraction is rounded to the
   *     nearest whole number of images
   * @param seed the run's seed
   * @return the split
   * @throws IllegalArgumentException if an argument is out of range or nothing would be left to
   *     train on
   */
  public static Split of(int n, double validFraction, long seed) {
    int held = heldOut(n, validFraction);
    int[] order = Shuffle.permutation(n, new SplitMix64(SplitMix64.Purpose.SPLIT, seed));
    return new Split(sorted(order, held, n), sorted(order, 0, held));
  }

  /**
   * Returns how many images are held out.
   *
   * @param n the number of images, at least 1
   * @param validFraction the part to hold out, 0 to below 1
   * @return below n
   * @throws IllegalArgumentException if an argument is out of range or nothing would be left to
   *     train on
   */
  public static int heldOut(int n, double validFraction) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, got " + n);
    }
    if (!(validFraction >= 0 && validFraction < 1)) {
      throw new IllegalArgumentException(
          "the validation fraction must be at least 0 and below 1, got " + validFraction);
    }
    int held = (int) (n * validFraction + .5);
    if (held == n) {
      throw new IllegalArgumentException(
          "a validation fraction of "
              + validFraction
              + " leaves none of "
              + n
              + " images to train on");
    }
    return held;
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    Arrays.sort(part);
    return part;
  }

  /**
   * Returns the images to train on.
   *
   * @return a copy of their indices, ascending; at least one
   */
  public int[] train() {
    return train.clone();
  }

  /**
   * Returns the images held out.
   *
   * @return a copy of their indices, ascending; may be empty
   */
  public int[] valid() {
    return valid.clone();
  }
}
