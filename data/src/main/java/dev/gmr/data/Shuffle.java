package dev.gmr.data;

/** The order in which an epoch visits the images. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * Returns a random order: depends on the arguments alone, so that a resumed run needs no replay.
   *
   * @param n the number of images, 0 or more
   * @param seed the run's seed
   * @param epoch the epoch
   * @return a permutation of 0 to n - 1
   * @throws IllegalArgumentException if n is negative
   */
  public static int[] permutation(int n, long seed, int epoch) {
    return permutation(n, new SplitMix64(SplitMix64.Purpose.SHUFFLE, seed, epoch));
  }

  /** Fisher-Yates: every permutation equally likely. */
  static int[] permutation(int n, SplitMix64 random) {
    if (n < 0) {
      throw new IllegalArgumentException("n must not be negative, got " + n);
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
