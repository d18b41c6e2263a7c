package dev.gmr.kernels.scalar;

/**
 * {@code t = |mu| / sigma} and {@code w = 1 / (t + K)} of floats, in double and out of one
 * division: {@code r = 1 / (sigma (|mu| + K sigma))}, {@code t = |mu| (|mu| + K sigma) r}, {@code w
 * = sigma^2 r}.
 */
final class FloatRatio {
  /** Stands for an infinite mu. */
  static final double MAX_MU = 0x1p200;

  /** Stands for an infinite sigma; beside it every finite float is nothing. */
  static final double MAX_SIGMA = 0x1p300;

  /** Stands for sigma = 0; beside it every float is huge. */
  static final double MIN_SIGMA = 0x1p-300;

  private FloatRatio() {}

  /** sigma, or NaN where it is negative or no deviation of a mean that is infinite too. */
  static double deviation(double a, double sigma) {
    return sigma >= 0 && (a < Double.POSITIVE_INFINITY || sigma < Double.POSITIVE_INFINITY)
        ? sigma
        : Double.NaN;
  }

  static double limit(double a) {
    return a > MAX_MU ? MAX_MU : a;
  }

  static double bounded(double sigma) {
    double s = sigma > MAX_SIGMA ? MAX_SIGMA : sigma;
    return s < MIN_SIGMA ? MIN_SIGMA : s;
  }

  /** The r of the class comment, for a = |mu|. */
  static double reciprocal(double a, double sigma) {
    double s = bounded(sigma);
    return 1 / (s * Math.fma(FloatTail.K, s, limit(a)));
  }

  static double t(double a, double sigma, double r) {
    double m = limit(a);
    return FloatTail.clamp(m * Math.fma(FloatTail.K, bounded(sigma), m) * r);
  }

  static double w(double sigma, double r) {
    double s = bounded(sigma);
    return s * s * r;
  }
}
