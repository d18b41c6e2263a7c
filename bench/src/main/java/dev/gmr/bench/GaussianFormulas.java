package dev.gmr.bench;

import dev.gmr.kernels.spi.Function;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Textbook formulas in double for what the suite {@code moments} measures; they share nothing with
 * the kernels. Phi and its inverse are those of Apache Commons Statistics.
 */
final class GaussianFormulas {
  /** Slope of the leaky ReLU. */
  static final double SLOPE = 0.1;

  /** Bounds of the clipped Gaussian. */
  static final double LOW = -1;

  static final double HIGH = 1;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final GaussLegendre RULE = new GaussLegendre(96);
  private static final double DEVIATIONS = 10;

  private GaussianFormulas() {}

  static double cdf(double z) {
    return NORMAL.cumulativeProbability(z);
  }

  static double survival(double z) {
    return NORMAL.survivalProbability(z);
  }

  static double pdf(double z) {
    return Samples.normalPdf(z);
  }

  static double function(Function f, double x) {
    return switch (f) {
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case PDF -> pdf(x);
      case CDF -> cdf(x);
      case SURVIVAL -> survival(x);
      case LOG_CDF -> x < 0 ? StrictMath.log(cdf(x)) : StrictMath.log1p(-survival(x));
      case INVERSE_CDF -> NORMAL.inverseCumulativeProbability(x);
      case MILLS -> survival(x) / pdf(x);
      case LOSS -> pdf(x) - x * survival(x);
      case SQUARED_LOSS -> (1 + x * x) * survival(x) - x * pdf(x);
      case ERF -> 1 - 2 * survival(x * Math.sqrt(2));
      case ERFC -> 2 * survival(x * Math.sqrt(2));
      case ERFCX -> StrictMath.exp(x * x) * 2 * survival(x * Math.sqrt(2));
    };
  }

  /** Whether the formula cancels, so that its error counts against 1 + x^2 and not the result. */
  static boolean cancels(Function f) {
    return switch (f) {
      case LOSS, SQUARED_LOSS, ERF, INVERSE_CDF -> true;
      default -> false;
    };
  }

  /** Returns what a kernel writes for one element, array by array. */
  static double[] moments(String kernel, double mu, double sigma) {
    double z = mu / sigma;
    double mean = mu * cdf(z) + sigma * pdf(z);
    double second = reluSecondMoment(mu, sigma);
    double variance = second - mean * mean;
    return switch (kernel) {
      case "reluMean" -> new double[] {mean};
      case "reluMeanWithGradients" -> new double[] {mean, cdf(z), pdf(z)};
      case "reluMeanVariance" -> new double[] {mean, variance};
      case "reluMeanVarianceWithGradients" ->
          new double[] {
            mean,
            variance,
            cdf(z),
            pdf(z),
            2 * mean * survival(z),
            2 * sigma * cdf(z) - 2 * mean * pdf(z)
          };
      case "reluSecondMoment" -> new double[] {second};
      case "leakyReluMeanVariance" -> leaky(mu, sigma);
      case "geluMean" -> new double[] {gelu(mu, sigma)[0]};
      case "geluMeanVariance" -> gelu(mu, sigma);
      case "clippedMeanVariance" -> clipped(mu, sigma);
      default -> throw new IllegalArgumentException(kernel);
    };
  }

  private static double reluSecondMoment(double mu, double sigma) {
    double z = mu / sigma;
    return (mu * mu + sigma * sigma) * cdf(z) + mu * sigma * pdf(z);
  }

  /** max(X, a X) = max(X, 0) - a max(-X, 0), of whose terms one is 0. */
  private static double[] leaky(double mu, double sigma) {
    double z = mu / sigma;
    double negative = -mu * cdf(-z) + sigma * pdf(z);
    double mean = mu + negative - SLOPE * negative;
    double second = reluSecondMoment(mu, sigma) + SLOPE * SLOPE * reluSecondMoment(-mu, sigma);
    return new double[] {mean, second - mean * mean};
  }

  private static double[] gelu(double mu, double sigma) {
    double mean = expectation(x -> x * cdf(x), mu, sigma);
    return new double[] {
      mean, expectation(x -> (x * cdf(x) - mean) * (x * cdf(x) - mean), mu, sigma)
    };
  }

  private static double expectation(DoubleUnaryOperator f, double mu, double sigma) {
    return RULE.integrate(z -> f.applyAsDouble(mu + sigma * z) * pdf(z), -DEVIATIONS, DEVIATIONS);
  }

  private static double[] clipped(double mu, double sigma) {
    double a = (LOW - mu) / sigma;
    double b = (HIGH - mu) / sigma;
    double inside = cdf(b) - cdf(a);
    double mean = LOW * cdf(a) + HIGH * survival(b) + mu * inside - sigma * (pdf(b) - pdf(a));
    double second =
        LOW * LOW * cdf(a)
            + HIGH * HIGH * survival(b)
            + (mu * mu + sigma * sigma) * inside
            - sigma * ((mu + HIGH) * pdf(b) - (mu + LOW) * pdf(a));
    return new double[] {mean, second - mean * mean};
  }

  /** The covariance's series of some terms, term by term. */
  static double reluSeries(int terms, double mu1, double s1, double mu2, double s2, double rho) {
    double sum = 0;
    double factor = 1;
    for (int k = 1; k <= terms; k++) {
      factor *= rho / k;
      sum += factor * coefficient(k, mu1, s1) * coefficient(k, mu2, s2);
    }
    return sum;
  }

  /** c_1 = sigma Phi(z), c_k = sigma (-1)^k He_(k-2)(z) phi(z). */
  private static double coefficient(int k, double mu, double sigma) {
    double z = mu / sigma;
    if (k == 1) {
      return sigma * cdf(z);
    }
    return (k % 2 == 0 ? 1 : -1) * sigma * hermite(k - 2, z) * pdf(z);
  }

  /** He_(k+1) = z He_k - k He_(k-1). */
  private static double hermite(int m, double z) {
    double before = 0;
    double value = 1;
    for (int k = 0; k < m; k++) {
      double next = z * value - k * before;
      before = value;
      value = next;
    }
    return value;
  }
}
