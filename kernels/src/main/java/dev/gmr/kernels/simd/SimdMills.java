package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.FH;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * {@link ScalarFunctions} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdMills {
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
  private static final double LOG2_E = 0x1.71547652b82fep0;
  private static final double ROUND = 0x1.8p52;
  private static final double LN2_HIGH = 0x1.62e42fefa3p-1;
  private static final double LN2_LOW = 0x1.3de6af278ece6p-42;
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
  private static final int FRACTION_BITS = 52;
  private static final double ROOT_2PI = 0x1.40d931ff62706p1;

  private SimdMills() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    double[] scratch = Scratch.of(3);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      applyOfFloats1(x, xOff + i, scratch, count);
      applyOfFloats2(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.MILLS, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfFloats1(float[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element =
          (DoubleVector) FloatVector.fromArray(FH, x, xOff + i).convertShape(F2D, D, 0);
      DoubleVector t = element.abs();
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
      DoubleVector ratio2 = ratio.blend(DoubleVector.broadcast(D, 1.0).div(t), t.compare(GT, HUGE));
      DoubleVector c2 = t.blend(40.0, t.compare(GT, 40.0));
      DoubleVector square = c2.mul(c2);
      DoubleVector high = square.mul(0.5);
      DoubleVector low2 = c2.fma(c2, square.neg()).mul(0.5);
      DoubleVector rounded = high.fma(LOG2_E, ROUND);
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector r =
          n2.fma(DoubleVector.broadcast(D, -LN2_HIGH), high)
              .add(n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low2));
      DoubleVector half = n2.fma(0.5, ROUND);
      DoubleVector rest2 = n2.sub(half.sub(ROUND)).add(ROUND);
      DoubleVector e = r.fma(E9, E8);
      e = e.fma(r, DoubleVector.broadcast(D, E7));
      e = e.fma(r, DoubleVector.broadcast(D, E6));
      e = e.fma(r, DoubleVector.broadcast(D, E5));
      e = e.fma(r, DoubleVector.broadcast(D, E4));
      e = e.fma(r, DoubleVector.broadcast(D, E3));
      e = e.fma(r, DoubleVector.broadcast(D, E2));
      e = e.fma(r, DoubleVector.broadcast(D, E1));
      e = e.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector exp =
          e.fma(r.mul(r), r)
              .add(1.0)
              .mul(
                  half.reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(
                  rest2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      element.intoArray(scratch, i);
      ratio2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      exp.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfFloats2(float[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector ratio2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector exp = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      ((FloatVector)
              ratio2
                  .blend(
                      exp.fma(DoubleVector.broadcast(D, ROOT_2PI), ratio2.neg()),
                      element.compare(LT, 0.0))
                  .convertShape(D2F, FH, 0))
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
      applyOfDoubles2(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.MILLS, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfDoubles1(double[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element = DoubleVector.fromArray(D, x, xOff + i);
      DoubleVector t = element.abs();
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
      DoubleVector ratio2 = ratio.blend(DoubleVector.broadcast(D, 1.0).div(t), t.compare(GT, HUGE));
      DoubleVector c2 = t.blend(40.0, t.compare(GT, 40.0));
      DoubleVector square = c2.mul(c2);
      DoubleVector high = square.mul(0.5);
      DoubleVector low2 = c2.fma(c2, square.neg()).mul(0.5);
      DoubleVector rounded = high.fma(LOG2_E, ROUND);
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector r =
          n2.fma(DoubleVector.broadcast(D, -LN2_HIGH), high)
              .add(n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low2));
      DoubleVector half = n2.fma(0.5, ROUND);
      DoubleVector rest2 = n2.sub(half.sub(ROUND)).add(ROUND);
      DoubleVector e = r.fma(E9, E8);
      e = e.fma(r, DoubleVector.broadcast(D, E7));
      e = e.fma(r, DoubleVector.broadcast(D, E6));
      e = e.fma(r, DoubleVector.broadcast(D, E5));
      e = e.fma(r, DoubleVector.broadcast(D, E4));
      e = e.fma(r, DoubleVector.broadcast(D, E3));
      e = e.fma(r, DoubleVector.broadcast(D, E2));
      e = e.fma(r, DoubleVector.broadcast(D, E1));
      e = e.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector exp =
          e.fma(r.mul(r), r)
              .add(1.0)
              .mul(
                  half.reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(
                  rest2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      element.intoArray(scratch, i);
      ratio2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      exp.intoArray(scratch, 2 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles2(double[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector ratio2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector exp = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      ratio2
          .blend(
              exp.fma(DoubleVector.broadcast(D, ROOT_2PI), ratio2.neg()), element.compare(LT, 0.0))
          .intoArray(y, yOff + i);
    }
  }
}
