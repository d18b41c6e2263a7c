package dev.gmr.kernels.spi;

/**
 * The product behind matrix multiplication and convolution.
 *
 * <p>The left operand is found through two tables of offsets, one by row and one by summed term, so
 * that one kernel serves a matrix, its transpose, the windows of a padded image (rows are output
 * pixels, terms the window's elements) and the gradient of their weights (the tables change
 * places). Columns are counted in multiples of {@link #COLUMNS}. Every element of c is one chain of
 * fused multiply-adds in the order of the terms: no result depends on how the work is blocked.
 */
public interface TileKernels {
  /** Column counts are multiples of this many floats. */
  int COLUMNS = 16;

  /**
   * For rows i in 0..m-1 and columns j in 0..n-1, over the terms q in 0..k-1 in order: {@code
   * c[i][j] = fma(a[aOff + rowAt[rowFrom + i] + termAt[termFrom + q]], b[q][j], c[i][j])}.
   *
   * @param a left operand
   * @param aOff where it starts
   * @param rowAt offset of each row of a
   * @param rowFrom first row of the table to take
   * @param m number of rows
   * @param termAt offset of each term from its row's: 0, 1, 2... in a matrix, the window's elements
   *     in a convolution
   * @param termFrom first term of the table to take
   * @param k number of terms
   * @param b right operand, a row a term
   * @param bOff where it starts
   * @param bStride floats between rows of b
   * @param bias n floats that every row starts from, or null to start from what c holds
   * @param biasOff where it starts
   * @param c result
   * @param cOff where it starts
   * @param cStride floats between rows of c
   * @param n columns, a multiple of {@link #COLUMNS}
   */
  void gemm(
      float[] a,
      int aOff,
      int[] rowAt,
      int rowFrom,
      int m,
      int[] termAt,
      int termFrom,
      int k,
      float[] b,
      int bOff,
      int bStride,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int cStride,
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
