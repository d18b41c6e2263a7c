package dev.gmr.kernels.oracle;

/**
 * Moments of {@code f(X) = X Phi(X)} for X of mean mu and standard deviation sigma; s = sqrt(1 +
 * sigma^2), u = mu / s.
 *
 * <p>The mean is {@code M = mu Phi(u) + (sigma^2 / s) phi(u) = phi(u) (s I_1(|u|) - 1 / s)}, the
 * second form for u < 0. The variance, for sigma up to 2, is the series of squares
 *
 * <pre>
 * V = sum of sigma^2k / k! (d^k M / d mu^k)^2,   k >= 1
 * M' = Phi(u) + u phi(u) / s^2,   M^(k+1) = +- phi(u) s^-k (He_(k-1)(u) - He_(k+1)(u) / s^2)
 * </pre>
 *
 * (the Hermite expansion of f, whose coefficients are E f^(k)). For larger sigma it is {@code E
 * f(X)^2 - M^2} at a negative mean, where this does not cancel, with the second moment by
 * quadrature; {@code f(x) = x + f(-x)} carries it to positive means.
 */
final class Gelu {
  private static final double SERIES_SIGMA = 2;

  /** Q(13) is 6e-39. */
  private static final double Q_REACH = 13;

  private static final double NEGLIGIBLE = 1e-34;

  /** At u = -500 the variance is about exp(-500^2 / 2), below all doubles. */
  private static final double BEYOND = 500;

  private Gelu() {}

  static DoubleDouble mean(double mu, double sigma) {
    DoubleDouble s = scale(sigma);
    DoubleDouble u = DoubleDouble.of(mu).divide(s);
    DoubleDouble pdf = Oracle.pdf(u);
    if (u.doubleValue() > -1) {
      DoubleDouble spread = DoubleDouble.of(sigma).square().divide(s);
      DoubleDouble cdf = Oracle.survival(u.negate());
      return cdf.multiply(mu).add(spread.multiply(pdf));
    }
    DoubleDouble lift = s.multiply(MillsIntegrals.integral(1, u.negate()));
    return pdf.multiply(lift.subtract(s.reciprocal()));
  }

  static DoubleDouble variance(double mu, double sigma) {
    DoubleDouble square = DoubleDouble.of(sigma).square();
    if (sigma == 0) {
      return DoubleDouble.ZERO;
    }
    if (!Double.isFinite(mu) || !Double.isFinite(sigma)) {
      return DoubleDouble.NAN;
    }
    if (mu < -BEYOND * Math.hypot(1, sigma)) {
      return DoubleDouble.ZERO;
    }
    if (sigma <= SERIES_SIGMA) {
      return seriesVariance(mu, sigma);
    }
    if (mu <= 0) {
      return negativeVariance(mu, sigma);
    }
    DoubleDouble below = variance(-mu, sigma);
    // Var[X + f(-X)], where Cov(X, f(-X)) = -sigma^2 E f'(-X) (Stein)
    DoubleDouble s = scale(sigma);
    DoubleDouble slope = meanSlope(DoubleDouble.of(-mu).divide(s), s);
    return square.add(below).subtract(square.multiply(slope).scale(1));
  }

  private static DoubleDouble scale(double sigma) {
    return DoubleDouble.of(sigma).square().add(DoubleDouble.ONE).sqrt();
  }

  /** d mean / d mu. */
  private static DoubleDouble meanSlope(DoubleDouble u, DoubleDouble s) {
    DoubleDouble inner = u.divide(s.square());
    return u.signum() < 0
        ? Oracle.pdf(u).multiply(MillsIntegrals.integral(0, u.negate()).add(inner))
        : Oracle.survival(u.negate()).add(Oracle.pdf(u).multiply(inner));
  }

  private static DoubleDouble seriesVariance(double mu, double sigma) {
    DoubleDouble s = scale(sigma);
    DoubleDouble u = DoubleDouble.of(mu).divide(s);
    DoubleDouble variance = DoubleDouble.of(sigma).square();
    DoubleDouble sSquare = s.square();
    DoubleDouble rho = variance.divide(sSquare);
    DoubleDouble density = Oracle.pdf(u).square();
    DoubleDouble sum = meanSlope(u, s).square();
    DoubleDouble factor = density;
    DoubleDouble before = DoubleDouble.ONE;
    DoubleDouble hermite = u;
    int negligible = 0;
    // A factor of the terms may vanish by chance, three in a row do not.
    for (int k = 1; negligible < 3; k++) {
      DoubleDouble next = u.multiply(hermite).subtract(before.multiply(k));
      factor = factor.multiply(rho).divide(k + 1);
      DoubleDouble term = before.subtract(next.divide(sSquare)).square().multiply(factor);
      sum = sum.add(term);
      negligible = term.isLessThan(sum.multiply(NEGLIGIBLE)) ? negligible + 1 : 0;
      before = hermite;
      hermite = next;
    }
    return sum.multiply(variance);
  }

  private static DoubleDouble negativeVariance(double mu, double sigma) {
    DoubleDouble variance = DoubleDouble.of(sigma).square();
    DoubleDouble decay = DoubleDouble.of(-mu).divide(variance);
    DoubleDouble curvature = variance.reciprocal().half();
    DoubleDouble z = Oracle.z(mu, sigma);
    DoubleDouble densityAtZero = Oracle.pdf(z).divide(sigma);
    DoubleDouble second;
    if (decay.doubleValue() < 1) {
      DoubleDouble relu = Oracle.squaredLoss(z.negate()).multiply(variance);
      second = relu.subtract(densityAtZero.multiply(reluExcess(decay, curvature)));
    } else {
      second = densityAtZero.multiply(tailSecondMoment(decay, curvature));
    }
    return second.subtract(mean(mu, sigma).square());
  }

  /**
   * E[max(X, 0)^2 - f(X)^2] over the density at 0: the integral of x^2 ((1 - Phi(x)^2) n(x) -
   * Phi(-x)^2 n(-x)) over x > 0, where n(x) = exp(-decay x - curvature x^2).
   */
  private static DoubleDouble reluExcess(DoubleDouble decay, DoubleDouble curvature) {
    return Quadrature.integrate(
        x -> {
          DoubleDouble q = Oracle.survival(x);
          DoubleDouble square = x.square();
          DoubleDouble fall = Elementary.exp(decay.multiply(x).negate());
          DoubleDouble right = DoubleDouble.of(2).subtract(q).multiply(fall);
          DoubleDouble both = right.subtract(q.divide(fall)).multiply(q);
          DoubleDouble gauss = Elementary.exp(curvature.multiply(square).negate());
          return both.multiply(square).multiply(gauss);
        },
        points(0, 1, 2.5, 4.5, 7.5, Q_REACH));
  }

  /** E[f(X)^2] over the density at 0, for a decay of 1 or more. */
  private static DoubleDouble tailSecondMoment(DoubleDouble decay, DoubleDouble curvature) {
    double y = decay.doubleValue();
    // Phi(x)^2 falls like exp(-x^2) to the left, exp(-y x) to the right.
    double top = -y / (2 + 2 * curvature.doubleValue());
    return Quadrature.integrate(
        x -> {
          DoubleDouble square = x.square();
          DoubleDouble exponent = decay.multiply(x).add(curvature.multiply(square));
          DoubleDouble cdf = Oracle.survival(x.negate()).square();
          return Elementary.exp(exponent.negate()).multiply(cdf).multiply(square);
        },
        points(top - 10, top - 5, top - 2, top, top / 2, 0, 2 / y, 6 / y, 15 / y, 40 / y, 100 / y));
  }

  private static DoubleDouble[] points(double... x) {
    DoubleDouble[] points = new DoubleDouble[x.length];
    for (int i = 0; i < x.length; i++) {
      points[i] = DoubleDouble.of(x[i]);
    }
    return points;
  }
}
