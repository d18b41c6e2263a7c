package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.TileKernels;

/** The product of {@link TileKernels} as plain loops; C2 vectorises the inner one. */
final class ScalarTiles implements TileKernels {
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
    for (int i = 0; i < m; i++) {
      int ci = cOff + i * cStride;
      if (bias != null) {
        System.arraycopy(bias, biasOff, c, ci, n);
      }
      int ai = aOff + rowAt[rowFrom + i];
      for (int q = 0; q < k; q++) {
        axpy(a[ai + termAt[termFrom + q]], b, bOff + q * bStride, c, ci, n);
      }
    }
  }

  /** {@code c = fma(x, b, c)} over n floats. */
  private static void axpy(float x, float[] b, int bAt, float[] c, int cAt, int n) {
    for (int j = 0; j < n; j++) {
      c[cAt + j] = Math.fma(x, b[bAt + j], c[cAt + j]);
    }
  }

  @Override
  public float fmaChains(int iterations) {
    float[] chains = new float[12];
    for (int i = 0; i < iterations; i++) {
      for (int j = 0; j < chains.length; j++) {
        chains[j] = Math.fma(0.5f, 0.25f, chains[j]);
      }
    }
    float sum = 0;
    for (float x : chains) {
      sum += x;
    }
    return sum;
  }
}
