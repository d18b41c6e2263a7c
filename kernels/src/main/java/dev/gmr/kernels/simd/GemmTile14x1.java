package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of 14 rows by 1 vector of columns, for the last columns where there are 32
 * registers: 14 independent chains, for 15 loads.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile14x1 {
  private GemmTile14x1() {}

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
    int a6 = aOff + aRow[rows > 6 ? i + 6 : i];
    int a7 = aOff + aRow[rows > 7 ? i + 7 : i];
    int a8 = aOff + aRow[rows > 8 ? i + 8 : i];
    int a9 = aOff + aRow[rows > 9 ? i + 9 : i];
    int a10 = aOff + aRow[rows > 10 ? i + 10 : i];
    int a11 = aOff + aRow[rows > 11 ? i + 11 : i];
    int a12 = aOff + aRow[rows > 12 ? i + 12 : i];
    int a13 = aOff + aRow[rows > 13 ? i + 13 : i];
    FloatVector c0;
    FloatVector c1;
    FloatVector c2;
    FloatVector c3;
    FloatVector c4;
    FloatVector c5;
    FloatVector c6;
    FloatVector c7;
    FloatVector c8;
    FloatVector c9;
    FloatVector ca;
    FloatVector cb;
    FloatVector cc;
    FloatVector cd;
    if (bias != null) {
      c0 = FloatVector.fromArray(F, bias, biasAt);
      c1 = c0;
      c2 = c0;
      c3 = c0;
      c4 = c0;
      c5 = c0;
      c6 = c0;
      c7 = c0;
      c8 = c0;
      c9 = c0;
      ca = c0;
      cb = c0;
      cc = c0;
      cd = c0;
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
      at = cOff + cRow[rows > 6 ? i + 6 : i];
      c6 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 7 ? i + 7 : i];
      c7 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 8 ? i + 8 : i];
      c8 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 9 ? i + 9 : i];
      c9 = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 10 ? i + 10 : i];
      ca = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 11 ? i + 11 : i];
      cb = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 12 ? i + 12 : i];
      cc = FloatVector.fromArray(F, c, at);
      at = cOff + cRow[rows > 13 ? i + 13 : i];
      cd = FloatVector.fromArray(F, c, at);
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
      FloatVector x6 = FloatVector.broadcast(F, a[ap + a6]);
      c6 = x6.fma(b0, c6);
      FloatVector x7 = FloatVector.broadcast(F, a[ap + a7]);
      c7 = x7.fma(b0, c7);
      FloatVector x8 = FloatVector.broadcast(F, a[ap + a8]);
      c8 = x8.fma(b0, c8);
      FloatVector x9 = FloatVector.broadcast(F, a[ap + a9]);
      c9 = x9.fma(b0, c9);
      FloatVector x10 = FloatVector.broadcast(F, a[ap + a10]);
      ca = x10.fma(b0, ca);
      FloatVector x11 = FloatVector.broadcast(F, a[ap + a11]);
      cb = x11.fma(b0, cb);
      FloatVector x12 = FloatVector.broadcast(F, a[ap + a12]);
      cc = x12.fma(b0, cc);
      FloatVector x13 = FloatVector.broadcast(F, a[ap + a13]);
      cd = x13.fma(b0, cd);
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
    if (rows > 6) {
      at = cOff + cRow[i + 6];
      FV.cast(c6).intoArray(c, at);
    }
    if (rows > 7) {
      at = cOff + cRow[i + 7];
      FV.cast(c7).intoArray(c, at);
    }
    if (rows > 8) {
      at = cOff + cRow[i + 8];
      FV.cast(c8).intoArray(c, at);
    }
    if (rows > 9) {
      at = cOff + cRow[i + 9];
      FV.cast(c9).intoArray(c, at);
    }
    if (rows > 10) {
      at = cOff + cRow[i + 10];
      FV.cast(ca).intoArray(c, at);
    }
    if (rows > 11) {
      at = cOff + cRow[i + 11];
      FV.cast(cb).intoArray(c, at);
    }
    if (rows > 12) {
      at = cOff + cRow[i + 12];
      FV.cast(cc).intoArray(c, at);
    }
    if (rows > 13) {
      at = cOff + cRow[i + 13];
      FV.cast(cd).intoArray(c, at);
    }
  }
}
