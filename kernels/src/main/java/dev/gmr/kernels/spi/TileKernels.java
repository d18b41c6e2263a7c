package dev.gmr.kernels.spi;

/**
 * The product behind matrix multiplication and convolution, in two forms. {@link #strided} takes
 * operands that lie at constant distances, as in windows of an image, or that were packed to, by
 * {@link #interleave} or {@link #gather}; it is the faster one.
 *
 * <p>{@link #gemm} finds every operand through tables of offsets, by row and by summed term, so
 * that it serves without a copy a matrix, its transpose, the windows of an image (rows are output
 * pixels, terms the window's elements), the gradient of their weights (the tables change places)
 * and any selection of rows and terms.
 *
 * <p>Columns lie side by side, in multiples of {@link #COLUMNS}. Every element of c is one chain of
 * fused multiply-adds in the order of the terms: no result depends on how the work is blocked.
 */
public interface TileKernels {
  /** Column counts are multiples of this many floats. */
  int COLUMNS = 16;

  /** Rows that {@link #interleave} lays side by side. */
  int LANES = 16;

  /** Rows of {@link #strided} that fill its tallest tile; less than {@link #LANES}. */
  int ROWS = 14;

  /**
   * Rows of a tile that C2 finds registers for in any case, where terms come in a single run; with
   * {@link #ROWS} it may spill.
   */
  int SAFE_ROWS = 13;

  /** Panels of {@link #gemv}. */
  int PANELS = 4;

  /** Columns of each. */
  int PANEL = 2 * COLUMNS;

  /**
   * Entries that tables of rows must have behind their last row, of any value. C2 merges the checks
   * of the entries that a tile stores to; where the merged check fails, it compiles the tile anew,
   * at half the speed for ever.
   */
  int SPARE = 16;

  /**
   * For rows i in {@code rowFrom..rowFrom + m - 1} and columns j in 0..n-1, over the terms q in
   * {@code termFrom..termFrom + k - 1} in order: {@code c[cOff + cRow[i] + j] = fma(a[aOff +
   * aRow[i] + aTerm[q]], b[bOff + bTerm[q] + j], c[cOff + cRow[i] + j])}. Offsets may be negative
   * where their sums are not.
   *
   * @param a left operand
   * @param aOff where it starts
   * @param aRow offset of each row of a, and {@link #SPARE} more entries
   * @param cRow offset of each row of c, and as many more
   * @param rowFrom first row of the tables to take
   * @param m number of rows
   * @param aTerm offset of each term from a row's: 0, 1, 2... in a matrix, the window's elements in
   *     a convolution
   * @param bTerm offset of each term's row of b
   * @param termFrom first term of the tables to take
   * @param k number of terms
   * @param b right operand
   * @param bOff where it starts
   * @param bias n floats that every row starts from, or null to start from what c holds
   * @param biasOff where they start
   * @param c result
   * @param cOff where it starts
   * @param n columns, a multiple of {@link #COLUMNS}
   */
  void gemm(
      float[] a,
      int aOff,
      int[] aRow,
      int[] cRow,
      int rowFrom,
      int m,
      int[] aTerm,
      int[] bTerm,
      int termFrom,
      int k,
      float[] b,
      int bOff,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int n);

  /**
   * The distances at which {@link #strided} finds its operands. Terms come in runs: the windows of
   * an image, which need no packing, are one run for each row of the kernel.
   *
   * @param aRow from one row of a to the next
   * @param aTerm from one term of a run to the next, in a
   * @param bTerm the same in b
   * @param run terms of a run, or 0 for any number of them in a single run
   * @param runs number of runs
   * @param aRun from one run to the next, in a
   * @param bRun the same in b
   */
  record Strides(int aRow, int aTerm, int bTerm, int run, int runs, int aRun, int bRun) {
    /**
     * Returns the distances of a single run.
     *
     * @param aRow from one row of a to the next
     * @param aTerm from one term to the next, in a
     * @param bTerm the same in b
     * @return them, for any number of terms
     */
    public static Strides of(int aRow, int aTerm, int bTerm) {
      return new Strides(aRow, aTerm, bTerm, 0, 1, 0, 0);
    }
  }

  /**
   * The product of operands that lie at constant distances: for rows i in 0..m-1 and columns j in
   * 0..n-1, over the runs r and the terms q of each, in order, {@code c[cOff + cRow[cFrom + i] + j]
   * = fma(a[aOff + i aRow + r aRun + q aTerm], b[bOff + r bRun + q bTerm + j], c[cOff + cRow[cFrom
   * + i] + j])}. The fastest form; but the kernel is compiled for each set of distances, so that
   * they should be few.
   *
   * @param strides the distances
   * @param m number of rows
   * @param n columns, a multiple of {@link #COLUMNS}
   * @param k number of terms; {@code run * runs} if the distances say how many
   * @param a left operand
   * @param aOff where its first row's first term lies
   * @param b right operand
   * @param bOff where its first row lies
   * @param bias n floats that every row starts from, or null to start from what c holds
   * @param biasOff where they start
   * @param c result
   * @param cOff where it starts
   * @param cRow offset of each row of c, and {@link #SPARE} more entries
   * @param cFrom first row of the table to take
   */
  void strided(
      Strides strides,
      int m,
      int n,
      int k,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int[] cRow,
      int cFrom);

  /**
   * The product of a row and {@link #PANELS} panels of {@link #PANEL} columns: over the terms q in
   * 0..k-1, in order, for panels p and columns j in 0..PANEL-1, {@code c[cOff + p PANEL + j] =
   * fma(a[aOff + q], b[bOff + p bPanel + q PANEL + j], c[cOff + p PANEL + j])}, from a bias on.
   *
   * @param k number of terms
   * @param a the row
   * @param aOff where it starts
   * @param b panels
   * @param bOff where the first one starts
   * @param bPanel from one panel to the next
   * @param bias what c starts from
   * @param biasOff where that starts
   * @param c result, overwritten
   * @param cOff where it starts
   */
  void gemv(
      int k,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      int bPanel,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff);

  /**
   * Lays {@link #LANES} rows side by side: {@code to[toOff + j toStep + i] = from[fromOff + row[i]
   * + j]} for i in 0..LANES-1 and j in 0..n-1.
   *
   * @param n length of the rows, a multiple of {@link #COLUMNS}
   * @param from where the rows lie
   * @param fromOff what their offsets count from
   * @param row offset of each
   * @param to result
   * @param toOff where it starts
   * @param toStep from one j to the next
   */
  default void interleave(
      int n, float[] from, int fromOff, int[] row, float[] to, int toOff, int toStep) {
    for (int i = 0; i < LANES; i++) {
      int at = fromOff + row[i];
      for (int j = 0; j < n; j++) {
        to[toOff + j * toStep + i] = from[at + j];
      }
    }
  }

  /**
   * Copies a grid of runs, row by row, behind each other.
   *
   * @param rows of the grid
   * @param columns of the grid
   * @param n length of a run, a multiple of {@link #COLUMNS}
   * @param from where they lie
   * @param fromOff where the first one starts
   * @param rowStep from one row to the next
   * @param step from one column to the next
   * @param to result
   * @param toOff where it starts
   */
  void gather(
      int rows,
      int columns,
      int n,
      float[] from,
      int fromOff,
      int rowStep,
      int step,
      float[] to,
      int toOff);

  /**
   * Multiplies a small matrix L with columns whose elements are runs of floats: {@code to[toOff + r
   * toRun + i toStep + c]} is the sum of {@code L[i, j] from[fromOff + r fromRun + j fromStep + c]}
   * over j, for r in 0..runs-1 and c in 0..n-1. Each sum is a chain {@code fma(l, x, acc)} from the
   * first product on, over the terms in order whose l is not zero. Results may lie where their
   * operands do if L has at most 4 rows.
   *
   * @param matrix L
   * @param runs number of runs
   * @param n floats of a run, a multiple of {@link #COLUMNS}
   * @param from operands
   * @param fromOff where they start
   * @param fromRun from one run to the next
   * @param fromStep from one element of a column to the next
   * @param to results
   * @param toOff where they start
   * @param toRun from one run to the next
   * @param toStep from one element of a column to the next
   */
  void combine(
      TileMatrix matrix,
      int runs,
      int n,
      float[] from,
      int fromOff,
      int fromRun,
      int fromStep,
      float[] to,
      int toOff,
      int toRun,
      int toStep);

  /**
   * Runs {@code iterations} x 12 independent vector FMAs and returns their sum, for measuring the
   * peak rate; {@code 12 * lanes * 2} flops an iteration.
   *
   * @param iterations how often
   * @return the sum of the chains' ends
   */
  float fmaChains(int iterations);
}
