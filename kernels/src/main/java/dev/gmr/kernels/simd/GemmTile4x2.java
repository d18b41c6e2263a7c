package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of 4 rows by 2 vectors of columns, for the last rows: 8 accumulators are as many as
 * two multipliers need to be busy for the four cycles that each takes.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile4x2 {
  private GemmTile4x2() {}

  /**
   * One tile: rows i, i + 1... of the tables, of which only the first {@code rows} are computed.
   * Starts from {@code bias}, or from c where bias is null.
   */
  static void run(
      float[] a,
      int aOff,
      int[] aRow,
      int i,
      int rows,
      int[] aTerm,
      int[] bTerm,
      int from,
      int to,
      float[] b,
      int bOff,
      float[] bias,
      int biasAt,
      float[] c,
      int cOff,
      int[] cRow) {
    // rows that are not there repeat the first one; they are computed and not stored
    int a0 = aOff + aRow[i];
    int a1 = aOff + aRow[rows > 1 ? i + 1 : i];
    int a2 = aOff + aRow[rows > 2 ? i + 2 : i];
    int a3 = aOff + aRow[rows > 3 ? i + 3 : i];
    FloatVector c00;
    FloatVector c01;
    FloatVector c10;
    FloatVector c11;
    FloatVector c20;
    FloatVector c21;
    FloatVector c30;
    FloatVector c31;
    if (bias != null) {
      c00 = FloatVector.fromArray(F, bias, biasAt);
      c10 = c00;
      c20 = c00;
      c30 = c00;
      c01 = FloatVector.fromArray(F, bias, biasAt + L);
      c11 = c01;
      c21 = c01;
      c31 = c01;
    } else {
      int at = cOff + cRow[i];
      c00 = FloatVector.fromArray(F, c, at);
      c01 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 1 ? i + 1 : i];
      c10 = FloatVector.fromArray(F, c, at);
      c11 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 2 ? i + 2 : i];
      c20 = FloatVector.fromArray(F, c, at);
      c21 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 3 ? i + 3 : i];
      c30 = FloatVector.fromArray(F, c, at);
      c31 = FloatVector.fromArray(F, c, at + L);
    }
    // an int would be unrolled and its checks removed, with some garbage collectors and not others
    for (long term = from; term < to; term++) {
      int q = (int) term;
      int bp = bOff + bTerm[q];
      FloatVector b0 = FloatVector.fromArray(F, b, bp);
      FloatVector b1 = FloatVector.fromArray(F, b, bp + L);
      int ap = aTerm[q];
      FloatVector x0 = FloatVector.broadcast(F, a[ap + a0]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(F, a[ap + a1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(F, a[ap + a2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(F, a[ap + a3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    int at = cOff + cRow[i];
    FV.cast(c00).intoArray(c, at);
    FV.cast(c01).intoArray(c, at + L);
    if (rows > 1) {
      at = cOff + cRow[i + 1];
      FV.cast(c10).intoArray(c, at);
      FV.cast(c11).intoArray(c, at + L);
    }
    if (rows > 2) {
      at = cOff + cRow[i + 2];
      FV.cast(c20).intoArray(c, at);
      FV.cast(c21).intoArray(c, at + L);
    }
    if (rows > 3) {
      at = cOff + cRow[i + 3];
      FV.cast(c30).intoArray(c, at);
      FV.cast(c31).intoArray(c, at + L);
    }
  }
}
