package dev.gmr.kernels.scalar;

/**
 * {@code t = |mu| / sigma} and {@code w = 1 / (t + K)} of floats, in double: {@code w = sigma /
 * (|mu| + K sigma)}, a second division that need not wait for the first. sigma is positive, and
 * both are finite; {@link ReluEdges} has the rest.
 */
final class FloatRatio {
  private FloatRatio() {}

  /** Whether sigma is positive and both are finite. */
  static boolean ordinary(double mu, double sigma) {
    return sigma > 0 && Math.abs(mu) + sigma < Double.POSITIVE_INFINITY;
  }

  static double t(double a, double sigma) {
    return FloatTail.clamp(a / sigma);
  }

  static double w(double a, double sigma) {
    return sigma / Math.fma(FloatTail.K, sigma, a);
  }
}
