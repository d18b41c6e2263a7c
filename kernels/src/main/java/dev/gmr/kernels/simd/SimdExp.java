package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.L;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link ScalarFunctions} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdExp {
  private static final float EXP_MAX = 89.0f;
  private static final float EXP_MIN = -104.0f;
  private static final float LOG2_E = 1.442695f;
  private static final float ROUND = 1.2582912E7f;
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -2.1219444E-4f;
  private static final int ROUND_BITS = 1262485504;
  private static final float E4 = 0.0013818289f;
  private static final float E3 = 0.008368532f;
  private static final float E2 = 0.041668292f;
  private static final float E1 = 0.16666523f;
  private static final float E0 = 0.49999994f;
  private static final double DOUBLE_EXP_LOG_EXP_MAX = 710.0;
  private static final double DOUBLE_EXP_LOG_EXP_MIN = -746.0;
  private static final double DOUBLE_EXP_LOG_LOG2_E = 0x1.71547652b82fep0;
  private static final double DOUBLE_EXP_LOG_ROUND = 0x1.8p52;
  private static final double DOUBLE_EXP_LOG_LN2_HIGH = 0x1.62e42fefa3p-1;
  private static final double DOUBLE_EXP_LOG_LN2_LOW = 0x1.3de6af278ece6p-42;
  private static final double E9 = 0x1.add757660e28dp-26;
  private static final double E8 = 0x1.28af3c30572acp-22;
  private static final double E7 = 0x1.71deec6c1241dp-19;
  private static final double E6 = 0x1.a01997cc5a612p-16;
  private static final double E5 = 0x1.a01a014497aa9p-13;
  private static final double DOUBLE_EXP_LOG_E4 = 0x1.6c16c1852a413p-10;
  private static final double DOUBLE_EXP_LOG_E3 = 0x1.1111111122b48p-7;
  private static final double DOUBLE_EXP_LOG_E2 = 0x1.55555555502a5p-5;
  private static final double DOUBLE_EXP_LOG_E1 = 0x1.555555555550fp-3;
  private static final double DOUBLE_EXP_LOG_E0 = 0x1.000000000000bp-1;
  private static final long BIAS = 1023;
  private static final int FRACTION_BITS = 52;

  private SimdExp() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    int vectors = Species.floats(n);
    int i = 0;
    for (; i < vectors; i += L) {
      FloatVector element = FloatVector.fromArray(F, x, xOff + i);
      FloatVector clamped = element.blend(EXP_MAX, element.compare(GT, EXP_MAX));
      clamped = clamped.blend(EXP_MIN, clamped.compare(LT, EXP_MIN));
      FloatVector rounded = clamped.fma(LOG2_E, ROUND);
      FloatVector n2 = rounded.sub(ROUND);
      FloatVector r = n2.fma(FloatVector.broadcast(F, -LN2_HIGH), clamped);
      r = n2.fma(FloatVector.broadcast(F, -LN2_LOW), r);
      IntVector exponent = rounded.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      FloatVector e = r.fma(E4, E3);
      e = e.fma(r, FloatVector.broadcast(F, E2));
      e = e.fma(r, FloatVector.broadcast(F, E1));
      e = e.fma(r, FloatVector.broadcast(F, E0));
      IntVector n3 = exponent.sub(half);
      e.fma(r.mul(r), r)
          .add(1.0f)
          .mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
          .mul(n3.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
          .intoArray(y, yOff + i);
    }
    ScalarFunctions.tail(Function.EXP, x, xOff + i, y, yOff + i, n - i);
  }

  static void apply(double[] x, int xOff, double[] y, int yOff, int n) {
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector element = DoubleVector.fromArray(D, x, xOff + i);
      DoubleVector c =
          element.blend(DOUBLE_EXP_LOG_EXP_MAX, element.compare(GT, DOUBLE_EXP_LOG_EXP_MAX));
      c = c.blend(DOUBLE_EXP_LOG_EXP_MIN, c.compare(LT, DOUBLE_EXP_LOG_EXP_MIN));
      DoubleVector rounded = c.fma(DOUBLE_EXP_LOG_LOG2_E, DOUBLE_EXP_LOG_ROUND);
      DoubleVector n2 = rounded.sub(DOUBLE_EXP_LOG_ROUND);
      DoubleVector r =
          n2.fma(DoubleVector.broadcast(D, -DOUBLE_EXP_LOG_LN2_HIGH), c)
              .add(n2.fma(-DOUBLE_EXP_LOG_LN2_LOW, 0.0));
      DoubleVector half = n2.fma(0.5, DOUBLE_EXP_LOG_ROUND);
      DoubleVector rest = n2.sub(half.sub(DOUBLE_EXP_LOG_ROUND)).add(DOUBLE_EXP_LOG_ROUND);
      DoubleVector e = r.fma(E9, E8);
      e = e.fma(r, DoubleVector.broadcast(D, E7));
      e = e.fma(r, DoubleVector.broadcast(D, E6));
      e = e.fma(r, DoubleVector.broadcast(D, E5));
      e = e.fma(r, DoubleVector.broadcast(D, DOUBLE_EXP_LOG_E4));
      e = e.fma(r, DoubleVector.broadcast(D, DOUBLE_EXP_LOG_E3));
      e = e.fma(r, DoubleVector.broadcast(D, DOUBLE_EXP_LOG_E2));
      e = e.fma(r, DoubleVector.broadcast(D, DOUBLE_EXP_LOG_E1));
      e = e.fma(r, DoubleVector.broadcast(D, DOUBLE_EXP_LOG_E0));
      e.fma(r.mul(r), r)
          .add(1.0)
          .mul(
              half.reinterpretAsLongs()
                  .add(BIAS)
                  .lanewise(LSHL, FRACTION_BITS)
                  .reinterpretAsDoubles())
          .mul(
              rest.reinterpretAsLongs()
                  .add(BIAS)
                  .lanewise(LSHL, FRACTION_BITS)
                  .reinterpretAsDoubles())
          .intoArray(y, yOff + i);
    }
    ScalarFunctions.tail(Function.EXP, x, xOff + i, y, yOff + i, n - i);
  }
}
