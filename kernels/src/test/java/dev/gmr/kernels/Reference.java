package dev.gmr.kernels;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The normal distribution in double precision, relative error below 1e-13 for |z| below 30: the
 * tails by Laplace's continued fraction {@code r_n = n / (t + r_(n+1))}, where {@code R = 1 / (t +
 * r_1)} is Mills' ratio and {@code h = phi R r_1} the normal loss; the middle by Commons
 * Statistics.
 */
final class Reference {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
  private static final double ROOT_2PI = Math.sqrt(2 * Math.PI);
  private static final double TAIL = 3;
  private static final int TERMS = 200;

  private Reference() {}

  static double pdf(double z) {
    return StrictMath.exp(-0.5 * z * z) / ROOT_2PI;
  }

  static double cdf(double z) {
    return z > 0 ? 1 - upperTail(z) : upperTail(-z);
  }

  /** Q(t) for t >= 0. */
  static double upperTail(double t) {
    return t < TAIL ? STANDARD.survivalProbability(t) : pdf(t) / (t + fraction(t));
  }

  /** h(t) for t >= 0. At t = 3 the difference still has all but one of its digits. */
  static double loss(double t) {
    if (t < TAIL) {
      return pdf(t) - t * upperTail(t);
    }
    double r = fraction(t);
    return Double.isInfinite(t) ? 0 : pdf(t) / (t + r) * r;
  }

  static double reluMean(double mu, double sigma) {
    if (sigma == 0) {
      return Math.max(mu, 0);
    }
    return Math.max(mu, 0) + sigma * loss(Math.abs(mu / sigma));
  }

  private static double fraction(double t) {
    double r = 0;
    for (int n = TERMS; n > 0; n--) {
      r = n / (t + r);
    }
    return r;
  }
}
