package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of 6 rows by 1 vector of columns, for the last columns.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile6x1 {
  private GemmTile6x1() {}

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
    int a4 = aOff + aRow[rows > 4 ? i + 4 : i];
    int a5 = aOff + aRow[rows > 5 ? i + 5 : i];
    FloatVector c0;
    FloatVector c1;
    FloatVector c2;
    FloatVector c3;
    FloatVector c4;
    FloatVector c5;
    if (bias != null) {
      c0 = FloatVector.fromArray(F, bias, biasAt);
      c1 = c0;
      c2 = c0;
      c3 = c0;
      c4 = c0;
      c5 = c0;
    } else {
      int at = cOff + cRow[i];
      c0 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 1 ? i + 1 : i];
      c1 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 2 ? i + 2 : i];
      c2 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 3 ? i + 3 : i];
      c3 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 4 ? i + 4 : i];
      c4 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 5 ? i + 5 : i];
      c5 = FloatVector.fromArray(F, c, at);
    }
    // an int would be unrolled and its checks removed, with some garbage collectors and not others
    for (long term = from; term < to; term++) {
      int q = (int) term;
      int bp = bOff + bTerm[q];
      FloatVector b0 = FloatVector.fromArray(F, b, bp);
      int ap = aTerm[q];
      FloatVector x0 = FloatVector.broadcast(F, a[ap + a0]);
      c0 = x0.fma(b0, c0);
      FloatVector x1 = FloatVector.broadcast(F, a[ap + a1]);
      c1 = x1.fma(b0, c1);
      FloatVector x2 = FloatVector.broadcast(F, a[ap + a2]);
      c2 = x2.fma(b0, c2);
      FloatVector x3 = FloatVector.broadcast(F, a[ap + a3]);
      c3 = x3.fma(b0, c3);
      FloatVector x4 = FloatVector.broadcast(F, a[ap + a4]);
      c4 = x4.fma(b0, c4);
      FloatVector x5 = FloatVector.broadcast(F, a[ap + a5]);
      c5 = x5.fma(b0, c5);
    }
    int at = cOff + cRow[i];
    FV.cast(c0).intoArray(c, at);
    if (rows > 1) {
      at = cOff + cRow[i + 1];
      FV.cast(c1).intoArray(c, at);
    }
    if (rows > 2) {
      at = cOff + cRow[i + 2];
      FV.cast(c2).intoArray(c, at);
    }
    if (rows > 3) {
      at = cOff + cRow[i + 3];
      FV.cast(c3).intoArray(c, at);
    }
    if (rows > 4) {
      at = cOff + cRow[i + 4];
      FV.cast(c4).intoArray(c, at);
    }
    if (rows > 5) {
      at = cOff + cRow[i + 5];
      FV.cast(c5).intoArray(c, at);
    }
  }
}
