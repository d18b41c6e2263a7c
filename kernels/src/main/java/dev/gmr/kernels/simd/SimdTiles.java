package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.TileMatrix;
import java.util.concurrent.ConcurrentHashMap;
import jdk.incubator.vector.FloatVector;

/**
 * Cuts a product into register tiles. Operands at constant distances go to {@link StridedTile}, in
 * tiles of about one height. Operands in tables go to tiles of 14 rows by 2 vectors where there are
 * registers for them, with 6, 4 or 1 rows for a remainder of so few. The tall tile needs 29
 * registers; x86 below AVX-512 has 16. The last columns, one vector, go by 14 or 6 rows.
 */
final class SimdTiles implements TileKernels {
  private static final int FEW = 4;
  private static final int LOW = 6;
  private static final int TALL = 14;

  private static final boolean MANY_REGISTERS =
      FloatVector.SPECIES_PREFERRED.length() >= 16
          || !System.getProperty("os.arch", "").matches("amd64|x86_64");

  private final ConcurrentHashMap<Strides, StridedTiles> strided = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<TileMatrix, MatrixTiles> matrices = new ConcurrentHashMap<>();

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
    int to = termFrom + k;
    int end = rowFrom + m;
    int j = 0;
    for (; j + 2 * L <= n; j += 2 * L) {
      int bj = bOff + j;
      int biasAt = biasOff + j;
      int cj = cOff + j;
      int i = rowFrom;
      while (i < end) {
        int rows = end - i;
        if (MANY_REGISTERS && rows > LOW) {
          GemmTile14x2.run(
              a, aOff, aRow, i, rows, aTerm, bTerm, termFrom, to, b, bj, bias, biasAt, c, cj, cRow);
          i += TALL;
        } else if (rows == 1) {
          GemmTile1x2.run(
              a, aOff, aRow, i, aTerm, bTerm, termFrom, to, b, bj, bias, biasAt, c, cj, cRow);
          i++;
        } else if (rows <= FEW) {
          GemmTile4x2.run(
              a, aOff, aRow, i, rows, aTerm, bTerm, termFrom, to, b, bj, bias, biasAt, c, cj, cRow);
          i += FEW;
        } else {
          GemmTile6x2.run(
              a, aOff, aRow, i, rows, aTerm, bTerm, termFrom, to, b, bj, bias, biasAt, c, cj, cRow);
          i += LOW;
        }
      }
    }
    for (; j < n; j += L) {
      int bj = bOff + j;
      int biasAt = biasOff + j;
      int cj = cOff + j;
      int i = rowFrom;
      while (i < end) {
        int rows = end - i;
        if (MANY_REGISTERS && rows > LOW) {
          GemmTile14x1.run(
              a, aOff, aRow, i, rows, aTerm, bTerm, termFrom, to, b, bj, bias, biasAt, c, cj, cRow);
          i += TALL;
        } else {
          GemmTile6x1.run(
              a, aOff, aRow, i, rows, aTerm, bTerm, termFrom, to, b, bj, bias, biasAt, c, cj, cRow);
          i += LOW;
        }
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
    StridedTiles tiles = tiles(strides);
    for (int j = 0; j < n; ) {
      int vectors = n - j >= 2 * L ? 2 : 1;
      int most = MANY_REGISTERS ? StridedTiles.mostRows(vectors) : LOW;
      if (m > most && strides.run() == 0) {
        most = Math.min(most, SAFE_ROWS);
      }
      // tiles of about one height: two of 8 rows are faster than 14 and 2
      for (int i = 0, left = (m + most - 1) / most; left > 0; left--) {
        int rows = (m - i + left - 1) / left;
        int aAt = aOff + i * strides.aRow();
        tiles
            .of(rows, vectors)
            .run(k, a, aAt, b, bOff + j, bias, biasOff + j, c, cOff + j, cRow, cFrom + i);
        i += rows;
      }
      j += vectors * L;
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
    for (int j = 0; j < PANEL; j += 2 * L) {
      GemvTile.run(k, a, aOff, b, bOff + j, bPanel, bias, biasOff + j, c, cOff + j);
    }
  }

  @Override
  public void interleave(
      int n, float[] from, int fromOff, int[] row, float[] to, int toOff, int toStep) {
    if (L == LANES) {
      Transpose.run(n, from, fromOff, row, to, toOff, toStep);
    } else {
      TileKernels.super.interleave(n, from, fromOff, row, to, toOff, toStep);
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
    int row = columns * n;
    for (int y = 0; y < rows; y++) {
      int at = fromOff + y * rowStep;
      int out = toOff + y * row;
      if (step == n) {
        System.arraycopy(from, at, to, out, row);
      } else if (n == 2 * L) {
        for (int x = 0; x < columns; x++) {
          FloatVector first = FloatVector.fromArray(F, from, at + x * step);
          FloatVector second = FloatVector.fromArray(F, from, at + x * step + L);
          FV.cast(first).intoArray(to, out + x * 2 * L);
          FV.cast(second).intoArray(to, out + x * 2 * L + L);
        }
      } else {
        for (int x = 0; x < columns; x++) {
          for (int j = 0; j < n; j += L) {
            FloatVector run = FloatVector.fromArray(F, from, at + x * step + j);
            FV.cast(run).intoArray(to, out + x * n + j);
          }
        }
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
    matrices(matrix).run(runs, n, from, fromOff, fromRun, fromStep, to, toOff, toRun, toStep);
  }

  private MatrixTiles matrices(TileMatrix matrix) {
    MatrixTiles tiles = matrices.get(matrix);
    return tiles == null ? matrices.computeIfAbsent(matrix, MatrixTiles::new) : tiles;
  }

  /** The tiles for these distances. */
  private StridedTiles tiles(Strides strides) {
    StridedTiles tiles = strided.get(strides);
    return tiles == null ? strided.computeIfAbsent(strides, StridedTiles::new) : tiles;
  }

  @Override
  public float fmaChains(int iterations) {
    return FmaChains.run(iterations);
  }
}
