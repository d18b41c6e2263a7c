package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.L;

import jdk.incubator.vector.FloatVector;

/**
 * Register tile of 6 rows by 4 vectors of columns.
 *
 * <p>24 accumulators, 4 columns of b and a broadcast fill 29 of 32 vector registers; 24 independent
 * chains hide the FMA latency of 4 cycles on 2 ports, and 10 loads feed 24 FMAs.
 *
 * <p>Everything is written out in one method on purpose: a call that C2 does not inline would box
 * the accumulators.
 */
final class GemmTile4 {
  private GemmTile4() {}

  /**
   * One tile: rows {@code a0..a5} are offsets into a; only the first {@code rows} are stored.
   * Starts from {@code bias}, or from c where bias is null.
   */
  static void run(
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
      int a5,
      int[] termAt,
      int from,
      int to,
      float[] b,
      int bAt,
      int bStride,
      float[] bias,
      int biasAt,
      float[] c,
      int cAt,
      int cStride,
      int rows) {
    FloatVector c00;
    FloatVector c01;
    FloatVector c02;
    FloatVector c03;
    FloatVector c10;
    FloatVector c11;
    FloatVector c12;
    FloatVector c13;
    FloatVector c20;
    FloatVector c21;
    FloatVector c22;
    FloatVector c23;
    FloatVector c30;
    FloatVector c31;
    FloatVector c32;
    FloatVector c33;
    FloatVector c40;
    FloatVector c41;
    FloatVector c42;
    FloatVector c43;
    FloatVector c50;
    FloatVector c51;
    FloatVector c52;
    FloatVector c53;
    if (bias != null) {
      c00 = FloatVector.fromArray(F, bias, biasAt);
      c10 = c00;
      c20 = c00;
      c30 = c00;
      c40 = c00;
      c50 = c00;
      c01 = FloatVector.fromArray(F, bias, biasAt + L);
      c11 = c01;
      c21 = c01;
      c31 = c01;
      c41 = c01;
      c51 = c01;
      c02 = FloatVector.fromArray(F, bias, biasAt + 2 * L);
      c12 = c02;
      c22 = c02;
      c32 = c02;
      c42 = c02;
      c52 = c02;
      c03 = FloatVector.fromArray(F, bias, biasAt + 3 * L);
      c13 = c03;
      c23 = c03;
      c33 = c03;
      c43 = c03;
      c53 = c03;
    } else {
      int at = cAt;
      c00 = FloatVector.fromArray(F, c, at);
      c01 = FloatVector.fromArray(F, c, at + L);
      c02 = FloatVector.fromArray(F, c, at + 2 * L);
      c03 = FloatVector.fromArray(F, c, at + 3 * L);
      at = rows > 1 ? at + cStride : at;
      c10 = FloatVector.fromArray(F, c, at);
      c11 = FloatVector.fromArray(F, c, at + L);
      c12 = FloatVector.fromArray(F, c, at + 2 * L);
      c13 = FloatVector.fromArray(F, c, at + 3 * L);
      at = rows > 2 ? at + cStride : at;
      c20 = FloatVector.fromArray(F, c, at);
      c21 = FloatVector.fromArray(F, c, at + L);
      c22 = FloatVector.fromArray(F, c, at + 2 * L);
      c23 = FloatVector.fromArray(F, c, at + 3 * L);
      at = rows > 3 ? at + cStride : at;
      c30 = FloatVector.fromArray(F, c, at);
      c31 = FloatVector.fromArray(F, c, at + L);
      c32 = FloatVector.fromArray(F, c, at + 2 * L);
      c33 = FloatVector.fromArray(F, c, at + 3 * L);
      at = rows > 4 ? at + cStride : at;
      c40 = FloatVector.fromArray(F, c, at);
      c41 = FloatVector.fromArray(F, c, at + L);
      c42 = FloatVector.fromArray(F, c, at + 2 * L);
      c43 = FloatVector.fromArray(F, c, at + 3 * L);
      at = rows > 5 ? at + cStride : at;
      c50 = FloatVector.fromArray(F, c, at);
      c51 = FloatVector.fromArray(F, c, at + L);
      c52 = FloatVector.fromArray(F, c, at + 2 * L);
      c53 = FloatVector.fromArray(F, c, at + 3 * L);
    }
    for (int q = from; q < to; q++) {
      int bp = bAt + (q - from) * bStride;
      FloatVector b0 = FloatVector.fromArray(F, b, bp);
      FloatVector b1 = FloatVector.fromArray(F, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(F, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(F, b, bp + 3 * L);
      int ap = termAt[q];
      FloatVector x0 = FloatVector.broadcast(F, a[ap + a0]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      FloatVector x1 = FloatVector.broadcast(F, a[ap + a1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      FloatVector x2 = FloatVector.broadcast(F, a[ap + a2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      FloatVector x3 = FloatVector.broadcast(F, a[ap + a3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      FloatVector x4 = FloatVector.broadcast(F, a[ap + a4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      FloatVector x5 = FloatVector.broadcast(F, a[ap + a5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
    }
    int at = cAt;
    c00.intoArray(c, at);
    c01.intoArray(c, at + L);
    c02.intoArray(c, at + 2 * L);
    c03.intoArray(c, at + 3 * L);
    if (rows > 1) {
      at += cStride;
      c10.intoArray(c, at);
      c11.intoArray(c, at + L);
      c12.intoArray(c, at + 2 * L);
      c13.intoArray(c, at + 3 * L);
    }
    if (rows > 2) {
      at += cStride;
      c20.intoArray(c, at);
      c21.intoArray(c, at + L);
      c22.intoArray(c, at + 2 * L);
      c23.intoArray(c, at + 3 * L);
    }
    if (rows > 3) {
      at += cStride;
      c30.intoArray(c, at);
      c31.intoArray(c, at + L);
      c32.intoArray(c, at + 2 * L);
      c33.intoArray(c, at + 3 * L);
    }
    if (rows > 4) {
      at += cStride;
      c40.intoArray(c, at);
      c41.intoArray(c, at + L);
      c42.intoArray(c, at + 2 * L);
      c43.intoArray(c, at + 3 * L);
    }
    if (rows > 5) {
      at += cStride;
      c50.intoArray(c, at);
      c51.intoArray(c, at + L);
      c52.intoArray(c, at + 2 * L);
      c53.intoArray(c, at + 3 * L);
    }
  }
}
