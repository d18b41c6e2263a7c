package dev.gmr.kernels.scalar;

/**
 * Moments of a rectified Gaussian and their derivatives at the edges: sigma is 0 or infinite, or mu
 * is infinite. A negative sigma, NaN, and two infinities give NaN.
 */
final class ReluEdges {
  private static final double PDF_0 = OwensT.ROOT_2PI_RECIPROCAL;

  private ReluEdges() {}

  private static boolean undefined(double mu, double sigma) {
    return !(sigma >= 0) || Double.isNaN(mu) || (Double.isInfinite(mu) && Double.isInfinite(sigma));
  }

  static double mean(double mu, double sigma) {
    return undefined(mu, sigma) ? Double.NaN : Double.isInfinite(sigma) ? sigma : mu > 0 ? mu : 0;
  }

  static double meanByMu(double mu, double sigma) {
    return undefined(mu, sigma) ? Double.NaN : Double.isInfinite(sigma) ? 0.5 : mu > 0 ? 1 : 0;
  }

  static double meanBySigma(double mu, double sigma) {
    return undefined(mu, sigma) ? Double.NaN : Double.isInfinite(sigma) || mu == 0 ? PDF_0 : 0;
  }

  static double variance(double mu, double sigma) {
    return undefined(mu, sigma)
        ? Double.NaN
        : Double.isInfinite(sigma) || mu > 0 ? sigma * sigma : 0;
  }

  static double varianceByMu(double mu, double sigma) {
    return undefined(mu, sigma) ? Double.NaN : Double.isInfinite(sigma) ? sigma : 0;
  }

  static double varianceBySigma(double mu, double sigma) {
    return undefined(mu, sigma) ? Double.NaN : Double.isInfinite(sigma) || mu > 0 ? 2 * sigma : 0;
  }

  static double secondMoment(double mu, double sigma) {
    double mean = mean(mu, sigma);
    return mean * mean + variance(mu, sigma);
  }
}
