package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.FH;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
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
final class SimdInverseCdf {
  private static final double SUBNORMAL_SCALE = 0x1.0p54;
  private static final double SUBNORMAL_EXPONENT = 54.0;
  private static final long ROOT_HALF_BITS = 4604544269498187776L;
  private static final long FRACTION_MASK = 4503599627370495L;
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
  private static final double LN2_LOW = 0x1.3de6af278ece6p-42;
  private static final double LN2_HIGH = 0x1.62e42fefa3p-1;
  private static final double E7 = 0x1.afb74d693bf93p-23;
  private static final double E6 = 0x1.c6ec6cc59e02ap-16;
  private static final double E5 = 0x1.45c1908425345p-10;
  private static final double E4 = 0x1.b2b41193b4ee7p-6;
  private static final double E3 = 0x1.2fad9315255cfp-2;
  private static final double E2 = 0x1.c8ea6461fa445p0;
  private static final double E1 = 0x1.5daea6e875003p2;
  private static final double E0 = 0x1.aa1b1c13ee526p2;
  private static final double F7 = 0x1.269bff1f8c19p-49;
  private static final double F6 = 0x1.31446f740b9ep-23;
  private static final double F5 = 0x1.35c2c496374bfp-16;
  private static final double F4 = 0x1.9c8bc979dc5d7p-11;
  private static final double F3 = 0x1.e76f93215462ap-7;
  private static final double F2 = 0x1.186eb183443fbp-3;
  private static final double F1 = 0x1.331d34fc7d77fp-1;
  private static final double C7 = 0x1.9615ac0b7ace9p-11;
  private static final double C6 = 0x1.744eb6c45ec67p-6;
  private static final double C5 = 0x1.ef2abb9b85c37p-3;
  private static final double C4 = 0x1.453cc085375b2p0;
  private static final double C3 = 0x1.d2ecb1a3d02c4p1;
  private static final double C2 = 0x1.713f71462256ap2;
  private static final double C1 = 0x1.2857748cab19bp2;
  private static final double C0 = 0x1.6c665fde9526ap0;
  private static final double D7 = 0x1.20d3f686439e4p-30;
  private static final double D6 = 0x1.1f18cbfdf2728p-11;
  private static final double D5 = 0x1.f207a7eab17bfp-7;
  private static final double D4 = 0x1.2f5123394f04p-3;
  private static final double D3 = 0x1.61292f23385c9p-1;
  private static final double D2 = 0x1.ad278e6526633p0;
  private static final double D1 = 0x1.06cefbb46a449p1;
  private static final double A7 = 0x1.39a296f7d925ep11;
  private static final double A6 = 0x1.052d26b2e45e4p15;
  private static final double A5 = 0x1.06c1c55b78f2p16;
  private static final double A4 = 0x1.66c3e869b752ap15;
  private static final double A3 = 0x1.ad1d8cd4ee71dp13;
  private static final double A2 = 0x1.ece5d2213c0ccp10;
  private static final double A1 = 0x1.0a4888b1a436ep7;
  private static final double A0 = 0x1.b18d91e9eef75p1;
  private static final double B7 = 0x1.46a7eca984b69p12;
  private static final double B6 = 0x1.c0e457cb1ae76p14;
  private static final double B5 = 0x1.3317caa64f4bep15;
  private static final double B4 = 0x1.4b772d5d65266p14;
  private static final double B3 = 0x1.512322e75c89fp12;
  private static final double B2 = 0x1.5797efdc8b3f7p9;
  private static final double B1 = 0x1.5281b386e1ab5p5;

  private SimdInverseCdf() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    double[] scratch = Scratch.of(3);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      applyOfFloats1(x, xOff + i, scratch, count);
      applyOfFloats2(scratch, count);
      applyOfFloats3(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.INVERSE_CDF, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfFloats1(float[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element =
          (DoubleVector) FloatVector.fromArray(FH, x, xOff + i).convertShape(F2D, D, 0);
      DoubleVector q = element.sub(0.5);
      DoubleVector side =
          DoubleVector.broadcast(D, 1.0).sub(element).blend(element, q.compare(LT, 0.0));
      VectorMask<Double> subnormal = side.compare(LT, Double.MIN_NORMAL);
      DoubleVector scaled = side.blend(side.mul(SUBNORMAL_SCALE), subnormal);
      DoubleVector shift = DoubleVector.broadcast(D, 0.0).blend(-SUBNORMAL_EXPONENT, subnormal);
      LongVector distance = scaled.reinterpretAsLongs().sub(ROOT_HALF_BITS);
      LongVector fraction = distance.and(FRACTION_MASK).add(ROOT_HALF_BITS);
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
      DoubleVector low = s.fma(p.fma(z, halfSquare), e.mul(LN2_LOW));
      DoubleVector result = e.fma(DoubleVector.broadcast(D, LN2_HIGH), f.sub(halfSquare.sub(low)));
      result = result.blend(side, side.compare(EQ, Double.POSITIVE_INFINITY));
      result = result.blend(Double.NEGATIVE_INFINITY, side.compare(EQ, 0.0));
      DoubleVector far =
          DoubleVector.broadcast(D, Double.NaN).blend(result, side.compare(GE, 0.0)).neg().sqrt();
      element.intoArray(scratch, i);
      q.intoArray(scratch, 1 * Scratch.CHUNK + i);
      far.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfFloats2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector far = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector q = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector r = far.sub(5.0);
      DoubleVector a = r.fma(E7, E6);
      a = a.fma(r, DoubleVector.broadcast(D, E5));
      a = a.fma(r, DoubleVector.broadcast(D, E4));
      a = a.fma(r, DoubleVector.broadcast(D, E3));
      a = a.fma(r, DoubleVector.broadcast(D, E2));
      a = a.fma(r, DoubleVector.broadcast(D, E1));
      a = a.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector b = r.fma(F7, F6);
      b = b.fma(r, DoubleVector.broadcast(D, F5));
      b = b.fma(r, DoubleVector.broadcast(D, F4));
      b = b.fma(r, DoubleVector.broadcast(D, F3));
      b = b.fma(r, DoubleVector.broadcast(D, F2));
      b = b.fma(r, DoubleVector.broadcast(D, F1));
      b = b.fma(r, DoubleVector.broadcast(D, 1.0));
      DoubleVector r2 = far.sub(1.6);
      DoubleVector a2 = r2.fma(C7, C6);
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C5));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C4));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C3));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C2));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C1));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C0));
      DoubleVector b2 = r2.fma(D7, D6);
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D5));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D4));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D3));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D2));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D1));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, 1.0));
      DoubleVector tail = a2.div(b2).blend(a.div(b), far.compare(GT, 5.0));
      tail = tail.blend(tail.neg(), q.compare(LT, 0.0));
      tail.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfFloats3(float[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector q = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector tail = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      DoubleVector r3 = q.neg().fma(q, DoubleVector.broadcast(D, 0.180625));
      DoubleVector a3 = r3.fma(A7, A6);
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A5));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A4));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A3));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A2));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A1));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A0));
      DoubleVector b3 = r3.fma(B7, B6);
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B5));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B4));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B3));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B2));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B1));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, 1.0));
      DoubleVector z2 = q.mul(a3).div(b3).blend(tail, q.abs().compare(GT, 0.425));
      z2 = z2.blend(Double.NEGATIVE_INFINITY, element.compare(EQ, 0.0));
      ((FloatVector)
              z2.blend(Double.POSITIVE_INFINITY, element.compare(EQ, 1.0)).convertShape(D2F, FH, 0))
          .intoArray(y, yOff + i);
    }
  }

  static void apply(double[] x, int xOff, double[] y, int yOff, int n) {
    double[] scratch = Scratch.of(3);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      applyOfDoubles1(x, xOff + i, scratch, count);
      applyOfDoubles2(scratch, count);
      applyOfDoubles3(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.INVERSE_CDF, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfDoubles1(double[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element = DoubleVector.fromArray(D, x, xOff + i);
      DoubleVector q = element.sub(0.5);
      DoubleVector side =
          DoubleVector.broadcast(D, 1.0).sub(element).blend(element, q.compare(LT, 0.0));
      VectorMask<Double> subnormal = side.compare(LT, Double.MIN_NORMAL);
      DoubleVector scaled = side.blend(side.mul(SUBNORMAL_SCALE), subnormal);
      DoubleVector shift = DoubleVector.broadcast(D, 0.0).blend(-SUBNORMAL_EXPONENT, subnormal);
      LongVector distance = scaled.reinterpretAsLongs().sub(ROOT_HALF_BITS);
      LongVector fraction = distance.and(FRACTION_MASK).add(ROOT_HALF_BITS);
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
      DoubleVector low = s.fma(p.fma(z, halfSquare), e.mul(LN2_LOW));
      DoubleVector result = e.fma(DoubleVector.broadcast(D, LN2_HIGH), f.sub(halfSquare.sub(low)));
      result = result.blend(side, side.compare(EQ, Double.POSITIVE_INFINITY));
      result = result.blend(Double.NEGATIVE_INFINITY, side.compare(EQ, 0.0));
      DoubleVector far =
          DoubleVector.broadcast(D, Double.NaN).blend(result, side.compare(GE, 0.0)).neg().sqrt();
      element.intoArray(scratch, i);
      q.intoArray(scratch, 1 * Scratch.CHUNK + i);
      far.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector far = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector q = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector r = far.sub(5.0);
      DoubleVector a = r.fma(E7, E6);
      a = a.fma(r, DoubleVector.broadcast(D, E5));
      a = a.fma(r, DoubleVector.broadcast(D, E4));
      a = a.fma(r, DoubleVector.broadcast(D, E3));
      a = a.fma(r, DoubleVector.broadcast(D, E2));
      a = a.fma(r, DoubleVector.broadcast(D, E1));
      a = a.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector b = r.fma(F7, F6);
      b = b.fma(r, DoubleVector.broadcast(D, F5));
      b = b.fma(r, DoubleVector.broadcast(D, F4));
      b = b.fma(r, DoubleVector.broadcast(D, F3));
      b = b.fma(r, DoubleVector.broadcast(D, F2));
      b = b.fma(r, DoubleVector.broadcast(D, F1));
      b = b.fma(r, DoubleVector.broadcast(D, 1.0));
      DoubleVector r2 = far.sub(1.6);
      DoubleVector a2 = r2.fma(C7, C6);
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C5));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C4));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C3));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C2));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C1));
      a2 = a2.fma(r2, DoubleVector.broadcast(D, C0));
      DoubleVector b2 = r2.fma(D7, D6);
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D5));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D4));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D3));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D2));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, D1));
      b2 = b2.fma(r2, DoubleVector.broadcast(D, 1.0));
      DoubleVector tail = a2.div(b2).blend(a.div(b), far.compare(GT, 5.0));
      tail = tail.blend(tail.neg(), q.compare(LT, 0.0));
      tail.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles3(double[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector q = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector tail = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      DoubleVector r3 = q.neg().fma(q, DoubleVector.broadcast(D, 0.180625));
      DoubleVector a3 = r3.fma(A7, A6);
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A5));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A4));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A3));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A2));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A1));
      a3 = a3.fma(r3, DoubleVector.broadcast(D, A0));
      DoubleVector b3 = r3.fma(B7, B6);
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B5));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B4));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B3));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B2));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, B1));
      b3 = b3.fma(r3, DoubleVector.broadcast(D, 1.0));
      DoubleVector z2 = q.mul(a3).div(b3).blend(tail, q.abs().compare(GT, 0.425));
      z2 = z2.blend(Double.NEGATIVE_INFINITY, element.compare(EQ, 0.0));
      z2.blend(Double.POSITIVE_INFINITY, element.compare(EQ, 1.0)).intoArray(y, yOff + i);
    }
  }
}
