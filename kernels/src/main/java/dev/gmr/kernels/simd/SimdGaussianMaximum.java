package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.FH;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.gmr.kernels.scalar.GaussianMaximum;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link GaussianMaximum} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdGaussianMaximum {
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

  private SimdGaussianMaximum() {}

  static void moments(
      float[] mu1,
      int mu1Off,
      float[] sigma1,
      int sigma1Off,
      float[] mu2,
      int mu2Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] probability,
      int probabilityOff,
      int n) {
    double[] scratch = Scratch.of(11);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      momentsOfFloats1(
          mu1,
          mu1Off + i,
          sigma1,
          sigma1Off + i,
          mu2,
          mu2Off + i,
          sigma2,
          sigma2Off + i,
          rho,
          rhoOff + i,
          scratch,
          count);
      momentsOfFloats2(
          mean,
          meanOff + i,
          variance,
          varianceOff + i,
          probability,
          probabilityOff + i,
          scratch,
          count);
    }
    i = vectors;
    GaussianMaximum.moments(
        mu1,
        mu1Off + i,
        sigma1,
        sigma1Off + i,
        mu2,
        mu2Off + i,
        sigma2,
        sigma2Off + i,
        rho,
        rhoOff + i,
        mean,
        meanOff + i,
        variance,
        varianceOff + i,
        probability,
        probabilityOff + i,
        n - i);
  }

  private static void momentsOfFloats1(
      float[] mu1,
      int mu1Off,
      float[] sigma1,
      int sigma1Off,
      float[] mu2,
      int mu2Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m1 =
          ((DoubleVector) FloatVector.fromArray(FH, mu1, mu1Off + i).convertShape(F2D, D, 0));
      DoubleVector m2 =
          ((DoubleVector) FloatVector.fromArray(FH, mu2, mu2Off + i).convertShape(F2D, D, 0));
      DoubleVector d1 =
          ((DoubleVector) FloatVector.fromArray(FH, sigma1, sigma1Off + i).convertShape(F2D, D, 0));
      DoubleVector d2 =
          ((DoubleVector) FloatVector.fromArray(FH, sigma2, sigma2Off + i).convertShape(F2D, D, 0));
      DoubleVector rho2 =
          ((DoubleVector) FloatVector.fromArray(FH, rho, rhoOff + i).convertShape(F2D, D, 0));
      DoubleVector r =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector difference = d1.sub(d2);
      DoubleVector thetaSquared =
          difference.fma(
              difference, d1.mul(2.0).mul(d2).mul(DoubleVector.broadcast(D, 1.0).sub(r)));
      DoubleVector theta = thetaSquared.sqrt();
      VectorMask<Double> first = m1.compare(GE, m2);
      DoubleVector base = m2.blend(m1, first);
      DoubleVector deviation = d2.blend(d1, first);
      DoubleVector mu = m1.sub(m2);
      DoubleVector t =
          mu.abs()
              .div(
                  DoubleVector.broadcast(D, Double.MIN_NORMAL)
                      .blend(theta, theta.compare(GT, 0.0)));
      t = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector t2 = DoubleVector.broadcast(D, Double.NaN).blend(t, theta.compare(GE, 0.0));
      t2 = t2.blend(0.0, theta.compare(EQ, 0.0).and(m1.compare(EQ, m2)));
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(t2.add(K));
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r2 = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r22 = r2.mul(r2);
      DoubleVector low = r2.fma(D3, D2).fma(r22, r2.fma(D1, D0));
      DoubleVector high = r2.fma(D7, D6).fma(r22, r2.fma(D5, D4));
      DoubleVector p =
          high.fma(r22.mul(r22), low)
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
      DoubleVector m22 = q.fma(M3, M2);
      DoubleVector m4 = q.fma(M5, M4);
      DoubleVector m6 = q.fma(M7, M6);
      DoubleVector m8 = q.fma(M9, M8);
      DoubleVector m10 = q.fma(M11, M10);
      DoubleVector m12 = q.fma(M13, M12);
      DoubleVector m14 = q.fma(M15, M14);
      DoubleVector low2 = m6.fma(q2, m4).fma(q4, m22.fma(q2, m0));
      DoubleVector high2 = m14.fma(q2, m12).fma(q4, m10.fma(q2, m8));
      DoubleVector mills = high2.fma(q4.mul(q4), low2).mul(w);
      d1.intoArray(scratch, i);
      d2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      r.intoArray(scratch, 2 * Scratch.CHUNK + i);
      thetaSquared.intoArray(scratch, 3 * Scratch.CHUNK + i);
      theta.intoArray(scratch, 4 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, first).intoArray(scratch, 5 * Scratch.CHUNK + i);
      base.intoArray(scratch, 6 * Scratch.CHUNK + i);
      deviation.intoArray(scratch, 7 * Scratch.CHUNK + i);
      t2.intoArray(scratch, 8 * Scratch.CHUNK + i);
      p.intoArray(scratch, 9 * Scratch.CHUNK + i);
      mills.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void momentsOfFloats2(
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] probability,
      int probabilityOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector p = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector mills = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector deviation = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector d1 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector d2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      VectorMask<Double> first =
          DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector thetaSquared = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector theta = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector base = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector q3 = p.mul(mills);
      DoubleVector h = p.mul(t2.neg().fma(mills, DoubleVector.broadcast(D, 1.0)));
      DoubleVector g = t2.neg().fma(h, q3);
      DoubleVector joint = deviation.mul(r.mul(d1.blend(d2, first)).sub(deviation));
      DoubleVector spread = thetaSquared.fma(h.neg().fma(h, g), deviation.mul(deviation));
      spread = joint.mul(2.0).fma(q3, spread);
      spread = spread.blend(0.0, spread.compare(LT, 0.0));
      ((FloatVector) theta.fma(h, base).convertShape(D2F, FH, 0)).intoArray(mean, meanOff + i);
      ((FloatVector) spread.convertShape(D2F, FH, 0)).intoArray(variance, varianceOff + i);
      ((FloatVector)
              q3.blend(DoubleVector.broadcast(D, 1.0).sub(q3), first).convertShape(D2F, FH, 0))
          .intoArray(probability, probabilityOff + i);
    }
  }

  static void moments(
      double[] mu1,
      int mu1Off,
      double[] sigma1,
      int sigma1Off,
      double[] mu2,
      int mu2Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] probability,
      int probabilityOff,
      int n) {
    double[] scratch = Scratch.of(18);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      momentsOfDoubles1(
          mu1,
          mu1Off + i,
          sigma1,
          sigma1Off + i,
          mu2,
          mu2Off + i,
          sigma2,
          sigma2Off + i,
          rho,
          rhoOff + i,
          scratch,
          count);
      momentsOfDoubles2(scratch, count);
      momentsOfDoubles3(scratch, count);
      momentsOfDoubles4(scratch, count);
      momentsOfDoubles5(
          mean,
          meanOff + i,
          variance,
          varianceOff + i,
          probability,
          probabilityOff + i,
          scratch,
          count);
    }
    i = vectors;
    GaussianMaximum.moments(
        mu1,
        mu1Off + i,
        sigma1,
        sigma1Off + i,
        mu2,
        mu2Off + i,
        sigma2,
        sigma2Off + i,
        rho,
        rhoOff + i,
        mean,
        meanOff + i,
        variance,
        varianceOff + i,
        probability,
        probabilityOff + i,
        n - i);
  }

  private static void momentsOfDoubles1(
      double[] mu1,
      int mu1Off,
      double[] sigma1,
      int sigma1Off,
      double[] mu2,
      int mu2Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m1 = DoubleVector.fromArray(D, mu1, mu1Off + i);
      DoubleVector m2 = DoubleVector.fromArray(D, mu2, mu2Off + i);
      DoubleVector d1 = DoubleVector.fromArray(D, sigma1, sigma1Off + i);
      DoubleVector d2 = DoubleVector.fromArray(D, sigma2, sigma2Off + i);
      DoubleVector rho2 = DoubleVector.fromArray(D, rho, rhoOff + i);
      DoubleVector r =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector difference = d1.sub(d2);
      DoubleVector thetaSquared =
          difference.fma(
              difference, d1.mul(2.0).mul(d2).mul(DoubleVector.broadcast(D, 1.0).sub(r)));
      DoubleVector theta = thetaSquared.sqrt();
      VectorMask<Double> first = m1.compare(GE, m2);
      DoubleVector base = m2.blend(m1, first);
      DoubleVector deviation = d2.blend(d1, first);
      DoubleVector mu = m1.sub(m2);
      DoubleVector t =
          mu.abs()
              .div(
                  DoubleVector.broadcast(D, Double.MIN_NORMAL)
                      .blend(theta, theta.compare(GT, 0.0)));
      t = t.blend(NORMAL_TAIL_FAR, t.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector t2 = DoubleVector.broadcast(D, Double.NaN).blend(t, theta.compare(GE, 0.0));
      t2 = t2.blend(0.0, theta.compare(EQ, 0.0).and(m1.compare(EQ, m2)));
      DoubleVector square = t2.mul(t2);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow =
          t2.add(t2).fma(DoubleVector.broadcast(D, 0.0), t2.fma(t2, square.neg()));
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector low = squareLow.fma(-0.5, -LN_ROOT_2PI_LOW);
      low = n2.fma(DoubleVector.broadcast(D, -LN2_LOW), low);
      DoubleVector high = n2.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r2 = square.fma(DoubleVector.broadcast(D, -0.5), high).add(low);
      DoubleVector e = r2.fma(E9, E8);
      e = e.fma(r2, DoubleVector.broadcast(D, E7));
      e = e.fma(r2, DoubleVector.broadcast(D, E6));
      e = e.fma(r2, DoubleVector.broadcast(D, E5));
      e = e.fma(r2, DoubleVector.broadcast(D, E4));
      e = e.fma(r2, DoubleVector.broadcast(D, E3));
      e = e.fma(r2, DoubleVector.broadcast(D, E2));
      e = e.fma(r2, DoubleVector.broadcast(D, E1));
      e = e.fma(r2, DoubleVector.broadcast(D, E0));
      DoubleVector excess = e.fma(r2.mul(r2), r2);
      DoubleVector density = excess.add(1.0);
      d1.intoArray(scratch, i);
      d2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      r.intoArray(scratch, 2 * Scratch.CHUNK + i);
      thetaSquared.intoArray(scratch, 3 * Scratch.CHUNK + i);
      theta.intoArray(scratch, 4 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, first).intoArray(scratch, 5 * Scratch.CHUNK + i);
      base.intoArray(scratch, 6 * Scratch.CHUNK + i);
      deviation.intoArray(scratch, 7 * Scratch.CHUNK + i);
      t2.intoArray(scratch, 8 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 9 * Scratch.CHUNK + i);
      excess.intoArray(scratch, 10 * Scratch.CHUNK + i);
      density.intoArray(scratch, 11 * Scratch.CHUNK + i);
    }
  }

  private static void momentsOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector excess = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector d = t2.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = t2.sub(d.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector densityLow = excess.sub(density.sub(1.0));
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
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector rest = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M3));
      DoubleVector curve = rest.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1));
      DoubleVector m = slope.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(
              q, curve.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1).sub(slope)).add(M1_LOW));
      DoubleVector low2 =
          slopeLow.fma(
              q, slope.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0).sub(m)).add(M0_LOW));
      DoubleVector mLow = qLow.fma(curve.fma(q, slope), low2);
      DoubleVector p = density.mul(m);
      DoubleVector pLow = densityLow.fma(m, density.fma(mLow, density.fma(m, p.neg())));
      DoubleVector unscaled = p.fma(w, p.fma(wLow, pLow.mul(w)));
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
      DoubleVector q2 = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest2);
      q2.intoArray(scratch, 9 * Scratch.CHUNK + i);
    }
  }

  private static void momentsOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector square2 = t2.mul(t2);
      DoubleVector rounded3 = square2.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow2 =
          t2.add(t2).fma(DoubleVector.broadcast(D, 0.0), t2.fma(t2, square2.neg()));
      DoubleVector n4 = rounded3.sub(ROUND);
      DoubleVector low3 = squareLow2.fma(-0.5, -LN_ROOT_2PI_LOW);
      low3 = n4.fma(DoubleVector.broadcast(D, -LN2_LOW), low3);
      DoubleVector high2 = n4.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r3 = square2.fma(DoubleVector.broadcast(D, -0.5), high2).add(low3);
      DoubleVector e2 = r3.fma(E9, E8);
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E0));
      DoubleVector excess2 = e2.fma(r3.mul(r3), r3);
      DoubleVector density2 = excess2.add(1.0);
      DoubleVector d3 = t2.add(NORMAL_TAIL_K);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(d3);
      DoubleVector dLow2 = t2.sub(d3.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow2 =
          w2.mul(w2.neg().fma(dLow2, w2.neg().fma(d3, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v2 = w2.mul(K2);
      DoubleVector densityLow2 = excess2.sub(density2.sub(1.0));
      DoubleVector q3 = DoubleVector.broadcast(D, 1.0).sub(v2);
      DoubleVector qLow2 =
          wLow2.fma(DoubleVector.broadcast(D, -K2), w2.fma(DoubleVector.broadcast(D, -K2), v2));
      DoubleVector c2 = q3.fma(G26, G25);
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G24));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G23));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G22));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G21));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G20));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G19));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G18));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G17));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G16));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G15));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G14));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G13));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G12));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G11));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G10));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G9));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G8));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G7));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G6));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G5));
      c2 = c2.fma(q3, DoubleVector.broadcast(D, G4));
      DoubleVector rest3 = c2.fma(q3, DoubleVector.broadcast(D, G3));
      DoubleVector curve2 = rest3.fma(q3, DoubleVector.broadcast(D, G2));
      DoubleVector slope2 = curve2.fma(q3, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope2.fma(q3, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow2 = rest3.fma(q3, DoubleVector.broadcast(D, G2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q3, curve2.fma(q3, DoubleVector.broadcast(D, G1).sub(slope2)).add(G1_LOW));
      DoubleVector low4 =
          slopeLow2.fma(q3, slope2.fma(q3, DoubleVector.broadcast(D, G0).sub(g)).add(G0_LOW));
      DoubleVector gLow = qLow2.fma(curve2.fma(q3, slope2), low4);
      DoubleVector p2 = density2.mul(g);
      DoubleVector pLow2 = densityLow2.fma(g, density2.fma(gLow, density2.fma(g, p2.neg())));
      DoubleVector ww = w2.mul(w2);
      DoubleVector wwLow = w2.add(w2).fma(wLow2, w2.fma(w2, ww.neg()));
      DoubleVector f = ww.mul(1.0);
      DoubleVector fLow =
          wwLow.fma(
              DoubleVector.broadcast(D, 1.0), ww.fma(DoubleVector.broadcast(D, 1.0), f.neg()));
      fLow = DoubleVector.broadcast(D, 0.0).blend(fLow, f.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector unscaled2 = p2.fma(f, p2.fma(fLow, pLow2.mul(f)));
      rounded3.intoArray(scratch, 10 * Scratch.CHUNK + i);
      unscaled2.intoArray(scratch, 11 * Scratch.CHUNK + i);
    }
  }

  private static void momentsOfDoubles4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rounded3 = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector unscaled2 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
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
              .blend(0.0, t2.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest4 =
          rounded4
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector h = unscaled2.mul(quarter6).mul(quarter6).mul(quarter6).mul(rest4);
      DoubleVector square3 = t2.mul(t2);
      DoubleVector rounded5 = square3.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow3 =
          t2.add(t2).fma(DoubleVector.broadcast(D, 0.0), t2.fma(t2, square3.neg()));
      DoubleVector n6 = rounded5.sub(ROUND);
      DoubleVector low5 = squareLow3.fma(-0.5, -LN_ROOT_2PI_LOW);
      low5 = n6.fma(DoubleVector.broadcast(D, -LN2_LOW), low5);
      DoubleVector high3 = n6.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r4 = square3.fma(DoubleVector.broadcast(D, -0.5), high3).add(low5);
      DoubleVector e3 = r4.fma(E9, E8);
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E7));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E6));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E5));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E4));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E3));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E2));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E1));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E0));
      DoubleVector excess3 = e3.fma(r4.mul(r4), r4);
      DoubleVector density3 = excess3.add(1.0);
      DoubleVector d4 = t2.add(NORMAL_TAIL_K);
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(d4);
      DoubleVector dLow3 = t2.sub(d4.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow3 =
          w3.mul(w3.neg().fma(dLow3, w3.neg().fma(d4, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v3 = w3.mul(K2);
      DoubleVector densityLow3 = excess3.sub(density3.sub(1.0));
      DoubleVector q4 = DoubleVector.broadcast(D, 1.0).sub(v3);
      DoubleVector qLow3 =
          wLow3.fma(DoubleVector.broadcast(D, -K2), w3.fma(DoubleVector.broadcast(D, -K2), v3));
      DoubleVector c3 = q4.fma(H27, H26);
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H25));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H24));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H23));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H22));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H21));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H20));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H19));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H18));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H17));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H16));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H15));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H14));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H13));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H12));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H11));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H10));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H9));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H8));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H7));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H6));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H5));
      c3 = c3.fma(q4, DoubleVector.broadcast(D, H4));
      DoubleVector rest5 = c3.fma(q4, DoubleVector.broadcast(D, H3));
      DoubleVector curve3 = rest5.fma(q4, DoubleVector.broadcast(D, H2));
      DoubleVector slope3 = curve3.fma(q4, DoubleVector.broadcast(D, H1));
      DoubleVector g2 = slope3.fma(q4, DoubleVector.broadcast(D, H0));
      DoubleVector curveLow3 = rest5.fma(q4, DoubleVector.broadcast(D, H2).sub(curve3));
      DoubleVector slopeLow3 =
          curveLow3.fma(q4, curve3.fma(q4, DoubleVector.broadcast(D, H1).sub(slope3)).add(H1_LOW));
      DoubleVector low6 =
          slopeLow3.fma(q4, slope3.fma(q4, DoubleVector.broadcast(D, H0).sub(g2)).add(H0_LOW));
      DoubleVector gLow2 = qLow3.fma(curve3.fma(q4, slope3), low6);
      h.intoArray(scratch, 10 * Scratch.CHUNK + i);
      rounded5.intoArray(scratch, 11 * Scratch.CHUNK + i);
      density3.intoArray(scratch, 12 * Scratch.CHUNK + i);
      w3.intoArray(scratch, 13 * Scratch.CHUNK + i);
      wLow3.intoArray(scratch, 14 * Scratch.CHUNK + i);
      densityLow3.intoArray(scratch, 15 * Scratch.CHUNK + i);
      g2.intoArray(scratch, 16 * Scratch.CHUNK + i);
      gLow2.intoArray(scratch, 17 * Scratch.CHUNK + i);
    }
  }

  private static void momentsOfDoubles5(
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] probability,
      int probabilityOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector density3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector g2 = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector densityLow3 = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector gLow2 = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector w3 = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector wLow3 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector rounded5 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector t2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector deviation = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector d1 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector d2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      VectorMask<Double> first =
          DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector thetaSquared = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector h = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector q2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector theta = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector base = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector p3 = density3.mul(g2);
      DoubleVector pLow3 = densityLow3.fma(g2, density3.fma(gLow2, density3.fma(g2, p3.neg())));
      DoubleVector ww2 = w3.mul(w3);
      DoubleVector wwLow2 = w3.add(w3).fma(wLow3, w3.fma(w3, ww2.neg()));
      DoubleVector www = ww2.mul(w3);
      DoubleVector wwwLow = ww2.fma(wLow3, wwLow2.fma(w3, ww2.fma(w3, www.neg())));
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
              .blend(0.0, t2.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest6 =
          rounded6
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector g3 = unscaled3.mul(quarter9).mul(quarter9).mul(quarter9).mul(rest6);
      DoubleVector joint = deviation.mul(r.mul(d1.blend(d2, first)).sub(deviation));
      DoubleVector spread = thetaSquared.fma(h.neg().fma(h, g3), deviation.mul(deviation));
      spread = joint.mul(2.0).fma(q2, spread);
      spread = spread.blend(0.0, spread.compare(LT, 0.0));
      theta.fma(h, base).intoArray(mean, meanOff + i);
      spread.intoArray(variance, varianceOff + i);
      q2.blend(DoubleVector.broadcast(D, 1.0).sub(q2), first)
          .intoArray(probability, probabilityOff + i);
    }
  }
}
