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

import dev.gmr.kernels.scalar.ReluVariance;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ReluVariance} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdReluVariance {
  private static final double NORMAL_TAIL_K = 5.0;
  private static final double K = NORMAL_TAIL_K;
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
  private static final double MAX_T_LOW = 0x1.0p-46;
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
  private static final double M24 = 0x1.7eb9898f1f79ep-32;
  private static final double M23 = -0x1.7aa497c30a50ep-32;
  private static final double M22 = -0x1.16a099945f681p-28;
  private static final double M21 = 0x1.be6125b1433efp-29;
  private static final double M20 = 0x1.ed579cbada6c8p-26;
  private static final double M19 = -0x1.2d7e472223a5p-26;
  private static final double M18 = -0x1.7c93b7fc9559ep-23;
  private static final double M17 = 0x1.a02bef6b95bf9p-24;
  private static final double M16 = 0x1.25c816ce6fe62p-20;
  private static final double NORMAL_TAIL_M15 = -0x1.c0f631856dc7cp-21;
  private static final double NORMAL_TAIL_M14 = -0x1.d21ad291bdfb9p-18;
  private static final double NORMAL_TAIL_M13 = 0x1.4eb3a48a34fcap-17;
  private static final double NORMAL_TAIL_M12 = 0x1.5ec48dd9d9ff1p-15;
  private static final double NORMAL_TAIL_M11 = -0x1.0596f7f595d64p-13;
  private static final double NORMAL_TAIL_M10 = -0x1.38202a1dd7f85p-13;
  private static final double NORMAL_TAIL_M9 = 0x1.660d41e10ca53p-10;
  private static final double NORMAL_TAIL_M8 = -0x1.06239679b225ep-9;
  private static final double NORMAL_TAIL_M7 = -0x1.ebbc32556f2bdp-8;
  private static final double NORMAL_TAIL_M6 = 0x1.ab031a049fc22p-5;
  private static final double NORMAL_TAIL_M5 = -0x1.62d360c63f702p-3;
  private static final double NORMAL_TAIL_M4 = 0x1.a7927af8f0ef6p-2;
  private static final double NORMAL_TAIL_M3 = -0x1.9262efbe12bf6p-1;
  private static final double NORMAL_TAIL_M2 = 0x1.3dd60739e7973p0;
  private static final double NORMAL_TAIL_M1 = -0x1.aaf94e206d6dap0;
  private static final double NORMAL_TAIL_M0 = 0x1.ed96b8318f6c5p0;
  private static final double M0_LOW = -0x1.e846df6c55b2bp-54;
  private static final double M1_LOW = -0x1.5fa8c561b2576p-55;

  private SimdReluVariance() {}

  static void meanVariance(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector m =
          ((DoubleVector) FloatVector.fromArray(FH, mu, muOff + i).convertShape(F2D, D, 0));
      DoubleVector s =
          ((DoubleVector) FloatVector.fromArray(FH, sigma, sigmaOff + i).convertShape(F2D, D, 0));
      if (!s.compare(GT, 0.0).and(m.abs().add(s).compare(LT, Double.POSITIVE_INFINITY)).allTrue()) {
        ReluVariance.meanVariance(
            mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, variance, varianceOff + i, DL);
        continue;
      }
      DoubleVector a = m.abs();
      DoubleVector w = s.div(s.fma(DoubleVector.broadcast(D, K), a));
      DoubleVector t = a.div(s);
      DoubleVector t2 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r2 = r.mul(r);
      DoubleVector low = r.fma(D3, D2).fma(r2, r.fma(D1, D0));
      DoubleVector high = r.fma(D7, D6).fma(r2, r.fma(D5, D4));
      DoubleVector p =
          high.fma(r2.mul(r2), low)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
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
      DoubleVector ratio = t2.neg().fma(mills, DoubleVector.broadcast(D, 1.0));
      DoubleVector h = p.mul(ratio);
      DoubleVector g = p.mul(t2.neg().fma(ratio, mills));
      DoubleVector below = h.neg().fma(h, g);
      DoubleVector above = DoubleVector.broadcast(D, 1.0).sub(h.fma(t2.add(t2).add(h), g));
      ((FloatVector)
              s.fma(h, DoubleVector.broadcast(D, 0.0).blend(m, m.compare(GT, 0.0)))
                  .convertShape(D2F, FH, 0))
          .intoArray(mean, meanOff + i);
      ((FloatVector) s.mul(s).mul(below.blend(above, m.compare(GT, 0.0))).convertShape(D2F, FH, 0))
          .intoArray(variance, varianceOff + i);
    }
    ReluVariance.meanVariance(
        mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, variance, varianceOff + i, n - i);
  }

  static void meanVarianceWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] meanByMu,
      int meanByMuOff,
      float[] meanBySigma,
      int meanBySigmaOff,
      float[] varianceByMu,
      int varianceByMuOff,
      float[] varianceBySigma,
      int varianceBySigmaOff,
      int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector m =
          ((DoubleVector) FloatVector.fromArray(FH, mu, muOff + i).convertShape(F2D, D, 0));
      DoubleVector s =
          ((DoubleVector) FloatVector.fromArray(FH, sigma, sigmaOff + i).convertShape(F2D, D, 0));
      if (!s.compare(GT, 0.0).and(m.abs().add(s).compare(LT, Double.POSITIVE_INFINITY)).allTrue()) {
        ReluVariance.meanVarianceWithGradients(
            mu,
            muOff + i,
            sigma,
            sigmaOff + i,
            mean,
            meanOff + i,
            variance,
            varianceOff + i,
            meanByMu,
            meanByMuOff + i,
            meanBySigma,
            meanBySigmaOff + i,
            varianceByMu,
            varianceByMuOff + i,
            varianceBySigma,
            varianceBySigmaOff + i,
            DL);
        continue;
      }
      DoubleVector a = m.abs();
      DoubleVector w = s.div(s.fma(DoubleVector.broadcast(D, K), a));
      DoubleVector t = a.div(s);
      DoubleVector t2 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r2 = r.mul(r);
      DoubleVector low = r.fma(D3, D2).fma(r2, r.fma(D1, D0));
      DoubleVector high = r.fma(D7, D6).fma(r2, r.fma(D5, D4));
      DoubleVector p =
          high.fma(r2.mul(r2), low)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
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
      DoubleVector ratio = t2.neg().fma(mills, DoubleVector.broadcast(D, 1.0));
      DoubleVector h = p.mul(ratio);
      DoubleVector g = p.mul(t2.neg().fma(ratio, mills));
      DoubleVector below = h.neg().fma(h, g);
      DoubleVector above = DoubleVector.broadcast(D, 1.0).sub(h.fma(t2.add(t2).add(h), g));
      DoubleVector tail = p.mul(mills);
      DoubleVector rest = DoubleVector.broadcast(D, 1.0).sub(tail);
      VectorMask<Double> positive = m.compare(GT, 0.0);
      DoubleVector byMu = tail.blend(rest, positive);
      DoubleVector unit = DoubleVector.broadcast(D, 0.0).blend(t2, positive).add(h);
      ((FloatVector)
              s.fma(h, DoubleVector.broadcast(D, 0.0).blend(m, positive)).convertShape(D2F, FH, 0))
          .intoArray(mean, meanOff + i);
      ((FloatVector) s.mul(s).mul(below.blend(above, positive)).convertShape(D2F, FH, 0))
          .intoArray(variance, varianceOff + i);
      ((FloatVector) byMu.convertShape(D2F, FH, 0)).intoArray(meanByMu, meanByMuOff + i);
      ((FloatVector) p.convertShape(D2F, FH, 0)).intoArray(meanBySigma, meanBySigmaOff + i);
      ((FloatVector) s.mul(2.0).mul(unit).mul(rest.blend(tail, positive)).convertShape(D2F, FH, 0))
          .intoArray(varianceByMu, varianceByMuOff + i);
      ((FloatVector) s.mul(2.0).mul(unit.neg().fma(p, byMu)).convertShape(D2F, FH, 0))
          .intoArray(varianceBySigma, varianceBySigmaOff + i);
    }
    ReluVariance.meanVarianceWithGradients(
        mu,
        muOff + i,
        sigma,
        sigmaOff + i,
        mean,
        meanOff + i,
        variance,
        varianceOff + i,
        meanByMu,
        meanByMuOff + i,
        meanBySigma,
        meanBySigmaOff + i,
        varianceByMu,
        varianceByMuOff + i,
        varianceBySigma,
        varianceBySigmaOff + i,
        n - i);
  }

  static void meanVariance(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    double[] scratch = Scratch.of(13);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      meanVarianceOfDoubles1(mu, muOff + i, sigma, sigmaOff + i, scratch, count);
      meanVarianceOfDoubles2(scratch, count);
      meanVarianceOfDoubles3(scratch, count);
      meanVarianceOfDoubles4(mean, meanOff + i, variance, varianceOff + i, scratch, count);
    }
    i = vectors;
    ReluVariance.meanVariance(
        mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, variance, varianceOff + i, n - i);
  }

  private static void meanVarianceOfDoubles1(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m = DoubleVector.fromArray(D, mu, muOff + i);
      DoubleVector a = m.abs();
      DoubleVector sigma2 = DoubleVector.fromArray(D, sigma, sigmaOff + i);
      DoubleVector s = DoubleVector.broadcast(D, Double.NaN).blend(sigma2, sigma2.compare(GE, 0.0));
      DoubleVector t = a.div(s);
      DoubleVector t2 = t.blend(0.0, a.compare(EQ, 0.0).and(s.compare(EQ, 0.0)));
      DoubleVector t3 = t2.blend(NORMAL_TAIL_FAR, t2.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector t4 = a.div(s);
      DoubleVector low = t4.neg().fma(s, a).div(s);
      DoubleVector tLow =
          DoubleVector.broadcast(D, 0.0).blend(low, low.abs().compare(LT, MAX_T_LOW));
      DoubleVector square = t3.mul(t3);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow = t3.add(t3).fma(tLow, t3.fma(t3, square.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low2 = squareLow.fma(-0.5, -LN_ROOT_2PI_LOW);
      low2 = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low2);
      DoubleVector high = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r = square.fma(DoubleVector.broadcast(D, -0.5), high).add(low2);
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
      DoubleVector densityLow = excess.sub(density.sub(1.0));
      DoubleVector d = t3.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = t3.sub(d.sub(NORMAL_TAIL_K)).add(tLow);
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector q = DoubleVector.broadcast(D, 1.0).sub(v);
      DoubleVector qLow =
          wLow.fma(DoubleVector.broadcast(D, -K2), w.fma(DoubleVector.broadcast(D, -K2), v));
      DoubleVector quarter = rounded.sub(ROUND).fma(0.25, ROUND);
      DoubleVector quarter2 =
          quarter
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, t3.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector n3 = rounded.sub(ROUND);
      DoubleVector quarter3 = n3.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded2 = quarter3.fma(DoubleVector.broadcast(D, -3.0), n3).add(ROUND);
      DoubleVector rest =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      m.intoArray(scratch, i);
      s.intoArray(scratch, 1 * Scratch.CHUNK + i);
      t3.intoArray(scratch, 2 * Scratch.CHUNK + i);
      density.intoArray(scratch, 3 * Scratch.CHUNK + i);
      densityLow.intoArray(scratch, 4 * Scratch.CHUNK + i);
      w.intoArray(scratch, 5 * Scratch.CHUNK + i);
      wLow.intoArray(scratch, 6 * Scratch.CHUNK + i);
      q.intoArray(scratch, 7 * Scratch.CHUNK + i);
      qLow.intoArray(scratch, 8 * Scratch.CHUNK + i);
      quarter2.intoArray(scratch, 9 * Scratch.CHUNK + i);
      rest.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector q = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector densityLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector wLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
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
      DoubleVector rest2 = c.fma(q, DoubleVector.broadcast(D, G3));
      DoubleVector curve = rest2.fma(q, DoubleVector.broadcast(D, G2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope.fma(q, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow = rest2.fma(q, DoubleVector.broadcast(D, G2).sub(curve));
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
      DoubleVector loss = p.fma(f, p.fma(fLow, pLow.mul(f)));
      DoubleVector c2 = q.fma(H27, H26);
      c2 = c2.fma(q, DoubleVector.broadcast(D, H25));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H24));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H23));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H22));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H21));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H20));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H19));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H18));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H17));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H16));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H15));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H14));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H13));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H12));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H11));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H10));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H9));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H8));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H7));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H6));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H5));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H4));
      DoubleVector rest3 = c2.fma(q, DoubleVector.broadcast(D, H3));
      loss.intoArray(scratch, 11 * Scratch.CHUNK + i);
      rest3.intoArray(scratch, 12 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rest3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector q = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector densityLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector wLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector loss = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector quarter2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector rest = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector t3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector curve2 = rest3.fma(q, DoubleVector.broadcast(D, H2));
      DoubleVector slope2 = curve2.fma(q, DoubleVector.broadcast(D, H1));
      DoubleVector g2 = slope2.fma(q, DoubleVector.broadcast(D, H0));
      DoubleVector curveLow2 = rest3.fma(q, DoubleVector.broadcast(D, H2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q, curve2.fma(q, DoubleVector.broadcast(D, H1).sub(slope2)).add(H1_LOW));
      DoubleVector low4 =
          slopeLow2.fma(q, slope2.fma(q, DoubleVector.broadcast(D, H0).sub(g2)).add(H0_LOW));
      DoubleVector gLow2 = qLow.fma(curve2.fma(q, slope2), low4);
      DoubleVector p2 = density.mul(g2);
      DoubleVector pLow2 = densityLow.fma(g2, density.fma(gLow2, density.fma(g2, p2.neg())));
      DoubleVector ww2 = w.mul(w);
      DoubleVector wwLow2 = w.add(w).fma(wLow, w.fma(w, ww2.neg()));
      DoubleVector www = ww2.mul(w);
      DoubleVector wwwLow = ww2.fma(wLow, wwLow2.fma(w, ww2.fma(w, www.neg())));
      DoubleVector squared = p2.fma(www, p2.fma(wwwLow, pLow2.mul(www)));
      DoubleVector h = loss.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest);
      DoubleVector g3 = squared.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest);
      DoubleVector below =
          s.mul(quarter2)
              .mul(quarter2)
              .mul(h.neg().fma(loss, squared))
              .mul(s.mul(quarter2).mul(rest));
      DoubleVector above =
          s.mul(s.mul(DoubleVector.broadcast(D, 1.0).sub(h.fma(t3.add(t3).add(h), g3))));
      DoubleVector c3 = q.fma(G26, G25);
      c3 = c3.fma(q, DoubleVector.broadcast(D, G24));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G23));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G22));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G21));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G20));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G19));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G18));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G17));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G16));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G15));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G14));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G13));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G12));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G11));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G10));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G9));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G8));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G7));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G6));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G5));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G4));
      DoubleVector rest4 = c3.fma(q, DoubleVector.broadcast(D, G3));
      DoubleVector curve3 = rest4.fma(q, DoubleVector.broadcast(D, G2));
      DoubleVector slope3 = curve3.fma(q, DoubleVector.broadcast(D, G1));
      DoubleVector g4 = slope3.fma(q, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow3 = rest4.fma(q, DoubleVector.broadcast(D, G2).sub(curve3));
      DoubleVector slopeLow3 =
          curveLow3.fma(q, curve3.fma(q, DoubleVector.broadcast(D, G1).sub(slope3)).add(G1_LOW));
      DoubleVector low5 =
          slopeLow3.fma(q, slope3.fma(q, DoubleVector.broadcast(D, G0).sub(g4)).add(G0_LOW));
      DoubleVector gLow3 = qLow.fma(curve3.fma(q, slope3), low5);
      DoubleVector p3 = density.mul(g4);
      DoubleVector pLow3 = densityLow.fma(g4, density.fma(gLow3, density.fma(g4, p3.neg())));
      DoubleVector ww3 = w.mul(w);
      DoubleVector wwLow3 = w.add(w).fma(wLow, w.fma(w, ww3.neg()));
      below.intoArray(scratch, 2 * Scratch.CHUNK + i);
      above.intoArray(scratch, 3 * Scratch.CHUNK + i);
      p3.intoArray(scratch, 4 * Scratch.CHUNK + i);
      pLow3.intoArray(scratch, 5 * Scratch.CHUNK + i);
      ww3.intoArray(scratch, 6 * Scratch.CHUNK + i);
      wwLow3.intoArray(scratch, 7 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles4(
      double[] mean, int meanOff, double[] variance, int varianceOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector ww3 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector wwLow3 = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector p3 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector pLow3 = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector quarter2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector rest = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector below = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector above = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector f2 = s.mul(ww3);
      DoubleVector fLow2 = s.fma(wwLow3, s.fma(ww3, f2.neg()));
      fLow2 = DoubleVector.broadcast(D, 0.0).blend(fLow2, f2.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector lossOfSigma = p3.fma(f2, p3.fma(fLow2, pLow3.mul(f2)));
      DoubleVector m1 =
          DoubleVector.broadcast(D, 0.0)
              .blend(m, m.compare(GT, 0.0))
              .add(lossOfSigma.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest));
      DoubleVector m2 = below.blend(above, m.compare(GT, 0.0));
      m1.intoArray(mean, meanOff + i);
      m2.intoArray(variance, varianceOff + i);
    }
  }

  static void meanVarianceWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] meanByMu,
      int meanByMuOff,
      double[] meanBySigma,
      int meanBySigmaOff,
      double[] varianceByMu,
      int varianceByMuOff,
      double[] varianceBySigma,
      int varianceBySigmaOff,
      int n) {
    double[] scratch = Scratch.of(15);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      meanVarianceWithGradientsOfDoubles1(mu, muOff + i, sigma, sigmaOff + i, scratch, count);
      meanVarianceWithGradientsOfDoubles2(scratch, count);
      meanVarianceWithGradientsOfDoubles3(scratch, count);
      meanVarianceWithGradientsOfDoubles4(scratch, count);
      meanVarianceWithGradientsOfDoubles5(
          mean,
          meanOff + i,
          variance,
          varianceOff + i,
          meanByMu,
          meanByMuOff + i,
          meanBySigma,
          meanBySigmaOff + i,
          varianceByMu,
          varianceByMuOff + i,
          varianceBySigma,
          varianceBySigmaOff + i,
          scratch,
          count);
    }
    i = vectors;
    ReluVariance.meanVarianceWithGradients(
        mu,
        muOff + i,
        sigma,
        sigmaOff + i,
        mean,
        meanOff + i,
        variance,
        varianceOff + i,
        meanByMu,
        meanByMuOff + i,
        meanBySigma,
        meanBySigmaOff + i,
        varianceByMu,
        varianceByMuOff + i,
        varianceBySigma,
        varianceBySigmaOff + i,
        n - i);
  }

  private static void meanVarianceWithGradientsOfDoubles1(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m = DoubleVector.fromArray(D, mu, muOff + i);
      DoubleVector a = m.abs();
      DoubleVector sigma2 = DoubleVector.fromArray(D, sigma, sigmaOff + i);
      DoubleVector s = DoubleVector.broadcast(D, Double.NaN).blend(sigma2, sigma2.compare(GE, 0.0));
      DoubleVector t = a.div(s);
      DoubleVector t2 = t.blend(0.0, a.compare(EQ, 0.0).and(s.compare(EQ, 0.0)));
      DoubleVector t3 = t2.blend(NORMAL_TAIL_FAR, t2.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector t4 = a.div(s);
      DoubleVector low = t4.neg().fma(s, a).div(s);
      DoubleVector tLow =
          DoubleVector.broadcast(D, 0.0).blend(low, low.abs().compare(LT, MAX_T_LOW));
      DoubleVector square = t3.mul(t3);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow = t3.add(t3).fma(tLow, t3.fma(t3, square.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low2 = squareLow.fma(-0.5, -LN_ROOT_2PI_LOW);
      low2 = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low2);
      DoubleVector high = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r = square.fma(DoubleVector.broadcast(D, -0.5), high).add(low2);
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
      DoubleVector densityLow = excess.sub(density.sub(1.0));
      DoubleVector d = t3.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = t3.sub(d.sub(NORMAL_TAIL_K)).add(tLow);
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector q = DoubleVector.broadcast(D, 1.0).sub(v);
      DoubleVector qLow =
          wLow.fma(DoubleVector.broadcast(D, -K2), w.fma(DoubleVector.broadcast(D, -K2), v));
      DoubleVector quarter = rounded.sub(ROUND).fma(0.25, ROUND);
      DoubleVector quarter2 =
          quarter
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, t3.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector n3 = rounded.sub(ROUND);
      DoubleVector quarter3 = n3.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded2 = quarter3.fma(DoubleVector.broadcast(D, -3.0), n3).add(ROUND);
      DoubleVector rest =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      m.intoArray(scratch, i);
      s.intoArray(scratch, 1 * Scratch.CHUNK + i);
      t3.intoArray(scratch, 2 * Scratch.CHUNK + i);
      density.intoArray(scratch, 3 * Scratch.CHUNK + i);
      densityLow.intoArray(scratch, 4 * Scratch.CHUNK + i);
      w.intoArray(scratch, 5 * Scratch.CHUNK + i);
      wLow.intoArray(scratch, 6 * Scratch.CHUNK + i);
      q.intoArray(scratch, 7 * Scratch.CHUNK + i);
      qLow.intoArray(scratch, 8 * Scratch.CHUNK + i);
      quarter2.intoArray(scratch, 9 * Scratch.CHUNK + i);
      rest.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceWithGradientsOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector q = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector densityLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector wLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
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
      DoubleVector rest2 = c.fma(q, DoubleVector.broadcast(D, G3));
      DoubleVector curve = rest2.fma(q, DoubleVector.broadcast(D, G2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope.fma(q, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow = rest2.fma(q, DoubleVector.broadcast(D, G2).sub(curve));
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
      DoubleVector loss = p.fma(f, p.fma(fLow, pLow.mul(f)));
      DoubleVector c2 = q.fma(H27, H26);
      c2 = c2.fma(q, DoubleVector.broadcast(D, H25));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H24));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H23));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H22));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H21));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H20));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H19));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H18));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H17));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H16));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H15));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H14));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H13));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H12));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H11));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H10));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H9));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H8));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H7));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H6));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H5));
      c2 = c2.fma(q, DoubleVector.broadcast(D, H4));
      DoubleVector rest3 = c2.fma(q, DoubleVector.broadcast(D, H3));
      loss.intoArray(scratch, 11 * Scratch.CHUNK + i);
      rest3.intoArray(scratch, 12 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceWithGradientsOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rest3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector q = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector densityLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector wLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector loss = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector quarter2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector rest = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector t3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector curve2 = rest3.fma(q, DoubleVector.broadcast(D, H2));
      DoubleVector slope2 = curve2.fma(q, DoubleVector.broadcast(D, H1));
      DoubleVector g2 = slope2.fma(q, DoubleVector.broadcast(D, H0));
      DoubleVector curveLow2 = rest3.fma(q, DoubleVector.broadcast(D, H2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q, curve2.fma(q, DoubleVector.broadcast(D, H1).sub(slope2)).add(H1_LOW));
      DoubleVector low4 =
          slopeLow2.fma(q, slope2.fma(q, DoubleVector.broadcast(D, H0).sub(g2)).add(H0_LOW));
      DoubleVector gLow2 = qLow.fma(curve2.fma(q, slope2), low4);
      DoubleVector p2 = density.mul(g2);
      DoubleVector pLow2 = densityLow.fma(g2, density.fma(gLow2, density.fma(g2, p2.neg())));
      DoubleVector ww2 = w.mul(w);
      DoubleVector wwLow2 = w.add(w).fma(wLow, w.fma(w, ww2.neg()));
      DoubleVector www = ww2.mul(w);
      DoubleVector wwwLow = ww2.fma(wLow, wwLow2.fma(w, ww2.fma(w, www.neg())));
      DoubleVector squared = p2.fma(www, p2.fma(wwwLow, pLow2.mul(www)));
      DoubleVector h = loss.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest);
      DoubleVector g3 = squared.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest);
      DoubleVector below =
          s.mul(quarter2)
              .mul(quarter2)
              .mul(h.neg().fma(loss, squared))
              .mul(s.mul(quarter2).mul(rest));
      DoubleVector above =
          s.mul(s.mul(DoubleVector.broadcast(D, 1.0).sub(h.fma(t3.add(t3).add(h), g3))));
      DoubleVector c3 = q.fma(G26, G25);
      c3 = c3.fma(q, DoubleVector.broadcast(D, G24));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G23));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G22));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G21));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G20));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G19));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G18));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G17));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G16));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G15));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G14));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G13));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G12));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G11));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G10));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G9));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G8));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G7));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G6));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G5));
      c3 = c3.fma(q, DoubleVector.broadcast(D, G4));
      DoubleVector rest4 = c3.fma(q, DoubleVector.broadcast(D, G3));
      h.intoArray(scratch, 11 * Scratch.CHUNK + i);
      below.intoArray(scratch, 12 * Scratch.CHUNK + i);
      above.intoArray(scratch, 13 * Scratch.CHUNK + i);
      rest4.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceWithGradientsOfDoubles4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rest4 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector q = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qLow = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector densityLow = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector wLow = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector quarter2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector rest = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector below = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector above = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector curve3 = rest4.fma(q, DoubleVector.broadcast(D, G2));
      DoubleVector slope3 = curve3.fma(q, DoubleVector.broadcast(D, G1));
      DoubleVector g4 = slope3.fma(q, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow3 = rest4.fma(q, DoubleVector.broadcast(D, G2).sub(curve3));
      DoubleVector slopeLow3 =
          curveLow3.fma(q, curve3.fma(q, DoubleVector.broadcast(D, G1).sub(slope3)).add(G1_LOW));
      DoubleVector low5 =
          slopeLow3.fma(q, slope3.fma(q, DoubleVector.broadcast(D, G0).sub(g4)).add(G0_LOW));
      DoubleVector gLow3 = qLow.fma(curve3.fma(q, slope3), low5);
      DoubleVector p3 = density.mul(g4);
      DoubleVector pLow3 = densityLow.fma(g4, density.fma(gLow3, density.fma(g4, p3.neg())));
      DoubleVector ww3 = w.mul(w);
      DoubleVector wwLow3 = w.add(w).fma(wLow, w.fma(w, ww3.neg()));
      DoubleVector f2 = s.mul(ww3);
      DoubleVector fLow2 = s.fma(wwLow3, s.fma(ww3, f2.neg()));
      fLow2 = DoubleVector.broadcast(D, 0.0).blend(fLow2, f2.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector lossOfSigma = p3.fma(f2, p3.fma(fLow2, pLow3.mul(f2)));
      DoubleVector m1 =
          DoubleVector.broadcast(D, 0.0)
              .blend(m, m.compare(GT, 0.0))
              .add(lossOfSigma.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest));
      DoubleVector m2 = below.blend(above, m.compare(GT, 0.0));
      DoubleVector c4 = q.fma(M24, M23);
      c4 = c4.fma(q, DoubleVector.broadcast(D, M22));
      c4 = c4.fma(q, DoubleVector.broadcast(D, M21));
      c4 = c4.fma(q, DoubleVector.broadcast(D, M20));
      c4 = c4.fma(q, DoubleVector.broadcast(D, M19));
      c4 = c4.fma(q, DoubleVector.broadcast(D, M18));
      c4 = c4.fma(q, DoubleVector.broadcast(D, M17));
      c4 = c4.fma(q, DoubleVector.broadcast(D, M16));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c4 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector rest5 = c4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M3));
      DoubleVector curve4 = rest5.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2));
      DoubleVector slope4 = curve4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1));
      DoubleVector m3 = slope4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0));
      DoubleVector curveLow4 = rest5.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2).sub(curve4));
      DoubleVector slopeLow4 =
          curveLow4.fma(
              q, curve4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1).sub(slope4)).add(M1_LOW));
      DoubleVector low6 =
          slopeLow4.fma(
              q, slope4.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0).sub(m3)).add(M0_LOW));
      DoubleVector mLow = qLow.fma(curve4.fma(q, slope4), low6);
      DoubleVector p4 = density.mul(m3);
      DoubleVector pLow4 = densityLow.fma(m3, density.fma(mLow, density.fma(m3, p4.neg())));
      DoubleVector unscaled = p4.fma(w, p4.fma(wLow, pLow4.mul(w)));
      m1.intoArray(scratch, 4 * Scratch.CHUNK + i);
      m2.intoArray(scratch, 5 * Scratch.CHUNK + i);
      unscaled.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceWithGradientsOfDoubles5(
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] meanByMu,
      int meanByMuOff,
      double[] meanBySigma,
      int meanBySigmaOff,
      double[] varianceByMu,
      int varianceByMuOff,
      double[] varianceBySigma,
      int varianceBySigmaOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector unscaled = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector quarter2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector rest = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector t3 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector h = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector m1 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector m2 = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector tail = unscaled.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest);
      DoubleVector p5 = density.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest);
      DoubleVector cdf = tail.blend(DoubleVector.broadcast(D, 1.0).sub(tail), m.compare(GT, 0.0));
      cdf = cdf.blend(0.0, m.compare(EQ, 0.0).and(s.compare(EQ, 0.0)));
      DoubleVector ratio = DoubleVector.broadcast(D, 0.0).blend(t3, m.compare(GT, 0.0)).add(h);
      DoubleVector x = ratio.mul(2.0).mul(s).mul(unscaled);
      DoubleVector byMu =
          m1.mul(2.0)
              .mul(DoubleVector.broadcast(D, 1.0).sub(tail))
              .blend(x.mul(quarter2).mul(quarter2).mul(quarter2).mul(rest), m.compare(GT, 0.0));
      DoubleVector x2 = s.mul(h.neg().fma(density, unscaled));
      DoubleVector bySigma =
          x2.mul(quarter2)
              .mul(quarter2)
              .mul(quarter2)
              .mul(rest)
              .mul(2.0)
              .blend(s.mul(2.0).mul(ratio.neg().fma(p5, cdf)), m.compare(GT, 0.0));
      m1.intoArray(mean, meanOff + i);
      m2.intoArray(variance, varianceOff + i);
      cdf.intoArray(meanByMu, meanByMuOff + i);
      p5.intoArray(meanBySigma, meanBySigmaOff + i);
      byMu.intoArray(varianceByMu, varianceByMuOff + i);
      bySigma.intoArray(varianceBySigma, varianceBySigmaOff + i);
    }
  }
}
