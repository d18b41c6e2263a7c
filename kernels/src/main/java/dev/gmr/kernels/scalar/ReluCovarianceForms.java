package dev.gmr.kernels.scalar;

/**
 * ReLU covariance in simpler cases: zero means, and the truncated series.
 *
 * <pre>
 *   zero means   s1 s2 (rho (pi/2 + asin rho) - rho^2 / (1 + sqrt(1 - rho^2))) / (2 pi)
 *   series       sum over k of rho^k/k! c_k(1) c_k(2)
 * </pre>
 *
 * <p>asin x = x + x^3 B(x^2) for |x| &lt;= 1/2, relative error of the fit 2^-55.8; beyond, pi/2 - 2
 * asin sqrt((1 - x)/2).
 */
public final class ReluCovarianceForms {
  static final double B0 = 0x1.5555555555399p-3;
  static final double B1 = 0x1.333333336d0c6p-4;
  static final double B2 = 0x1.6db6db438bf1dp-5;
  static final double B3 = 0x1.f1c72bdb3836fp-6;
  static final double B4 = 0x1.6e89fd4d337c6p-6;
  static final double B5 = 0x1.1c6b575742861p-6;
  static final double B6 = 0x1.c70876a6feda2p-7;
  static final double B7 = 0x1.8e7ce740fc94ep-7;
  static final double B8 = 0x1.ae2946e15bc09p-8;
  static final double B9 = 0x1.3e5cdb40af60fp-6;
  static final double B10 = -0x1.075a90079030dp-6;
  static final double B11 = 0x1.04975b2137fa3p-5;

  static final double HALF_PI = 0x1.921fb54442d18p0;

  static final double TWO_PI_RECIPROCAL = 0x1.45f306dc9c883p-3;

  private ReluCovarianceForms() {}

  /** asin(x) for |x| at most 1. */
  static double asin(double x) {
    double a = Math.abs(x);
    boolean large = a > 0.5;
    double z = large ? 0.5 - 0.5 * a : a * a;
    double s = large ? Math.sqrt(z) : a;
    double b = Math.fma(B11, z, B10);
    b = Math.fma(b, z, B9);
    b = Math.fma(b, z, B8);
    b = Math.fma(b, z, B7);
    b = Math.fma(b, z, B6);
    b = Math.fma(b, z, B5);
    b = Math.fma(b, z, B4);
    b = Math.fma(b, z, B3);
    b = Math.fma(b, z, B2);
    b = Math.fma(b, z, B1);
    b = Math.fma(b, z, B0);
    double small = Math.fma(s * z, b, s);
    double y = large ? Math.fma(-2, small, HALF_PI) : small;
    return x < 0 ? -y : y;
  }

  /** Cov(max(X, 0), max(Y, 0)) for zero means, floats. */
  public static void zeroMean(
      float[] sigma1,
      int sigma1Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double r = Pair.correlation(rho[rhoOff + i]);
      double root = Math.sqrt((1 - r) * (1 + r));
      double angle = HALF_PI + asin(r);
      double unit = TWO_PI_RECIPROCAL * Math.fma(r, angle, -(r * r) / (1 + root));
      double d1 = sigma1[sigma1Off + i];
      double d2 = sigma2[sigma2Off + i];
      covariance[covarianceOff + i] = (float) (d1 * d2 * unit);
    }
  }

  /** Cov(max(X, 0), max(Y, 0)) for zero means, doubles. */
  public static void zeroMean(
      double[] sigma1,
      int sigma1Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double r = Pair.correlation(rho[rhoOff + i]);
      double root = Math.sqrt((1 - r) * (1 + r));
      double angle = HALF_PI + asin(r);
      double unit = TWO_PI_RECIPROCAL * Math.fma(r, angle, -(r * r) / (1 + root));
      double d1 = sigma1[sigma1Off + i];
      double d2 = sigma2[sigma2Off + i];
      covariance[covarianceOff + i] = d1 * d2 * unit;
    }
  }

  /**
   * A row of the truncated series: c holds the coefficients of n variables, those of power k from
   * {@code cOff + (k - 1) * stride}; own the row variable's own. Covariances of floats.
   */
  public static void seriesRow(
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
    for (int i = 0; i < n; i++) {
      double raw = covariance[covarianceOff + i] * (inverse1 * inverse[inverseOff + i]);
      double r = Pair.clampedCorrelation(raw);
      double power = 1;
      double sum = 0;
      for (int k = 1; k <= terms; k++) {
        power = power * (r / k);
        sum = Math.fma(power * own[k - 1], c[cOff + (k - 1) * stride + i], sum);
      }
      result[resultOff + i] = (float) sum;
    }
  }

  /**
   * A row of the truncated series: c holds the coefficients of n variables, those of power k from
   * {@code cOff + (k - 1) * stride}; own the row variable's own. Covariances of doubles.
   */
  public static void seriesRow(
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
    for (int i = 0; i < n; i++) {
      double raw = covariance[covarianceOff + i] * (inverse1 * inverse[inverseOff + i]);
      double r = Pair.clampedCorrelation(raw);
      double power = 1;
      double sum = 0;
      for (int k = 1; k <= terms; k++) {
        power = power * (r / k);
        sum = Math.fma(power * own[k - 1], c[cOff + (k - 1) * stride + i], sum);
      }
      result[resultOff + i] = sum;
    }
  }
}
