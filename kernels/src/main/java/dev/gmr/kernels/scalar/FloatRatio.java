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

  /** sigma, or NaN where it is negative or mu infinite too. */
  static double deviation(double mu, double sigma) {
    boolean finite = Math.abs(mu) < Double.POSITIVE_INFINITY || sigma < Double.POSITIVE_INFINITY;
    return sigma >= 0 && finite ? sigma : Double.NaN;
  }

  /** |mu| within the range of the other functions. */
  static double magnitude(double mu) {
    double a = Math.abs(mu);
    return a > MAX_MU ? MAX_MU : a;
  }

  /** sigma within the range of the other functions. */
  static double bounded(double sigma) {
    double s = sigma > MAX_SIGMA ? MAX_SIGMA : sigma;
    return s < MIN_SIGMA ? MIN_SIGMA : s;
  }

  /** The r of the class comment, for a = |mu| and sigma within range. */
  static double reciprocal(double a, double sigma) {
    return 1 / (sigma * Math.fma(FloatTail.K, sigma, a));
  }

  static double t(double a, double sigma, double r) {
    return FloatTail.clamp(a * Math.fma(FloatTail.K, sigma, a) * r);
  }

  static double w(double sigma, double r) {
    return sigma * sigma * r;
  }
}
