package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.D;
import static dev.gmr.kernels.simd.Species.DL;
import static dev.gmr.kernels.simd.Species.FH;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ReluCovarianceForms;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ReluCovarianceForms} a vector at a time, operation by operation, then a scalar tail.
 *
 * <p>Translated from the scalar class; TranslationTest holds the two together and tells how to
 * translate anew. Every loop is written out: a helper that takes or returns a vector is compiled on
 * its own before the loop that calls it is, and once its code is big the loop no longer inlines it
 * but boxes every vector. Long ones go in several passes over a small scratch: the first compiler
 * gives up on a very long method, and then the second may never see it.
 */
final class SimdReluCovarianceForms {
  private static final double HALF_PI = 0x1.921fb54442d18p0;
  private static final double B11 = 0x1.04975b2137fa3p-5;
  private static final double B10 = -0x1.075a90079030dp-6;
  private static final double B9 = 0x1.3e5cdb40af60fp-6;
  private static final double B8 = 0x1.ae2946e15bc09p-8;
  private static final double B7 = 0x1.8e7ce740fc94ep-7;
  private static final double B6 = 0x1.c70876a6feda2p-7;
  private static final double B5 = 0x1.1c6b575742861p-6;
  private static final double B4 = 0x1.6e89fd4d337c6p-6;
  private static final double B3 = 0x1.f1c72bdb3836fp-6;
  private static final double B2 = 0x1.6db6db438bf1dp-5;
  private static final double B1 = 0x1.333333336d0c6p-4;
  private static final double B0 = 0x1.5555555555399p-3;
  private static final double TWO_PI_RECIPROCAL = 0x1.45f306dc9c883p-3;

  private SimdReluCovarianceForms() {}

  static void zeroMean(
      float[] sigma1,
      int sigma1Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector rho2 =
          ((DoubleVector) FloatVector.fromArray(FH, rho, rhoOff + i).convertShape(F2D, D, 0));
      DoubleVector r =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector root = DoubleVector.broadcast(D, 1.0).sub(r).mul(r.add(1.0)).sqrt();
      DoubleVector a = r.abs();
      VectorMask<Double> large = a.compare(GT, 0.5);
      DoubleVector z = a.mul(a).blend(DoubleVector.broadcast(D, 0.5).sub(a.mul(0.5)), large);
      DoubleVector s = a.blend(z.sqrt(), large);
      DoubleVector b = z.fma(B11, B10);
      b = b.fma(z, DoubleVector.broadcast(D, B9));
      b = b.fma(z, DoubleVector.broadcast(D, B8));
      b = b.fma(z, DoubleVector.broadcast(D, B7));
      b = b.fma(z, DoubleVector.broadcast(D, B6));
      b = b.fma(z, DoubleVector.broadcast(D, B5));
      b = b.fma(z, DoubleVector.broadcast(D, B4));
      b = b.fma(z, DoubleVector.broadcast(D, B3));
      b = b.fma(z, DoubleVector.broadcast(D, B2));
      b = b.fma(z, DoubleVector.broadcast(D, B1));
      b = b.fma(z, DoubleVector.broadcast(D, B0));
      DoubleVector small = s.mul(z).fma(b, s);
      DoubleVector y = small.blend(small.fma(-2.0, HALF_PI), large);
      DoubleVector angle = y.blend(y.neg(), r.compare(LT, 0.0)).add(HALF_PI);
      DoubleVector unit = r.fma(angle, r.mul(r).neg().div(root.add(1.0))).mul(TWO_PI_RECIPROCAL);
      DoubleVector d1 =
          ((DoubleVector) FloatVector.fromArray(FH, sigma1, sigma1Off + i).convertShape(F2D, D, 0));
      DoubleVector d2 =
          ((DoubleVector) FloatVector.fromArray(FH, sigma2, sigma2Off + i).convertShape(F2D, D, 0));
      ((FloatVector) d1.mul(d2).mul(unit).convertShape(D2F, FH, 0))
          .intoArray(covariance, covarianceOff + i);
    }
    ReluCovarianceForms.zeroMean(
        sigma1,
        sigma1Off + i,
        sigma2,
        sigma2Off + i,
        rho,
        rhoOff + i,
        covariance,
        covarianceOff + i,
        n - i);
  }

  static void zeroMean(
      double[] sigma1,
      int sigma1Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector rho2 = DoubleVector.fromArray(D, rho, rhoOff + i);
      DoubleVector r =
          DoubleVector.broadcast(D, Double.NaN)
              .blend(rho2, rho2.compare(GE, -1.0).and(rho2.compare(LE, 1.0)));
      DoubleVector root = DoubleVector.broadcast(D, 1.0).sub(r).mul(r.add(1.0)).sqrt();
      DoubleVector a = r.abs();
      VectorMask<Double> large = a.compare(GT, 0.5);
      DoubleVector z = a.mul(a).blend(DoubleVector.broadcast(D, 0.5).sub(a.mul(0.5)), large);
      DoubleVector s = a.blend(z.sqrt(), large);
      DoubleVector b = z.fma(B11, B10);
      b = b.fma(z, DoubleVector.broadcast(D, B9));
      b = b.fma(z, DoubleVector.broadcast(D, B8));
      b = b.fma(z, DoubleVector.broadcast(D, B7));
      b = b.fma(z, DoubleVector.broadcast(D, B6));
      b = b.fma(z, DoubleVector.broadcast(D, B5));
      b = b.fma(z, DoubleVector.broadcast(D, B4));
      b = b.fma(z, DoubleVector.broadcast(D, B3));
      b = b.fma(z, DoubleVector.broadcast(D, B2));
      b = b.fma(z, DoubleVector.broadcast(D, B1));
      b = b.fma(z, DoubleVector.broadcast(D, B0));
      DoubleVector small = s.mul(z).fma(b, s);
      DoubleVector y = small.blend(small.fma(-2.0, HALF_PI), large);
      DoubleVector angle = y.blend(y.neg(), r.compare(LT, 0.0)).add(HALF_PI);
      DoubleVector unit = r.fma(angle, r.mul(r).neg().div(root.add(1.0))).mul(TWO_PI_RECIPROCAL);
      DoubleVector d1 = DoubleVector.fromArray(D, sigma1, sigma1Off + i);
      DoubleVector d2 = DoubleVector.fromArray(D, sigma2, sigma2Off + i);
      d1.mul(d2).mul(unit).intoArray(covariance, covarianceOff + i);
    }
    ReluCovarianceForms.zeroMean(
        sigma1,
        sigma1Off + i,
        sigma2,
        sigma2Off + i,
        rho,
        rhoOff + i,
        covariance,
        covarianceOff + i,
        n - i);
  }

  static void seriesRow(
      int terms,
      int stride,
      double[] own,
      double inverse1,
      float[] covariance,
      int covarianceOff,
      double[] inverse,
      int inverseOff,
      double[] c,
      int cOff,
      float[] result,
      int resultOff,
      int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector raw =
          ((DoubleVector)
                  FloatVector.fromArray(FH, covariance, covarianceOff + i).convertShape(F2D, D, 0))
              .mul(DoubleVector.fromArray(D, inverse, inverseOff + i).mul(inverse1));
      DoubleVector r = raw.blend(1.0, raw.compare(GT, 1.0));
      DoubleVector r2 = r.blend(-1.0, r.compare(LT, -1.0));
      DoubleVector power = DoubleVector.broadcast(D, 1.0);
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      for (int k = 1; k <= terms; k++) {
        power = power.mul(r2.div((double) k));
        sum =
            power
                .mul(own[k - 1])
                .fma(DoubleVector.fromArray(D, c, cOff + (k - 1) * stride + i), sum);
      }
      ((FloatVector) sum.convertShape(D2F, FH, 0)).intoArray(result, resultOff + i);
    }
    ReluCovarianceForms.seriesRow(
        terms,
        stride,
        own,
        inverse1,
        covariance,
        covarianceOff + i,
        inverse,
        inverseOff + i,
        c,
        cOff + i,
        result,
        resultOff + i,
        n - i);
  }

  static void seriesRow(
      int terms,
      int stride,
      double[] own,
      double inverse1,
      double[] covariance,
      int covarianceOff,
      double[] inverse,
      int inverseOff,
      double[] c,
      int cOff,
      double[] result,
      int resultOff,
      int n) {

    int vectors = Species.doubles(n);
    int i = 0;
    for (; i < vectors; i += DL) {
      DoubleVector raw =
          DoubleVector.fromArray(D, covariance, covarianceOff + i)
              .mul(DoubleVector.fromArray(D, inverse, inverseOff + i).mul(inverse1));
      DoubleVector r = raw.blend(1.0, raw.compare(GT, 1.0));
      DoubleVector r2 = r.blend(-1.0, r.compare(LT, -1.0));
      DoubleVector power = DoubleVector.broadcast(D, 1.0);
      DoubleVector sum = DoubleVector.broadcast(D, 0.0);
      for (int k = 1; k <= terms; k++) {
        power = power.mul(r2.div((double) k));
        sum =
            power
                .mul(own[k - 1])
                .fma(DoubleVector.fromArray(D, c, cOff + (k - 1) * stride + i), sum);
      }
      sum.intoArray(result, resultOff + i);
    }
    ReluCovarianceForms.seriesRow(
        terms,
        stride,
        own,
        inverse1,
        covariance,
        covarianceOff + i,
        inverse,
        inverseOff + i,
        c,
        cOff + i,
        result,
        resultOff + i,
        n - i);
  }
}
