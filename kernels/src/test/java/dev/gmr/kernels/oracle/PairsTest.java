package dev.gmr.kernels.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Identities of correlated pairs at points that no list of references reaches: their sides are
 * different integrals, so that a peak or an edge missed on one side shows.
 */
class PairsTest {
  private static final double TOLERANCE = 1e-26;
  private static final int COUNT = 2000;

  private final SplittableRandom random = new SplittableRandom(11);

  /** Bounds in the middle, far out, and tiny. */
  private double bound() {
    double x = 2 * random.nextDouble() - 1;
    return switch (random.nextInt(4)) {
      case 0 -> 3 * x;
      case 1 -> 12 * x;
      case 2 -> 38 * x;
      default -> x * StrictMath.exp(-40 * random.nextDouble());
    };
  }

  /** Half the time next to +-x, where the density of rho = +-1 has its edge. */
  private double partner(double x) {
    if (random.nextBoolean()) {
      return bound();
    }
    double near = x * (1 + StrictMath.exp(-36 * random.nextDouble()));
    return random.nextBoolean() ? near : -near;
  }

  private double correlation() {
    double sign = random.nextBoolean() ? 1 : -1;
    return switch (random.nextInt(4)) {
      case 0 -> sign;
      case 1 -> sign * (1 - Math.scalb(1.0, -random.nextInt(1, 54)));
      case 2 -> sign * StrictMath.exp(-80 * random.nextDouble());
      default -> sign * random.nextDouble();
    };
  }

  private static void hold(double worst, String what, String where) {
    System.out.printf(Locale.ROOT, "oracle %s: off by at most %.1e at %s%n", what, worst, where);
    assertThat(worst).as(what + " at " + where).isLessThan(TOLERANCE);
  }

  @Test
  void halfPlanesAddUp() {
    double worst = -1;
    String where = "";
    for (int i = 0; i < COUNT; i++) {
      double a = bound();
      double b = partner(a);
      double rho = correlation();
      // P(X <= a, Y <= b) + P(X <= a, -Y <= -b) = Phi(a)
      DoubleDouble sum = Oracle.bivariateCdf(a, b, rho).add(Oracle.bivariateCdf(a, -b, -rho));
      DoubleDouble exact = Oracle.cdf(a);
      double error = sum.subtract(exact).divide(exact).abs().doubleValue();
      if (!(error <= worst)) {
        worst = error;
        where = a + ", " + b + ", " + rho;
      }
    }
    hold(worst, "bivariateCdf of both half planes", where);
  }

  @Test
  void theCovarianceIsTheTextbooks() {
    double worst = -1;
    String where = "";
    for (int i = 0; i < COUNT; i++) {
      double a = 6 * random.nextDouble() - 3;
      double b = i % 2 == 0 ? partner(a) : 6 * random.nextDouble() - 3;
      double rho = correlation();
      if (Math.abs(rho) == 1 || Math.abs(b) > 3) {
        continue;
      }
      DoubleDouble exact = Oracle.reluCovariance(a, 1, b, 1, rho);
      DoubleDouble textbook =
          productMean(a, b, rho).subtract(Oracle.loss(-a).multiply(Oracle.loss(-b)));
      // The formula cancels; its terms are of the order of the deviations times a b < 9.
      DoubleDouble scale = Oracle.reluVariance(a, 1).multiply(Oracle.reluVariance(b, 1)).sqrt();
      double error = textbook.subtract(exact).divide(scale).abs().doubleValue();
      if (!(error <= worst)) {
        worst = error;
        where = a + ", " + b + ", " + rho;
      }
    }
    hold(worst, "reluCovariance by the closed form", where);
  }

  /** E[max(X, 0) max(Y, 0)] for means a and b and unit deviations. */
  private static DoubleDouble productMean(double a, double b, double rho) {
    DoubleDouble x = DoubleDouble.of(a);
    DoubleDouble y = DoubleDouble.of(b);
    DoubleDouble c = DoubleDouble.ONE.subtract(rho).multiply(DoubleDouble.ONE.add(rho)).sqrt();
    DoubleDouble first = x.subtract(y.multiply(rho)).divide(c);
    DoubleDouble second = y.subtract(x.multiply(rho)).divide(c);
    return x.multiply(y)
        .add(rho)
        .multiply(Oracle.bivariateCdf(a, b, rho))
        .add(x.multiply(Oracle.pdf(b)).multiply(Oracle.survival(first.negate())))
        .add(y.multiply(Oracle.pdf(a)).multiply(Oracle.survival(second.negate())))
        .add(c.multiply(Oracle.pdf(a)).multiply(Oracle.pdf(second)));
  }

  @Test
  void theVarianceIsTheCovarianceWithItself() {
    double worst = -1;
    String where = "";
    for (int i = 0; i < COUNT; i++) {
      double mu = bound();
      double sigma = StrictMath.exp(4 * random.nextDouble() - 2);
      DoubleDouble exact = Oracle.reluVariance(mu, sigma);
      DoubleDouble got = Oracle.reluCovariance(mu, sigma, mu, sigma, 1);
      double error = got.subtract(exact).divide(exact).abs().doubleValue();
      if (!(error <= worst)) {
        worst = error;
        where = mu + ", " + sigma;
      }
    }
    hold(worst, "reluCovariance at rho = 1", where);
  }
}
