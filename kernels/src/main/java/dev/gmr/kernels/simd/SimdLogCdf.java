package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.FH;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
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
final class SimdLogCdf {
  private static final double HUGE = 0x1.0p300;
  private static final double K = 5.0;
  private static final double K2 = 2.0 * K;
  private static final double M24 = 0x1.7eb9898f1f79ep-32;
  private static final double M23 = -0x1.7aa497c30a50ep-32;
  private static final double M22 = -0x1.16a099945f681p-28;
  private static final double M21 = 0x1.be6125b1433efp-29;
  private static final double M20 = 0x1.ed579cbada6c8p-26;
  private static final double M19 = -0x1.2d7e472223a5p-26;
  private static final double M18 = -0x1.7c93b7fc9559ep-23;
  private static final double M17 = 0x1.a02bef6b95bf9p-24;
  private static final double M16 = 0x1.25c816ce6fe62p-20;
  private static final double M15 = -0x1.c0f631856dc7cp-21;
  private static final double M14 = -0x1.d21ad291bdfb9p-18;
  private static final double M13 = 0x1.4eb3a48a34fcap-17;
  private static final double M12 = 0x1.5ec48dd9d9ff1p-15;
  private static final double M11 = -0x1.0596f7f595d64p-13;
  private static final double M10 = -0x1.38202a1dd7f85p-13;
  private static final double M9 = 0x1.660d41e10ca53p-10;
  private static final double M8 = -0x1.06239679b225ep-9;
  private static final double M7 = -0x1.ebbc32556f2bdp-8;
  private static final double M6 = 0x1.ab031a049fc22p-5;
  private static final double M5 = -0x1.62d360c63f702p-3;
  private static final double M4 = 0x1.a7927af8f0ef6p-2;
  private static final double M3 = -0x1.9262efbe12bf6p-1;
  private static final double M2 = 0x1.3dd60739e7973p0;
  private static final double M1 = -0x1.aaf94e206d6dap0;
  private static final double M0 = 0x1.ed96b8318f6c5p0;
  private static final double M0_LOW = -0x1.e846df6c55b2bp-54;
  private static final double M1_LOW = -0x1.5fa8c561b2576p-55;
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
  private static final double LN_ROOT_2PI = 0x1.d67f1c864beb5p-1;
  private static final double FAR = 66.0;
  private static final double NEGATIVE_HALF_LOG2_E = -0x1.71547652b82fep-1;
  private static final double NEGATIVE_LOG2_ROOT_2PI = -0x1.536439a4c6efcp0;
  private static final double ROUND = 0x1.8p52;
  private static final double LN_ROOT_2PI_LOW = 0x1.d694d252f24p-42;
  private static final double LN_ROOT_2PI_HIGH = 0x1.d67f1c864bp-1;
  private static final double E9 = 0x1.add757660e28dp-26;
  private static final double E8 = 0x1.28af3c30572acp-22;
  private static final double E7 = 0x1.71deec6c1241dp-19;
  private static final double E6 = 0x1.a01997cc5a612p-16;
  private static final double E5 = 0x1.a01a014497aa9p-13;
  private static final double E4 = 0x1.6c16c1852a413p-10;
  private static final double E3 = 0x1.1111111122b48p-7;
  private static final double E2 = 0x1.55555555502a5p-5;
  private static final double E1 = 0x1.555555555550fp-3;
  private static final double E0 = 0x1.000000000000bp-1;
  private static final long BIAS = 1023;

  private SimdLogCdf() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    double[] scratch = Scratch.of(5);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      applyOfFloats1(x, xOff + i, scratch, count);
      applyOfFloats2(scratch, count);
      applyOfFloats3(scratch, count);
      applyOfFloats4(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.LOG_CDF, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfFloats1(float[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element =
          (DoubleVector) FloatVector.fromArray(FH, x, xOff + i).convertShape(F2D, D, 0);
      DoubleVector t = element.abs();
      DoubleVector square = t.mul(t);
      DoubleVector squareLow =
          DoubleVector.broadcast(D, 0.0)
              .blend(t.fma(t, square.neg()), square.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector t2 = t.blend(HUGE, t.compare(GT, HUGE));
      DoubleVector d = t2.add(K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = t2.sub(d.sub(K));
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector q = DoubleVector.broadcast(D, 1.0).sub(v);
      DoubleVector qLow =
          wLow.fma(DoubleVector.broadcast(D, -K2), w.fma(DoubleVector.broadcast(D, -K2), v));
      DoubleVector c = q.fma(M24, M23);
      c = c.fma(q, DoubleVector.broadcast(D, M22));
      c = c.fma(q, DoubleVector.broadcast(D, M21));
      c = c.fma(q, DoubleVector.broadcast(D, M20));
      c = c.fma(q, DoubleVector.broadcast(D, M19));
      c = c.fma(q, DoubleVector.broadcast(D, M18));
      c = c.fma(q, DoubleVector.broadcast(D, M17));
      c = c.fma(q, DoubleVector.broadcast(D, M16));
      c = c.fma(q, DoubleVector.broadcast(D, M15));
      c = c.fma(q, DoubleVector.broadcast(D, M14));
      c = c.fma(q, DoubleVector.broadcast(D, M13));
      c = c.fma(q, DoubleVector.broadcast(D, M12));
      c = c.fma(q, DoubleVector.broadcast(D, M11));
      c = c.fma(q, DoubleVector.broadcast(D, M10));
      c = c.fma(q, DoubleVector.broadcast(D, M9));
      c = c.fma(q, DoubleVector.broadcast(D, M8));
      c = c.fma(q, DoubleVector.broadcast(D, M7));
      c = c.fma(q, DoubleVector.broadcast(D, M6));
      c = c.fma(q, DoubleVector.broadcast(D, M5));
      c = c.fma(q, DoubleVector.broadcast(D, M4));
      DoubleVector rest = c.fma(q, DoubleVector.broadcast(D, M3));
      DoubleVector curve = rest.fma(q, DoubleVector.broadcast(D, M2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, M1));
      DoubleVector m = slope.fma(q, DoubleVector.broadcast(D, M0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, M2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(q, curve.fma(q, DoubleVector.broadcast(D, M1).sub(slope)).add(M1_LOW));
      DoubleVector low =
          slopeLow.fma(q, slope.fma(q, DoubleVector.broadcast(D, M0).sub(m)).add(M0_LOW));
      DoubleVector mLow = qLow.fma(curve.fma(q, slope), low);
      DoubleVector p = m.mul(1.0);
      DoubleVector pLow =
          m.fma(
              DoubleVector.broadcast(D, 0.0),
              mLow.fma(
                  DoubleVector.broadcast(D, 1.0), m.fma(DoubleVector.broadcast(D, 1.0), p.neg())));
      DoubleVector ratio = p.fma(w, p.fma(wLow, pLow.mul(w)));
      DoubleVector x2 = ratio.blend(DoubleVector.broadcast(D, 1.0).div(t), t.compare(GT, HUGE));
      element.intoArray(scratch, i);
      t.intoArray(scratch, 1 * Scratch.CHUNK + i);
      square.intoArray(scratch, 2 * Scratch.CHUNK + i);
      squareLow.intoArray(scratch, 3 * Scratch.CHUNK + i);
      x2.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfFloats2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector x2 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector squareLow = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector square = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      VectorMask<Double> subnormal = x2.compare(LT, Double.MIN_NORMAL);
      DoubleVector scaled = x2.blend(x2.mul(SUBNORMAL_SCALE), subnormal);
      DoubleVector shift = DoubleVector.broadcast(D, 0.0).blend(-SUBNORMAL_EXPONENT, subnormal);
      LongVector distance = scaled.reinterpretAsLongs().sub(ROOT_HALF_BITS);
      LongVector fraction = distance.and(FRACTION_MASK).add(ROOT_HALF_BITS);
      DoubleVector f = fraction.reinterpretAsDoubles().sub(1.0);
      LongVector biased = distance.add(EXPONENT_SHIFT_BITS).lanewise(LSHR, FRACTION_BITS);
      DoubleVector e =
          biased.or(TWO_52_BITS).reinterpretAsDoubles().sub((TWO_52 + 1024.0)).add(shift);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector z = s.mul(s);
      DoubleVector p2 = z.fma(L7, L6);
      p2 = p2.fma(z, DoubleVector.broadcast(D, L5));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L4));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L3));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L2));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L1));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L0));
      DoubleVector halfSquare = f.mul(0.5).mul(f);
      DoubleVector low2 = s.fma(p2.fma(z, halfSquare), e.mul(LN2_LOW));
      DoubleVector result = e.fma(DoubleVector.broadcast(D, LN2_HIGH), f.sub(halfSquare.sub(low2)));
      result = result.blend(x2, x2.compare(EQ, Double.POSITIVE_INFINITY));
      result = result.blend(Double.NEGATIVE_INFINITY, x2.compare(EQ, 0.0));
      DoubleVector ratio2 =
          DoubleVector.broadcast(D, Double.NaN).blend(result, x2.compare(GE, 0.0));
      DoubleVector rest2 = squareLow.fma(DoubleVector.broadcast(D, -0.5), ratio2.sub(LN_ROOT_2PI));
      DoubleVector left = square.fma(DoubleVector.broadcast(D, -0.5), rest2);
      DoubleVector t3 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector square2 = t3.mul(t3);
      DoubleVector rounded = square2.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow2 =
          t3.add(t3).fma(DoubleVector.broadcast(D, 0.0), t3.fma(t3, square2.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low3 = squareLow2.fma(-0.5, -LN_ROOT_2PI_LOW);
      low3 = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low3);
      DoubleVector high = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r = square2.fma(DoubleVector.broadcast(D, -0.5), high).add(low3);
      DoubleVector e2 = r.fma(E9, E8);
      e2 = e2.fma(r, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector excess = e2.fma(r.mul(r), r);
      left.intoArray(scratch, 1 * Scratch.CHUNK + i);
      t3.intoArray(scratch, 2 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 3 * Scratch.CHUNK + i);
      excess.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfFloats3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector excess = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector t3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector density = excess.add(1.0);
      DoubleVector d2 = t3.add(K);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(d2);
      DoubleVector dLow2 = t3.sub(d2.sub(K)).add(0.0);
      DoubleVector wLow2 =
          w2.mul(w2.neg().fma(dLow2, w2.neg().fma(d2, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v2 = w2.mul(K2);
      DoubleVector densityLow = excess.sub(density.sub(1.0));
      DoubleVector q2 = DoubleVector.broadcast(D, 1.0).sub(v2);
      DoubleVector qLow2 =
          wLow2.fma(DoubleVector.broadcast(D, -K2), w2.fma(DoubleVector.broadcast(D, -K2), v2));
      DoubleVector c2 = q2.fma(M24, M23);
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M22));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M21));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M20));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M19));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M18));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M17));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M16));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M15));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M14));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M13));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M12));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M11));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M10));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M9));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M8));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M7));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M6));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M5));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M4));
      DoubleVector rest3 = c2.fma(q2, DoubleVector.broadcast(D, M3));
      DoubleVector curve2 = rest3.fma(q2, DoubleVector.broadcast(D, M2));
      DoubleVector slope2 = curve2.fma(q2, DoubleVector.broadcast(D, M1));
      DoubleVector m2 = slope2.fma(q2, DoubleVector.broadcast(D, M0));
      DoubleVector curveLow2 = rest3.fma(q2, DoubleVector.broadcast(D, M2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q2, curve2.fma(q2, DoubleVector.broadcast(D, M1).sub(slope2)).add(M1_LOW));
      DoubleVector low4 =
          slopeLow2.fma(q2, slope2.fma(q2, DoubleVector.broadcast(D, M0).sub(m2)).add(M0_LOW));
      DoubleVector mLow2 = qLow2.fma(curve2.fma(q2, slope2), low4);
      DoubleVector p3 = density.mul(m2);
      DoubleVector pLow2 = densityLow.fma(m2, density.fma(mLow2, density.fma(m2, p3.neg())));
      DoubleVector unscaled = p3.fma(w2, p3.fma(wLow2, pLow2.mul(w2)));
      DoubleVector quarter = rounded.sub(ROUND).fma(0.25, ROUND);
      DoubleVector n3 = rounded.sub(ROUND);
      DoubleVector quarter2 = n3.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded2 = quarter2.fma(DoubleVector.broadcast(D, -3.0), n3).add(ROUND);
      DoubleVector quarter3 =
          quarter
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, t3.compare(GE, FAR));
      DoubleVector rest4 =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector x3 = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest4).neg();
      x3.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfFloats4(float[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector x3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector left = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      VectorMask<Double> low5 = x3.compare(LT, -0.29);
      DoubleVector f2 = x3.blend(x3.fma(2.0, 1.0), low5);
      DoubleVector e3 = DoubleVector.broadcast(D, 0.0).blend(-1.0, low5);
      DoubleVector s2 = f2.div(f2.add(2.0));
      DoubleVector z2 = s2.mul(s2);
      DoubleVector p4 = z2.fma(L7, L6);
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L5));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L4));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L3));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L2));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L1));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L0));
      DoubleVector halfSquare2 = f2.mul(0.5).mul(f2);
      DoubleVector low6 = s2.fma(p4.fma(z2, halfSquare2), e3.mul(LN2_LOW));
      DoubleVector right =
          e3.fma(DoubleVector.broadcast(D, LN2_HIGH), f2.sub(halfSquare2.sub(low6)));
      ((FloatVector) left.blend(right, element.compare(GT, 0.0)).convertShape(D2F, FH, 0))
          .intoArray(y, yOff + i);
    }
  }

  static void apply(double[] x, int xOff, double[] y, int yOff, int n) {
    double[] scratch = Scratch.of(5);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      applyOfDoubles1(x, xOff + i, scratch, count);
      applyOfDoubles2(scratch, count);
      applyOfDoubles3(scratch, count);
      applyOfDoubles4(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.LOG_CDF, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfDoubles1(double[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element = DoubleVector.fromArray(D, x, xOff + i);
      DoubleVector t = element.abs();
      DoubleVector square = t.mul(t);
      DoubleVector squareLow =
          DoubleVector.broadcast(D, 0.0)
              .blend(t.fma(t, square.neg()), square.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector t2 = t.blend(HUGE, t.compare(GT, HUGE));
      DoubleVector d = t2.add(K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = t2.sub(d.sub(K));
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector q = DoubleVector.broadcast(D, 1.0).sub(v);
      DoubleVector qLow =
          wLow.fma(DoubleVector.broadcast(D, -K2), w.fma(DoubleVector.broadcast(D, -K2), v));
      DoubleVector c = q.fma(M24, M23);
      c = c.fma(q, DoubleVector.broadcast(D, M22));
      c = c.fma(q, DoubleVector.broadcast(D, M21));
      c = c.fma(q, DoubleVector.broadcast(D, M20));
      c = c.fma(q, DoubleVector.broadcast(D, M19));
      c = c.fma(q, DoubleVector.broadcast(D, M18));
      c = c.fma(q, DoubleVector.broadcast(D, M17));
      c = c.fma(q, DoubleVector.broadcast(D, M16));
      c = c.fma(q, DoubleVector.broadcast(D, M15));
      c = c.fma(q, DoubleVector.broadcast(D, M14));
      c = c.fma(q, DoubleVector.broadcast(D, M13));
      c = c.fma(q, DoubleVector.broadcast(D, M12));
      c = c.fma(q, DoubleVector.broadcast(D, M11));
      c = c.fma(q, DoubleVector.broadcast(D, M10));
      c = c.fma(q, DoubleVector.broadcast(D, M9));
      c = c.fma(q, DoubleVector.broadcast(D, M8));
      c = c.fma(q, DoubleVector.broadcast(D, M7));
      c = c.fma(q, DoubleVector.broadcast(D, M6));
      c = c.fma(q, DoubleVector.broadcast(D, M5));
      c = c.fma(q, DoubleVector.broadcast(D, M4));
      DoubleVector rest = c.fma(q, DoubleVector.broadcast(D, M3));
      DoubleVector curve = rest.fma(q, DoubleVector.broadcast(D, M2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, M1));
      DoubleVector m = slope.fma(q, DoubleVector.broadcast(D, M0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, M2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(q, curve.fma(q, DoubleVector.broadcast(D, M1).sub(slope)).add(M1_LOW));
      DoubleVector low =
          slopeLow.fma(q, slope.fma(q, DoubleVector.broadcast(D, M0).sub(m)).add(M0_LOW));
      DoubleVector mLow = qLow.fma(curve.fma(q, slope), low);
      DoubleVector p = m.mul(1.0);
      DoubleVector pLow =
          m.fma(
              DoubleVector.broadcast(D, 0.0),
              mLow.fma(
                  DoubleVector.broadcast(D, 1.0), m.fma(DoubleVector.broadcast(D, 1.0), p.neg())));
      DoubleVector ratio = p.fma(w, p.fma(wLow, pLow.mul(w)));
      DoubleVector x2 = ratio.blend(DoubleVector.broadcast(D, 1.0).div(t), t.compare(GT, HUGE));
      element.intoArray(scratch, i);
      t.intoArray(scratch, 1 * Scratch.CHUNK + i);
      square.intoArray(scratch, 2 * Scratch.CHUNK + i);
      squareLow.intoArray(scratch, 3 * Scratch.CHUNK + i);
      x2.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector x2 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector squareLow = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector square = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      VectorMask<Double> subnormal = x2.compare(LT, Double.MIN_NORMAL);
      DoubleVector scaled = x2.blend(x2.mul(SUBNORMAL_SCALE), subnormal);
      DoubleVector shift = DoubleVector.broadcast(D, 0.0).blend(-SUBNORMAL_EXPONENT, subnormal);
      LongVector distance = scaled.reinterpretAsLongs().sub(ROOT_HALF_BITS);
      LongVector fraction = distance.and(FRACTION_MASK).add(ROOT_HALF_BITS);
      DoubleVector f = fraction.reinterpretAsDoubles().sub(1.0);
      LongVector biased = distance.add(EXPONENT_SHIFT_BITS).lanewise(LSHR, FRACTION_BITS);
      DoubleVector e =
          biased.or(TWO_52_BITS).reinterpretAsDoubles().sub((TWO_52 + 1024.0)).add(shift);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector z = s.mul(s);
      DoubleVector p2 = z.fma(L7, L6);
      p2 = p2.fma(z, DoubleVector.broadcast(D, L5));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L4));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L3));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L2));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L1));
      p2 = p2.fma(z, DoubleVector.broadcast(D, L0));
      DoubleVector halfSquare = f.mul(0.5).mul(f);
      DoubleVector low2 = s.fma(p2.fma(z, halfSquare), e.mul(LN2_LOW));
      DoubleVector result = e.fma(DoubleVector.broadcast(D, LN2_HIGH), f.sub(halfSquare.sub(low2)));
      result = result.blend(x2, x2.compare(EQ, Double.POSITIVE_INFINITY));
      result = result.blend(Double.NEGATIVE_INFINITY, x2.compare(EQ, 0.0));
      DoubleVector ratio2 =
          DoubleVector.broadcast(D, Double.NaN).blend(result, x2.compare(GE, 0.0));
      DoubleVector rest2 = squareLow.fma(DoubleVector.broadcast(D, -0.5), ratio2.sub(LN_ROOT_2PI));
      DoubleVector left = square.fma(DoubleVector.broadcast(D, -0.5), rest2);
      DoubleVector t3 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector square2 = t3.mul(t3);
      DoubleVector rounded = square2.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow2 =
          t3.add(t3).fma(DoubleVector.broadcast(D, 0.0), t3.fma(t3, square2.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low3 = squareLow2.fma(-0.5, -LN_ROOT_2PI_LOW);
      low3 = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low3);
      DoubleVector high = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r = square2.fma(DoubleVector.broadcast(D, -0.5), high).add(low3);
      DoubleVector e2 = r.fma(E9, E8);
      e2 = e2.fma(r, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector excess = e2.fma(r.mul(r), r);
      left.intoArray(scratch, 1 * Scratch.CHUNK + i);
      t3.intoArray(scratch, 2 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 3 * Scratch.CHUNK + i);
      excess.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector excess = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector t3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector density = excess.add(1.0);
      DoubleVector d2 = t3.add(K);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(d2);
      DoubleVector dLow2 = t3.sub(d2.sub(K)).add(0.0);
      DoubleVector wLow2 =
          w2.mul(w2.neg().fma(dLow2, w2.neg().fma(d2, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v2 = w2.mul(K2);
      DoubleVector densityLow = excess.sub(density.sub(1.0));
      DoubleVector q2 = DoubleVector.broadcast(D, 1.0).sub(v2);
      DoubleVector qLow2 =
          wLow2.fma(DoubleVector.broadcast(D, -K2), w2.fma(DoubleVector.broadcast(D, -K2), v2));
      DoubleVector c2 = q2.fma(M24, M23);
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M22));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M21));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M20));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M19));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M18));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M17));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M16));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M15));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M14));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M13));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M12));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M11));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M10));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M9));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M8));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M7));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M6));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M5));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M4));
      DoubleVector rest3 = c2.fma(q2, DoubleVector.broadcast(D, M3));
      DoubleVector curve2 = rest3.fma(q2, DoubleVector.broadcast(D, M2));
      DoubleVector slope2 = curve2.fma(q2, DoubleVector.broadcast(D, M1));
      DoubleVector m2 = slope2.fma(q2, DoubleVector.broadcast(D, M0));
      DoubleVector curveLow2 = rest3.fma(q2, DoubleVector.broadcast(D, M2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q2, curve2.fma(q2, DoubleVector.broadcast(D, M1).sub(slope2)).add(M1_LOW));
      DoubleVector low4 =
          slopeLow2.fma(q2, slope2.fma(q2, DoubleVector.broadcast(D, M0).sub(m2)).add(M0_LOW));
      DoubleVector mLow2 = qLow2.fma(curve2.fma(q2, slope2), low4);
      DoubleVector p3 = density.mul(m2);
      DoubleVector pLow2 = densityLow.fma(m2, density.fma(mLow2, density.fma(m2, p3.neg())));
      DoubleVector unscaled = p3.fma(w2, p3.fma(wLow2, pLow2.mul(w2)));
      DoubleVector quarter = rounded.sub(ROUND).fma(0.25, ROUND);
      DoubleVector n3 = rounded.sub(ROUND);
      DoubleVector quarter2 = n3.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded2 = quarter2.fma(DoubleVector.broadcast(D, -3.0), n3).add(ROUND);
      DoubleVector quarter3 =
          quarter
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, t3.compare(GE, FAR));
      DoubleVector rest4 =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector x3 = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest4).neg();
      x3.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles4(double[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector x3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector left = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      VectorMask<Double> low5 = x3.compare(LT, -0.29);
      DoubleVector f2 = x3.blend(x3.fma(2.0, 1.0), low5);
      DoubleVector e3 = DoubleVector.broadcast(D, 0.0).blend(-1.0, low5);
      DoubleVector s2 = f2.div(f2.add(2.0));
      DoubleVector z2 = s2.mul(s2);
      DoubleVector p4 = z2.fma(L7, L6);
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L5));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L4));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L3));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L2));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L1));
      p4 = p4.fma(z2, DoubleVector.broadcast(D, L0));
      DoubleVector halfSquare2 = f2.mul(0.5).mul(f2);
      DoubleVector low6 = s2.fma(p4.fma(z2, halfSquare2), e3.mul(LN2_LOW));
      DoubleVector right =
          e3.fma(DoubleVector.broadcast(D, LN2_HIGH), f2.sub(halfSquare2.sub(low6)));
      left.blend(right, element.compare(GT, 0.0)).intoArray(y, yOff + i);
    }
  }
}
