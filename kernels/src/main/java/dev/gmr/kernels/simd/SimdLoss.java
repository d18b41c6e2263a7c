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
final class SimdLoss {
  private static final double FAR = 24.0;
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
  private static final double G26 = -0x1.42b922e8e67b9p-30;
  private static final double G25 = 0x1.d747a6373010ep-29;
  private static final double G24 = 0x1.b4f473442323ap-27;
  private static final double G23 = -0x1.31c1c3db142c4p-25;
  private static final double G22 = -0x1.75932c96a67e6p-24;
  private static final double G21 = 0x1.bad500c2cdfc4p-23;
  private static final double G20 = 0x1.183864b53c27dp-21;
  private static final double G19 = -0x1.091294f8efafp-20;
  private static final double G18 = -0x1.9332ab992b6eep-19;
  private static final double G17 = 0x1.4eae9573f6eb9p-18;
  private static final double G16 = 0x1.1bf74b6076d3bp-16;
  private static final double G15 = -0x1.0360870827537p-15;
  private static final double G14 = -0x1.8045d9fa74d1fp-14;
  private static final double G13 = 0x1.f0ce8e1adb438p-13;
  private static final double G12 = 0x1.b2041cd352ad4p-12;
  private static final double G11 = -0x1.05f628ceaaeep-9;
  private static final double G10 = -0x1.15f1f913bf05p-12;
  private static final double G9 = 0x1.f0559995e401bp-7;
  private static final double G8 = -0x1.f04f7ebbb61efp-6;
  private static final double G7 = -0x1.68aa671b1529p-5;
  private static final double G6 = 0x1.ab6b4c45f98fbp-2;
  private static final double G5 = -0x1.5a2f1d758d8cbp0;
  private static final double G4 = 0x1.779d9b1989872p1;
  private static final double G3 = -0x1.3316169d4598ep2;
  private static final double G2 = 0x1.85459f52b4bb3p2;
  private static final double G1 = -0x1.7467aaad2a827p2;
  private static final double G0 = 0x1.cc480328fe6cfp1;
  private static final double G0_LOW = 0x1.3f90db9fff7c5p-54;
  private static final double G1_LOW = -0x1.63a47d8b5c02cp-52;

  private SimdLoss() {}

  static void apply(float[] x, int xOff, float[] y, int yOff, int n) {
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector element =
          (DoubleVector) FloatVector.fromArray(FH, x, xOff + i).convertShape(F2D, D, 0);
      DoubleVector t = element.abs();
      DoubleVector t2 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r2 = r.mul(r);
      DoubleVector low = r.fma(D3, D2).fma(r2, r.fma(D1, D0));
      DoubleVector high = r.fma(D7, D6).fma(r2, r.fma(D5, D4));
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
      DoubleVector low2 = m6.fma(q2, m4).fma(q4, m2.fma(q2, m0));
      DoubleVector high2 = m14.fma(q2, m12).fma(q4, m10.fma(q2, m8));
      DoubleVector mills = high2.fma(q4.mul(q4), low2).mul(w);
      DoubleVector h =
          high.fma(r2.mul(r2), low)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(t2.neg().fma(mills, DoubleVector.broadcast(D, 1.0)));
      ((FloatVector) h.blend(h.sub(element), element.compare(LT, 0.0)).convertShape(D2F, FH, 0))
          .intoArray(y, yOff + i);
    }
    ScalarFunctions.tail(Function.LOSS, x, xOff + i, y, yOff + i, n - i);
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
    ScalarFunctions.tail(Function.LOSS, x, xOff + i, y, yOff + i, n - i);
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
      DoubleVector c = q.fma(G26, G25);
      c = c.fma(q, DoubleVector.broadcast(D, G24));
      c = c.fma(q, DoubleVector.broadcast(D, G23));
      c = c.fma(q, DoubleVector.broadcast(D, G22));
      c = c.fma(q, DoubleVector.broadcast(D, G21));
      c = c.fma(q, DoubleVector.broadcast(D, G20));
      c = c.fma(q, DoubleVector.broadcast(D, G19));
      c = c.fma(q, DoubleVector.broadcast(D, G18));
      c = c.fma(q, DoubleVector.broadcast(D, G17));
      c = c.fma(q, DoubleVector.broadcast(D, G16));
      c = c.fma(q, DoubleVector.broadcast(D, G15));
      c = c.fma(q, DoubleVector.broadcast(D, G14));
      c = c.fma(q, DoubleVector.broadcast(D, G13));
      c = c.fma(q, DoubleVector.broadcast(D, G12));
      c = c.fma(q, DoubleVector.broadcast(D, G11));
      c = c.fma(q, DoubleVector.broadcast(D, G10));
      c = c.fma(q, DoubleVector.broadcast(D, G9));
      c = c.fma(q, DoubleVector.broadcast(D, G8));
      c = c.fma(q, DoubleVector.broadcast(D, G7));
      c = c.fma(q, DoubleVector.broadcast(D, G6));
      c = c.fma(q, DoubleVector.broadcast(D, G5));
      c = c.fma(q, DoubleVector.broadcast(D, G4));
      DoubleVector rest = c.fma(q, DoubleVector.broadcast(D, G3));
      DoubleVector curve = rest.fma(q, DoubleVector.broadcast(D, G2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope.fma(q, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, G2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(q, curve.fma(q, DoubleVector.broadcast(D, G1).sub(slope)).add(G1_LOW));
      DoubleVector low2 =
          slopeLow.fma(q, slope.fma(q, DoubleVector.broadcast(D, G0).sub(g)).add(G0_LOW));
      DoubleVector gLow = qLow.fma(curve.fma(q, slope), low2);
      DoubleVector p = density.mul(g);
      DoubleVector pLow = densityLow.fma(g, density.fma(gLow, density.fma(g, p.neg())));
      DoubleVector ww = w.mul(w);
      DoubleVector wwLow = w.add(w).fma(wLow, w.fma(w, ww.neg()));
      DoubleVector f = ww.mul(1.0);
      DoubleVector fLow =
          wwLow.fma(
              DoubleVector.broadcast(D, 1.0), ww.fma(DoubleVector.broadcast(D, 1.0), f.neg()));
      fLow = DoubleVector.broadcast(D, 0.0).blend(fLow, f.compare(LT, Double.POSITIVE_INFINITY));
      element.intoArray(scratch, i);
      t2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 2 * Scratch.CHUNK + i);
      p.intoArray(scratch, 3 * Scratch.CHUNK + i);
      pLow.intoArray(scratch, 4 * Scratch.CHUNK + i);
      f.intoArray(scratch, 5 * Scratch.CHUNK + i);
      fLow.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void applyOfDoubles2(double[] y, int yOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector p = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector f = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector fLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector element = DoubleVector.fromArray(D, scratch, i);
      DoubleVector unscaled = p.fma(f, p.fma(fLow, pLow.mul(f)));
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
      DoubleVector h = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest2);
      h.blend(h.sub(element), element.compare(LT, 0.0)).intoArray(y, yOff + i);
    }
  }
}
