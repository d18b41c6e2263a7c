package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.TileMatrix;

/** The product of {@link TileKernels} as plain loops; C2 vectorises the inner one. */
final class ScalarTiles implements TileKernels {
  @Override
  public void gemm(
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
      int n) {
    for (int i = rowFrom; i < rowFrom + m; i++) {
      int ci = cOff + cRow[i];
      if (bias != null) {
        System.arraycopy(bias, biasOff, c, ci, n);
      }
      int ai = aOff + aRow[i];
      for (int q = termFrom; q < termFrom + k; q++) {
        axpy(a[ai + aTerm[q]], b, bOff + bTerm[q], c, ci, n);
      }
    }
  }

  @Override
  public void strided(
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
      int cFrom) {
    for (int i = 0; i < m; i++) {
      int ci = cOff + cRow[cFrom + i];
      if (bias != null) {
        System.arraycopy(bias, biasOff, c, ci, n);
      }
      int ai = aOff + i * strides.aRow();
      int run = k / strides.runs();
      for (int r = 0; r < strides.runs(); r++) {
        for (int q = 0; q < run; q++) {
          float x = a[ai + r * strides.aRun() + q * strides.aTerm()];
          axpy(x, b, bOff + r * strides.bRun() + q * strides.bTerm(), c, ci, n);
        }
      }
    }
  }

  @Override
  public void gemv(
      int k,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      int bPanel,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff) {
    System.arraycopy(bias, biasOff, c, cOff, PANELS * PANEL);
    for (int p = 0; p < PANELS; p++) {
      for (int q = 0; q < k; q++) {
        axpy(a[aOff + q], b, bOff + p * bPanel + q * PANEL, c, cOff + p * PANEL, PANEL);
      }
    }
  }

  @Override
  public void gather(
      int rows,
      int columns,
      int n,
      float[] from,
      int fromOff,
      int rowStep,
      int step,
      float[] to,
      int toOff) {
    int at = toOff;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        System.arraycopy(from, fromOff + y * rowStep + x * step, to, at, n);
        at += n;
      }
    }
  }

  @Override
  public void combine(
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
      int toStep) {
    float[] x = new float[matrix.columns()];
    for (int r = 0; r < runs; r++) {
      for (int c = 0; c < n; c++) {
        for (int j = 0; j < x.length; j++) {
          x[j] = from[fromOff + r * fromRun + j * fromStep + c];
        }
        for (int i = 0; i < matrix.rows(); i++) {
          boolean begun = false;
          float sum = 0f;
          for (int j = 0; j < x.length; j++) {
            float element = matrix.at(i, j);
            if (element != 0f) {
              sum = begun ? Math.fma(element, x[j], sum) : element * x[j];
              begun = true;
            }
          }
          to[toOff + r * toRun + i * toStep + c] = sum;
        }
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
