package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels.Strides;

/**
 * Terms that are equal runs at constant distances, in both operands, such as a window's: a run for
 * each row of the kernel.
 *
 * @param aTerm from one term of a run to the next, in a
 * @param bTerm the same in b
 * @param length terms of a run
 * @param count number of runs
 * @param aRun from one run to the next, in a
 * @param bRun the same in b
 */
record Runs(int aTerm, int bTerm, int length, int count, int aRun, int bRun) {
  /** Terms that a call of their own is worth: it costs a tile about as much as twenty. */
  private static final int LONG = 512;

  /** The runs of the terms {@code from..to - 1} of two tables, or null if they are not equal. */
  static Runs of(int[] a, int[] b, int from, int to) {
    if (from == to) {
      return null;
    }
    int aTerm = to - from > 1 ? a[from + 1] - a[from] : 1;
    int bTerm = to - from > 1 ? b[from + 1] - b[from] : 1;
    int next = from + 1;
    while (next < to && a[next] - a[next - 1] == aTerm && b[next] - b[next - 1] == bTerm) {
      next++;
    }
    int length = next - from;
    int count = (to - from) / length;
    int aRun = next < to ? a[next] - a[from] : 0;
    int bRun = next < to ? b[next] - b[from] : 0;
    for (int q = 0; q < to - from; q++) {
      int run = q / length;
      int term = q % length;
      if (run == count
          || a[from + q] - a[from] != run * aRun + term * aTerm
          || b[from + q] - b[from] != run * bRun + term * bTerm) {
        return null;
      }
    }
    return new Runs(aTerm, bTerm, length, count, aRun, bRun);
  }

  /** Calls for a product: one, or one for each run. */
  int calls() {
    return length < LONG ? 1 : count;
  }

  /** Terms of a call. */
  int terms() {
    return length < LONG ? length * count : length;
  }

  /** The distances of a call, for rows at one distance. */
  Strides strides(int aRow) {
    return length < LONG
        ? new Strides(aRow, aTerm, bTerm, length, count, aRun, bRun)
        : Strides.of(aRow, aTerm, bTerm);
  }
}
