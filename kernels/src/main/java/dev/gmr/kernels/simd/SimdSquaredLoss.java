package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.FH;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
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
final class SimdSquaredLoss {
  private static final double FAR = 24.0;
  private static final double NORMAL_TAIL_K = 5.0;
  private static final double K = NORMAL_TAIL_K;
  private static final double K2 = 2.0 * NORMAL_TAIL_K;
  private static final double M1 = -0x1.aaf94e2067974p0;
  private static final double M0 = 0x1.ed96b8318fa94p0;
  private static final double M3 = -0x1.9262efc13b912p-1;
  private static final double M2 = 0x1.3dd60739b3a74p0;
  private static final double M5 = -0x1.62d35fba0cafcp-3;
  private static final double M4 = 0x1.a7927b13e5f09p-2;
  private static final double M7 = -0x1.ebbd7d32f1a12p-8;
  private static final double M6 = 0x1.ab03103a79142p-5;
  private static final double M9 = 0x1.662887722538ap-10;
  private static final double M8 = -0x1.062096405e5e8p-9;
  private static final double M11 = -0x1.080eb3e458982p-13;
  private static final double M10 = -0x1.38708f7bbb7fap-13;
  private static final double M13 = 0x1.89445f831ff25p-17;
  private static final double M12 = 0x1.5ce7bda0f4bb5p-15;
  private static final double M15 = -0x1.ea01915b0e979p-20;
  private static final double M14 = -0x1.89f0a8216d6dcp-18;
  private static final double NEGATIVE_HALF_LOG2_E = -0x1.71547652b82fep-1;
  private static final double ROUND = 0x1.8p52;
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final double D3 = 0x1.105835bbe0f57p-4;
  private static final double D2 = 0x1.988453cc03a52p-3;
  private static final double D1 = 0x1.9884533f0837p-2;
  private static final double D0 = 0x1.9884533d009f2p-2;
  private static final double D7 = 0x1.4ac1c60c176b3p-14;
  private static final double D6 = 0x1.23bd75f45e5d1p-11;
  private static final double D5 = 0x1.b3c3a03b0713bp-9;
  private static final double D4 = 0x1.10577adc59683p-6;
  private static final long BIAS = 1023;
  private static final int FRACTION_BITS = 52;
  private static final double NORMAL_TAIL_FAR = 66.0;
  private static final double NEGATIVE_LOG2_ROOT_2PI = -0x1.536439a4c6efcp0;
  private static final double LN_ROOT_2PI_LOW = 0x1.d694d252f24p-42;
  private static final double LN2_LOW = 0x1.3de6af278ece6p-42;
  private static final double LN2_HIGH = 0x1.62e42fefa3p-1;
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
  private static final double H27 = -0x1.5ee64af569bd4p-26;
  private static final double H26 = 0x1.574b4f31755c1p-30;
  private static final double H25 = 0x1.eff96b83c54b8p-23;
  private static final double H24 = 0x1.6fd7ace913c0ep-25;
  private static final double H23 = -0x1.8075d81039c82p-20;
  private static final double H22 = -0x1.8f24490af22f9p-21;
  private static final double H21 = 0x1.d0f35e9dcf965p-18;
  private static final double H20 = 0x1.ab1bb2446da4ep-18;
  private static final double H19 = -0x1.06d08fa7f6815p-15;
  private static final double H18 = -0x1.5448303764b92p-15;
  private static final double H17 = 0x1.3820fd8eb6fbcp-13;
  private static final double H16 = 0x1.cc1d4d58d9a03p-13;
  private static final double H15 = -0x1.a18af7c5ce5efp-11;
  private static final double H14 = -0x1.06a2af3a54951p-10;
  private static final double H13 = 0x1.3cef6f77674f3p-8;
  private static final double H12 = 0x1.63dd5bad2711ap-9;
  private static final double H11 = -0x1.fb10b7ee5427ep-6;
  private static final double H10 = 0x1.34152593d116ap-6;
  private static final double H9 = 0x1.5aa89307c51c8p-3;
  private static final double H8 = -0x1.c1c9c27e4b4cp-2;
  private static final double H7 = -0x1.3b2fe933ac571p-3;
  private static final double H6 = 0x1.d2ddef8d205c8p1;
  private static final double H5 = -0x1.7f0d5813fe45ep3;
  private static final double H4 = 0x1.85e4ed87e32fdp4;
  private static final double H3 = -0x1.1dd534e8adda6p5;
  private static final double H2 = 0x1.35cb182454773p5;
  private static final double H1 = -0x1.d9f08fab3a3f9p4;
  private static final double H0 = 0x1.a057d6eb1477bp3;
  private static final double H0_LOW = 0x1.e1f0f2ae7d8b3p-52;
  private static final double H1_LOW = 0x1.3b2541a69541fp-52;

  private SimdSquaredLoss() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector element =
          (DoubleVector) FloatVector.fromArray(FH, x, xOff + i).convertShape(F2D, D, 0);
      DoubleVector t = element.abs();
      DoubleVector t2 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(t2.add(K));
      DoubleVector q = w.fma(-K2, 1.0);
      DoubleVector q2 = q.mul(q);
      DoubleVector q4 = q2.mul(q2);
      DoubleVector m0 = q.fma(M1, M0);
      DoubleVector m2 = q.fma(M3, M2);
      DoubleVector m4 = q.fma(M5, M4);
      DoubleVector m6 = q.fma(M7, M6);
      DoubleVector m8 = q.fma(M9, M8);
      DoubleVector m10 = q.fma(M11, M10);
      DoubleVector m12 = q.fma(M13, M12);
      DoubleVector m14 = q.fma(M15, M14);
      DoubleVector low = m6.fma(q2, m4).fma(q4, m2.fma(q2, m0));
      DoubleVector high = m14.fma(q2, m12).fma(q4, m10.fma(q2, m8));
      DoubleVector mills = high.fma(q4.mul(q4), low).mul(w);
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r2 = r.mul(r);
      DoubleVector low2 = r.fma(D3, D2).fma(r2, r.fma(D1, D0));
      DoubleVector high2 = r.fma(D7, D6).fma(r2, r.fma(D5, D4));
      DoubleVector tail =
          high2
              .fma(r2.mul(r2), low2)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(t2.neg().fma(t2.neg().fma(mills, DoubleVector.broadcast(D, 1.0)), mills));
      ((FloatVector)
              tail.blend(
                      element.fma(element, DoubleVector.broadcast(D, 1.0).sub(tail)),
                      element.compare(LT, 0.0))
                  .convertShape(D2F, FH, 0))
          .intoArray(y, yOff + i);
    }
    ScalarFunctions.tail(Function.SQUARED_LOSS, x, xOff + i, y, yOff + i, n - i);
  }

  static void apply(double[] x, int xOff, double[] y, int yOff, int n) {
    double[] scratch = Scratch.of(7);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      applyOfDoubles1(x, xOff + i, scratch, count);
      applyOfDoubles2(y, yOff + i, scratch, count);
    }
    i = vectors;
    ScalarFunctions.tail(Function.SQUARED_LOSS, x, xOff + i, y, yOff + i, n - i);
  }

  private static void applyOfDoubles1(double[] x, int xOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector element = DoubleVector.fromArray(D, x, xOff + i);
      DoubleVector t = element.abs();
      DoubleVector t2 = t.blend(NORMAL_TAIL_FAR, t.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow =
          t2.add(t2).fma(DoubleVector.broadcast(D, 0.0), t2.fma(t2, square.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low = squareLow.fma(-0.5, -LN_ROOT_2PI_LOW);
      low = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low);
      DoubleVector high = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r = square.fma(DoubleVector.broadcast(D, -0.5), high).add(low);
      DoubleVector e = r.fma(E9, E8);
      e = e.fma(r, DoubleVector.broadcast(D, E7));
      e = e.fma(r, DoubleVector.broadcast(D, E6));
      e = e.fma(r, DoubleVector.broadcast(D, E5));
      e = e.fma(r, DoubleVector.broadcast(D, E4));
      e = e.fma(r, DoubleVector.broadcast(D, E3));
      e = e.fma(r, DoubleVector.broadcast(D, E2));
      e = e.fma(r, DoubleVector.broadcast(D, E1));
      e = e.fma(r, DoubleVector.broadcast(D, E0));
      DoubleVector excess = e.fma(r.mul(r), r);
      DoubleVector density = excess.add(1.0);
      DoubleVector d = t2.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = t2.sub(d.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector densityLow = excess.sub(density.sub(1.0));
      DoubleVector q = DoubleVector.broadcast(D, 1.0).sub(v);
      DoubleVector qLow =
          wLow.fma(DoubleVector.broadcast(D, -K2), w.fma(DoubleVector.broadcast(D, -K2), v));
      DoubleVector c = q.fma(H27, H26);
      c = c.fma(q, DoubleVector.broadcast(D, H25));
      c = c.fma(q, DoubleVector.broadcast(D, H24));
      c = c.fma(q, DoubleVector.broadcast(D, H23));
      c = c.fma(q, DoubleVector.broadcast(D, H22));
      c = c.fma(q, DoubleVector.broadcast(D, H21));
      c = c.fma(q, DoubleVector.broadcast(D, H20));
      c = c.fma(q, DoubleVector.broadcast(D, H19));
      c = c.fma(q, DoubleVector.broadcast(D, H18));
      c = c.fma(q, DoubleVector.broadcast(D, H17));
      c = c.fma(q, DoubleVector.broadcast(D, H16));
      c = c.fma(q, DoubleVector.broadcast(D, H15));
      c = c.fma(q, DoubleVector.broadcast(D, H14));
      c = c.fma(q, DoubleVector.broadcast(D, H13));
      c = c.fma(q, DoubleVector.broadcast(D, H12));
      c = c.fma(q, DoubleVector.broadcast(D, H11));
      c = c.fma(q, DoubleVector.broadcast(D, H10));
      c = c.fma(q, DoubleVector.broadcast(D, H9));
      c = c.fma(q, DoubleVector.broadcast(D, H8));
      c = c.fma(q, DoubleVector.broadcast(D, H7));
      c = c.fma(q, DoubleVector.broadcast(D, H6));
      c = c.fma(q, DoubleVector.broadcast(D, H5));
      c = c.fma(q, DoubleVector.broadcast(D, H4));
      DoubleVector rest = c.fma(q, DoubleVector.broadcast(D, H3));
      DoubleVector curve = rest.fma(q, DoubleVector.broadcast(D, H2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, H1));
      DoubleVector g = slope.fma(q, DoubleVector.broadcast(D, H0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, H2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(q, curve.fma(q, DoubleVector.broadcast(D, H1).sub(slope)).add(H1_LOW));
      DoubleVector low2 =
          slopeLow.fma(q, slope.fma(q, DoubleVector.broadcast(D, H0).sub(g)).add(H0_LOW));
      DoubleVector gLow = qLow.fma(curve.fma(q, slope), low2);
      DoubleVector p = density.mul(g);
      DoubleVector pLow = densityLow.fma(g, density.fma(gLow, density.fma(g, p.neg())));
      DoubleVector ww = w.mul(w);
      DoubleVector wwLow = w.add(w).fma(wLow, w.fma(w, ww.neg()));
      DoubleVector www = ww.mul(w);
      DoubleVector wwwLow = ww.fma(wLow, wwLow.fma(w, ww.fma(w, www.neg())));
      element.intoArray(scratch, i);
      t2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 2 * Scratch.CHUNK + i);
      p.intoArray(scratch, 3 * Scratch.CHUNK + i);
      pLow.intoArray(scratch, 4 * Scratch.CHUNK + i);
      www.intoArray(scratch, 5 * Scratch.CHUNK + i);
      wwwLow.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles2(double[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector p = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector www = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector wwwLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      DoubleVector unscaled = p.fma(www, p.fma(wwwLow, pLow.mul(www)));
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
              .blend(0.0, t2.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest2 =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector tail = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest2);
      tail.blend(
              element.fma(element, DoubleVector.broadcast(D, 1.0).sub(tail)),
              element.compare(LT, 0.0))
          .intoArray(y, yOff + i);
    }
  }
}
