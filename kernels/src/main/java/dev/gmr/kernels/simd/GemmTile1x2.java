package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of a row by 2 vectors of columns, for a single image: its chain of sums waits for
 * each multiplication, and a taller tile would repeat the row for nothing.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile1x2 {
  private GemmTile1x2() {}

  /** One tile: row i of the tables. Starts from {@code bias}, or from c where bias is null. */
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
    FloatVector c00;
    FloatVector c01;
    if (bias != null) {
      c00 = FloatVector.fromArray(F, bias, biasAt);
      c01 = FloatVector.fromArray(F, bias, biasAt + L);
    } else {
      int at = cOff + cRow[i];
      c00 = FloatVector.fromArray(F, c, at);
      c01 = FloatVector.fromArray(F, c, at + L);
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
    }
    int at = cOff + cRow[i];
    FV.cast(c00).intoArray(c, at);
    FV.cast(c01).intoArray(c, at + L);
  }
}
