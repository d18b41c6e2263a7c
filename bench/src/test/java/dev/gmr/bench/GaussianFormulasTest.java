package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas that the suites check kernels against, checked against integrals. */
class GaussianFormulasTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 48, 96})
  void quadratureIsExactForPolynomials(int n) {
    GaussLegendre rule = new GaussLegendre(n);
    for (int k = 0; k < 2 * n; k++) {
      int power = k;
      double expected = k % 2 == 0 ? 2.0 / (k + 1) : 0;
      assertThat(rule.integrate(x -> Math.pow(x, power), -1, 1)).isCloseTo(expected, within(1e-14));
    }
  }

  @Test
  void pairsOfZeroMeansHaveAClosedForm() {
    for (double rho : new double[] {-0.999, -0.5, 0, 0.1, 0.9, 0.999}) {
      assertThat(PairQuadrature.reluCovariance(0, 0.5, 0, 2, rho))
          .isCloseTo(PairQuadrature.zeroMeans(0.5, 2, rho), within(1e-13));
    }
  }

  /** By the law of total expectation: given X, Y is Gaussian and its ReLU's mean is known. */
  @Test
  void pairsOfOtherMeansAreIntegrals() {
    double mu1 = 0.7;
    double s1 = 0.5;
    double mu2 = -0.4;
    double s2 = 1.5;
    double rho = -0.6;
    double c = Math.sqrt(1 - rho * rho);
    GaussLegendre rule = new GaussLegendre(200);
    double moment =
        rule.integrate(
            z ->
                (mu1 + s1 * z)
                    * GaussianFormulas.moments("reluMean", mu2 + rho * s2 * z, s2 * c)[0]
                    * GaussianFormulas.pdf(z),
            -mu1 / s1,
            10);
    double means =
        GaussianFormulas.moments("reluMean", mu1, s1)[0]
            * GaussianFormulas.moments("reluMean", mu2, s2)[0];

    assertThat(PairQuadrature.reluCovariance(mu1, s1, mu2, s2, rho))
        .isCloseTo(moment - means, within(1e-13));
    assertThat(GaussianFormulas.reluSeries(60, mu1, s1, mu2, s2, rho))
        .isCloseTo(moment - means, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reluMeanVariance",
        "leakyReluMeanVariance",
        "geluMeanVariance",
        "clippedMeanVariance"
      })
  void momentsAreIntegrals(String kernel) {
    double mu = 0.3;
    double sigma = 0.8;
    double mean = integral(kernel, mu, sigma, 1);
    double variance = integral(kernel, mu, sigma, 2) - mean * mean;

    assertThat(GaussianFormulas.moments(kernel, mu, sigma))
        .containsExactly(new double[] {mean, variance}, within(1e-12));
  }

  /** Integrates between the activation's kinks. */
  private static double integral(String kernel, double mu, double sigma, int power) {
    GaussLegendre rule = new GaussLegendre(150);
    double[] kinks = {mu - 10 * sigma, -1, 0, 1, mu + 10 * sigma};
    double sum = 0;
    for (int i = 1; i < kinks.length; i++) {
      sum +=
          rule.integrate(
              x ->
                  Math.pow(activation(kernel, x), power)
                      * GaussianFormulas.pdf((x - mu) / sigma)
                      / sigma,
              kinks[i - 1],
              kinks[i]);
    }
    return sum;
  }

  private static double activation(String kernel, double x) {
    return switch (kernel) {
      case "reluMeanVariance" -> Math.max(x, 0);
      case "leakyReluMeanVariance" -> Math.max(x, 0.1 * x);
      case "geluMeanVariance" -> x * GaussianFormulas.cdf(x);
      case "clippedMeanVariance" -> Math.clamp(x, -1, 1);
      default -> throw new IllegalArgumentException(kernel);
    };
  }
}
