package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.spi.TileKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Cuts the product into register tiles of 6 rows by 4, 2 or 1 vectors. The widest tile needs 29
 * vector registers; x86 below AVX-512 has 16, and takes the one of 2 vectors.
 */
final class SimdTiles implements TileKernels {
  private static final int ROWS = 6;

  private static final boolean WIDE =
      FloatVector.SPECIES_PREFERRED.length() >= 16
          || !System.getProperty("os.arch", "").matches("amd64|x86_64");

  @Override
  public void gemm(
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
      int n) {
    int to = termFrom + k;
    int j = 0;
    while (j < n) {
      int vectors = width(n - j);
      for (int i = 0; i < m; i += ROWS) {
        int rows = Math.min(ROWS, m - i);
        int at = rowFrom + i;
        int a0 = aOff + rowAt[at];
        // rows that are not there repeat the first one; they are computed and not stored
        int a1 = rows > 1 ? aOff + rowAt[at + 1] : a0;
        int a2 = rows > 2 ? aOff + rowAt[at + 2] : a0;
        int a3 = rows > 3 ? aOff + rowAt[at + 3] : a0;
        int a4 = rows > 4 ? aOff + rowAt[at + 4] : a0;
        int a5 = rows > 5 ? aOff + rowAt[at + 5] : a0;
        int ci = cOff + i * cStride + j;
        int bj = bOff + j;
        int biasAt = biasOff + j;
        switch (vectors) {
          case 4 ->
              GemmTile4.run(
                  a, a0, a1, a2, a3, a4, a5, termAt, termFrom, to, b, bj, bStride, bias, biasAt, c,
                  ci, cStride, rows);
          case 2 ->
              GemmTile2.run(
                  a, a0, a1, a2, a3, a4, a5, termAt, termFrom, to, b, bj, bStride, bias, biasAt, c,
                  ci, cStride, rows);
          default ->
              GemmTile1.run(
                  a, a0, a1, a2, a3, a4, a5, termAt, termFrom, to, b, bj, bStride, bias, biasAt, c,
                  ci, cStride, rows);
        }
      }
      j += vectors * L;
    }
  }

  private static int width(int columns) {
    if (WIDE && columns >= 4 * L) {
      return 4;
    }
    return columns >= 2 * L ? 2 : 1;
  }

  @Override
  public float fmaChains(int iterations) {
    return FmaChains.run(iterations);
  }
}
