package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.L;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ScalarFunctions} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdLog {
  private static final float MIN_NORMAL = Float.MIN_NORMAL;
  private static final float SUBNORMAL_SCALE = 3.3554432E7f;
  private static final float SUBNORMAL_EXPONENT = 25.0f;
  private static final int ROOT_HALF_BITS = 1060439283;
  private static final int FRACTION_MASK = 8388607;
  private static final float P7 = -0.076363385f;
  private static final float P6 = 0.12762177f;
  private static final float P5 = -0.13159618f;
  private static final float P4 = 0.14201583f;
  private static final float P3 = -0.16623409f;
  private static final float P2 = 0.20001242f;
  private static final float P1 = -0.2500082f;
  private static final float P0 = 0.3333333f;
  private static final float LN2_LOW = -2.1219444E-4f;
  private static final float LN2_HIGH = 0.6933594f;
  private static final double DOUBLE_EXP_LOG_SUBNORMAL_SCALE = 0x1.0p54;
  private static final double DOUBLE_EXP_LOG_SUBNORMAL_EXPONENT = 54.0;
  private static final long DOUBLE_EXP_LOG_ROOT_HALF_BITS = 4604544269498187776L;
  private static final long DOUBLE_EXP_LOG_FRACTION_MASK = 4503599627370495L;
  private static final long EXPONENT_SHIFT_BITS = 4611686018427387904L;
  private static final int FRACTION_BITS = 52;
  private static final long TWO_52_BITS = 4841369599423283200L;
  private static final double TWO_52 = 0x1.0p52;
  private static final double L7 = 0x1.0f02ff9a5d8cbp-3;
  private static final double L6 = 0x1.0f687e8a7721ep-3;
  private static final double L5 = 0x1.3b2016326daaap-3;
  private static final double L4 = 0x1.745ce21dc3f45p-3;
  private static final double L3 = 0x1.c71c724a59f5dp-3;
  private static final double L2 = 0x1.249249243a53bp-2;
  private static final double L1 = 0x1.9999999999d09p-2;
  private static final double L0 = 0x1.5555555555555p-1;
  private static final double DOUBLE_EXP_LOG_LN2_LOW = 0x1.3de6af278ece6p-42;
  private static final double DOUBLE_EXP_LOG_LN2_HIGH = 0x1.62e42fefa3p-1;

  private SimdLog() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    int vectors = Species.floats(n);
    int i = 0;
    for (; i < vectors; i += L) {
      FloatVector element = FloatVector.fromArray(F, x, xOff + i);
      VectorMask<Float> subnormal = element.compare(LT, MIN_NORMAL);
      FloatVector scaled = element.blend(element.mul(SUBNORMAL_SCALE), subnormal);
      FloatVector exponent = FloatVector.broadcast(F, 0.0f).blend(-SUBNORMAL_EXPONENT, subnormal);
      IntVector distance = scaled.reinterpretAsInts().sub(ROOT_HALF_BITS);
      FloatVector e =
          ((FloatVector) distance.lanewise(ASHR, 23).convertShape(I2F, F, 0)).add(exponent);
      FloatVector f =
          distance.and(FRACTION_MASK).add(ROOT_HALF_BITS).reinterpretAsFloats().sub(1.0f);
      FloatVector p = f.fma(P7, P6);
      p = p.fma(f, FloatVector.broadcast(F, P5));
      p = p.fma(f, FloatVector.broadcast(F, P4));
      p = p.fma(f, FloatVector.broadcast(F, P3));
      p = p.fma(f, FloatVector.broadcast(F, P2));
      p = p.fma(f, FloatVector.broadcast(F, P1));
      p = p.fma(f, FloatVector.broadcast(F, P0));
      FloatVector square = f.mul(f);
      FloatVector y2 = e.fma(FloatVector.broadcast(F, LN2_LOW), p.mul(f).mul(square));
      y2 = square.fma(FloatVector.broadcast(F, -0.5f), y2);
      FloatVector result = e.fma(FloatVector.broadcast(F, LN2_HIGH), f.add(y2));
      result = result.blend(element, element.compare(EQ, Float.POSITIVE_INFINITY));
      result = result.blend(Float.NEGATIVE_INFINITY, element.compare(EQ, 0.0f));
      FloatVector.broadcast(F, Float.NaN)
          .blend(result, element.compare(GE, 0.0f))
          .intoArray(y, yOff + i);
    }
    ScalarFunctions.tail(Function.LOG, x, xOff + i, y, yOff + i, n - i);
  }

  static void apply(double[] x, int xOff, double[] y, int yOff, int n) {
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector element = DoubleVector.fromArray(D, x, xOff + i);
      VectorMask<Double> subnormal = element.compare(LT, Double.MIN_NORMAL);
      DoubleVector scaled = element.blend(element.mul(DOUBLE_EXP_LOG_SUBNORMAL_SCALE), subnormal);
      DoubleVector shift =
          DoubleVector.broadcast(D, 0.0).blend(-DOUBLE_EXP_LOG_SUBNORMAL_EXPONENT, subnormal);
      LongVector distance = scaled.reinterpretAsLongs().sub(DOUBLE_EXP_LOG_ROOT_HALF_BITS);
      LongVector fraction =
          distance.and(DOUBLE_EXP_LOG_FRACTION_MASK).add(DOUBLE_EXP_LOG_ROOT_HALF_BITS);
      DoubleVector f = fraction.reinterpretAsDoubles().sub(1.0);
      LongVector biased = distance.add(EXPONENT_SHIFT_BITS).lanewise(LSHR, FRACTION_BITS);
      DoubleVector e =
          biased.or(TWO_52_BITS).reinterpretAsDoubles().sub((TWO_52 + 1024.0)).add(shift);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector z = s.mul(s);
      DoubleVector p = z.fma(L7, L6);
      p = p.fma(z, DoubleVector.broadcast(D, L5));
      p = p.fma(z, DoubleVector.broadcast(D, L4));
      p = p.fma(z, DoubleVector.broadcast(D, L3));
      p = p.fma(z, DoubleVector.broadcast(D, L2));
      p = p.fma(z, DoubleVector.broadcast(D, L1));
      p = p.fma(z, DoubleVector.broadcast(D, L0));
      DoubleVector halfSquare = f.mul(0.5).mul(f);
      DoubleVector low = s.fma(p.fma(z, halfSquare), e.mul(DOUBLE_EXP_LOG_LN2_LOW));
      DoubleVector result =
          e.fma(DoubleVector.broadcast(D, DOUBLE_EXP_LOG_LN2_HIGH), f.sub(halfSquare.sub(low)));
      result = result.blend(element, element.compare(EQ, Double.POSITIVE_INFINITY));
      result = result.blend(Double.NEGATIVE_INFINITY, element.compare(EQ, 0.0));
      DoubleVector.broadcast(D, Double.NaN)
          .blend(result, element.compare(GE, 0.0))
          .intoArray(y, yOff + i);
    }
    ScalarFunctions.tail(Function.LOG, x, xOff + i, y, yOff + i, n - i);
  }
}
