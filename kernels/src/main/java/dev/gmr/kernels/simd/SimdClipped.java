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
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.Clipped;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Clipped} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdClipped {
  private static final double MAX_MU = 0x1.0p200;
  private static final double MIN_SIGMA = 0x1.0p-300;
  private static final double FAR = 24.0;
  private static final double NORMAL_TAIL_K = 5.0;
  private static final double K = NORMAL_TAIL_K;
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

  private SimdClipped() {}

  static void meanVariance(
      double low,
      double high,
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    double[] scratch = Scratch.of(9);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      meanVarianceOfFloats1(low, high, mu, muOff + i, sigma, sigmaOff + i, scratch, count);
      meanVarianceOfFloats2(
          low, high, mean, meanOff + i, variance, varianceOff + i, scratch, count);
    }
    i = vectors;
    Clipped.meanVariance(
        low,
        high,
        mu,
        muOff + i,
        sigma,
        sigmaOff + i,
        mean,
        meanOff + i,
        variance,
        varianceOff + i,
        n - i);
  }

  private static void meanVarianceOfFloats1(
      double low,
      double high,
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector mean0 =
          ((DoubleVector) FloatVector.fromArray(FH, mu, muOff + i).convertShape(F2D, D, 0));
      DoubleVector m = mean0.blend(MAX_MU, mean0.compare(GT, MAX_MU));
      m = m.blend(-MAX_MU, m.compare(LT, -MAX_MU));
      DoubleVector deviation =
          ((DoubleVector) FloatVector.fromArray(FH, sigma, sigmaOff + i).convertShape(F2D, D, 0));
      DoubleVector s =
          DoubleVector.broadcast(D, Double.NaN).blend(deviation, deviation.compare(GE, 0.0));
      DoubleVector c = m.blend(high, m.compare(GT, high));
      c = c.blend(low, c.compare(LT, low));
      DoubleVector b = s.blend(MIN_SIGMA, s.compare(LT, MIN_SIGMA));
      DoubleVector toLow = m.sub(low).abs();
      DoubleVector toHigh = m.sub(high).abs();
      DoubleVector t = toLow.div(b);
      DoubleVector al = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector t2 = toHigh.div(b);
      DoubleVector be = t2.blend(FAR, t2.compare(GT, FAR));
      DoubleVector wLow = b.div(b.fma(DoubleVector.broadcast(D, K), toLow));
      DoubleVector wHigh = b.div(b.fma(DoubleVector.broadcast(D, K), toHigh));
      DoubleVector square = al.mul(al);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r2 = r.mul(r);
      DoubleVector low2 = r.fma(D3, D2).fma(r2, r.fma(D1, D0));
      DoubleVector high2 = r.fma(D7, D6).fma(r2, r.fma(D5, D4));
      DoubleVector pLow =
          high2
              .fma(r2.mul(r2), low2)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector square2 = be.mul(be);
      DoubleVector rounded2 = square2.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r3 = rounded2.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square2.mul(-0.5));
      DoubleVector r22 = r3.mul(r3);
      DoubleVector low3 = r3.fma(D3, D2).fma(r22, r3.fma(D1, D0));
      DoubleVector high3 = r3.fma(D7, D6).fma(r22, r3.fma(D5, D4));
      DoubleVector pHigh =
          high3
              .fma(r22.mul(r22), low3)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector q = wLow.fma(-K2, 1.0);
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
      DoubleVector low4 = m6.fma(q2, m4).fma(q4, m2.fma(q2, m0));
      DoubleVector high4 = m14.fma(q2, m12).fma(q4, m10.fma(q2, m8));
      DoubleVector millsLow = high4.fma(q4.mul(q4), low4).mul(wLow);
      m.intoArray(scratch, i);
      s.intoArray(scratch, 1 * Scratch.CHUNK + i);
      c.intoArray(scratch, 2 * Scratch.CHUNK + i);
      al.intoArray(scratch, 3 * Scratch.CHUNK + i);
      be.intoArray(scratch, 4 * Scratch.CHUNK + i);
      wHigh.intoArray(scratch, 5 * Scratch.CHUNK + i);
      pLow.intoArray(scratch, 6 * Scratch.CHUNK + i);
      pHigh.intoArray(scratch, 7 * Scratch.CHUNK + i);
      millsLow.intoArray(scratch, 8 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfFloats2(
      double low,
      double high,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector pLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector al = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector millsLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector wHigh = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector pHigh = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector be = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector c = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector hLow = pLow.mul(al.neg().fma(millsLow, DoubleVector.broadcast(D, 1.0)));
      DoubleVector q3 = wHigh.fma(-K2, 1.0);
      DoubleVector q22 = q3.mul(q3);
      DoubleVector q42 = q22.mul(q22);
      DoubleVector m02 = q3.fma(M1, M0);
      DoubleVector m22 = q3.fma(M3, M2);
      DoubleVector m42 = q3.fma(M5, M4);
      DoubleVector m62 = q3.fma(M7, M6);
      DoubleVector m82 = q3.fma(M9, M8);
      DoubleVector m102 = q3.fma(M11, M10);
      DoubleVector m122 = q3.fma(M13, M12);
      DoubleVector m142 = q3.fma(M15, M14);
      DoubleVector low5 = m62.fma(q22, m42).fma(q42, m22.fma(q22, m02));
      DoubleVector high5 = m142.fma(q22, m122).fma(q42, m102.fma(q22, m82));
      DoubleVector millsHigh = high5.fma(q42.mul(q42), low5).mul(wHigh);
      DoubleVector hHigh = pHigh.mul(be.neg().fma(millsHigh, DoubleVector.broadcast(D, 1.0)));
      DoubleVector gLow = al.neg().fma(hLow, pLow.mul(millsLow));
      DoubleVector gHigh = be.neg().fma(hHigh, pHigh.mul(millsHigh));
      DoubleVector inside =
          DoubleVector.broadcast(D, 1.0)
              .sub(al.mul(2.0).fma(hLow, gLow).add(be.mul(2.0).fma(hHigh, gHigh)));
      DoubleVector under = gLow.sub(be.sub(al).mul(2.0).fma(hHigh, gHigh));
      DoubleVector over = gHigh.sub(al.sub(be).mul(2.0).fma(hLow, gLow));
      DoubleVector square3 = inside.blend(under, m.compare(LT, low));
      square3 = square3.blend(over, m.compare(GT, high));
      DoubleVector shift = hLow.sub(hHigh);
      DoubleVector unit = shift.neg().fma(shift, square3);
      DoubleVector expected = s.fma(shift, c);
      expected = expected.blend(low, expected.compare(LT, low));
      expected = expected.blend(high, expected.compare(GT, high));
      unit = unit.blend(0.0, unit.compare(LT, 0.0));
      ((FloatVector) expected.convertShape(D2F, FH, 0)).intoArray(mean, meanOff + i);
      ((FloatVector) s.mul(s.mul(unit)).convertShape(D2F, FH, 0))
          .intoArray(variance, varianceOff + i);
    }
  }

  static void meanVariance(
      double low,
      double high,
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    double[] scratch = Scratch.of(14);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      meanVarianceOfDoubles1(low, high, mu, muOff + i, sigma, sigmaOff + i, scratch, count);
      meanVarianceOfDoubles2(scratch, count);
      meanVarianceOfDoubles3(scratch, count);
      meanVarianceOfDoubles4(scratch, count);
      meanVarianceOfDoubles5(scratch, count);
      meanVarianceOfDoubles6(low, high, scratch, count);
      meanVarianceOfDoubles7(
          low, high, mean, meanOff + i, variance, varianceOff + i, scratch, count);
    }
    i = vectors;
    Clipped.meanVariance(
        low,
        high,
        mu,
        muOff + i,
        sigma,
        sigmaOff + i,
        mean,
        meanOff + i,
        variance,
        varianceOff + i,
        n - i);
  }

  private static void meanVarianceOfDoubles1(
      double low,
      double high,
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m = DoubleVector.fromArray(D, mu, muOff + i);
      DoubleVector deviation = DoubleVector.fromArray(D, sigma, sigmaOff + i);
      DoubleVector s =
          DoubleVector.broadcast(D, Double.NaN).blend(deviation, deviation.compare(GE, 0.0));
      DoubleVector c = m.blend(high, m.compare(GT, high));
      c = c.blend(low, c.compare(LT, low));
      DoubleVector a = m.sub(low).abs();
      DoubleVector t = a.div(s);
      DoubleVector t2 = t.blend(0.0, a.compare(EQ, 0.0).and(s.compare(EQ, 0.0)));
      DoubleVector al = t2.blend(NORMAL_TAIL_FAR, t2.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector a2 = m.sub(high).abs();
      DoubleVector t3 = a2.div(s);
      DoubleVector t4 = t3.blend(0.0, a2.compare(EQ, 0.0).and(s.compare(EQ, 0.0)));
      DoubleVector be = t4.blend(NORMAL_TAIL_FAR, t4.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector square = al.mul(al);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow =
          al.add(al).fma(DoubleVector.broadcast(D, 0.0), al.fma(al, square.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low2 = squareLow.fma(-0.5, -LN_ROOT_2PI_LOW);
      low2 = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low2);
      DoubleVector high2 = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r = square.fma(DoubleVector.broadcast(D, -0.5), high2).add(low2);
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
      DoubleVector d = al.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = al.sub(d.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector densityLow = excess.sub(density.sub(1.0));
      m.intoArray(scratch, i);
      s.intoArray(scratch, 1 * Scratch.CHUNK + i);
      c.intoArray(scratch, 2 * Scratch.CHUNK + i);
      al.intoArray(scratch, 3 * Scratch.CHUNK + i);
      be.intoArray(scratch, 4 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 5 * Scratch.CHUNK + i);
      density.intoArray(scratch, 6 * Scratch.CHUNK + i);
      w.intoArray(scratch, 7 * Scratch.CHUNK + i);
      wLow.intoArray(scratch, 8 * Scratch.CHUNK + i);
      v.intoArray(scratch, 9 * Scratch.CHUNK + i);
      densityLow.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector v = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector wLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector densityLow = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector al = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector q = DoubleVector.broadcast(D, 1.0).sub(v);
      DoubleVector qLow =
          wLow.fma(DoubleVector.broadcast(D, -K2), w.fma(DoubleVector.broadcast(D, -K2), v));
      DoubleVector c2 = q.fma(G26, G25);
      c2 = c2.fma(q, DoubleVector.broadcast(D, G24));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G23));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G22));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G21));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G20));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G19));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G18));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G17));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G16));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G15));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G14));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G13));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G12));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G11));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G10));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G9));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G8));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G7));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G6));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G5));
      c2 = c2.fma(q, DoubleVector.broadcast(D, G4));
      DoubleVector rest = c2.fma(q, DoubleVector.broadcast(D, G3));
      DoubleVector curve = rest.fma(q, DoubleVector.broadcast(D, G2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope.fma(q, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, G2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(q, curve.fma(q, DoubleVector.broadcast(D, G1).sub(slope)).add(G1_LOW));
      DoubleVector low3 =
          slopeLow.fma(q, slope.fma(q, DoubleVector.broadcast(D, G0).sub(g)).add(G0_LOW));
      DoubleVector gLow = qLow.fma(curve.fma(q, slope), low3);
      DoubleVector p = density.mul(g);
      DoubleVector pLow = densityLow.fma(g, density.fma(gLow, density.fma(g, p.neg())));
      DoubleVector ww = w.mul(w);
      DoubleVector wwLow = w.add(w).fma(wLow, w.fma(w, ww.neg()));
      DoubleVector f = ww.mul(1.0);
      DoubleVector fLow =
          wwLow.fma(
              DoubleVector.broadcast(D, 1.0), ww.fma(DoubleVector.broadcast(D, 1.0), f.neg()));
      fLow = DoubleVector.broadcast(D, 0.0).blend(fLow, f.compare(LT, Double.POSITIVE_INFINITY));
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
              .blend(0.0, al.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest2 =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector hLow = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest2);
      hLow.intoArray(scratch, 5 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector be = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector square2 = be.mul(be);
      DoubleVector rounded3 = square2.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow2 =
          be.add(be).fma(DoubleVector.broadcast(D, 0.0), be.fma(be, square2.neg()));
      DoubleVector n4 = rounded3.sub(ROUND);
      DoubleVector low4 = squareLow2.fma(-0.5, -LN_ROOT_2PI_LOW);
      low4 = n4.fma(DoubleVector.broadcast(D, -LN2_LOW), low4);
      DoubleVector high3 = n4.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r2 = square2.fma(DoubleVector.broadcast(D, -0.5), high3).add(low4);
      DoubleVector e2 = r2.fma(E9, E8);
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E0));
      DoubleVector excess2 = e2.fma(r2.mul(r2), r2);
      DoubleVector density2 = excess2.add(1.0);
      DoubleVector d2 = be.add(NORMAL_TAIL_K);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(d2);
      DoubleVector dLow2 = be.sub(d2.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow2 =
          w2.mul(w2.neg().fma(dLow2, w2.neg().fma(d2, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v2 = w2.mul(K2);
      DoubleVector densityLow2 = excess2.sub(density2.sub(1.0));
      DoubleVector q2 = DoubleVector.broadcast(D, 1.0).sub(v2);
      DoubleVector qLow2 =
          wLow2.fma(DoubleVector.broadcast(D, -K2), w2.fma(DoubleVector.broadcast(D, -K2), v2));
      DoubleVector c3 = q2.fma(G26, G25);
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G24));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G23));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G22));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G21));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G20));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G19));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G18));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G17));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G16));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G15));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G14));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G13));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G12));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G11));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G10));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G9));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G8));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G7));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G6));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G5));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, G4));
      DoubleVector rest3 = c3.fma(q2, DoubleVector.broadcast(D, G3));
      DoubleVector curve2 = rest3.fma(q2, DoubleVector.broadcast(D, G2));
      DoubleVector slope2 = curve2.fma(q2, DoubleVector.broadcast(D, G1));
      DoubleVector g2 = slope2.fma(q2, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow2 = rest3.fma(q2, DoubleVector.broadcast(D, G2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q2, curve2.fma(q2, DoubleVector.broadcast(D, G1).sub(slope2)).add(G1_LOW));
      DoubleVector low5 =
          slopeLow2.fma(q2, slope2.fma(q2, DoubleVector.broadcast(D, G0).sub(g2)).add(G0_LOW));
      DoubleVector gLow2 = qLow2.fma(curve2.fma(q2, slope2), low5);
      DoubleVector p2 = density2.mul(g2);
      DoubleVector pLow2 = densityLow2.fma(g2, density2.fma(gLow2, density2.fma(g2, p2.neg())));
      DoubleVector ww2 = w2.mul(w2);
      DoubleVector wwLow2 = w2.add(w2).fma(wLow2, w2.fma(w2, ww2.neg()));
      DoubleVector f2 = ww2.mul(1.0);
      DoubleVector fLow2 =
          wwLow2.fma(
              DoubleVector.broadcast(D, 1.0), ww2.fma(DoubleVector.broadcast(D, 1.0), f2.neg()));
      fLow2 = DoubleVector.broadcast(D, 0.0).blend(fLow2, f2.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector unscaled2 = p2.fma(f2, p2.fma(fLow2, pLow2.mul(f2)));
      rounded3.intoArray(scratch, 6 * Scratch.CHUNK + i);
      unscaled2.intoArray(scratch, 7 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rounded3 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector be = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector unscaled2 = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector al = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector quarter4 = rounded3.sub(ROUND).fma(0.25, ROUND);
      DoubleVector n5 = rounded3.sub(ROUND);
      DoubleVector quarter5 = n5.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded4 = quarter5.fma(DoubleVector.broadcast(D, -3.0), n5).add(ROUND);
      DoubleVector quarter6 =
          quarter4
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, be.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest4 =
          rounded4
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector hHigh = unscaled2.mul(quarter6).mul(quarter6).mul(quarter6).mul(rest4);
      DoubleVector square3 = al.mul(al);
      DoubleVector rounded5 = square3.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow3 =
          al.add(al).fma(DoubleVector.broadcast(D, 0.0), al.fma(al, square3.neg()));
      DoubleVector n6 = rounded5.sub(ROUND);
      DoubleVector low6 = squareLow3.fma(-0.5, -LN_ROOT_2PI_LOW);
      low6 = n6.fma(DoubleVector.broadcast(D, -LN2_LOW), low6);
      DoubleVector high4 = n6.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r3 = square3.fma(DoubleVector.broadcast(D, -0.5), high4).add(low6);
      DoubleVector e3 = r3.fma(E9, E8);
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E7));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E6));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E5));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E4));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E3));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E2));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E1));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E0));
      DoubleVector excess3 = e3.fma(r3.mul(r3), r3);
      DoubleVector density3 = excess3.add(1.0);
      DoubleVector d3 = al.add(NORMAL_TAIL_K);
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(d3);
      DoubleVector dLow3 = al.sub(d3.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow3 =
          w3.mul(w3.neg().fma(dLow3, w3.neg().fma(d3, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v3 = w3.mul(K2);
      DoubleVector densityLow3 = excess3.sub(density3.sub(1.0));
      DoubleVector q3 = DoubleVector.broadcast(D, 1.0).sub(v3);
      DoubleVector qLow3 =
          wLow3.fma(DoubleVector.broadcast(D, -K2), w3.fma(DoubleVector.broadcast(D, -K2), v3));
      DoubleVector c4 = q3.fma(H27, H26);
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H25));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H24));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H23));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H22));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H21));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H20));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H19));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H18));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H17));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H16));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H15));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H14));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H13));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H12));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H11));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H10));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H9));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H8));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H7));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H6));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H5));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, H4));
      DoubleVector rest5 = c4.fma(q3, DoubleVector.broadcast(D, H3));
      DoubleVector curve3 = rest5.fma(q3, DoubleVector.broadcast(D, H2));
      DoubleVector slope3 = curve3.fma(q3, DoubleVector.broadcast(D, H1));
      DoubleVector g3 = slope3.fma(q3, DoubleVector.broadcast(D, H0));
      DoubleVector curveLow3 = rest5.fma(q3, DoubleVector.broadcast(D, H2).sub(curve3));
      DoubleVector slopeLow3 =
          curveLow3.fma(q3, curve3.fma(q3, DoubleVector.broadcast(D, H1).sub(slope3)).add(H1_LOW));
      DoubleVector low7 =
          slopeLow3.fma(q3, slope3.fma(q3, DoubleVector.broadcast(D, H0).sub(g3)).add(H0_LOW));
      DoubleVector gLow3 = qLow3.fma(curve3.fma(q3, slope3), low7);
      hHigh.intoArray(scratch, 6 * Scratch.CHUNK + i);
      rounded5.intoArray(scratch, 7 * Scratch.CHUNK + i);
      density3.intoArray(scratch, 8 * Scratch.CHUNK + i);
      w3.intoArray(scratch, 9 * Scratch.CHUNK + i);
      wLow3.intoArray(scratch, 10 * Scratch.CHUNK + i);
      densityLow3.intoArray(scratch, 11 * Scratch.CHUNK + i);
      g3.intoArray(scratch, 12 * Scratch.CHUNK + i);
      gLow3.intoArray(scratch, 13 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles5(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector density3 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector g3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector densityLow3 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector gLow3 = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector w3 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector wLow3 = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector rounded5 = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector al = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector be = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector p3 = density3.mul(g3);
      DoubleVector pLow3 = densityLow3.fma(g3, density3.fma(gLow3, density3.fma(g3, p3.neg())));
      DoubleVector ww3 = w3.mul(w3);
      DoubleVector wwLow3 = w3.add(w3).fma(wLow3, w3.fma(w3, ww3.neg()));
      DoubleVector www = ww3.mul(w3);
      DoubleVector wwwLow = ww3.fma(wLow3, wwLow3.fma(w3, ww3.fma(w3, www.neg())));
      DoubleVector unscaled3 = p3.fma(www, p3.fma(wwwLow, pLow3.mul(www)));
      DoubleVector quarter7 = rounded5.sub(ROUND).fma(0.25, ROUND);
      DoubleVector n7 = rounded5.sub(ROUND);
      DoubleVector quarter8 = n7.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded6 = quarter8.fma(DoubleVector.broadcast(D, -3.0), n7).add(ROUND);
      DoubleVector quarter9 =
          quarter7
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, al.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest6 =
          rounded6
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector gLow4 = unscaled3.mul(quarter9).mul(quarter9).mul(quarter9).mul(rest6);
      DoubleVector square4 = be.mul(be);
      DoubleVector rounded7 = square4.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow4 =
          be.add(be).fma(DoubleVector.broadcast(D, 0.0), be.fma(be, square4.neg()));
      DoubleVector n8 = rounded7.sub(ROUND);
      DoubleVector low8 = squareLow4.fma(-0.5, -LN_ROOT_2PI_LOW);
      low8 = n8.fma(DoubleVector.broadcast(D, -LN2_LOW), low8);
      DoubleVector high5 = n8.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r4 = square4.fma(DoubleVector.broadcast(D, -0.5), high5).add(low8);
      DoubleVector e4 = r4.fma(E9, E8);
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E7));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E6));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E5));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E4));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E3));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E2));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E1));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E0));
      DoubleVector excess4 = e4.fma(r4.mul(r4), r4);
      DoubleVector density4 = excess4.add(1.0);
      DoubleVector d4 = be.add(NORMAL_TAIL_K);
      DoubleVector w4 = DoubleVector.broadcast(D, 1.0).div(d4);
      DoubleVector dLow4 = be.sub(d4.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow4 =
          w4.mul(w4.neg().fma(dLow4, w4.neg().fma(d4, DoubleVector.broadcast(D, 1.0))));
      gLow4.intoArray(scratch, 7 * Scratch.CHUNK + i);
      rounded7.intoArray(scratch, 8 * Scratch.CHUNK + i);
      excess4.intoArray(scratch, 9 * Scratch.CHUNK + i);
      density4.intoArray(scratch, 10 * Scratch.CHUNK + i);
      w4.intoArray(scratch, 11 * Scratch.CHUNK + i);
      wLow4.intoArray(scratch, 12 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles6(double low, double high, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w4 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector excess4 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector density4 = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector wLow4 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector rounded7 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector be = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector al = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector hLow = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector gLow4 = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector hHigh = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector v4 = w4.mul(K2);
      DoubleVector densityLow4 = excess4.sub(density4.sub(1.0));
      DoubleVector q4 = DoubleVector.broadcast(D, 1.0).sub(v4);
      DoubleVector qLow4 =
          wLow4.fma(DoubleVector.broadcast(D, -K2), w4.fma(DoubleVector.broadcast(D, -K2), v4));
      DoubleVector c5 = q4.fma(H27, H26);
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H25));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H24));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H23));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H22));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H21));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H20));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H19));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H18));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H17));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H16));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H15));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H14));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H13));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H12));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H11));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H10));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H9));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H8));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H7));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H6));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H5));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, H4));
      DoubleVector rest7 = c5.fma(q4, DoubleVector.broadcast(D, H3));
      DoubleVector curve4 = rest7.fma(q4, DoubleVector.broadcast(D, H2));
      DoubleVector slope4 = curve4.fma(q4, DoubleVector.broadcast(D, H1));
      DoubleVector g4 = slope4.fma(q4, DoubleVector.broadcast(D, H0));
      DoubleVector curveLow4 = rest7.fma(q4, DoubleVector.broadcast(D, H2).sub(curve4));
      DoubleVector slopeLow4 =
          curveLow4.fma(q4, curve4.fma(q4, DoubleVector.broadcast(D, H1).sub(slope4)).add(H1_LOW));
      DoubleVector low9 =
          slopeLow4.fma(q4, slope4.fma(q4, DoubleVector.broadcast(D, H0).sub(g4)).add(H0_LOW));
      DoubleVector gLow5 = qLow4.fma(curve4.fma(q4, slope4), low9);
      DoubleVector p4 = density4.mul(g4);
      DoubleVector pLow4 = densityLow4.fma(g4, density4.fma(gLow5, density4.fma(g4, p4.neg())));
      DoubleVector ww4 = w4.mul(w4);
      DoubleVector wwLow4 = w4.add(w4).fma(wLow4, w4.fma(w4, ww4.neg()));
      DoubleVector www2 = ww4.mul(w4);
      DoubleVector wwwLow2 = ww4.fma(wLow4, wwLow4.fma(w4, ww4.fma(w4, www2.neg())));
      DoubleVector unscaled4 = p4.fma(www2, p4.fma(wwwLow2, pLow4.mul(www2)));
      DoubleVector quarter10 = rounded7.sub(ROUND).fma(0.25, ROUND);
      DoubleVector n9 = rounded7.sub(ROUND);
      DoubleVector quarter11 = n9.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded8 = quarter11.fma(DoubleVector.broadcast(D, -3.0), n9).add(ROUND);
      DoubleVector quarter12 =
          quarter10
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, be.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest8 =
          rounded8
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector gHigh = unscaled4.mul(quarter12).mul(quarter12).mul(quarter12).mul(rest8);
      DoubleVector inside =
          DoubleVector.broadcast(D, 1.0)
              .sub(al.mul(2.0).fma(hLow, gLow4).add(be.mul(2.0).fma(hHigh, gHigh)));
      DoubleVector under = gLow4.sub(be.sub(al).mul(2.0).fma(hHigh, gHigh));
      DoubleVector over = gHigh.sub(al.sub(be).mul(2.0).fma(hLow, gLow4));
      DoubleVector square5 = inside.blend(under, m.compare(LT, low));
      square5 = square5.blend(over, m.compare(GT, high));
      square5.intoArray(scratch, i);
    }
  }

  private static void meanVarianceOfDoubles7(
      double low,
      double high,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector hLow = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector hHigh = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector square5 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector c = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector shift = hLow.sub(hHigh);
      DoubleVector unit = shift.neg().fma(shift, square5);
      DoubleVector expected = s.fma(shift, c);
      expected = expected.blend(low, expected.compare(LT, low));
      expected = expected.blend(high, expected.compare(GT, high));
      unit = unit.blend(0.0, unit.compare(LT, 0.0));
      expected.intoArray(mean, meanOff + i);
      s.mul(s.mul(unit)).intoArray(variance, varianceOff + i);
    }
  }
}
