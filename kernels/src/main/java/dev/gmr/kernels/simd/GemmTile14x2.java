package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of 14 rows by 2 vectors of columns, for 32 vector registers: 28 accumulators, 2
 * columns of b and a broadcast. 16 loads feed 28 FMAs, 14 cycles of 2 ports.
 *
 * <p>The checks of the indices into a keep the broadcasts in their places, each before its FMAs;
 * without them C2 loads all 14 first and spills accumulators. They keep nothing in place, though,
 * once one of the method's checks has failed: see {@link dev.gmr.kernels.spi.TileKernels#SPARE}.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile14x2 {
  private GemmTile14x2() {}

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
    FloatVector c00;
    FloatVector c01;
    FloatVector c10;
    FloatVector c11;
    FloatVector c20;
    FloatVector c21;
    FloatVector c30;
    FloatVector c31;
    FloatVector c40;
    FloatVector c41;
    FloatVector c50;
    FloatVector c51;
    FloatVector c60;
    FloatVector c61;
    FloatVector c70;
    FloatVector c71;
    FloatVector c80;
    FloatVector c81;
    FloatVector c90;
    FloatVector c91;
    FloatVector ca0;
    FloatVector ca1;
    FloatVector cb0;
    FloatVector cb1;
    FloatVector cc0;
    FloatVector cc1;
    FloatVector cd0;
    FloatVector cd1;
    if (bias != null) {
      c00 = FloatVector.fromArray(F, bias, biasAt);
      c10 = c00;
      c20 = c00;
      c30 = c00;
      c40 = c00;
      c50 = c00;
      c60 = c00;
      c70 = c00;
      c80 = c00;
      c90 = c00;
      ca0 = c00;
      cb0 = c00;
      cc0 = c00;
      cd0 = c00;
      c01 = FloatVector.fromArray(F, bias, biasAt + L);
      c11 = c01;
      c21 = c01;
      c31 = c01;
      c41 = c01;
      c51 = c01;
      c61 = c01;
      c71 = c01;
      c81 = c01;
      c91 = c01;
      ca1 = c01;
      cb1 = c01;
      cc1 = c01;
      cd1 = c01;
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
      at = cOff + cRow[rows > 4 ? i + 4 : i];
      c40 = FloatVector.fromArray(F, c, at);
      c41 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 5 ? i + 5 : i];
      c50 = FloatVector.fromArray(F, c, at);
      c51 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 6 ? i + 6 : i];
      c60 = FloatVector.fromArray(F, c, at);
      c61 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 7 ? i + 7 : i];
      c70 = FloatVector.fromArray(F, c, at);
      c71 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 8 ? i + 8 : i];
      c80 = FloatVector.fromArray(F, c, at);
      c81 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 9 ? i + 9 : i];
      c90 = FloatVector.fromArray(F, c, at);
      c91 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 10 ? i + 10 : i];
      ca0 = FloatVector.fromArray(F, c, at);
      ca1 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 11 ? i + 11 : i];
      cb0 = FloatVector.fromArray(F, c, at);
      cb1 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 12 ? i + 12 : i];
      cc0 = FloatVector.fromArray(F, c, at);
      cc1 = FloatVector.fromArray(F, c, at + L);
      at = cOff + cRow[rows > 13 ? i + 13 : i];
      cd0 = FloatVector.fromArray(F, c, at);
      cd1 = FloatVector.fromArray(F, c, at + L);
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
      FloatVector x4 = FloatVector.broadcast(F, a[ap + a4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = FloatVector.broadcast(F, a[ap + a5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = FloatVector.broadcast(F, a[ap + a6]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = FloatVector.broadcast(F, a[ap + a7]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
      FloatVector x8 = FloatVector.broadcast(F, a[ap + a8]);
      c80 = x8.fma(b0, c80);
      c81 = x8.fma(b1, c81);
      FloatVector x9 = FloatVector.broadcast(F, a[ap + a9]);
      c90 = x9.fma(b0, c90);
      c91 = x9.fma(b1, c91);
      FloatVector x10 = FloatVector.broadcast(F, a[ap + a10]);
      ca0 = x10.fma(b0, ca0);
      ca1 = x10.fma(b1, ca1);
      FloatVector x11 = FloatVector.broadcast(F, a[ap + a11]);
      cb0 = x11.fma(b0, cb0);
      cb1 = x11.fma(b1, cb1);
      FloatVector x12 = FloatVector.broadcast(F, a[ap + a12]);
      cc0 = x12.fma(b0, cc0);
      cc1 = x12.fma(b1, cc1);
      FloatVector x13 = FloatVector.broadcast(F, a[ap + a13]);
      cd0 = x13.fma(b0, cd0);
      cd1 = x13.fma(b1, cd1);
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
    if (rows > 4) {
      at = cOff + cRow[i + 4];
      FV.cast(c40).intoArray(c, at);
      FV.cast(c41).intoArray(c, at + L);
    }
    if (rows > 5) {
      at = cOff + cRow[i + 5];
      FV.cast(c50).intoArray(c, at);
      FV.cast(c51).intoArray(c, at + L);
    }
    if (rows > 6) {
      at = cOff + cRow[i + 6];
      FV.cast(c60).intoArray(c, at);
      FV.cast(c61).intoArray(c, at + L);
    }
    if (rows > 7) {
      at = cOff + cRow[i + 7];
      FV.cast(c70).intoArray(c, at);
      FV.cast(c71).intoArray(c, at + L);
    }
    if (rows > 8) {
      at = cOff + cRow[i + 8];
      FV.cast(c80).intoArray(c, at);
      FV.cast(c81).intoArray(c, at + L);
    }
    if (rows > 9) {
      at = cOff + cRow[i + 9];
      FV.cast(c90).intoArray(c, at);
      FV.cast(c91).intoArray(c, at + L);
    }
    if (rows > 10) {
      at = cOff + cRow[i + 10];
      FV.cast(ca0).intoArray(c, at);
      FV.cast(ca1).intoArray(c, at + L);
    }
    if (rows > 11) {
      at = cOff + cRow[i + 11];
      FV.cast(cb0).intoArray(c, at);
      FV.cast(cb1).intoArray(c, at + L);
    }
    if (rows > 12) {
      at = cOff + cRow[i + 12];
      FV.cast(cc0).intoArray(c, at);
      FV.cast(cc1).intoArray(c, at + L);
    }
    if (rows > 13) {
      at = cOff + cRow[i + 13];
      FV.cast(cd0).intoArray(c, at);
      FV.cast(cd1).intoArray(c, at + L);
    }
  }
}
