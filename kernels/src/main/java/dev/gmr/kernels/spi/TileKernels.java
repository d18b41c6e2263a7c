package dev.gmr.kernels.spi;

/**
 * The product behind matrix multiplication and convolution.
 *
 * <p>Every operand is found through tables of offsets, by row and by summed term, so that one
 * kernel serves a matrix, its transpose, the windows of an image (rows are output pixels, terms the
 * window's elements), the gradient of their weights (the tables change places) and any selection of
 * rows and terms. Columns lie side by side, in multiples of {@link #COLUMNS}. Every element of c is
 * one chain of fused multiply-adds in the order of the terms: no result depends on how the work is
 * blocked.
 */
public interface TileKernels {
  /** Column counts are multiples of this many floats. */
  int COLUMNS = 16;

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
   * Runs {@code iterations} x 12 independent vector FMAs and returns their sum, for measuring the
   * peak rate; {@code 12 * lanes * 2} flops an iteration.
   *
   * @param iterations how often
   * @return the sum of the chains' ends
   */
  float fmaChains(int iterations);
}
