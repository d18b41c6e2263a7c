package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of 16 rows by 1 vector of columns where rows of a lie side by side, as the channels
 * of a pixel do in the gradient of the weights: C2 makes one check of their indices, and a row
 * costs a broadcast and an FMA. All broadcasts hoisted would need 33 registers; measured, it is as
 * fast as 15 x 1.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile16x1Apart1 {
  static final int ROWS = 16;
  static final int APART = 1;

  private GemmTile16x1Apart1() {}

  /**
   * One tile: rows i, i + 1... of the tables, all of them there and {@link #APART} apart in a.
   * Starts from {@code bias}, or from c where bias is null.
   */
  static void run(
      float[] a,
      int aOff,
      int[] aRow,
      int i,
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
    int a0 = aOff + aRow[i];
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
    FloatVector c10;
    FloatVector c11;
    FloatVector c12;
    FloatVector c13;
    FloatVector c14;
    FloatVector c15;
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
      c10 = c0;
      c11 = c0;
      c12 = c0;
      c13 = c0;
      c14 = c0;
      c15 = c0;
    } else {
      c0 = FloatVector.fromArray(F, c, cOff + cRow[i]);
      c1 = FloatVector.fromArray(F, c, cOff + cRow[i + 1]);
      c2 = FloatVector.fromArray(F, c, cOff + cRow[i + 2]);
      c3 = FloatVector.fromArray(F, c, cOff + cRow[i + 3]);
      c4 = FloatVector.fromArray(F, c, cOff + cRow[i + 4]);
      c5 = FloatVector.fromArray(F, c, cOff + cRow[i + 5]);
      c6 = FloatVector.fromArray(F, c, cOff + cRow[i + 6]);
      c7 = FloatVector.fromArray(F, c, cOff + cRow[i + 7]);
      c8 = FloatVector.fromArray(F, c, cOff + cRow[i + 8]);
      c9 = FloatVector.fromArray(F, c, cOff + cRow[i + 9]);
      c10 = FloatVector.fromArray(F, c, cOff + cRow[i + 10]);
      c11 = FloatVector.fromArray(F, c, cOff + cRow[i + 11]);
      c12 = FloatVector.fromArray(F, c, cOff + cRow[i + 12]);
      c13 = FloatVector.fromArray(F, c, cOff + cRow[i + 13]);
      c14 = FloatVector.fromArray(F, c, cOff + cRow[i + 14]);
      c15 = FloatVector.fromArray(F, c, cOff + cRow[i + 15]);
    }
    // an int would be unrolled and its checks removed, with some garbage collectors and not others
    for (long term = from; term < to; term++) {
      int q = (int) term;
      FloatVector v = FloatVector.fromArray(F, b, bOff + bTerm[q]);
      int at = a0 + aTerm[q];
      c0 = FloatVector.broadcast(F, a[at]).fma(v, c0);
      c1 = FloatVector.broadcast(F, a[at + 1]).fma(v, c1);
      c2 = FloatVector.broadcast(F, a[at + 2]).fma(v, c2);
      c3 = FloatVector.broadcast(F, a[at + 3]).fma(v, c3);
      c4 = FloatVector.broadcast(F, a[at + 4]).fma(v, c4);
      c5 = FloatVector.broadcast(F, a[at + 5]).fma(v, c5);
      c6 = FloatVector.broadcast(F, a[at + 6]).fma(v, c6);
      c7 = FloatVector.broadcast(F, a[at + 7]).fma(v, c7);
      c8 = FloatVector.broadcast(F, a[at + 8]).fma(v, c8);
      c9 = FloatVector.broadcast(F, a[at + 9]).fma(v, c9);
      c10 = FloatVector.broadcast(F, a[at + 10]).fma(v, c10);
      c11 = FloatVector.broadcast(F, a[at + 11]).fma(v, c11);
      c12 = FloatVector.broadcast(F, a[at + 12]).fma(v, c12);
      c13 = FloatVector.broadcast(F, a[at + 13]).fma(v, c13);
      c14 = FloatVector.broadcast(F, a[at + 14]).fma(v, c14);
      c15 = FloatVector.broadcast(F, a[at + 15]).fma(v, c15);
    }
    FV.cast(c0).intoArray(c, cOff + cRow[i]);
    FV.cast(c1).intoArray(c, cOff + cRow[i + 1]);
    FV.cast(c2).intoArray(c, cOff + cRow[i + 2]);
    FV.cast(c3).intoArray(c, cOff + cRow[i + 3]);
    FV.cast(c4).intoArray(c, cOff + cRow[i + 4]);
    FV.cast(c5).intoArray(c, cOff + cRow[i + 5]);
    FV.cast(c6).intoArray(c, cOff + cRow[i + 6]);
    FV.cast(c7).intoArray(c, cOff + cRow[i + 7]);
    FV.cast(c8).intoArray(c, cOff + cRow[i + 8]);
    FV.cast(c9).intoArray(c, cOff + cRow[i + 9]);
    FV.cast(c10).intoArray(c, cOff + cRow[i + 10]);
    FV.cast(c11).intoArray(c, cOff + cRow[i + 11]);
    FV.cast(c12).intoArray(c, cOff + cRow[i + 12]);
    FV.cast(c13).intoArray(c, cOff + cRow[i + 13]);
    FV.cast(c14).intoArray(c, cOff + cRow[i + 14]);
    FV.cast(c15).intoArray(c, cOff + cRow[i + 15]);
  }
}
