package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.spi.TileKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Register tile of a row by 2 vectors of columns in each of 4 panels. A single row reads every
 * weight once, so that the rate is that of the cache or memory that they come from; four streams
 * side by side get more of it than one.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemvTile {
  private GemvTile() {}

  /** Columns of a panel. */
  private static final int STEP = TileKernels.PANEL;

  static void run(
      int terms,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      int bPanel,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff) {
    FloatVector c00 = FloatVector.fromArray(F, bias, biasOff);
    FloatVector c01 = FloatVector.fromArray(F, bias, biasOff + L);
    FloatVector c10 = FloatVector.fromArray(F, bias, biasOff + STEP);
    FloatVector c11 = FloatVector.fromArray(F, bias, biasOff + STEP + L);
    FloatVector c20 = FloatVector.fromArray(F, bias, biasOff + 2 * STEP);
    FloatVector c21 = FloatVector.fromArray(F, bias, biasOff + 2 * STEP + L);
    FloatVector c30 = FloatVector.fromArray(F, bias, biasOff + 3 * STEP);
    FloatVector c31 = FloatVector.fromArray(F, bias, biasOff + 3 * STEP + L);
    for (int k = 0; k < terms; k++) {
      FloatVector x = FloatVector.broadcast(F, a[aOff + k]);
      int b0 = bOff + k * STEP;
      int b1 = b0 + bPanel;
      int b2 = b1 + bPanel;
      int b3 = b2 + bPanel;
      c00 = x.fma(FloatVector.fromArray(F, b, b0), c00);
      c01 = x.fma(FloatVector.fromArray(F, b, b0 + L), c01);
      c10 = x.fma(FloatVector.fromArray(F, b, b1), c10);
      c11 = x.fma(FloatVector.fromArray(F, b, b1 + L), c11);
      c20 = x.fma(FloatVector.fromArray(F, b, b2), c20);
      c21 = x.fma(FloatVector.fromArray(F, b, b2 + L), c21);
      c30 = x.fma(FloatVector.fromArray(F, b, b3), c30);
      c31 = x.fma(FloatVector.fromArray(F, b, b3 + L), c31);
    }
    FV.cast(c00).intoArray(c, cOff);
    FV.cast(c01).intoArray(c, cOff + L);
    FV.cast(c10).intoArray(c, cOff + STEP);
    FV.cast(c11).intoArray(c, cOff + STEP + L);
    FV.cast(c20).intoArray(c, cOff + 2 * STEP);
    FV.cast(c21).intoArray(c, cOff + 2 * STEP + L);
    FV.cast(c30).intoArray(c, cOff + 3 * STEP);
    FV.cast(c31).intoArray(c, cOff + 3 * STEP + L);
  }
}
