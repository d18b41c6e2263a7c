package dev.gmr.kernels.oracle;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The functions of this library to at least 25 digits, whatever the size of the result, for exact
 * double arguments. Nothing is subtracted that cancels: both tails, the moments far out and small
 * differences keep their relative accuracy. Only next to a zero inside its domain is a result
 * (logarithm, inverse, a mean that changes sign) no closer than 1e-28 of the terms it is made of.
 *
 * <p>The functions of one argument take infinities too, and NaN; those of several give NaN where an
 * infinity has no place. A standard deviation is at least 0, a correlation in [-1, 1].
 *
 * <p>phi, Phi and Q are the standard normal density, distribution and survival functions; {@code
 * h(t) = phi(t) - t Q(t) = E[(Z - t)+]} and {@code g(t) = (1 + t^2) Q(t) - t phi(t) = E[((Z -
 * t)+)^2]}. {@link OracleTest} holds all of it to digits computed independently.
 */
public final class Oracle {
  static final DoubleDouble ROOT_TWO = DoubleDouble.of(2).sqrt();
  static final DoubleDouble ROOT_TWO_PI = MillsIntegrals.PI.scale(1).sqrt();
  private static final DoubleDouble LOG_ROOT_TWO_PI = Elementary.log(ROOT_TWO_PI);
  private static final DoubleDouble TWO_OVER_ROOT_PI =
      DoubleDouble.of(2).divide(MillsIntegrals.PI.sqrt());

  /** From here on {@code exp(x^2)} is near the end of all exponents. */
  private static final double HUGE = 2e4;

  private static final int ERF_TERMS = 20;

  /** 2 / (2n + 1). */
  private static final DoubleDouble[] ERF_FACTOR = new DoubleDouble[ERF_TERMS + 1];

  static {
    for (int n = 0; n <= ERF_TERMS; n++) {
      ERF_FACTOR[n] = DoubleDouble.of(2).divide(2 * n + 1);
    }
  }

  private Oracle() {}

  public static DoubleDouble exp(double x) {
    return Elementary.exp(DoubleDouble.of(x));
  }

  public static DoubleDouble log(double x) {
    return Elementary.log(DoubleDouble.of(x));
  }

  public static DoubleDouble pdf(double x) {
    return pdf(DoubleDouble.of(x));
  }

  public static DoubleDouble cdf(double x) {
    return survival(-x);
  }

  public static DoubleDouble survival(double x) {
    return survival(DoubleDouble.of(x));
  }

  /** log Phi(x), also where Phi itself is beyond every exponent. */
  public static DoubleDouble logCdf(double x) {
    if (Double.isInfinite(x)) {
      return x > 0 ? DoubleDouble.ZERO : DoubleDouble.INFINITY.negate();
    }
    DoubleDouble z = DoubleDouble.of(x);
    if (x >= 0) {
      return Elementary.log1p(survival(z).negate());
    }
    DoubleDouble logMills = Elementary.log(MillsIntegrals.integral(0, z.negate()));
    return logMills.subtract(LOG_ROOT_TWO_PI).subtract(z.square().half());
  }

  public static DoubleDouble erf(double x) {
    return erf(DoubleDouble.of(x));
  }

  public static DoubleDouble erfc(double x) {
    if (Double.isInfinite(x)) {
      return DoubleDouble.of(x > 0 ? 0 : 2);
    }
    double t = Math.abs(x);
    DoubleDouble tail = expOfSquare(t, -1).multiply(erfcxOfPositive(t));
    return x < 0 ? DoubleDouble.of(2).subtract(tail) : tail;
  }

  /** exp(x^2) erfc(x). */
  public static DoubleDouble erfcx(double x) {
    if (x < -HUGE) {
      return DoubleDouble.INFINITY;
    }
    if (Double.isInfinite(x)) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble tail = erfcxOfPositive(Math.abs(x));
    return x < 0 ? expOfSquare(x, 1).scale(1).subtract(tail) : tail;
  }

  private static DoubleDouble erfcxOfPositive(double t) {
    DoubleDouble mills = MillsIntegrals.integral(0, DoubleDouble.of(t).multiply(ROOT_TWO));
    return mills.scale(1).divide(ROOT_TWO_PI);
  }

  /** exp(sign x^2); the square of a double is exact. */
  private static DoubleDouble expOfSquare(double x, int sign) {
    return Elementary.exp(DoubleDouble.product(x, sign * x));
  }

  /** Q(x) / phi(x). */
  public static DoubleDouble mills(double x) {
    return mills(DoubleDouble.of(x));
  }

  /** h(t) for every t. */
  public static DoubleDouble loss(double t) {
    return loss(DoubleDouble.of(t));
  }

  /** g(t) for every t. */
  public static DoubleDouble squaredLoss(double t) {
    return squaredLoss(DoubleDouble.of(t));
  }

  /** The x with Phi(x) = p, by Newton's method from the double that Commons Statistics gives. */
  public static DoubleDouble inverseCdf(double p) {
    if (!(p > 0 && p < 1)) {
      boolean edge = p == 0 || p == 1;
      return edge ? DoubleDouble.of(p == 0 ? -1 / 0.0 : 1 / 0.0) : DoubleDouble.NAN;
    }
    if (p > 0.5) {
      // 1 - p is exact.
      return inverseCdf(1 - p).negate();
    }
    if (p == 0.5) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble x = DoubleDouble.of(NormalDistribution.of(0, 1).inverseCumulativeProbability(p));
    DoubleDouble exact = DoubleDouble.of(p);
    DoubleDouble step;
    int steps = 0;
    do {
      // Near the middle Phi(x) - p would cancel; the distances of both from 1/2 do not.
      DoubleDouble excess =
          p > 0.25
              ? erf(x.divide(ROOT_TWO)).half().subtract(p - 0.5)
              : survival(x.negate()).subtract(exact);
      step = excess.divide(pdf(x));
      x = x.subtract(step);
      if (++steps > 20) {
        throw new IllegalStateException("inverseCdf(" + p + ") does not converge");
      }
      // Newton's next error is x / 2 times the square of this step.
    } while (step.abs().doubleValue() > 1e-15 * x.abs().doubleValue());
    return x;
  }

  /** E[max(X, 0)] for X of mean mu and standard deviation sigma >= 0. */
  public static DoubleDouble reluMean(double mu, double sigma) {
    DoubleDouble linear = DoubleDouble.of(Math.max(mu, 0));
    return sigma == 0 ? linear : linear.add(loss(z(mu, sigma).abs()).multiply(sigma));
  }

  /** Var[max(X, 0)]. */
  public static DoubleDouble reluVariance(double mu, double sigma) {
    if (sigma == 0) {
      return DoubleDouble.ZERO;
    }
    return unitReluVariance(z(mu, sigma)).multiply(DoubleDouble.of(sigma).square());
  }

  /** E[max(X, 0)^2]. */
  public static DoubleDouble reluSecondMoment(double mu, double sigma) {
    if (sigma == 0) {
      return DoubleDouble.of(Math.max(mu, 0)).square();
    }
    return squaredLoss(z(mu, sigma).negate()).multiply(DoubleDouble.of(sigma).square());
  }

  /** d mean / d mu = Phi(mu / sigma); the step at sigma = 0. */
  public static DoubleDouble reluMeanByMu(double mu, double sigma) {
    if (sigma == 0) {
      return mu > 0 ? DoubleDouble.ONE : DoubleDouble.ZERO;
    }
    return survival(z(mu, sigma).negate());
  }

  /** d mean / d sigma = phi(mu / sigma). */
  public static DoubleDouble reluMeanBySigma(double mu, double sigma) {
    if (sigma == 0) {
      return mu == 0 ? pdf(DoubleDouble.ZERO) : DoubleDouble.ZERO;
    }
    return pdf(z(mu, sigma));
  }

  /** d variance / d mu = 2 mean Q(mu / sigma). */
  public static DoubleDouble reluVarianceByMu(double mu, double sigma) {
    if (sigma == 0) {
      return DoubleDouble.ZERO;
    }
    return reluMean(mu, sigma).multiply(survival(z(mu, sigma))).scale(1);
  }

  /** d variance / d sigma^2 = Phi(z) - h(-z) phi(z); at sigma = 0 the limit. */
  public static DoubleDouble reluVarianceByVariance(double mu, double sigma) {
    if (sigma == 0 && mu != 0) {
      return mu > 0 ? DoubleDouble.ONE : DoubleDouble.ZERO;
    }
    DoubleDouble z = mu == 0 ? DoubleDouble.ZERO : z(mu, sigma);
    return survival(z.negate()).subtract(loss(z.negate()).multiply(pdf(z)));
  }

  /** d variance / d sigma = 2 sigma times that by the variance; 0 at sigma = 0. */
  public static DoubleDouble reluVarianceBySigma(double mu, double sigma) {
    if (sigma == 0) {
      return DoubleDouble.ZERO;
    }
    return reluVarianceByVariance(mu, sigma).multiply(sigma).scale(1);
  }

  /** E[X Phi(X)]. */
  public static DoubleDouble geluMean(double mu, double sigma) {
    return Gelu.mean(mu, sigma);
  }

  /** Var[X Phi(X)]. */
  public static DoubleDouble geluVariance(double mu, double sigma) {
    return Gelu.variance(mu, sigma);
  }

  /** E[min(max(X, lo), hi)] for finite lo <= hi. */
  public static DoubleDouble clippedMean(double mu, double sigma, double lo, double hi) {
    return Interval.clippedMean(mu, sigma, lo, hi);
  }

  /** Var[min(max(X, lo), hi)] for finite lo <= hi. */
  public static DoubleDouble clippedVariance(double mu, double sigma, double lo, double hi) {
    return Interval.clippedVariance(mu, sigma, lo, hi);
  }

  /** Owen's T function. */
  public static DoubleDouble owensT(double h, double a) {
    return Pairs.owensT(h, a);
  }

  /** P(X <= a, Y <= b) of standard normal X and Y with correlation rho in [-1, 1]. */
  public static DoubleDouble bivariateCdf(double a, double b, double rho) {
    return Pairs.bivariateCdf(a, b, rho);
  }

  /** Cov(max(X, 0), max(Y, 0)) for a correlation of X and Y in [-1, 1]. */
  public static DoubleDouble reluCovariance(
      double mu1, double s1, double mu2, double s2, double rho) {
    return Pairs.reluCovariance(mu1, s1, mu2, s2, rho);
  }

  /** E[max(X, Y)] for a correlation of X and Y in [-1, 1]. */
  public static DoubleDouble maxMean(double mu1, double s1, double mu2, double s2, double rho) {
    return Pairs.maxMean(mu1, s1, mu2, s2, rho);
  }

  /** Var[max(X, Y)]. */
  public static DoubleDouble maxVariance(double mu1, double s1, double mu2, double s2, double rho) {
    return Pairs.maxVariance(mu1, s1, mu2, s2, rho);
  }

  static DoubleDouble z(double mu, double sigma) {
    return DoubleDouble.of(mu).divide(DoubleDouble.of(sigma));
  }

  static DoubleDouble pdf(DoubleDouble x) {
    if (Double.isInfinite(x.hi())) {
      return DoubleDouble.ZERO;
    }
    return Elementary.exp(x.square().half().negate()).divide(ROOT_TWO_PI);
  }

  static DoubleDouble survival(DoubleDouble x) {
    if (Double.isInfinite(x.hi())) {
      return x.hi() > 0 ? DoubleDouble.ZERO : DoubleDouble.ONE;
    }
    DoubleDouble t = x.abs();
    DoubleDouble tail = pdf(t).multiply(MillsIntegrals.integral(0, t));
    return x.signum() < 0 ? DoubleDouble.ONE.subtract(tail) : tail;
  }

  static DoubleDouble mills(DoubleDouble x) {
    if (x.doubleValue() < -HUGE) {
      return DoubleDouble.INFINITY;
    }
    if (Double.isInfinite(x.hi())) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble ratio = MillsIntegrals.integral(0, x.abs());
    if (x.signum() >= 0) {
      return ratio;
    }
    return Elementary.exp(x.square().half()).multiply(ROOT_TWO_PI).subtract(ratio);
  }

  static DoubleDouble loss(DoubleDouble t) {
    if (Double.isInfinite(t.hi())) {
      return t.hi() > 0 ? DoubleDouble.ZERO : DoubleDouble.INFINITY;
    }
    DoubleDouble size = t.abs();
    DoubleDouble tail = pdf(size).multiply(MillsIntegrals.integral(1, size));
    return t.signum() < 0 ? size.add(tail) : tail;
  }

  static DoubleDouble squaredLoss(DoubleDouble t) {
    if (Double.isInfinite(t.hi())) {
      return t.hi() > 0 ? DoubleDouble.ZERO : DoubleDouble.INFINITY;
    }
    DoubleDouble size = t.abs();
    DoubleDouble tail = pdf(size).multiply(MillsIntegrals.integral(2, size)).scale(1);
    return t.signum() < 0 ? size.square().add(DoubleDouble.ONE).subtract(tail) : tail;
  }

  /** Var[max(Z + z, 0)] = g - h^2 at -z, from the side where it does not cancel. */
  static DoubleDouble unitReluVariance(DoubleDouble z) {
    DoubleDouble t = z.abs();
    DoubleDouble h = loss(t);
    DoubleDouble g = squaredLoss(t);
    if (z.signum() < 0) {
      return g.subtract(h.square());
    }
    return DoubleDouble.ONE.subtract(g).subtract(h.multiply(t.scale(1).add(h)));
  }

  /** Below 1/2 by {@code 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!}, all positive. */
  static DoubleDouble erf(DoubleDouble x) {
    DoubleDouble t = x.abs();
    if (!(t.doubleValue() < 0.5)) {
      DoubleDouble tail = survival(t.multiply(ROOT_TWO)).scale(1);
      DoubleDouble erf = DoubleDouble.ONE.subtract(tail);
      return x.signum() < 0 ? erf.negate() : erf;
    }
    DoubleDouble square = x.square();
    DoubleDouble sum = DoubleDouble.ONE;
    for (int n = ERF_TERMS; n >= 1; n--) {
      sum = sum.multiply(square).multiply(ERF_FACTOR[n]).add(DoubleDouble.ONE);
    }
    return sum.multiply(x).multiply(Elementary.exp(square.negate())).multiply(TWO_OVER_ROOT_PI);
  }
}
