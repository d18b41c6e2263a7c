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

import dev.gmr.kernels.scalar.Gelu;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Gelu} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdGelu {
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
  private static final double ROOT_2PI_RECIPROCAL = 0x1.9884533d43651p-2;

  private SimdGelu() {}

  static void mean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector m =
          ((DoubleVector) FloatVector.fromArray(FH, mu, muOff + i).convertShape(F2D, D, 0));
      DoubleVector deviation =
          ((DoubleVector) FloatVector.fromArray(FH, sigma, sigmaOff + i).convertShape(F2D, D, 0));
      DoubleVector s =
          DoubleVector.broadcast(D, Double.NaN).blend(deviation, deviation.compare(GE, 0.0));
      DoubleVector a = m.abs();
      DoubleVector ss = s.mul(s);
      DoubleVector scale = ss.add(1.0).sqrt();
      DoubleVector t = a.div(scale);
      DoubleVector u = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(u.add(K));
      DoubleVector square = u.mul(u);
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
      DoubleVector ratio = u.neg().fma(mills, DoubleVector.broadcast(D, 1.0));
      DoubleVector density = p.div(scale);
      DoubleVector tail = density.mul(ss.fma(ratio, u.mul(mills).neg()));
      ((FloatVector)
              tail.add(DoubleVector.broadcast(D, 0.0).blend(m, m.compare(GT, 0.0)))
                  .convertShape(D2F, FH, 0))
          .intoArray(mean, meanOff + i);
    }
    Gelu.mean(mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, n - i);
  }

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
    double[] scratch = Scratch.of(9);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      meanVarianceOfFloats1(mu, muOff + i, sigma, sigmaOff + i, scratch, count);
      meanVarianceOfFloats2(scratch, count);
      meanVarianceOfFloats3(mean, meanOff + i, variance, varianceOff + i, scratch, count);
    }
    i = vectors;
    Gelu.meanVariance(
        mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, variance, varianceOff + i, n - i);
  }

  private static void meanVarianceOfFloats1(
      float[] mu, int muOff, float[] sigma, int sigmaOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m =
          ((DoubleVector) FloatVector.fromArray(FH, mu, muOff + i).convertShape(F2D, D, 0));
      DoubleVector deviation =
          ((DoubleVector) FloatVector.fromArray(FH, sigma, sigmaOff + i).convertShape(F2D, D, 0));
      DoubleVector s =
          DoubleVector.broadcast(D, Double.NaN).blend(deviation, deviation.compare(GE, 0.0));
      DoubleVector a = m.abs();
      DoubleVector ss = s.mul(s);
      DoubleVector scale = ss.add(1.0).sqrt();
      DoubleVector t = a.div(scale);
      DoubleVector u = t.blend(FAR, t.compare(GT, FAR));
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(u.add(K));
      DoubleVector square = u.mul(u);
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
      DoubleVector ratio = u.neg().fma(mills, DoubleVector.broadcast(D, 1.0));
      DoubleVector density = p.div(scale);
      DoubleVector tail = density.mul(ss.fma(ratio, u.mul(mills).neg()));
      DoubleVector upper = p.mul(mills);
      m.intoArray(scratch, i);
      a.intoArray(scratch, 1 * Scratch.CHUNK + i);
      ss.intoArray(scratch, 2 * Scratch.CHUNK + i);
      scale.intoArray(scratch, 3 * Scratch.CHUNK + i);
      u.intoArray(scratch, 4 * Scratch.CHUNK + i);
      p.intoArray(scratch, 5 * Scratch.CHUNK + i);
      density.intoArray(scratch, 6 * Scratch.CHUNK + i);
      tail.intoArray(scratch, 7 * Scratch.CHUNK + i);
      upper.intoArray(scratch, 8 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfFloats2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector ss = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector u = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector upper = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector p = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector density = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector scale = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector a = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector tail = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector b = DoubleVector.broadcast(D, 1.0).div(ss.fma(2.0, 1.0).sqrt());
      DoubleVector v = u.mul(b);
      DoubleVector square2 = v.mul(v);
      DoubleVector rounded2 = square2.fma(NEGATIVE_HALF_LOG2_E, ROUND);
      DoubleVector r3 = rounded2.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), square2.mul(-0.5));
      DoubleVector r22 = r3.mul(r3);
      DoubleVector low3 = r3.fma(D3, D2).fma(r22, r3.fma(D1, D0));
      DoubleVector high3 = r3.fma(D7, D6).fma(r22, r3.fma(D5, D4));
      DoubleVector pv =
          high3
              .fma(r22.mul(r22), low3)
              .mul(
                  rounded2
                      .reinterpretAsLongs()
                      .add(BIAS)
                      .lanewise(LSHL, FRACTION_BITS)
                      .reinterpretAsDoubles());
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(v.add(K));
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
      DoubleVector qv = pv.mul(high4.fma(q42.mul(q42), low4).mul(w2));
      DoubleVector aa = b.mul(b);
      DoubleVector x = u.mul(u).mul(-0.5).mul(aa);
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k = 0; k < FLOAT_SQUARES.length; k++) {
        DoubleVector factor = aa.fma(FLOAT_SQUARES[k], 1.0);
        DoubleVector x2 = x.mul(FLOAT_SQUARES[k]);
        DoubleVector rounded3 = x2.fma(LOG2_E, ROUND);
        DoubleVector r4 = rounded3.sub(ROUND).fma(DoubleVector.broadcast(D, -LN2), x2);
        DoubleVector r23 = r4.mul(r4);
        DoubleVector low5 = r4.fma(D3, D2).fma(r23, r4.fma(D1, D0));
        DoubleVector high5 = r4.fma(D7, D6).fma(r23, r4.fma(D5, D4));
        DoubleVector term =
            high5
                .fma(r23.mul(r23), low5)
                .mul(
                    rounded3
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(FLOAT_WEIGHTS[k]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      DoubleVector squared = upper.sub(b.mul(p).mul(sum).div(denominator).mul(2.0));
      DoubleVector byX = density.mul(2.0).mul(ss.mul(b).mul(pv).sub(u.mul(qv))).div(scale);
      DoubleVector cross = a.mul(-2.0).mul(density).fma(qv, byX);
      DoubleVector second = ss.fma(cross, a.fma(a, ss).mul(squared));
      DoubleVector below = tail.neg().fma(tail, second);
      DoubleVector slope = upper.sub(u.mul(p).div(scale.mul(scale)));
      DoubleVector above = ss.fma(slope.fma(-2.0, 1.0), below);
      DoubleVector spread = below.blend(above, m.compare(GT, 0.0));
      spread.intoArray(scratch, 1 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfFloats3(
      float[] mean, int meanOff, float[] variance, int varianceOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector spread = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector tail = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      spread = spread.blend(0.0, spread.compare(LT, 0.0));
      ((FloatVector)
              tail.add(DoubleVector.broadcast(D, 0.0).blend(m, m.compare(GT, 0.0)))
                  .convertShape(D2F, FH, 0))
          .intoArray(mean, meanOff + i);
      ((FloatVector) spread.convertShape(D2F, FH, 0)).intoArray(variance, varianceOff + i);
    }
  }

  static void mean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    double[] scratch = Scratch.of(12);
    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += Scratch.CHUNK) {
      int count = Math.min(Scratch.CHUNK, vectors - i);
      meanOfDoubles1(mu, muOff + i, sigma, sigmaOff + i, scratch, count);
      meanOfDoubles2(scratch, count);
      meanOfDoubles3(mean, meanOff + i, scratch, count);
    }
    i = vectors;
    Gelu.mean(mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, n - i);
  }

  private static void meanOfDoubles1(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m = DoubleVector.fromArray(D, mu, muOff + i);
      DoubleVector deviation = DoubleVector.fromArray(D, sigma, sigmaOff + i);
      DoubleVector s =
          DoubleVector.broadcast(D, Double.NaN).blend(deviation, deviation.compare(GE, 0.0));
      DoubleVector a = m.abs();
      DoubleVector ss = s.mul(s);
      DoubleVector scale = ss.add(1.0).sqrt();
      DoubleVector t = a.div(scale);
      DoubleVector u = t.blend(NORMAL_TAIL_FAR, t.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector square = u.mul(u);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow = u.add(u).fma(DoubleVector.broadcast(D, 0.0), u.fma(u, square.neg()));
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
      DoubleVector d = u.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = u.sub(d.sub(NORMAL_TAIL_K)).add(0.0);
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
      DoubleVector m2 = slope.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0));
      DoubleVector curveLow = rest.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(
              q, curve.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1).sub(slope)).add(M1_LOW));
      DoubleVector low2 =
          slopeLow.fma(
              q, slope.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0).sub(m2)).add(M0_LOW));
      DoubleVector mLow = qLow.fma(curve.fma(q, slope), low2);
      DoubleVector p = density.mul(m2);
      DoubleVector pLow = densityLow.fma(m2, density.fma(mLow, density.fma(m2, p.neg())));
      DoubleVector unscaled = p.fma(w, p.fma(wLow, pLow.mul(w)));
      m.intoArray(scratch, i);
      ss.intoArray(scratch, 1 * Scratch.CHUNK + i);
      scale.intoArray(scratch, 2 * Scratch.CHUNK + i);
      u.intoArray(scratch, 3 * Scratch.CHUNK + i);
      rounded.intoArray(scratch, 4 * Scratch.CHUNK + i);
      unscaled.intoArray(scratch, 5 * Scratch.CHUNK + i);
    }
  }

  private static void meanOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rounded = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector u = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector unscaled = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
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
              .blend(0.0, u.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest2 =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector upper = unscaled.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest2);
      DoubleVector square2 = u.mul(u);
      DoubleVector rounded3 = square2.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow2 =
          u.add(u).fma(DoubleVector.broadcast(D, 0.0), u.fma(u, square2.neg()));
      DoubleVector n4 = rounded3.sub(ROUND);
      DoubleVector low3 = squareLow2.fma(-0.5, -LN_ROOT_2PI_LOW);
      low3 = n4.fma(DoubleVector.broadcast(D, -LN2_LOW), low3);
      DoubleVector high2 = n4.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r2 = square2.fma(DoubleVector.broadcast(D, -0.5), high2).add(low3);
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
      DoubleVector d2 = u.add(NORMAL_TAIL_K);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(d2);
      DoubleVector dLow2 = u.sub(d2.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow2 =
          w2.mul(w2.neg().fma(dLow2, w2.neg().fma(d2, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v2 = w2.mul(K2);
      DoubleVector densityLow2 = excess2.sub(density2.sub(1.0));
      DoubleVector q2 = DoubleVector.broadcast(D, 1.0).sub(v2);
      DoubleVector qLow2 =
          wLow2.fma(DoubleVector.broadcast(D, -K2), w2.fma(DoubleVector.broadcast(D, -K2), v2));
      DoubleVector c2 = q2.fma(G26, G25);
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G24));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G23));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G22));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G21));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G20));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G19));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G18));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G17));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G16));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G15));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G14));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G13));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G12));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G11));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G10));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G9));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G8));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G7));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G6));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G5));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G4));
      DoubleVector rest3 = c2.fma(q2, DoubleVector.broadcast(D, G3));
      DoubleVector curve2 = rest3.fma(q2, DoubleVector.broadcast(D, G2));
      DoubleVector slope2 = curve2.fma(q2, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope2.fma(q2, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow2 = rest3.fma(q2, DoubleVector.broadcast(D, G2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q2, curve2.fma(q2, DoubleVector.broadcast(D, G1).sub(slope2)).add(G1_LOW));
      DoubleVector low4 =
          slopeLow2.fma(q2, slope2.fma(q2, DoubleVector.broadcast(D, G0).sub(g)).add(G0_LOW));
      DoubleVector gLow = qLow2.fma(curve2.fma(q2, slope2), low4);
      upper.intoArray(scratch, 4 * Scratch.CHUNK + i);
      rounded3.intoArray(scratch, 5 * Scratch.CHUNK + i);
      density2.intoArray(scratch, 6 * Scratch.CHUNK + i);
      w2.intoArray(scratch, 7 * Scratch.CHUNK + i);
      wLow2.intoArray(scratch, 8 * Scratch.CHUNK + i);
      densityLow2.intoArray(scratch, 9 * Scratch.CHUNK + i);
      g.intoArray(scratch, 10 * Scratch.CHUNK + i);
      gLow.intoArray(scratch, 11 * Scratch.CHUNK + i);
    }
  }

  private static void meanOfDoubles3(double[] mean, int meanOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector density2 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector g = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector densityLow2 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector gLow = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector w2 = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector wLow2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector rounded3 = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector u = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector ss = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector upper = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector scale = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
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
              .blend(0.0, u.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest4 =
          rounded4
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector tail =
          ss.fma(unscaled2.mul(quarter6).mul(quarter6).mul(quarter6).mul(rest4), u.mul(upper).neg())
              .div(scale);
      tail.add(DoubleVector.broadcast(D, 0.0).blend(m, m.compare(GT, 0.0)))
          .intoArray(mean, meanOff + i);
    }
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
      meanVarianceOfDoubles4(scratch, count);
      meanVarianceOfDoubles5(scratch, count);
      meanVarianceOfDoubles6(mean, meanOff + i, variance, varianceOff + i, scratch, count);
    }
    i = vectors;
    Gelu.meanVariance(
        mu, muOff + i, sigma, sigmaOff + i, mean, meanOff + i, variance, varianceOff + i, n - i);
  }

  private static void meanVarianceOfDoubles1(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector m = DoubleVector.fromArray(D, mu, muOff + i);
      DoubleVector deviation = DoubleVector.fromArray(D, sigma, sigmaOff + i);
      DoubleVector s =
          DoubleVector.broadcast(D, Double.NaN).blend(deviation, deviation.compare(GE, 0.0));
      DoubleVector a = m.abs();
      DoubleVector ss = s.mul(s);
      DoubleVector scale = ss.add(1.0).sqrt();
      DoubleVector t = a.div(scale);
      DoubleVector u = t.blend(NORMAL_TAIL_FAR, t.compare(GT, NORMAL_TAIL_FAR));
      DoubleVector square = u.mul(u);
      DoubleVector rounded = square.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow = u.add(u).fma(DoubleVector.broadcast(D, 0.0), u.fma(u, square.neg()));
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
      DoubleVector density = e.fma(r.mul(r), r).add(1.0);
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
              .blend(0.0, u.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest =
          rounded2
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector p = density.mul(quarter3).mul(quarter3).mul(quarter3).mul(rest);
      DoubleVector square2 = u.mul(u);
      DoubleVector rounded3 = square2.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow2 =
          u.add(u).fma(DoubleVector.broadcast(D, 0.0), u.fma(u, square2.neg()));
      DoubleVector n4 = rounded3.sub(ROUND);
      DoubleVector low2 = squareLow2.fma(-0.5, -LN_ROOT_2PI_LOW);
      low2 = n4.fma(DoubleVector.broadcast(D, -LN2_LOW), low2);
      DoubleVector high2 = n4.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r2 = square2.fma(DoubleVector.broadcast(D, -0.5), high2).add(low2);
      DoubleVector e2 = r2.fma(E9, E8);
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E7));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E6));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E5));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E4));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E3));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E2));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E1));
      e2 = e2.fma(r2, DoubleVector.broadcast(D, E0));
      DoubleVector excess = e2.fma(r2.mul(r2), r2);
      m.intoArray(scratch, i);
      a.intoArray(scratch, 1 * Scratch.CHUNK + i);
      ss.intoArray(scratch, 2 * Scratch.CHUNK + i);
      scale.intoArray(scratch, 3 * Scratch.CHUNK + i);
      u.intoArray(scratch, 4 * Scratch.CHUNK + i);
      p.intoArray(scratch, 5 * Scratch.CHUNK + i);
      rounded3.intoArray(scratch, 6 * Scratch.CHUNK + i);
      excess.intoArray(scratch, 7 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles2(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector excess = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector u = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector rounded3 = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector density2 = excess.add(1.0);
      DoubleVector d = u.add(NORMAL_TAIL_K);
      DoubleVector w = DoubleVector.broadcast(D, 1.0).div(d);
      DoubleVector dLow = u.sub(d.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow = w.mul(w.neg().fma(dLow, w.neg().fma(d, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v = w.mul(K2);
      DoubleVector densityLow = excess.sub(density2.sub(1.0));
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
      DoubleVector rest2 = c.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M3));
      DoubleVector curve = rest2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2));
      DoubleVector slope = curve.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1));
      DoubleVector m2 = slope.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0));
      DoubleVector curveLow = rest2.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M2).sub(curve));
      DoubleVector slopeLow =
          curveLow.fma(
              q, curve.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M1).sub(slope)).add(M1_LOW));
      DoubleVector low3 =
          slopeLow.fma(
              q, slope.fma(q, DoubleVector.broadcast(D, NORMAL_TAIL_M0).sub(m2)).add(M0_LOW));
      DoubleVector mLow = qLow.fma(curve.fma(q, slope), low3);
      DoubleVector p2 = density2.mul(m2);
      DoubleVector pLow = densityLow.fma(m2, density2.fma(mLow, density2.fma(m2, p2.neg())));
      DoubleVector unscaled = p2.fma(w, p2.fma(wLow, pLow.mul(w)));
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
              .blend(0.0, u.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest3 =
          rounded4
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector upper = unscaled.mul(quarter6).mul(quarter6).mul(quarter6).mul(rest3);
      upper.intoArray(scratch, 6 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles3(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector u = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector square3 = u.mul(u);
      DoubleVector rounded5 = square3.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow3 =
          u.add(u).fma(DoubleVector.broadcast(D, 0.0), u.fma(u, square3.neg()));
      DoubleVector n6 = rounded5.sub(ROUND);
      DoubleVector low4 = squareLow3.fma(-0.5, -LN_ROOT_2PI_LOW);
      low4 = n6.fma(DoubleVector.broadcast(D, -LN2_LOW), low4);
      DoubleVector high3 = n6.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r3 = square3.fma(DoubleVector.broadcast(D, -0.5), high3).add(low4);
      DoubleVector e3 = r3.fma(E9, E8);
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E7));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E6));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E5));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E4));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E3));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E2));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E1));
      e3 = e3.fma(r3, DoubleVector.broadcast(D, E0));
      DoubleVector excess2 = e3.fma(r3.mul(r3), r3);
      DoubleVector density3 = excess2.add(1.0);
      DoubleVector d2 = u.add(NORMAL_TAIL_K);
      DoubleVector w2 = DoubleVector.broadcast(D, 1.0).div(d2);
      DoubleVector dLow2 = u.sub(d2.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow2 =
          w2.mul(w2.neg().fma(dLow2, w2.neg().fma(d2, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v2 = w2.mul(K2);
      DoubleVector densityLow2 = excess2.sub(density3.sub(1.0));
      DoubleVector q2 = DoubleVector.broadcast(D, 1.0).sub(v2);
      DoubleVector qLow2 =
          wLow2.fma(DoubleVector.broadcast(D, -K2), w2.fma(DoubleVector.broadcast(D, -K2), v2));
      DoubleVector c2 = q2.fma(G26, G25);
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G24));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G23));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G22));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G21));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G20));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G19));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G18));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G17));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G16));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G15));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G14));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G13));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G12));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G11));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G10));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G9));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G8));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G7));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G6));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G5));
      c2 = c2.fma(q2, DoubleVector.broadcast(D, G4));
      DoubleVector rest4 = c2.fma(q2, DoubleVector.broadcast(D, G3));
      DoubleVector curve2 = rest4.fma(q2, DoubleVector.broadcast(D, G2));
      DoubleVector slope2 = curve2.fma(q2, DoubleVector.broadcast(D, G1));
      DoubleVector g = slope2.fma(q2, DoubleVector.broadcast(D, G0));
      DoubleVector curveLow2 = rest4.fma(q2, DoubleVector.broadcast(D, G2).sub(curve2));
      DoubleVector slopeLow2 =
          curveLow2.fma(q2, curve2.fma(q2, DoubleVector.broadcast(D, G1).sub(slope2)).add(G1_LOW));
      DoubleVector low5 =
          slopeLow2.fma(q2, slope2.fma(q2, DoubleVector.broadcast(D, G0).sub(g)).add(G0_LOW));
      DoubleVector gLow = qLow2.fma(curve2.fma(q2, slope2), low5);
      DoubleVector p3 = density3.mul(g);
      DoubleVector pLow2 = densityLow2.fma(g, density3.fma(gLow, density3.fma(g, p3.neg())));
      DoubleVector ww = w2.mul(w2);
      DoubleVector wwLow = w2.add(w2).fma(wLow2, w2.fma(w2, ww.neg()));
      DoubleVector f = ww.mul(1.0);
      DoubleVector fLow =
          wwLow.fma(
              DoubleVector.broadcast(D, 1.0), ww.fma(DoubleVector.broadcast(D, 1.0), f.neg()));
      fLow = DoubleVector.broadcast(D, 0.0).blend(fLow, f.compare(LT, Double.POSITIVE_INFINITY));
      DoubleVector unscaled2 = p3.fma(f, p3.fma(fLow, pLow2.mul(f)));
      rounded5.intoArray(scratch, 7 * Scratch.CHUNK + i);
      unscaled2.intoArray(scratch, 8 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles4(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector rounded5 = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector u = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector ss = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector unscaled2 = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector upper = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector scale = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
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
              .blend(0.0, u.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest5 =
          rounded6
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector tail =
          ss.fma(unscaled2.mul(quarter9).mul(quarter9).mul(quarter9).mul(rest5), u.mul(upper).neg())
              .div(scale);
      DoubleVector b = DoubleVector.broadcast(D, 1.0).div(ss.fma(2.0, 1.0).sqrt());
      DoubleVector v3 = u.mul(b);
      DoubleVector square4 = v3.mul(v3);
      DoubleVector rounded7 = square4.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow4 =
          v3.add(v3).fma(DoubleVector.broadcast(D, 0.0), v3.fma(v3, square4.neg()));
      DoubleVector n8 = rounded7.sub(ROUND);
      DoubleVector low6 = squareLow4.fma(-0.5, -LN_ROOT_2PI_LOW);
      low6 = n8.fma(DoubleVector.broadcast(D, -LN2_LOW), low6);
      DoubleVector high4 = n8.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r4 = square4.fma(DoubleVector.broadcast(D, -0.5), high4).add(low6);
      DoubleVector e4 = r4.fma(E9, E8);
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E7));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E6));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E5));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E4));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E3));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E2));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E1));
      e4 = e4.fma(r4, DoubleVector.broadcast(D, E0));
      DoubleVector density4 = e4.fma(r4.mul(r4), r4).add(1.0);
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
              .blend(0.0, v3.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest6 =
          rounded8
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      DoubleVector pv = density4.mul(quarter12).mul(quarter12).mul(quarter12).mul(rest6);
      tail.intoArray(scratch, 7 * Scratch.CHUNK + i);
      b.intoArray(scratch, 8 * Scratch.CHUNK + i);
      v3.intoArray(scratch, 9 * Scratch.CHUNK + i);
      pv.intoArray(scratch, 10 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles5(double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector v3 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector square5 = v3.mul(v3);
      DoubleVector rounded9 = square5.fma(NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI).add(ROUND);
      DoubleVector squareLow5 =
          v3.add(v3).fma(DoubleVector.broadcast(D, 0.0), v3.fma(v3, square5.neg()));
      DoubleVector n10 = rounded9.sub(ROUND);
      DoubleVector low7 = squareLow5.fma(-0.5, -LN_ROOT_2PI_LOW);
      low7 = n10.fma(DoubleVector.broadcast(D, -LN2_LOW), low7);
      DoubleVector high5 = n10.fma(-LN2_HIGH, -LN_ROOT_2PI_HIGH);
      DoubleVector r5 = square5.fma(DoubleVector.broadcast(D, -0.5), high5).add(low7);
      DoubleVector e5 = r5.fma(E9, E8);
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E7));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E6));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E5));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E4));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E3));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E2));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E1));
      e5 = e5.fma(r5, DoubleVector.broadcast(D, E0));
      DoubleVector excess3 = e5.fma(r5.mul(r5), r5);
      DoubleVector density5 = excess3.add(1.0);
      DoubleVector d3 = v3.add(NORMAL_TAIL_K);
      DoubleVector w3 = DoubleVector.broadcast(D, 1.0).div(d3);
      DoubleVector dLow3 = v3.sub(d3.sub(NORMAL_TAIL_K)).add(0.0);
      DoubleVector wLow3 =
          w3.mul(w3.neg().fma(dLow3, w3.neg().fma(d3, DoubleVector.broadcast(D, 1.0))));
      DoubleVector v4 = w3.mul(K2);
      DoubleVector densityLow3 = excess3.sub(density5.sub(1.0));
      DoubleVector q3 = DoubleVector.broadcast(D, 1.0).sub(v4);
      DoubleVector qLow3 =
          wLow3.fma(DoubleVector.broadcast(D, -K2), w3.fma(DoubleVector.broadcast(D, -K2), v4));
      DoubleVector c3 = q3.fma(M24, M23);
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M22));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M21));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M20));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M19));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M18));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M17));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, M16));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M15));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M14));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M13));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M12));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M11));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M10));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M9));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M8));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M7));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M6));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M5));
      c3 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M4));
      DoubleVector rest7 = c3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M3));
      DoubleVector curve3 = rest7.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M2));
      DoubleVector slope3 = curve3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M1));
      DoubleVector m3 = slope3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M0));
      DoubleVector curveLow3 = rest7.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M2).sub(curve3));
      DoubleVector slopeLow3 =
          curveLow3.fma(
              q3,
              curve3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M1).sub(slope3)).add(M1_LOW));
      DoubleVector low8 =
          slopeLow3.fma(
              q3, slope3.fma(q3, DoubleVector.broadcast(D, NORMAL_TAIL_M0).sub(m3)).add(M0_LOW));
      DoubleVector mLow2 = qLow3.fma(curve3.fma(q3, slope3), low8);
      DoubleVector p4 = density5.mul(m3);
      DoubleVector pLow3 = densityLow3.fma(m3, density5.fma(mLow2, density5.fma(m3, p4.neg())));
      DoubleVector unscaled3 = p4.fma(w3, p4.fma(wLow3, pLow3.mul(w3)));
      DoubleVector quarter13 = rounded9.sub(ROUND).fma(0.25, ROUND);
      DoubleVector n11 = rounded9.sub(ROUND);
      DoubleVector quarter14 = n11.fma(0.25, ROUND).sub(ROUND);
      DoubleVector rounded10 = quarter14.fma(DoubleVector.broadcast(D, -3.0), n11).add(ROUND);
      DoubleVector quarter15 =
          quarter13
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles()
              .blend(0.0, v3.compare(GE, NORMAL_TAIL_FAR));
      DoubleVector rest8 =
          rounded10
              .reinterpretAsLongs()
              .add(BIAS)
              .lanewise(LSHL, FRACTION_BITS)
              .reinterpretAsDoubles();
      unscaled3.intoArray(scratch, 9 * Scratch.CHUNK + i);
      quarter15.intoArray(scratch, 11 * Scratch.CHUNK + i);
      rest8.intoArray(scratch, 12 * Scratch.CHUNK + i);
    }
  }

  private static void meanVarianceOfDoubles6(
      double[] mean, int meanOff, double[] variance, int varianceOff, double[] scratch, int count) {
    for (int i = 0; i < count; i += DL) {
      DoubleVector unscaled3 = DoubleVector.fromArray(D, scratch, 9 * Scratch.CHUNK + i);
      DoubleVector quarter15 = DoubleVector.fromArray(D, scratch, 11 * Scratch.CHUNK + i);
      DoubleVector rest8 = DoubleVector.fromArray(D, scratch, 12 * Scratch.CHUNK + i);
      DoubleVector p = DoubleVector.fromArray(D, scratch, 5 * Scratch.CHUNK + i);
      DoubleVector scale = DoubleVector.fromArray(D, scratch, 3 * Scratch.CHUNK + i);
      DoubleVector b = DoubleVector.fromArray(D, scratch, 8 * Scratch.CHUNK + i);
      DoubleVector u = DoubleVector.fromArray(D, scratch, 4 * Scratch.CHUNK + i);
      DoubleVector upper = DoubleVector.fromArray(D, scratch, 6 * Scratch.CHUNK + i);
      DoubleVector ss = DoubleVector.fromArray(D, scratch, 2 * Scratch.CHUNK + i);
      DoubleVector pv = DoubleVector.fromArray(D, scratch, 10 * Scratch.CHUNK + i);
      DoubleVector a = DoubleVector.fromArray(D, scratch, 1 * Scratch.CHUNK + i);
      DoubleVector tail = DoubleVector.fromArray(D, scratch, 7 * Scratch.CHUNK + i);
      DoubleVector m = DoubleVector.fromArray(D, scratch, i);
      DoubleVector qv = unscaled3.mul(quarter15).mul(quarter15).mul(quarter15).mul(rest8);
      DoubleVector density6 = p.div(scale);
      DoubleVector aa = b.mul(b);
      DoubleVector exponent = u.mul(u).mul(-0.5).mul(aa);
      DoubleVector x = exponent.blend(-700.0, exponent.compare(LT, -700.0));
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      DoubleVector denominator = DoubleVector.broadcast(D, 1.0);
      for (int k = 0; k < SQUARES.length; k++) {
        DoubleVector factor = aa.fma(SQUARES[k], 1.0);
        DoubleVector x2 = x.mul(SQUARES[k]);
        DoubleVector rounded11 = x2.fma(LOG2_E, ROUND);
        DoubleVector n12 = rounded11.sub(ROUND);
        DoubleVector r6 =
            n12.fma(
                DoubleVector.broadcast(D, -LN2_LOW),
                n12.fma(DoubleVector.broadcast(D, -LN2_HIGH), x2));
        DoubleVector e6 = r6.fma(E9, E8);
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E7));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E6));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E5));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E4));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E3));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E2));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E1));
        e6 = e6.fma(r6, DoubleVector.broadcast(D, E0));
        DoubleVector term =
            e6.fma(r6.mul(r6), r6)
                .add(1.0)
                .mul(
                    rounded11
                        .reinterpretAsLongs()
                        .add(BIAS)
                        .lanewise(LSHL, FRACTION_BITS)
                        .reinterpretAsDoubles())
                .mul(WEIGHTS[k]);
        sum = sum.fma(factor, term.mul(denominator));
        denominator = denominator.mul(factor);
      }
      DoubleVector squared =
          upper.sub(b.mul(p.mul(ROOT_2PI_RECIPROCAL)).mul(sum).div(denominator).mul(2.0));
      DoubleVector byX = density6.mul(2.0).mul(ss.mul(b).mul(pv).sub(u.mul(qv))).div(scale);
      DoubleVector cross = a.mul(-2.0).mul(density6).fma(qv, byX);
      DoubleVector second = ss.fma(cross, a.fma(a, ss).mul(squared));
      DoubleVector below = tail.neg().fma(tail, second);
      DoubleVector slope4 = upper.sub(u.mul(p).div(scale.mul(scale)));
      DoubleVector above = ss.fma(slope4.fma(-2.0, 1.0), below);
      DoubleVector spread = below.blend(above, m.compare(GT, 0.0));
      spread = spread.blend(0.0, spread.compare(LT, 0.0));
      tail.add(DoubleVector.broadcast(D, 0.0).blend(m, m.compare(GT, 0.0)))
          .intoArray(mean, meanOff + i);
      spread.intoArray(variance, varianceOff + i);
    }
  }
}
