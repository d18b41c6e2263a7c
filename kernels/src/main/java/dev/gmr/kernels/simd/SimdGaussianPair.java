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

import dev.gmr.kernels.scalar.GaussianPair;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link GaussianPair} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdGaussianPair {
  private static final double FAR = 24.0;
  private static final double MIN_T = 0x1.0p-400;
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
  private static final double MIN_C = 0x1.0p-500;
  private static final double[] FLOAT_SQUARES = {
    0.9634612787028217,
    0.817428013266875,
    0.5927501277315417,
    0.34494237942741723,
    0.13530001165524824,
    0.015683406607400453
  };
  private static final double[] FLOAT_WEIGHTS = {
    0.04717533638651183,
    0.10693932599531843,
    0.16007832854334622,
    0.20316742672306592,
    0.2334925365383548,
    0.24914704581340277
  };
  private static final double LOG2_E = 0x1.71547652b82fep0;
  private static final double NORMAL_TAIL_FAR = 66.0;
  private static final double LN2_LOW = 0x1.3de6af278ece6p-42;
  private static final double LN2_HIGH = 0x1.62e42fefa3p-1;
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
  private static final double ROOT_2PI_RECIPROCAL = 0x1.9884533d43651p-2;
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
  private static final double[] SQUARES = {
    0.9903976028453998,
    0.9500957578259143,
    0.8803591349359289,
    0.78573248651449,
    0.6724032570011449,
    0.5477838189598087,
    0.4200253816810056,
    0.2974845814519667,
    0.1881768072585077,
    0.09925189003013939,
    0.036526421504397714,
    0.004103285523211335
  };
  private static final double[] WEIGHTS = {
    0.0123412297999872,
    0.028531388628933663,
    0.04427743881741981,
    0.05929858491543678,
    0.0733464814110803,
    0.08619016153195327,
    0.09761865210411388,
    0.10744427011596563,
    0.1155056680537256,
    0.12167047292780339,
    0.1258374563468283,
    0.12793819534675216
  };
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

  private SimdGaussianPair() {}

  static void cdf(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] rho,
      int rhoOff,
      float[] cdf,
      int cdfOff,
      int n) {
    double[] scratch = Scratch.of(17);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      cdfOfFloats1(a, aOff + i, b, bOff + i, rho, rhoOff + i, scratch, count);
      cdfOfFloats2(scratch, count);
      cdfOfFloats3(scratch, count);
      cdfOfFloats4(scratch, count);
      cdfOfFloats5(scratch, count);
      cdfOfFloats6(scratch, count);
      cdfOfFloats7(scratch, count);
      cdfOfFloats8(cdf, cdfOff + i, scratch, count);
    }
    i = vectors;
    GaussianPair.cdf(a, aOff + i, b, bOff + i, rho, rhoOff + i, cdf, cdfOff + i, n - i);
  }

  private static void cdfOfFloats1(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] rho,
      int rhoOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector h =
          ((DoubleVector) FloatVector.fromArray(FH, a, aOff + i).convertShape(F2D, D, 0));
      DoubleVector l =
          ((DoubleVector) FloatVector.fromArray(FH, b, bOff + i).convertShape(F2D, D, 0));
      DoubleVector rho2 =
          ((DoubleVector) FloatVector.fromArray(FH, rho, rhoOff + i).convertShape(F2D, D, 0));
      DoubleVector r0 =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector t = h.abs();
      DoubleVector t2 = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector s = t2.blend(MIN_T, t2.compare(LT, MIN_T));
      DoubleVector t3 = l.abs();
      DoubleVector t4 = t3.blend(FAR, t3.compare(GT, FAR));
      DoubleVector t5 = t4.blend(MIN_T, t4.compare(LT, MIN_T));
      h.intoArray(scratch, i);
      l.intoArray(scratch, 1 * Scratch.CHUNK + i);
      r0.intoArray(scratch, 2 * Scratch.CHUNK + i);
      s.intoArray(scratch, 3 * Scratch.CHUNK + i);
      t5.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector h = DoubleVector.fromArray(D, scratch, i);
      DoubleVector l = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      VectorMask<Double> opposite =
          h.compare(GT, 0.0).and(l.compare(LE, 0.0)).or(h.compare(LE, 0.0).and(l.compare(GT, 0.0)));
      DoubleVector r = r0.blend(r0.neg(), opposite);
      DoubleVector square = s.mul(s);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r2 = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r22 = r2.mul(r2);
      DoubleVector low = r2.fma(D3, D2).fma(r22, r2.fma(D1, D0));
      DoubleVector high = r2.fma(D7, D6).fma(r22, r2.fma(D5, D4));
      DoubleVector ps =
          high.fma(r22.mul(r22), low)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(s.add(K));
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
      DoubleVector millsS = high2.fma(q4.mul(q4), low2).mul(w);
      DoubleVector qs = ps.mul(millsS);
      DoubleVector.broadcast(D, 0.0).blend(1.0, opposite).intoArray(scratch, 2 * Scratch.CHUNK + i);
      r.intoArray(scratch, 5 * Scratch.CHUNK + i);
      ps.intoArray(scratch, 6 * Scratch.CHUNK + i);
      qs.intoArray(scratch, 7 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector square2 = t5.mul(t5);
      DoubleVector rounded2 = square2.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r3 = rounded2.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square2.mul(-0.5));
      DoubleVector r23 = r3.mul(r3);
      DoubleVector low3 = r3.fma(D3, D2).fma(r23, r3.fma(D1, D0));
      DoubleVector high3 = r3.fma(D7, D6).fma(r23, r3.fma(D5, D4));
      DoubleVector pt =
          high3
              .fma(r23.mul(r23), low3)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(t5.add(K));
      DoubleVector q3 = w2.fma(-K2, 1.0);
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
      DoubleVector low4 = m62.fma(q22, m42).fma(q42, m22.fma(q22, m02));
      DoubleVector high4 = m142.fma(q22, m122).fma(q42, m102.fma(q22, m82));
      DoubleVector millsT = high4.fma(q42.mul(q42), low4).mul(w2);
      DoubleVector qt = pt.mul(millsT);
      pt.intoArray(scratch, 8 * Scratch.CHUNK + i);
      qt.intoArray(scratch, 9 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector r = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector c = DoubleVector.broadcast(D, 1.0).sub(r).mul(r.add(1.0)).sqrt();
      DoubleVector k = c.blend(MIN_C, c.compare(LT, MIN_C));
      DoubleVector difference = t5.sub(s);
      DoubleVector x = DoubleVector.broadcast(D, 1.0).sub(r).fma(s, difference).div(k);
      DoubleVector difference2 = s.sub(t5);
      DoubleVector y = DoubleVector.broadcast(D, 1.0).sub(r).fma(t5, difference2).div(k);
      DoubleVector t6 = x.abs();
      DoubleVector ax = t6.blend(FAR, t6.compare(GT, FAR));
      DoubleVector square3 = ax.mul(ax);
      DoubleVector rounded3 = square3.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r4 = rounded3.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square3.mul(-0.5));
      DoubleVector r24 = r4.mul(r4);
      DoubleVector low5 = r4.fma(D3, D2).fma(r24, r4.fma(D1, D0));
      DoubleVector high5 = r4.fma(D7, D6).fma(r24, r4.fma(D5, D4));
      DoubleVector px =
          high5
              .fma(r24.mul(r24), low5)
              .mul(
                  rounded3
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(ax.add(K));
      x.intoArray(scratch, 5 * Scratch.CHUNK + i);
      y.intoArray(scratch, 10 * Scratch.CHUNK + i);
      px.intoArray(scratch, 11 * Scratch.CHUNK + i);
      w3.intoArray(scratch, 12 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats5(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector q5 = w3.fma(-K2, 1.0);
      DoubleVector q23 = q5.mul(q5);
      DoubleVector q43 = q23.mul(q23);
      DoubleVector m03 = q5.fma(M1, M0);
      DoubleVector m23 = q5.fma(M3, M2);
      DoubleVector m43 = q5.fma(M5, M4);
      DoubleVector m63 = q5.fma(M7, M6);
      DoubleVector m83 = q5.fma(M9, M8);
      DoubleVector m103 = q5.fma(M11, M10);
      DoubleVector m123 = q5.fma(M13, M12);
      DoubleVector m143 = q5.fma(M15, M14);
      DoubleVector low6 = m63.fma(q23, m43).fma(q43, m23.fma(q23, m03));
      DoubleVector high6 = m143.fma(q23, m123).fma(q43, m103.fma(q23, m83));
      DoubleVector qx = px.mul(high6.fma(q43.mul(q43), low6).mul(w3));
      DoubleVector t7 = y.abs();
      DoubleVector ay = t7.blend(FAR, t7.compare(GT, FAR));
      DoubleVector square4 = ay.mul(ay);
      DoubleVector rounded4 = square4.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r5 = rounded4.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square4.mul(-0.5));
      DoubleVector r25 = r5.mul(r5);
      DoubleVector low7 = r5.fma(D3, D2).fma(r25, r5.fma(D1, D0));
      DoubleVector high7 = r5.fma(D7, D6).fma(r25, r5.fma(D5, D4));
      DoubleVector py =
          high7
              .fma(r25.mul(r25), low7)
              .mul(
                  rounded4
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w4 = DoubleVector.broadcast(D, 1.0).div(ay.add(K));
      qx.intoArray(scratch, 12 * Scratch.CHUNK + i);
      py.intoArray(scratch, 13 * Scratch.CHUNK + i);
      w4.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats6(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w4 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector q6 = w4.fma(-K2, 1.0);
      DoubleVector q24 = q6.mul(q6);
      DoubleVector q44 = q24.mul(q24);
      DoubleVector m04 = q6.fma(M1, M0);
      DoubleVector m24 = q6.fma(M3, M2);
      DoubleVector m44 = q6.fma(M5, M4);
      DoubleVector m64 = q6.fma(M7, M6);
      DoubleVector m84 = q6.fma(M9, M8);
      DoubleVector m104 = q6.fma(M11, M10);
      DoubleVector m124 = q6.fma(M13, M12);
      DoubleVector m144 = q6.fma(M15, M14);
      DoubleVector low8 = m64.fma(q24, m44).fma(q44, m24.fma(q24, m04));
      DoubleVector high8 = m144.fma(q24, m124).fma(q44, m104.fma(q24, m84));
      DoubleVector qy = py.mul(high8.fma(q44.mul(q44), low8).mul(w4));
      DoubleVector a2 = x.abs();
      VectorMask<Double> inside = a2.compare(LE, s);
      DoubleVector large = a2.blend(s, inside);
      DoubleVector small = s.blend(a2, inside);
      DoubleVector a3 = small.div(large);
      DoubleVector density = px.blend(ps, inside);
      DoubleVector aa = a3.mul(a3);
      DoubleVector x2 = large.mul(large).mul(-0.5).mul(aa);
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k2 = 0; k2 < FLOAT_SQUARES.length; k2++) {
        DoubleVector factor = aa.fma(FLOAT_SQUARES[k2], 1.0);
        DoubleVector x3 = x2.mul(FLOAT_SQUARES[k2]);
        DoubleVector rounded5 = x3.fma(LOG2_E, ROUND);
        DoubleVector r6 = rounded5.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x3);
        DoubleVector r26 = r6.mul(r6);
        DoubleVector low9 = r6.fma(D3, D2).fma(r26, r6.fma(D1, D0));
        DoubleVector high9 = r6.fma(D7, D6).fma(r26, r6.fma(D5, D4));
        DoubleVector term =
            high9
                .fma(r26.mul(r26), low9)
                .mul(
                    rounded5
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k2]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      qy.intoArray(scratch, 3 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, inside).intoArray(scratch, 6 * Scratch.CHUNK + i);
      a3.intoArray(scratch, 11 * Scratch.CHUNK + i);
      density.intoArray(scratch, 14 * Scratch.CHUNK + i);
      sum.intoArray(scratch, 15 * Scratch.CHUNK + i);
      denominator.intoArray(scratch, 16 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats7(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector a3 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector sum = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector denominator = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      VectorMask<Double> inside =
          DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector t8 = a3.mul(density).mul(sum).div(denominator);
      DoubleVector value = qs.neg().fma(qx, qs.add(qx).mul(0.5)).sub(t8).blend(t8, inside);
      DoubleVector ts = value.blend(value.neg(), x.compare(LT, 0.0));
      DoubleVector a4 = y.abs();
      VectorMask<Double> inside2 = a4.compare(LE, t5);
      DoubleVector large2 = a4.blend(t5, inside2);
      DoubleVector small2 = t5.blend(a4, inside2);
      DoubleVector a5 = small2.div(large2);
      DoubleVector density2 = py.blend(pt, inside2);
      DoubleVector aa2 = a5.mul(a5);
      DoubleVector x4 = large2.mul(large2).mul(-0.5).mul(aa2);
      DoubleVector sum2 = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator2 = DoubleVector.broadcast(D, 1.0);
      for (int k3 = 0; k3 < FLOAT_SQUARES.length; k3++) {
        DoubleVector factor2 = aa2.fma(FLOAT_SQUARES[k3], 1.0);
        DoubleVector x5 = x4.mul(FLOAT_SQUARES[k3]);
        DoubleVector rounded6 = x5.fma(LOG2_E, ROUND);
        DoubleVector r7 = rounded6.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x5);
        DoubleVector r27 = r7.mul(r7);
        DoubleVector low10 = r7.fma(D3, D2).fma(r27, r7.fma(D1, D0));
        DoubleVector high10 = r7.fma(D7, D6).fma(r27, r7.fma(D5, D4));
        DoubleVector term2 =
            high10
                .fma(r27.mul(r27), low10)
                .mul(
                    rounded6
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k3]);
        sum2 = sum2.fma(factor2, term2.mul(denominator2));
        denominator2 = denominator2.mul(factor2);
      }
      DoubleVector t9 = a5.mul(density2).mul(sum2).div(denominator2);
      DoubleVector value2 = qt.neg().fma(qy, qt.add(qy).mul(0.5)).sub(t9).blend(t9, inside2);
      ts.intoArray(scratch, 3 * Scratch.CHUNK + i);
      value2.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfFloats8(float[] cdf, int cdfOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector value2 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector ts = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector h = DoubleVector.fromArray(D, scratch, i);
      VectorMask<Double> opposite =
          DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector l = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector tt = value2.blend(value2.neg(), y.compare(LT, 0.0));
      DoubleVector upper = qs.add(qt).mul(0.5).sub(ts.add(tt));
      DoubleVector mixed = qs.blend(qt, h.compare(GT, 0.0)).sub(upper);
      DoubleVector value3 = upper.blend(mixed, opposite);
      value3 =
          value3.blend(
              DoubleVector.broadcast(D, 1.0).sub(qs).sub(qt).add(upper),
              h.compare(GT, 0.0).and(l.compare(GT, 0.0)));
      value3 = value3.blend(0.0, value3.compare(LT, 0.0));
      ((FloatVector) value3.convertShape(D2F, FH, 0)).intoArray(cdf, cdfOff + i);
    }
  }

  static void reluCovariance(
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
      float[] covariance,
      int covarianceOff,
      int n) {
    double[] scratch = Scratch.of(22);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      reluCovarianceOfFloats1(
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
      reluCovarianceOfFloats2(scratch, count);
      reluCovarianceOfFloats3(scratch, count);
      reluCovarianceOfFloats4(scratch, count);
      reluCovarianceOfFloats5(scratch, count);
      reluCovarianceOfFloats6(scratch, count);
      reluCovarianceOfFloats7(scratch, count);
      reluCovarianceOfFloats8(scratch, count);
      reluCovarianceOfFloats9(covariance, covarianceOff + i, scratch, count);
    }
    i = vectors;
    GaussianPair.reluCovariance(
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
        covariance,
        covarianceOff + i,
        n - i);
  }

  private static void reluCovarianceOfFloats1(
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
      DoubleVector r0 =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      m1.intoArray(scratch, i);
      m2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      d1.intoArray(scratch, 2 * Scratch.CHUNK + i);
      d2.intoArray(scratch, 3 * Scratch.CHUNK + i);
      r0.intoArray(scratch, 4 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m1 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector m2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector d1 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector d2 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector positive1 = DoubleVector.broadcast(D, 0.0).blend(1.0, m1.compare(GT, 0.0));
      DoubleVector positive2 = DoubleVector.broadcast(D, 0.0).blend(1.0, m2.compare(GT, 0.0));
      DoubleVector t =
          m1.abs().div(DoubleVector.broadcast(D, Double.MIN_NORMAL).blend(d1, d1.compare(GT, 0.0)));
      t = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector t2 = DoubleVector.broadcast(D, Double.NaN).blend(t, d1.compare(GE, 0.0));
      DoubleVector s = t2.blend(MIN_T, t2.compare(LT, MIN_T));
      DoubleVector t3 =
          m2.abs().div(DoubleVector.broadcast(D, Double.MIN_NORMAL).blend(d2, d2.compare(GT, 0.0)));
      t3 = t3.blend(FAR, t3.compare(GT, FAR));
      DoubleVector t4 = DoubleVector.broadcast(D, Double.NaN).blend(t3, d2.compare(GE, 0.0));
      DoubleVector t5 = t4.blend(MIN_T, t4.compare(LT, MIN_T));
      DoubleVector r =
          r0.mul(DoubleVector.broadcast(D, 1.0).sub(positive1.mul(2.0)))
              .mul(DoubleVector.broadcast(D, 1.0).sub(positive2.mul(2.0)));
      DoubleVector square = s.mul(s);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r2 = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r22 = r2.mul(r2);
      DoubleVector low = r2.fma(D3, D2).fma(r22, r2.fma(D1, D0));
      DoubleVector high = r2.fma(D7, D6).fma(r22, r2.fma(D5, D4));
      DoubleVector ps =
          high.fma(r22.mul(r22), low)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      positive1.intoArray(scratch, i);
      positive2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      s.intoArray(scratch, 5 * Scratch.CHUNK + i);
      t5.intoArray(scratch, 6 * Scratch.CHUNK + i);
      r.intoArray(scratch, 7 * Scratch.CHUNK + i);
      ps.intoArray(scratch, 8 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(s.add(K));
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
      DoubleVector millsS = high2.fma(q4.mul(q4), low2).mul(w);
      DoubleVector qs = ps.mul(millsS);
      DoubleVector square2 = t5.mul(t5);
      DoubleVector rounded2 = square2.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r3 = rounded2.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square2.mul(-0.5));
      DoubleVector r23 = r3.mul(r3);
      DoubleVector low3 = r3.fma(D3, D2).fma(r23, r3.fma(D1, D0));
      DoubleVector high3 = r3.fma(D7, D6).fma(r23, r3.fma(D5, D4));
      DoubleVector pt =
          high3
              .fma(r23.mul(r23), low3)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      millsS.intoArray(scratch, 9 * Scratch.CHUNK + i);
      qs.intoArray(scratch, 10 * Scratch.CHUNK + i);
      pt.intoArray(scratch, 11 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector millsS = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(t5.add(K));
      DoubleVector q3 = w2.fma(-K2, 1.0);
      DoubleVector q22 = q3.mul(q3);
      DoubleVector q42 = q22.mul(q22);
      DoubleVector m02 = q3.fma(M1, M0);
      DoubleVector m23 = q3.fma(M3, M2);
      DoubleVector m42 = q3.fma(M5, M4);
      DoubleVector m62 = q3.fma(M7, M6);
      DoubleVector m82 = q3.fma(M9, M8);
      DoubleVector m102 = q3.fma(M11, M10);
      DoubleVector m122 = q3.fma(M13, M12);
      DoubleVector m142 = q3.fma(M15, M14);
      DoubleVector low4 = m62.fma(q22, m42).fma(q42, m23.fma(q22, m02));
      DoubleVector high4 = m142.fma(q22, m122).fma(q42, m102.fma(q22, m82));
      DoubleVector millsT = high4.fma(q42.mul(q42), low4).mul(w2);
      DoubleVector qt = pt.mul(millsT);
      DoubleVector hs = ps.mul(s.neg().fma(millsS, DoubleVector.broadcast(D, 1.0)));
      DoubleVector ht = pt.mul(t5.neg().fma(millsT, DoubleVector.broadcast(D, 1.0)));
      DoubleVector c = DoubleVector.broadcast(D, 1.0).sub(r).mul(r.add(1.0)).sqrt();
      DoubleVector k = c.blend(MIN_C, c.compare(LT, MIN_C));
      qt.intoArray(scratch, 9 * Scratch.CHUNK + i);
      hs.intoArray(scratch, 12 * Scratch.CHUNK + i);
      ht.intoArray(scratch, 13 * Scratch.CHUNK + i);
      k.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats5(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector k = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector difference = t5.sub(s);
      DoubleVector x = DoubleVector.broadcast(D, 1.0).sub(r).fma(s, difference).div(k);
      DoubleVector difference2 = s.sub(t5);
      DoubleVector y = DoubleVector.broadcast(D, 1.0).sub(r).fma(t5, difference2).div(k);
      DoubleVector t6 = x.abs();
      DoubleVector ax = t6.blend(FAR, t6.compare(GT, FAR));
      DoubleVector square3 = ax.mul(ax);
      DoubleVector rounded3 = square3.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r4 = rounded3.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square3.mul(-0.5));
      DoubleVector r24 = r4.mul(r4);
      DoubleVector low5 = r4.fma(D3, D2).fma(r24, r4.fma(D1, D0));
      DoubleVector high5 = r4.fma(D7, D6).fma(r24, r4.fma(D5, D4));
      DoubleVector px =
          high5
              .fma(r24.mul(r24), low5)
              .mul(
                  rounded3
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(ax.add(K));
      DoubleVector q5 = w3.fma(-K2, 1.0);
      DoubleVector q23 = q5.mul(q5);
      DoubleVector q43 = q23.mul(q23);
      DoubleVector m03 = q5.fma(M1, M0);
      DoubleVector m24 = q5.fma(M3, M2);
      DoubleVector m43 = q5.fma(M5, M4);
      DoubleVector m63 = q5.fma(M7, M6);
      DoubleVector m83 = q5.fma(M9, M8);
      DoubleVector m103 = q5.fma(M11, M10);
      DoubleVector m123 = q5.fma(M13, M12);
      DoubleVector m143 = q5.fma(M15, M14);
      DoubleVector low6 = m63.fma(q23, m43).fma(q43, m24.fma(q23, m03));
      DoubleVector high6 = m143.fma(q23, m123).fma(q43, m103.fma(q23, m83));
      DoubleVector qx = px.mul(high6.fma(q43.mul(q43), low6).mul(w3));
      x.intoArray(scratch, 15 * Scratch.CHUNK + i);
      y.intoArray(scratch, 16 * Scratch.CHUNK + i);
      px.intoArray(scratch, 17 * Scratch.CHUNK + i);
      qx.intoArray(scratch, 18 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats6(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector y = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector t7 = y.abs();
      DoubleVector ay = t7.blend(FAR, t7.compare(GT, FAR));
      DoubleVector square4 = ay.mul(ay);
      DoubleVector rounded4 = square4.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r5 = rounded4.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square4.mul(-0.5));
      DoubleVector r25 = r5.mul(r5);
      DoubleVector low7 = r5.fma(D3, D2).fma(r25, r5.fma(D1, D0));
      DoubleVector high7 = r5.fma(D7, D6).fma(r25, r5.fma(D5, D4));
      DoubleVector py =
          high7
              .fma(r25.mul(r25), low7)
              .mul(
                  rounded4
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w4 = DoubleVector.broadcast(D, 1.0).div(ay.add(K));
      DoubleVector q6 = w4.fma(-K2, 1.0);
      DoubleVector q24 = q6.mul(q6);
      DoubleVector q44 = q24.mul(q24);
      DoubleVector m04 = q6.fma(M1, M0);
      DoubleVector m25 = q6.fma(M3, M2);
      DoubleVector m44 = q6.fma(M5, M4);
      DoubleVector m64 = q6.fma(M7, M6);
      DoubleVector m84 = q6.fma(M9, M8);
      DoubleVector m104 = q6.fma(M11, M10);
      DoubleVector m124 = q6.fma(M13, M12);
      DoubleVector m144 = q6.fma(M15, M14);
      DoubleVector low8 = m64.fma(q24, m44).fma(q44, m25.fma(q24, m04));
      DoubleVector high8 = m144.fma(q24, m124).fma(q44, m104.fma(q24, m84));
      DoubleVector qy = py.mul(high8.fma(q44.mul(q44), low8).mul(w4));
      py.intoArray(scratch, 19 * Scratch.CHUNK + i);
      qy.intoArray(scratch, 20 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats7(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector x = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector a = x.abs();
      VectorMask<Double> inside = a.compare(LE, s);
      DoubleVector large = a.blend(s, inside);
      DoubleVector small = s.blend(a, inside);
      DoubleVector a2 = small.div(large);
      DoubleVector density = px.blend(ps, inside);
      DoubleVector aa = a2.mul(a2);
      DoubleVector x2 = large.mul(large).mul(-0.5).mul(aa);
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k2 = 0; k2 < FLOAT_SQUARES.length; k2++) {
        DoubleVector factor = aa.fma(FLOAT_SQUARES[k2], 1.0);
        DoubleVector x3 = x2.mul(FLOAT_SQUARES[k2]);
        DoubleVector rounded5 = x3.fma(LOG2_E, ROUND);
        DoubleVector r6 = rounded5.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x3);
        DoubleVector r26 = r6.mul(r6);
        DoubleVector low9 = r6.fma(D3, D2).fma(r26, r6.fma(D1, D0));
        DoubleVector high9 = r6.fma(D7, D6).fma(r26, r6.fma(D5, D4));
        DoubleVector term =
            high9
                .fma(r26.mul(r26), low9)
                .mul(
                    rounded5
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k2]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      DoubleVector t8 = a2.mul(density).mul(sum).div(denominator);
      DoubleVector value = qs.neg().fma(qx, qs.add(qx).mul(0.5)).sub(t8).blend(t8, inside);
      DoubleVector ts = value.blend(value.neg(), x.compare(LT, 0.0));
      ts.intoArray(scratch, 21 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats8(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector y = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 19 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 20 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector ts = DoubleVector.fromArray(D, scratch, 21 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector a3 = y.abs();
      VectorMask<Double> inside2 = a3.compare(LE, t5);
      DoubleVector large2 = a3.blend(t5, inside2);
      DoubleVector small2 = t5.blend(a3, inside2);
      DoubleVector a4 = small2.div(large2);
      DoubleVector density2 = py.blend(pt, inside2);
      DoubleVector aa2 = a4.mul(a4);
      DoubleVector x4 = large2.mul(large2).mul(-0.5).mul(aa2);
      DoubleVector sum2 = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator2 = DoubleVector.broadcast(D, 1.0);
      for (int k3 = 0; k3 < FLOAT_SQUARES.length; k3++) {
        DoubleVector factor2 = aa2.fma(FLOAT_SQUARES[k3], 1.0);
        DoubleVector x5 = x4.mul(FLOAT_SQUARES[k3]);
        DoubleVector rounded6 = x5.fma(LOG2_E, ROUND);
        DoubleVector r7 = rounded6.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x5);
        DoubleVector r27 = r7.mul(r7);
        DoubleVector low10 = r7.fma(D3, D2).fma(r27, r7.fma(D1, D0));
        DoubleVector high10 = r7.fma(D7, D6).fma(r27, r7.fma(D5, D4));
        DoubleVector term2 =
            high10
                .fma(r27.mul(r27), low10)
                .mul(
                    rounded6
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k3]);
        sum2 = sum2.fma(factor2, term2.mul(denominator2));
        denominator2 = denominator2.mul(factor2);
      }
      DoubleVector t9 = a4.mul(density2).mul(sum2).div(denominator2);
      DoubleVector value2 = qt.neg().fma(qy, qt.add(qy).mul(0.5)).sub(t9).blend(t9, inside2);
      DoubleVector tt = value2.blend(value2.neg(), y.compare(LT, 0.0));
      DoubleVector upper = qs.add(qt).mul(0.5).sub(ts.add(tt));
      DoubleVector aboveX = qx.blend(DoubleVector.broadcast(D, 1.0).sub(qx), x.compare(LT, 0.0));
      upper.intoArray(scratch, 15 * Scratch.CHUNK + i);
      aboveX.intoArray(scratch, 18 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfFloats9(
      float[] covariance, int covarianceOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 20 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector k = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector upper = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector aboveX = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector hs = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector ht = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector positive1 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector d1 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector d2 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector aboveY = qy.blend(DoubleVector.broadcast(D, 1.0).sub(qy), y.compare(LT, 0.0));
      DoubleVector e = k.mul(ps).fma(px, s.fma(t5, r).mul(upper));
      DoubleVector e2 = s.neg().mul(pt).fma(aboveY, t5.neg().mul(ps).fma(aboveX, e));
      DoubleVector tail = hs.neg().fma(ht, e2);
      DoubleVector first =
          positive2
              .mul(DoubleVector.broadcast(D, 1.0).sub(qs).sub(qt))
              .add(DoubleVector.broadcast(D, 1.0).sub(positive2).mul(qt));
      DoubleVector unit =
          r0.fma(
              positive1
                  .mul(first)
                  .add(DoubleVector.broadcast(D, 1.0).sub(positive1).mul(positive2.mul(qs))),
              tail);
      unit = unit.blend(0.0, r0.compare(EQ, 0.0));
      ((FloatVector) d1.mul(d2).mul(unit).convertShape(D2F, FH, 0))
          .intoArray(covariance, covarianceOff + i);
    }
  }

  static void reluCovarianceRow(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double inverse1,
      float[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] sigma,
      int sigmaOff,
      double[] inverse,
      int inverseOff,
      float[] result,
      int resultOff,
      int n) {
    double[] scratch = Scratch.of(19);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      reluCovarianceRowOfFloats1(
          positive1,
          inverse1,
          covariance,
          covarianceOff + i,
          threshold,
          thresholdOff + i,
          density,
          densityOff + i,
          tail,
          tailOff + i,
          loss,
          lossOff + i,
          positive,
          positiveOff + i,
          inverse,
          inverseOff + i,
          scratch,
          count);
      reluCovarianceRowOfFloats2(s, scratch, count);
      reluCovarianceRowOfFloats3(scratch, count);
      reluCovarianceRowOfFloats4(s, ps, scratch, count);
      reluCovarianceRowOfFloats5(qs, scratch, count);
      reluCovarianceRowOfFloats6(
          s,
          ps,
          qs,
          hs,
          positive1,
          sigma1,
          sigma,
          sigmaOff + i,
          result,
          resultOff + i,
          scratch,
          count);
    }
    i = vectors;
    GaussianPair.reluCovarianceRow(
        s,
        ps,
        qs,
        hs,
        positive1,
        sigma1,
        inverse1,
        covariance,
        covarianceOff + i,
        threshold,
        thresholdOff + i,
        density,
        densityOff + i,
        tail,
        tailOff + i,
        loss,
        lossOff + i,
        positive,
        positiveOff + i,
        sigma,
        sigmaOff + i,
        inverse,
        inverseOff + i,
        result,
        resultOff + i,
        n - i);
  }

  private static void reluCovarianceRowOfFloats1(
      double positive1,
      double inverse1,
      float[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] inverse,
      int inverseOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector raw =
          ((DoubleVector)
                  FloatVector.fromArray(FH, covariance, covarianceOff + i).convertShape(F2D, D, 0))
              .mul(DoubleVector.fromArray(D, inverse, inverseOff + i).mul(inverse1));
      DoubleVector r = raw.blend(1.0, raw.compare(GT, 1.0));
      DoubleVector r0 = r.blend(-1.0, r.compare(LT, -1.0));
      DoubleVector t = DoubleVector.fromArray(D, threshold, thresholdOff + i);
      DoubleVector pt = DoubleVector.fromArray(D, density, densityOff + i);
      DoubleVector qt = DoubleVector.fromArray(D, tail, tailOff + i);
      DoubleVector ht = DoubleVector.fromArray(D, loss, lossOff + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, positive, positiveOff + i);
      DoubleVector r2 =
          r0.mul((1.0 - 2.0 * positive1))
              .mul(DoubleVector.broadcast(D, 1.0).sub(positive2.mul(2.0)));
      r0.intoArray(scratch, i);
      t.intoArray(scratch, 1 * Scratch.CHUNK + i);
      pt.intoArray(scratch, 2 * Scratch.CHUNK + i);
      qt.intoArray(scratch, 3 * Scratch.CHUNK + i);
      ht.intoArray(scratch, 4 * Scratch.CHUNK + i);
      positive2.intoArray(scratch, 5 * Scratch.CHUNK + i);
      r2.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfFloats2(double s, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector r2 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector c = DoubleVector.broadcast(D, 1.0).sub(r2).mul(r2.add(1.0)).sqrt();
      DoubleVector k = c.blend(MIN_C, c.compare(LT, MIN_C));
      DoubleVector difference = t.sub(s);
      DoubleVector x =
          DoubleVector.broadcast(D, 1.0)
              .sub(r2)
              .fma(DoubleVector.broadcast(D, s), difference)
              .div(k);
      DoubleVector difference2 = DoubleVector.broadcast(D, s).sub(t);
      DoubleVector y = DoubleVector.broadcast(D, 1.0).sub(r2).fma(t, difference2).div(k);
      DoubleVector t2 = x.abs();
      DoubleVector ax = t2.blend(FAR, t2.compare(GT, FAR));
      DoubleVector square = ax.mul(ax);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r3 = rounded.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square.mul(-0.5));
      DoubleVector r22 = r3.mul(r3);
      DoubleVector low = r3.fma(D3, D2).fma(r22, r3.fma(D1, D0));
      DoubleVector high = r3.fma(D7, D6).fma(r22, r3.fma(D5, D4));
      DoubleVector px =
          high.fma(r22.mul(r22), low)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(ax.add(K));
      k.intoArray(scratch, 7 * Scratch.CHUNK + i);
      x.intoArray(scratch, 8 * Scratch.CHUNK + i);
      y.intoArray(scratch, 9 * Scratch.CHUNK + i);
      px.intoArray(scratch, 10 * Scratch.CHUNK + i);
      w.intoArray(scratch, 11 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfFloats3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
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
      DoubleVector qx = px.mul(high2.fma(q4.mul(q4), low2).mul(w));
      DoubleVector t3 = y.abs();
      DoubleVector ay = t3.blend(FAR, t3.compare(GT, FAR));
      DoubleVector square2 = ay.mul(ay);
      DoubleVector rounded2 = square2.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r4 = rounded2.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square2.mul(-0.5));
      DoubleVector r23 = r4.mul(r4);
      DoubleVector low3 = r4.fma(D3, D2).fma(r23, r4.fma(D1, D0));
      DoubleVector high3 = r4.fma(D7, D6).fma(r23, r4.fma(D5, D4));
      DoubleVector py =
          high3
              .fma(r23.mul(r23), low3)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(ay.add(K));
      qx.intoArray(scratch, 11 * Scratch.CHUNK + i);
      py.intoArray(scratch, 12 * Scratch.CHUNK + i);
      w2.intoArray(scratch, 13 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfFloats4(double s, double ps, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w2 = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector q3 = w2.fma(-K2, 1.0);
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
      DoubleVector low4 = m62.fma(q22, m42).fma(q42, m22.fma(q22, m02));
      DoubleVector high4 = m142.fma(q22, m122).fma(q42, m102.fma(q22, m82));
      DoubleVector qy = py.mul(high4.fma(q42.mul(q42), low4).mul(w2));
      DoubleVector a = x.abs();
      VectorMask<Double> inside = a.compare(LE, s);
      DoubleVector large = a.blend(s, inside);
      DoubleVector small = DoubleVector.broadcast(D, s).blend(a, inside);
      DoubleVector a2 = small.div(large);
      DoubleVector density2 = px.blend(ps, inside);
      DoubleVector aa = a2.mul(a2);
      DoubleVector x2 = large.mul(large).mul(-0.5).mul(aa);
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k2 = 0; k2 < FLOAT_SQUARES.length; k2++) {
        DoubleVector factor = aa.fma(FLOAT_SQUARES[k2], 1.0);
        DoubleVector x3 = x2.mul(FLOAT_SQUARES[k2]);
        DoubleVector rounded3 = x3.fma(LOG2_E, ROUND);
        DoubleVector r5 = rounded3.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x3);
        DoubleVector r24 = r5.mul(r5);
        DoubleVector low5 = r5.fma(D3, D2).fma(r24, r5.fma(D1, D0));
        DoubleVector high5 = r5.fma(D7, D6).fma(r24, r5.fma(D5, D4));
        DoubleVector term =
            high5
                .fma(r24.mul(r24), low5)
                .mul(
                    rounded3
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k2]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      qy.intoArray(scratch, 13 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, inside).intoArray(scratch, 14 * Scratch.CHUNK + i);
      a2.intoArray(scratch, 15 * Scratch.CHUNK + i);
      density2.intoArray(scratch, 16 * Scratch.CHUNK + i);
      sum.intoArray(scratch, 17 * Scratch.CHUNK + i);
      denominator.intoArray(scratch, 18 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfFloats5(double qs, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector a2 = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector density2 = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector sum = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector denominator = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      VectorMask<Double> inside =
          DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector t4 = a2.mul(density2).mul(sum).div(denominator);
      DoubleVector value =
          qx.fma(DoubleVector.broadcast(D, -qs), qx.add(qs).mul(0.5)).sub(t4).blend(t4, inside);
      DoubleVector ts = value.blend(value.neg(), x.compare(LT, 0.0));
      DoubleVector a3 = y.abs();
      VectorMask<Double> inside2 = a3.compare(LE, t);
      DoubleVector large2 = a3.blend(t, inside2);
      DoubleVector small2 = t.blend(a3, inside2);
      DoubleVector a4 = small2.div(large2);
      DoubleVector density3 = py.blend(pt, inside2);
      DoubleVector aa2 = a4.mul(a4);
      DoubleVector x4 = large2.mul(large2).mul(-0.5).mul(aa2);
      DoubleVector sum2 = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator2 = DoubleVector.broadcast(D, 1.0);
      for (int k3 = 0; k3 < FLOAT_SQUARES.length; k3++) {
        DoubleVector factor2 = aa2.fma(FLOAT_SQUARES[k3], 1.0);
        DoubleVector x5 = x4.mul(FLOAT_SQUARES[k3]);
        DoubleVector rounded4 = x5.fma(LOG2_E, ROUND);
        DoubleVector r6 = rounded4.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x5);
        DoubleVector r25 = r6.mul(r6);
        DoubleVector low6 = r6.fma(D3, D2).fma(r25, r6.fma(D1, D0));
        DoubleVector high6 = r6.fma(D7, D6).fma(r25, r6.fma(D5, D4));
        DoubleVector term2 =
            high6
                .fma(r25.mul(r25), low6)
                .mul(
                    rounded4
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k3]);
        sum2 = sum2.fma(factor2, term2.mul(denominator2));
        denominator2 = denominator2.mul(factor2);
      }
      DoubleVector t5 = a4.mul(density3).mul(sum2).div(denominator2);
      DoubleVector value2 = qt.neg().fma(qy, qt.add(qy).mul(0.5)).sub(t5).blend(t5, inside2);
      ts.intoArray(scratch, 12 * Scratch.CHUNK + i);
      value2.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfFloats6(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double[] sigma,
      int sigmaOff,
      float[] result,
      int resultOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector value2 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector ts = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector k = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector r2 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector ht = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector tt = value2.blend(value2.neg(), y.compare(LT, 0.0));
      DoubleVector upper = qt.add(qs).mul(0.5).sub(ts.add(tt));
      DoubleVector aboveX = qx.blend(DoubleVector.broadcast(D, 1.0).sub(qx), x.compare(LT, 0.0));
      DoubleVector aboveY = qy.blend(DoubleVector.broadcast(D, 1.0).sub(qy), y.compare(LT, 0.0));
      DoubleVector e = k.mul(ps).fma(px, t.fma(DoubleVector.broadcast(D, s), r2).mul(upper));
      DoubleVector e2 = pt.mul(-s).fma(aboveY, t.neg().mul(ps).fma(aboveX, e));
      DoubleVector tails = ht.fma(DoubleVector.broadcast(D, -hs), e2);
      DoubleVector first =
          positive2
              .mul(DoubleVector.broadcast(D, 1.0 - qs).sub(qt))
              .add(DoubleVector.broadcast(D, 1.0).sub(positive2).mul(qt));
      DoubleVector unit =
          r0.fma(first.mul(positive1).add(positive2.mul(qs).mul((1.0 - positive1))), tails);
      unit = unit.blend(0.0, r0.compare(EQ, 0.0));
      ((FloatVector)
              DoubleVector.fromArray(D, sigma, sigmaOff + i)
                  .mul(sigma1)
                  .mul(unit)
                  .convertShape(D2F, FH, 0))
          .intoArray(result, resultOff + i);
    }
  }

  static void cdf(
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      double[] rho,
      int rhoOff,
      double[] cdf,
      int cdfOff,
      int n) {
    double[] scratch = Scratch.of(17);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      cdfOfDoubles1(a, aOff + i, b, bOff + i, rho, rhoOff + i, scratch, count);
      cdfOfDoubles2(scratch, count);
      cdfOfDoubles3(scratch, count);
      cdfOfDoubles4(scratch, count);
      cdfOfDoubles5(scratch, count);
      cdfOfDoubles6(scratch, count);
      cdfOfDoubles7(scratch, count);
      cdfOfDoubles8(cdf, cdfOff + i, scratch, count);
    }
    i = vectors;
    GaussianPair.cdf(a, aOff + i, b, bOff + i, rho, rhoOff + i, cdf, cdfOff + i, n - i);
  }

  private static void cdfOfDoubles1(
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      double[] rho,
      int rhoOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector h = DoubleVector.fromArray(D, a, aOff + i);
      DoubleVector l = DoubleVector.fromArray(D, b, bOff + i);
      DoubleVector rho2 = DoubleVector.fromArray(D, rho, rhoOff + i);
      DoubleVector r0 =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector t = h.abs();
      DoubleVector t2 = t.blend(NORMAL_TAIL_FAR, t.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector s = t2.blend(MIN_T, t2.compare(LT, MIN_T));
      DoubleVector t3 = l.abs();
      DoubleVector t4 = t3.blend(NORMAL_TAIL_FAR, t3.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector t5 = t4.blend(MIN_T, t4.compare(LT, MIN_T));
      VectorMask<Double> opposite =
          h.compare(GT, 0.0).and(l.compare(LE, 0.0)).or(h.compare(LE, 0.0).and(l.compare(GT, 0.0)));
      DoubleVector r = r0.blend(r0.neg(), opposite);
      DoubleVector x = DoubleVector.broadcast(D, 37.0).blend(s, s.compare(LT, 37.0));
      DoubleVector x2 = x.mul(x).mul(-0.5);
      DoubleVector rounded = x2.fma(LOG2_E, ROUND);
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector r2 =
          n2.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n2.fma(DoubleVector.broadcast(D, -LN2_HIGH), x2));
      DoubleVector e = r2.fma(E9, E8);
      e = e.fma(r2, DoubleVector.broadcast(D, E7));
      e = e.fma(r2, DoubleVector.broadcast(D, E6));
      e = e.fma(r2, DoubleVector.broadcast(D, E5));
      e = e.fma(r2, DoubleVector.broadcast(D, E4));
      e = e.fma(r2, DoubleVector.broadcast(D, E3));
      e = e.fma(r2, DoubleVector.broadcast(D, E2));
      e = e.fma(r2, DoubleVector.broadcast(D, E1));
      e = e.fma(r2, DoubleVector.broadcast(D, E0));
      DoubleVector ps =
          e.fma(r2.mul(r2), r2)
              .add(1.0)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      h.intoArray(scratch, i);
      l.intoArray(scratch, 1 * Scratch.CHUNK + i);
      s.intoArray(scratch, 2 * Scratch.CHUNK + i);
      t5.intoArray(scratch, 3 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, opposite).intoArray(scratch, 4 * Scratch.CHUNK + i);
      r.intoArray(scratch, 5 * Scratch.CHUNK + i);
      ps.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector s = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(s.add(NORMAL_TAIL_K));
      DoubleVector q = w.fma(-K2, 1.0);
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
      DoubleVector qs =
          ps.mul(w)
              .mul(
                  c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector x3 = DoubleVector.broadcast(D, 37.0).blend(t5, t5.compare(LT, 37.0));
      DoubleVector x4 = x3.mul(x3).mul(-0.5);
      DoubleVector rounded2 = x4.fma(LOG2_E, ROUND);
      DoubleVector n3 = rounded2.sub(ROUND);
      DoubleVector r3 =
          n3.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n3.fma(DoubleVector.broadcast(D, -LN2_HIGH), x4));
      DoubleVector e2 = r3.fma(E9, E8);
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E0));
      DoubleVector pt =
          e2.fma(r3.mul(r3), r3)
              .add(1.0)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      qs.intoArray(scratch, 7 * Scratch.CHUNK + i);
      pt.intoArray(scratch, 8 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(t5.add(NORMAL_TAIL_K));
      DoubleVector q2 = w2.fma(-K2, 1.0);
      DoubleVector c2 = q2.fma(M24, M23);
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M22));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M21));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M20));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M19));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M18));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M17));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M16));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qt =
          pt.mul(w2)
              .mul(
                  c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector c3 = DoubleVector.broadcast(D, 1.0).sub(r).mul(r.add(1.0)).sqrt();
      DoubleVector k = c3.blend(MIN_C, c3.compare(LT, MIN_C));
      DoubleVector difference = t5.sub(s);
      DoubleVector x5 = DoubleVector.broadcast(D, 1.0).sub(r).fma(s, difference).div(k);
      DoubleVector difference2 = s.sub(t5);
      DoubleVector y = DoubleVector.broadcast(D, 1.0).sub(r).fma(t5, difference2).div(k);
      qt.intoArray(scratch, 5 * Scratch.CHUNK + i);
      x5.intoArray(scratch, 9 * Scratch.CHUNK + i);
      y.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector x5 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector t6 = x5.abs();
      DoubleVector ax = t6.blend(NORMAL_TAIL_FAR, t6.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector x6 = DoubleVector.broadcast(D, 37.0).blend(ax, ax.compare(LT, 37.0));
      DoubleVector x7 = x6.mul(x6).mul(-0.5);
      DoubleVector rounded3 = x7.fma(LOG2_E, ROUND);
      DoubleVector n4 = rounded3.sub(ROUND);
      DoubleVector r4 =
          n4.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n4.fma(DoubleVector.broadcast(D, -LN2_HIGH), x7));
      DoubleVector e3 = r4.fma(E9, E8);
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E7));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E6));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E5));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E4));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E3));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E2));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E1));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E0));
      DoubleVector px =
          e3.fma(r4.mul(r4), r4)
              .add(1.0)
              .mul(
                  rounded3
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(ax.add(NORMAL_TAIL_K));
      DoubleVector q3 = w3.fma(-K2, 1.0);
      DoubleVector c4 = q3.fma(M24, M23);
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M22));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M21));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M20));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M19));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M18));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M17));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, M16));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      px.intoArray(scratch, 11 * Scratch.CHUNK + i);
      w3.intoArray(scratch, 12 * Scratch.CHUNK + i);
      q3.intoArray(scratch, 13 * Scratch.CHUNK + i);
      c4.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles5(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector c4 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector q3 = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector w3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      c4 = c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qx =
          px.mul(w3)
              .mul(
                  c4.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector t7 = y.abs();
      DoubleVector ay = t7.blend(NORMAL_TAIL_FAR, t7.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector x8 = DoubleVector.broadcast(D, 37.0).blend(ay, ay.compare(LT, 37.0));
      DoubleVector x9 = x8.mul(x8).mul(-0.5);
      DoubleVector rounded4 = x9.fma(LOG2_E, ROUND);
      DoubleVector n5 = rounded4.sub(ROUND);
      DoubleVector r5 =
          n5.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n5.fma(DoubleVector.broadcast(D, -LN2_HIGH), x9));
      DoubleVector e4 = r5.fma(E9, E8);
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E7));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E6));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E5));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E4));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E3));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E2));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E1));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E0));
      DoubleVector py =
          e4.fma(r5.mul(r5), r5)
              .add(1.0)
              .mul(
                  rounded4
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      DoubleVector w4 = DoubleVector.broadcast(D, 1.0).div(ay.add(NORMAL_TAIL_K));
      qx.intoArray(scratch, 12 * Scratch.CHUNK + i);
      py.intoArray(scratch, 13 * Scratch.CHUNK + i);
      w4.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles6(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w4 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector x5 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector q4 = w4.fma(-K2, 1.0);
      DoubleVector c5 = q4.fma(M24, M23);
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M22));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M21));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M20));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M19));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M18));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M17));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, M16));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c5 = c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qy =
          py.mul(w4)
              .mul(
                  c5.fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q4, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector a2 = x5.abs();
      VectorMask<Double> inside = a2.compare(LE, s);
      DoubleVector large = a2.blend(s, inside);
      DoubleVector small = s.blend(a2, inside);
      DoubleVector a3 = small.div(large);
      DoubleVector density = px.blend(ps, inside);
      DoubleVector aa = a3.mul(a3);
      DoubleVector exponent = large.mul(large).mul(-0.5).mul(aa);
      DoubleVector x10 = exponent.blend(-700.0, exponent.compare(LT, -700.0));
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k2 = 0; k2 < SQUARES.length; k2++) {
        DoubleVector factor = aa.fma(SQUARES[k2], 1.0);
        DoubleVector x11 = x10.mul(SQUARES[k2]);
        DoubleVector rounded5 = x11.fma(LOG2_E, ROUND);
        DoubleVector n6 = rounded5.sub(ROUND);
        DoubleVector r6 =
            n6.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n6.fma(DoubleVector.broadcast(D, -LN2_HIGH), x11));
        DoubleVector e5 = r6.fma(E9, E8);
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E7));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E6));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E5));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E4));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E3));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E2));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E1));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E0));
        DoubleVector term =
            e5.fma(r6.mul(r6), r6)
                .add(1.0)
                .mul(
                    rounded5
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k2]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      qy.intoArray(scratch, 2 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, inside).intoArray(scratch, 6 * Scratch.CHUNK + i);
      a3.intoArray(scratch, 11 * Scratch.CHUNK + i);
      density.intoArray(scratch, 14 * Scratch.CHUNK + i);
      sum.intoArray(scratch, 15 * Scratch.CHUNK + i);
      denominator.intoArray(scratch, 16 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles7(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector a3 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector sum = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector denominator = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      VectorMask<Double> inside =
          DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector x5 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector t8 = a3.mul(density.mul(ROOT_2PI_RECIPROCAL)).mul(sum).div(denominator);
      DoubleVector value = qs.neg().fma(qx, qs.add(qx).mul(0.5)).sub(t8).blend(t8, inside);
      DoubleVector ts = value.blend(value.neg(), x5.compare(LT, 0.0));
      DoubleVector a4 = y.abs();
      VectorMask<Double> inside2 = a4.compare(LE, t5);
      DoubleVector large2 = a4.blend(t5, inside2);
      DoubleVector small2 = t5.blend(a4, inside2);
      DoubleVector a5 = small2.div(large2);
      DoubleVector density2 = py.blend(pt, inside2);
      DoubleVector aa2 = a5.mul(a5);
      DoubleVector exponent2 = large2.mul(large2).mul(-0.5).mul(aa2);
      DoubleVector x12 = exponent2.blend(-700.0, exponent2.compare(LT, -700.0));
      DoubleVector sum2 = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator2 = DoubleVector.broadcast(D, 1.0);
      for (int k3 = 0; k3 < SQUARES.length; k3++) {
        DoubleVector factor2 = aa2.fma(SQUARES[k3], 1.0);
        DoubleVector x13 = x12.mul(SQUARES[k3]);
        DoubleVector rounded6 = x13.fma(LOG2_E, ROUND);
        DoubleVector n7 = rounded6.sub(ROUND);
        DoubleVector r7 =
            n7.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n7.fma(DoubleVector.broadcast(D, -LN2_HIGH), x13));
        DoubleVector e6 = r7.fma(E9, E8);
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E7));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E6));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E5));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E4));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E3));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E2));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E1));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E0));
        DoubleVector term2 =
            e6.fma(r7.mul(r7), r7)
                .add(1.0)
                .mul(
                    rounded6
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k3]);
        sum2 = sum2.fma(factor2, term2.mul(denominator2));
        denominator2 = denominator2.mul(factor2);
      }
      ts.intoArray(scratch, 3 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, inside2).intoArray(scratch, 6 * Scratch.CHUNK + i);
      a5.intoArray(scratch, 8 * Scratch.CHUNK + i);
      density2.intoArray(scratch, 9 * Scratch.CHUNK + i);
      sum2.intoArray(scratch, 11 * Scratch.CHUNK + i);
      denominator2.intoArray(scratch, 12 * Scratch.CHUNK + i);
    }
  }

  private static void cdfOfDoubles8(double[] cdf, int cdfOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector a5 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector sum2 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector denominator2 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      VectorMask<Double> inside2 =
          DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector ts = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector h = DoubleVector.fromArray(D, scratch, i);
      VectorMask<Double> opposite =
          DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector l = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector t9 = a5.mul(density2.mul(ROOT_2PI_RECIPROCAL)).mul(sum2).div(denominator2);
      DoubleVector value2 = qt.neg().fma(qy, qt.add(qy).mul(0.5)).sub(t9).blend(t9, inside2);
      DoubleVector tt = value2.blend(value2.neg(), y.compare(LT, 0.0));
      DoubleVector upper = qs.add(qt).mul(0.5).sub(ts.add(tt));
      DoubleVector mixed = qs.blend(qt, h.compare(GT, 0.0)).sub(upper);
      DoubleVector value3 = upper.blend(mixed, opposite);
      value3 =
          value3.blend(
              DoubleVector.broadcast(D, 1.0).sub(qs).sub(qt).add(upper),
              h.compare(GT, 0.0).and(l.compare(GT, 0.0)));
      value3 = value3.blend(0.0, value3.compare(LT, 0.0));
      value3.intoArray(cdf, cdfOff + i);
    }
  }

  static void reluCovariance(
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
      double[] covariance,
      int covarianceOff,
      int n) {
    double[] scratch = Scratch.of(24);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      reluCovarianceOfDoubles1(
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
      reluCovarianceOfDoubles2(scratch, count);
      reluCovarianceOfDoubles3(scratch, count);
      reluCovarianceOfDoubles4(scratch, count);
      reluCovarianceOfDoubles5(scratch, count);
      reluCovarianceOfDoubles6(scratch, count);
      reluCovarianceOfDoubles7(scratch, count);
      reluCovarianceOfDoubles8(scratch, count);
      reluCovarianceOfDoubles9(scratch, count);
      reluCovarianceOfDoubles10(scratch, count);
      reluCovarianceOfDoubles11(covariance, covarianceOff + i, scratch, count);
    }
    i = vectors;
    GaussianPair.reluCovariance(
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
        covariance,
        covarianceOff + i,
        n - i);
  }

  private static void reluCovarianceOfDoubles1(
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
      DoubleVector r0 =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector positive1 = DoubleVector.broadcast(D, 0.0).blend(1.0, m1.compare(GT, 0.0));
      DoubleVector positive2 = DoubleVector.broadcast(D, 0.0).blend(1.0, m2.compare(GT, 0.0));
      DoubleVector t =
          m1.abs().div(DoubleVector.broadcast(D, Double.MIN_NORMAL).blend(d1, d1.compare(GT, 0.0)));
      t = t.blend(NORMAL_TAIL_FAR, t.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector t2 = DoubleVector.broadcast(D, Double.NaN).blend(t, d1.compare(GE, 0.0));
      DoubleVector s = t2.blend(MIN_T, t2.compare(LT, MIN_T));
      DoubleVector t3 =
          m2.abs().div(DoubleVector.broadcast(D, Double.MIN_NORMAL).blend(d2, d2.compare(GT, 0.0)));
      t3 = t3.blend(NORMAL_TAIL_FAR, t3.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector t4 = DoubleVector.broadcast(D, Double.NaN).blend(t3, d2.compare(GE, 0.0));
      DoubleVector t5 = t4.blend(MIN_T, t4.compare(LT, MIN_T));
      d1.intoArray(scratch, i);
      d2.intoArray(scratch, 1 * Scratch.CHUNK + i);
      r0.intoArray(scratch, 2 * Scratch.CHUNK + i);
      positive1.intoArray(scratch, 3 * Scratch.CHUNK + i);
      positive2.intoArray(scratch, 4 * Scratch.CHUNK + i);
      s.intoArray(scratch, 5 * Scratch.CHUNK + i);
      t5.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector positive1 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector r =
          r0.mul(DoubleVector.broadcast(D, 1.0).sub(positive1.mul(2.0)))
              .mul(DoubleVector.broadcast(D, 1.0).sub(positive2.mul(2.0)));
      DoubleVector x = DoubleVector.broadcast(D, 37.0).blend(s, s.compare(LT, 37.0));
      DoubleVector x2 = x.mul(x).mul(-0.5);
      DoubleVector rounded = x2.fma(LOG2_E, ROUND);
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector r2 =
          n2.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n2.fma(DoubleVector.broadcast(D, -LN2_HIGH), x2));
      DoubleVector e = r2.fma(E9, E8);
      e = e.fma(r2, DoubleVector.broadcast(D, E7));
      e = e.fma(r2, DoubleVector.broadcast(D, E6));
      e = e.fma(r2, DoubleVector.broadcast(D, E5));
      e = e.fma(r2, DoubleVector.broadcast(D, E4));
      e = e.fma(r2, DoubleVector.broadcast(D, E3));
      e = e.fma(r2, DoubleVector.broadcast(D, E2));
      e = e.fma(r2, DoubleVector.broadcast(D, E1));
      e = e.fma(r2, DoubleVector.broadcast(D, E0));
      DoubleVector ps =
          e.fma(r2.mul(r2), r2)
              .add(1.0)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(s.add(NORMAL_TAIL_K));
      r.intoArray(scratch, 7 * Scratch.CHUNK + i);
      ps.intoArray(scratch, 8 * Scratch.CHUNK + i);
      w.intoArray(scratch, 9 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector q = w.fma(-K2, 1.0);
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
      DoubleVector qs =
          ps.mul(w)
              .mul(
                  c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector x3 = DoubleVector.broadcast(D, 37.0).blend(t5, t5.compare(LT, 37.0));
      DoubleVector x4 = x3.mul(x3).mul(-0.5);
      DoubleVector rounded2 = x4.fma(LOG2_E, ROUND);
      DoubleVector n3 = rounded2.sub(ROUND);
      DoubleVector r3 =
          n3.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n3.fma(DoubleVector.broadcast(D, -LN2_HIGH), x4));
      DoubleVector e2 = r3.fma(E9, E8);
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r3, DoubleVector.broadcast(D, E0));
      DoubleVector pt =
          e2.fma(r3.mul(r3), r3)
              .add(1.0)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      qs.intoArray(scratch, 9 * Scratch.CHUNK + i);
      pt.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(t5.add(NORMAL_TAIL_K));
      DoubleVector q2 = w2.fma(-K2, 1.0);
      DoubleVector c2 = q2.fma(M24, M23);
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M22));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M21));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M20));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M19));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M18));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M17));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, M16));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qt =
          pt.mul(w2)
              .mul(
                  c2.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(s.add(NORMAL_TAIL_K));
      DoubleVector q3 = w3.fma(-K2, 1.0);
      DoubleVector c3 = q3.fma(G26, G25);
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G24));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G23));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G22));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G21));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G20));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G19));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G18));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G17));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G16));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G15));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G14));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G13));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G12));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G11));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G10));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G9));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G8));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G7));
      qt.intoArray(scratch, 11 * Scratch.CHUNK + i);
      w3.intoArray(scratch, 12 * Scratch.CHUNK + i);
      q3.intoArray(scratch, 13 * Scratch.CHUNK + i);
      c3.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles5(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector c3 = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector q3 = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector w3 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G6));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G5));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, G4));
      DoubleVector hs =
          ps.mul(w3.mul(w3))
              .mul(
                  c3.fma(q3, DoubleVector.broadcast(D, G3))
                      .fma(q3, DoubleVector.broadcast(D, G2))
                      .fma(q3, DoubleVector.broadcast(D, G1))
                      .fma(q3, DoubleVector.broadcast(D, G0)));
      DoubleVector w4 = DoubleVector.broadcast(D, 1.0).div(t5.add(NORMAL_TAIL_K));
      DoubleVector q4 = w4.fma(-K2, 1.0);
      DoubleVector c4 = q4.fma(G26, G25);
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G24));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G23));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G22));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G21));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G20));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G19));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G18));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G17));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G16));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G15));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G14));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G13));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G12));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G11));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G10));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G9));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G8));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G7));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G6));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G5));
      c4 = c4.fma(q4, DoubleVector.broadcast(D, G4));
      DoubleVector ht =
          pt.mul(w4.mul(w4))
              .mul(
                  c4.fma(q4, DoubleVector.broadcast(D, G3))
                      .fma(q4, DoubleVector.broadcast(D, G2))
                      .fma(q4, DoubleVector.broadcast(D, G1))
                      .fma(q4, DoubleVector.broadcast(D, G0)));
      hs.intoArray(scratch, 12 * Scratch.CHUNK + i);
      ht.intoArray(scratch, 13 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles6(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector r = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector c5 = DoubleVector.broadcast(D, 1.0).sub(r).mul(r.add(1.0)).sqrt();
      DoubleVector k = c5.blend(MIN_C, c5.compare(LT, MIN_C));
      DoubleVector difference = t5.sub(s);
      DoubleVector x5 = DoubleVector.broadcast(D, 1.0).sub(r).fma(s, difference).div(k);
      DoubleVector difference2 = s.sub(t5);
      DoubleVector y = DoubleVector.broadcast(D, 1.0).sub(r).fma(t5, difference2).div(k);
      DoubleVector t6 = x5.abs();
      DoubleVector ax = t6.blend(NORMAL_TAIL_FAR, t6.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector x6 = DoubleVector.broadcast(D, 37.0).blend(ax, ax.compare(LT, 37.0));
      DoubleVector x7 = x6.mul(x6).mul(-0.5);
      DoubleVector rounded3 = x7.fma(LOG2_E, ROUND);
      DoubleVector n4 = rounded3.sub(ROUND);
      DoubleVector r4 =
          n4.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n4.fma(DoubleVector.broadcast(D, -LN2_HIGH), x7));
      DoubleVector e3 = r4.fma(E9, E8);
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E7));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E6));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E5));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E4));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E3));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E2));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E1));
      e3 = e3.fma(r4, DoubleVector.broadcast(D, E0));
      DoubleVector px =
          e3.fma(r4.mul(r4), r4)
              .add(1.0)
              .mul(
                  rounded3
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      DoubleVector w5 = DoubleVector.broadcast(D, 1.0).div(ax.add(NORMAL_TAIL_K));
      k.intoArray(scratch, 14 * Scratch.CHUNK + i);
      x5.intoArray(scratch, 15 * Scratch.CHUNK + i);
      y.intoArray(scratch, 16 * Scratch.CHUNK + i);
      px.intoArray(scratch, 17 * Scratch.CHUNK + i);
      w5.intoArray(scratch, 18 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles7(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w5 = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector q5 = w5.fma(-K2, 1.0);
      DoubleVector c6 = q5.fma(M24, M23);
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M22));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M21));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M20));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M19));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M18));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M17));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, M16));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c6 = c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qx =
          px.mul(w5)
              .mul(
                  c6.fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q5, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector t7 = y.abs();
      DoubleVector ay = t7.blend(NORMAL_TAIL_FAR, t7.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector x8 = DoubleVector.broadcast(D, 37.0).blend(ay, ay.compare(LT, 37.0));
      DoubleVector x9 = x8.mul(x8).mul(-0.5);
      DoubleVector rounded4 = x9.fma(LOG2_E, ROUND);
      DoubleVector n5 = rounded4.sub(ROUND);
      DoubleVector r5 =
          n5.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n5.fma(DoubleVector.broadcast(D, -LN2_HIGH), x9));
      DoubleVector e4 = r5.fma(E9, E8);
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E7));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E6));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E5));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E4));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E3));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E2));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E1));
      e4 = e4.fma(r5, DoubleVector.broadcast(D, E0));
      DoubleVector py =
          e4.fma(r5.mul(r5), r5)
              .add(1.0)
              .mul(
                  rounded4
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      qx.intoArray(scratch, 18 * Scratch.CHUNK + i);
      ay.intoArray(scratch, 19 * Scratch.CHUNK + i);
      py.intoArray(scratch, 20 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles8(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector ay = DoubleVector.fromArray(D, scratch, 19 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 20 * Scratch.CHUNK + i);
      DoubleVector x5 = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector w6 = DoubleVector.broadcast(D, 1.0).div(ay.add(NORMAL_TAIL_K));
      DoubleVector q6 = w6.fma(-K2, 1.0);
      DoubleVector c7 = q6.fma(M24, M23);
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M22));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M21));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M20));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M19));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M18));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M17));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, M16));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c7 = c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qy =
          py.mul(w6)
              .mul(
                  c7.fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q6, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector a = x5.abs();
      VectorMask<Double> inside = a.compare(LE, s);
      DoubleVector large = a.blend(s, inside);
      DoubleVector small = s.blend(a, inside);
      DoubleVector a2 = small.div(large);
      qy.intoArray(scratch, 19 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, inside).intoArray(scratch, 21 * Scratch.CHUNK + i);
      large.intoArray(scratch, 22 * Scratch.CHUNK + i);
      a2.intoArray(scratch, 23 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles9(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector px = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      VectorMask<Double> inside =
          DoubleVector.fromArray(D, scratch, 21 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector a2 = DoubleVector.fromArray(D, scratch, 23 * Scratch.CHUNK + i);
      DoubleVector large = DoubleVector.fromArray(D, scratch, 22 * Scratch.CHUNK + i);
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector x5 = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector density = px.blend(ps, inside);
      DoubleVector aa = a2.mul(a2);
      DoubleVector exponent = large.mul(large).mul(-0.5).mul(aa);
      DoubleVector x10 = exponent.blend(-700.0, exponent.compare(LT, -700.0));
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k2 = 0; k2 < SQUARES.length; k2++) {
        DoubleVector factor = aa.fma(SQUARES[k2], 1.0);
        DoubleVector x11 = x10.mul(SQUARES[k2]);
        DoubleVector rounded5 = x11.fma(LOG2_E, ROUND);
        DoubleVector n6 = rounded5.sub(ROUND);
        DoubleVector r6 =
            n6.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n6.fma(DoubleVector.broadcast(D, -LN2_HIGH), x11));
        DoubleVector e5 = r6.fma(E9, E8);
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E7));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E6));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E5));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E4));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E3));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E2));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E1));
        e5 = e5.fma(r6, DoubleVector.broadcast(D, E0));
        DoubleVector term =
            e5.fma(r6.mul(r6), r6)
                .add(1.0)
                .mul(
                    rounded5
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k2]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      DoubleVector t8 = a2.mul(density.mul(ROOT_2PI_RECIPROCAL)).mul(sum).div(denominator);
      DoubleVector value = qs.neg().fma(qx, qs.add(qx).mul(0.5)).sub(t8).blend(t8, inside);
      DoubleVector ts = value.blend(value.neg(), x5.compare(LT, 0.0));
      ts.intoArray(scratch, 21 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles10(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector y = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 20 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 19 * Scratch.CHUNK + i);
      DoubleVector a3 = y.abs();
      VectorMask<Double> inside2 = a3.compare(LE, t5);
      DoubleVector large2 = a3.blend(t5, inside2);
      DoubleVector small2 = t5.blend(a3, inside2);
      DoubleVector a4 = small2.div(large2);
      DoubleVector density2 = py.blend(pt, inside2);
      DoubleVector aa2 = a4.mul(a4);
      DoubleVector exponent2 = large2.mul(large2).mul(-0.5).mul(aa2);
      DoubleVector x12 = exponent2.blend(-700.0, exponent2.compare(LT, -700.0));
      DoubleVector sum2 = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator2 = DoubleVector.broadcast(D, 1.0);
      for (int k3 = 0; k3 < SQUARES.length; k3++) {
        DoubleVector factor2 = aa2.fma(SQUARES[k3], 1.0);
        DoubleVector x13 = x12.mul(SQUARES[k3]);
        DoubleVector rounded6 = x13.fma(LOG2_E, ROUND);
        DoubleVector n7 = rounded6.sub(ROUND);
        DoubleVector r7 =
            n7.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n7.fma(DoubleVector.broadcast(D, -LN2_HIGH), x13));
        DoubleVector e6 = r7.fma(E9, E8);
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E7));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E6));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E5));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E4));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E3));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E2));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E1));
        e6 = e6.fma(r7, DoubleVector.broadcast(D, E0));
        DoubleVector term2 =
            e6.fma(r7.mul(r7), r7)
                .add(1.0)
                .mul(
                    rounded6
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k3]);
        sum2 = sum2.fma(factor2, term2.mul(denominator2));
        denominator2 = denominator2.mul(factor2);
      }
      DoubleVector t9 = a4.mul(density2.mul(ROOT_2PI_RECIPROCAL)).mul(sum2).div(denominator2);
      DoubleVector value2 = qt.neg().fma(qy, qt.add(qy).mul(0.5)).sub(t9).blend(t9, inside2);
      DoubleVector tt = value2.blend(value2.neg(), y.compare(LT, 0.0));
      tt.intoArray(scratch, 20 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceOfDoubles11(
      double[] covariance, int covarianceOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector qs = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector ts = DoubleVector.fromArray(D, scratch, 21 * Scratch.CHUNK + i);
      DoubleVector tt = DoubleVector.fromArray(D, scratch, 20 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 18 * Scratch.CHUNK + i);
      DoubleVector x5 = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 19 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector k = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector ps = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 17 * Scratch.CHUNK + i);
      DoubleVector s = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector t5 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector r = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector hs = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector ht = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector positive1 = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector d1 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector d2 = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector upper = qs.add(qt).mul(0.5).sub(ts.add(tt));
      DoubleVector aboveX = qx.blend(DoubleVector.broadcast(D, 1.0).sub(qx), x5.compare(LT, 0.0));
      DoubleVector aboveY = qy.blend(DoubleVector.broadcast(D, 1.0).sub(qy), y.compare(LT, 0.0));
      DoubleVector e7 = k.mul(ps).fma(px, s.fma(t5, r).mul(upper));
      DoubleVector e8 = s.neg().mul(pt).fma(aboveY, t5.neg().mul(ps).fma(aboveX, e7));
      DoubleVector tail = hs.neg().fma(ht, e8);
      DoubleVector first =
          positive2
              .mul(DoubleVector.broadcast(D, 1.0).sub(qs).sub(qt))
              .add(DoubleVector.broadcast(D, 1.0).sub(positive2).mul(qt));
      DoubleVector unit =
          r0.fma(
              positive1
                  .mul(first)
                  .add(DoubleVector.broadcast(D, 1.0).sub(positive1).mul(positive2.mul(qs))),
              tail);
      unit = unit.blend(0.0, r0.compare(EQ, 0.0));
      d1.mul(d2).mul(unit).intoArray(covariance, covarianceOff + i);
    }
  }

  static void reluCovarianceRow(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double inverse1,
      double[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] sigma,
      int sigmaOff,
      double[] inverse,
      int inverseOff,
      double[] result,
      int resultOff,
      int n) {
    double[] scratch = Scratch.of(17);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      reluCovarianceRowOfDoubles1(
          positive1,
          inverse1,
          covariance,
          covarianceOff + i,
          threshold,
          thresholdOff + i,
          density,
          densityOff + i,
          tail,
          tailOff + i,
          loss,
          lossOff + i,
          positive,
          positiveOff + i,
          inverse,
          inverseOff + i,
          scratch,
          count);
      reluCovarianceRowOfDoubles2(s, scratch, count);
      reluCovarianceRowOfDoubles3(scratch, count);
      reluCovarianceRowOfDoubles4(s, scratch, count);
      reluCovarianceRowOfDoubles5(ps, qs, scratch, count);
      reluCovarianceRowOfDoubles6(scratch, count);
      reluCovarianceRowOfDoubles7(
          s,
          ps,
          qs,
          hs,
          positive1,
          sigma1,
          sigma,
          sigmaOff + i,
          result,
          resultOff + i,
          scratch,
          count);
    }
    i = vectors;
    GaussianPair.reluCovarianceRow(
        s,
        ps,
        qs,
        hs,
        positive1,
        sigma1,
        inverse1,
        covariance,
        covarianceOff + i,
        threshold,
        thresholdOff + i,
        density,
        densityOff + i,
        tail,
        tailOff + i,
        loss,
        lossOff + i,
        positive,
        positiveOff + i,
        sigma,
        sigmaOff + i,
        inverse,
        inverseOff + i,
        result,
        resultOff + i,
        n - i);
  }

  private static void reluCovarianceRowOfDoubles1(
      double positive1,
      double inverse1,
      double[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] inverse,
      int inverseOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector raw =
          DoubleVector.fromArray(D, covariance, covarianceOff + i)
              .mul(DoubleVector.fromArray(D, inverse, inverseOff + i).mul(inverse1));
      DoubleVector r = raw.blend(1.0, raw.compare(GT, 1.0));
      DoubleVector r0 = r.blend(-1.0, r.compare(LT, -1.0));
      DoubleVector t = DoubleVector.fromArray(D, threshold, thresholdOff + i);
      DoubleVector pt = DoubleVector.fromArray(D, density, densityOff + i);
      DoubleVector qt = DoubleVector.fromArray(D, tail, tailOff + i);
      DoubleVector ht = DoubleVector.fromArray(D, loss, lossOff + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, positive, positiveOff + i);
      DoubleVector r2 =
          r0.mul((1.0 - 2.0 * positive1))
              .mul(DoubleVector.broadcast(D, 1.0).sub(positive2.mul(2.0)));
      DoubleVector c = DoubleVector.broadcast(D, 1.0).sub(r2).mul(r2.add(1.0)).sqrt();
      DoubleVector k = c.blend(MIN_C, c.compare(LT, MIN_C));
      r0.intoArray(scratch, i);
      t.intoArray(scratch, 1 * Scratch.CHUNK + i);
      pt.intoArray(scratch, 2 * Scratch.CHUNK + i);
      qt.intoArray(scratch, 3 * Scratch.CHUNK + i);
      ht.intoArray(scratch, 4 * Scratch.CHUNK + i);
      positive2.intoArray(scratch, 5 * Scratch.CHUNK + i);
      r2.intoArray(scratch, 6 * Scratch.CHUNK + i);
      k.intoArray(scratch, 7 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfDoubles2(double s, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector r2 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector k = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector difference = t.sub(s);
      DoubleVector x =
          DoubleVector.broadcast(D, 1.0)
              .sub(r2)
              .fma(DoubleVector.broadcast(D, s), difference)
              .div(k);
      DoubleVector difference2 = DoubleVector.broadcast(D, s).sub(t);
      DoubleVector y = DoubleVector.broadcast(D, 1.0).sub(r2).fma(t, difference2).div(k);
      DoubleVector t2 = x.abs();
      DoubleVector ax = t2.blend(NORMAL_TAIL_FAR, t2.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector x2 = DoubleVector.broadcast(D, 37.0).blend(ax, ax.compare(LT, 37.0));
      DoubleVector x3 = x2.mul(x2).mul(-0.5);
      DoubleVector rounded = x3.fma(LOG2_E, ROUND);
      DoubleVector n2 = rounded.sub(ROUND);
      DoubleVector r3 =
          n2.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n2.fma(DoubleVector.broadcast(D, -LN2_HIGH), x3));
      DoubleVector e = r3.fma(E9, E8);
      e = e.fma(r3, DoubleVector.broadcast(D, E7));
      e = e.fma(r3, DoubleVector.broadcast(D, E6));
      e = e.fma(r3, DoubleVector.broadcast(D, E5));
      e = e.fma(r3, DoubleVector.broadcast(D, E4));
      e = e.fma(r3, DoubleVector.broadcast(D, E3));
      e = e.fma(r3, DoubleVector.broadcast(D, E2));
      e = e.fma(r3, DoubleVector.broadcast(D, E1));
      e = e.fma(r3, DoubleVector.broadcast(D, E0));
      DoubleVector px =
          e.fma(r3.mul(r3), r3)
              .add(1.0)
              .mul(
                  rounded
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(ax.add(NORMAL_TAIL_K));
      x.intoArray(scratch, 8 * Scratch.CHUNK + i);
      y.intoArray(scratch, 9 * Scratch.CHUNK + i);
      px.intoArray(scratch, 10 * Scratch.CHUNK + i);
      w.intoArray(scratch, 11 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector w = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector q = w.fma(-K2, 1.0);
      DoubleVector c2 = q.fma(M24, M23);
      c2 = c2.fma(q, DoubleVector.broadcast(D, M22));
      c2 = c2.fma(q, DoubleVector.broadcast(D, M21));
      c2 = c2.fma(q, DoubleVector.broadcast(D, M20));
      c2 = c2.fma(q, DoubleVector.broadcast(D, M19));
      c2 = c2.fma(q, DoubleVector.broadcast(D, M18));
      c2 = c2.fma(q, DoubleVector.broadcast(D, M17));
      c2 = c2.fma(q, DoubleVector.broadcast(D, M16));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c2 = c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qx =
          px.mul(w)
              .mul(
                  c2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector t3 = y.abs();
      DoubleVector ay = t3.blend(NORMAL_TAIL_FAR, t3.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector x4 = DoubleVector.broadcast(D, 37.0).blend(ay, ay.compare(LT, 37.0));
      DoubleVector x5 = x4.mul(x4).mul(-0.5);
      DoubleVector rounded2 = x5.fma(LOG2_E, ROUND);
      DoubleVector n3 = rounded2.sub(ROUND);
      DoubleVector r4 =
          n3.fma(
              DoubleVector.broadcast(D, -LN2_LOW),
              n3.fma(DoubleVector.broadcast(D, -LN2_HIGH), x5));
      DoubleVector e2 = r4.fma(E9, E8);
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r4, DoubleVector.broadcast(D, E0));
      DoubleVector py =
          e2.fma(r4.mul(r4), r4)
              .add(1.0)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles())
              .mul(ROOT_2PI_RECIPROCAL);
      qx.intoArray(scratch, 11 * Scratch.CHUNK + i);
      ay.intoArray(scratch, 12 * Scratch.CHUNK + i);
      py.intoArray(scratch, 13 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfDoubles4(double s, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector ay = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(ay.add(NORMAL_TAIL_K));
      DoubleVector q2 = w2.fma(-K2, 1.0);
      DoubleVector c3 = q2.fma(M24, M23);
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M22));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M21));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M20));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M19));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M18));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M17));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, M16));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c3 = c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector qy =
          py.mul(w2)
              .mul(
                  c3.fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M3))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M2))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M1))
                      .fma(q2, DoubleVector.broadcast(D, NORMAL_TAIL_M0)));
      DoubleVector a = x.abs();
      VectorMask<Double> inside = a.compare(LE, s);
      DoubleVector large = a.blend(s, inside);
      DoubleVector small = DoubleVector.broadcast(D, s).blend(a, inside);
      DoubleVector a2 = small.div(large);
      qy.intoArray(scratch, 12 * Scratch.CHUNK + i);
      DoubleVector.broadcast(D, 0.0).blend(1.0, inside).intoArray(scratch, 14 * Scratch.CHUNK + i);
      large.intoArray(scratch, 15 * Scratch.CHUNK + i);
      a2.intoArray(scratch, 16 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfDoubles5(
      double ps, double qs, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector px = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      VectorMask<Double> inside =
          DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i).compare(NE, 0.0);
      DoubleVector a2 = DoubleVector.fromArray(D, scratch, 16 * Scratch.CHUNK + i);
      DoubleVector large = DoubleVector.fromArray(D, scratch, 15 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector density2 = px.blend(ps, inside);
      DoubleVector aa = a2.mul(a2);
      DoubleVector exponent = large.mul(large).mul(-0.5).mul(aa);
      DoubleVector x6 = exponent.blend(-700.0, exponent.compare(LT, -700.0));
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k2 = 0; k2 < SQUARES.length; k2++) {
        DoubleVector factor = aa.fma(SQUARES[k2], 1.0);
        DoubleVector x7 = x6.mul(SQUARES[k2]);
        DoubleVector rounded3 = x7.fma(LOG2_E, ROUND);
        DoubleVector n4 = rounded3.sub(ROUND);
        DoubleVector r5 =
            n4.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n4.fma(DoubleVector.broadcast(D, -LN2_HIGH), x7));
        DoubleVector e3 = r5.fma(E9, E8);
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E7));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E6));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E5));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E4));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E3));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E2));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E1));
        e3 = e3.fma(r5, DoubleVector.broadcast(D, E0));
        DoubleVector term =
            e3.fma(r5.mul(r5), r5)
                .add(1.0)
                .mul(
                    rounded3
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k2]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      DoubleVector t4 = a2.mul(density2.mul(ROOT_2PI_RECIPROCAL)).mul(sum).div(denominator);
      DoubleVector value =
          qx.fma(DoubleVector.broadcast(D, -qs), qx.add(qs).mul(0.5)).sub(t4).blend(t4, inside);
      DoubleVector ts = value.blend(value.neg(), x.compare(LT, 0.0));
      ts.intoArray(scratch, 14 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfDoubles6(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector y = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector py = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector a3 = y.abs();
      VectorMask<Double> inside2 = a3.compare(LE, t);
      DoubleVector large2 = a3.blend(t, inside2);
      DoubleVector small2 = t.blend(a3, inside2);
      DoubleVector a4 = small2.div(large2);
      DoubleVector density3 = py.blend(pt, inside2);
      DoubleVector aa2 = a4.mul(a4);
      DoubleVector exponent2 = large2.mul(large2).mul(-0.5).mul(aa2);
      DoubleVector x8 = exponent2.blend(-700.0, exponent2.compare(LT, -700.0));
      DoubleVector sum2 = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator2 = DoubleVector.broadcast(D, 1.0);
      for (int k3 = 0; k3 < SQUARES.length; k3++) {
        DoubleVector factor2 = aa2.fma(SQUARES[k3], 1.0);
        DoubleVector x9 = x8.mul(SQUARES[k3]);
        DoubleVector rounded4 = x9.fma(LOG2_E, ROUND);
        DoubleVector n5 = rounded4.sub(ROUND);
        DoubleVector r6 =
            n5.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n5.fma(DoubleVector.broadcast(D, -LN2_HIGH), x9));
        DoubleVector e4 = r6.fma(E9, E8);
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E7));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E6));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E5));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E4));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E3));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E2));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E1));
        e4 = e4.fma(r6, DoubleVector.broadcast(D, E0));
        DoubleVector term2 =
            e4.fma(r6.mul(r6), r6)
                .add(1.0)
                .mul(
                    rounded4
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k3]);
        sum2 = sum2.fma(factor2, term2.mul(denominator2));
        denominator2 = denominator2.mul(factor2);
      }
      DoubleVector t5 = a4.mul(density3.mul(ROOT_2PI_RECIPROCAL)).mul(sum2).div(denominator2);
      DoubleVector value2 = qt.neg().fma(qy, qt.add(qy).mul(0.5)).sub(t5).blend(t5, inside2);
      DoubleVector tt = value2.blend(value2.neg(), y.compare(LT, 0.0));
      tt.intoArray(scratch, 13 * Scratch.CHUNK + i);
    }
  }

  private static void reluCovarianceRowOfDoubles7(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double[] sigma,
      int sigmaOff,
      double[] result,
      int resultOff,
      double[] scratch,
      int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector qt = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector ts = DoubleVector.fromArray(D, scratch, 14 * Scratch.CHUNK + i);
      DoubleVector tt = DoubleVector.fromArray(D, scratch, 13 * Scratch.CHUNK + i);
      DoubleVector qx = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector x = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector qy = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector y = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector k = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector px = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector t = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector r2 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector pt = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector ht = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector positive2 = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector r0 = DoubleVector.fromArray(D, scratch, i);
      DoubleVector upper = qt.add(qs).mul(0.5).sub(ts.add(tt));
      DoubleVector aboveX = qx.blend(DoubleVector.broadcast(D, 1.0).sub(qx), x.compare(LT, 0.0));
      DoubleVector aboveY = qy.blend(DoubleVector.broadcast(D, 1.0).sub(qy), y.compare(LT, 0.0));
      DoubleVector e5 = k.mul(ps).fma(px, t.fma(DoubleVector.broadcast(D, s), r2).mul(upper));
      DoubleVector e6 = pt.mul(-s).fma(aboveY, t.neg().mul(ps).fma(aboveX, e5));
      DoubleVector tails = ht.fma(DoubleVector.broadcast(D, -hs), e6);
      DoubleVector first =
          positive2
              .mul(DoubleVector.broadcast(D, 1.0 - qs).sub(qt))
              .add(DoubleVector.broadcast(D, 1.0).sub(positive2).mul(qt));
      DoubleVector unit =
          r0.fma(first.mul(positive1).add(positive2.mul(qs).mul((1.0 - positive1))), tails);
      unit = unit.blend(0.0, r0.compare(EQ, 0.0));
      DoubleVector.fromArray(D, sigma, sigmaOff + i)
          .mul(sigma1)
          .mul(unit)
          .intoArray(result, resultOff + i);
    }
  }
}
