package dev.gmr.kernels;

/**
 * Pairs of Gaussian variables X, Y of correlation rho: the distribution function, the covariance of
 * their ReLUs, and the moments of their maximum.
 *
 * <ul>
 *   <li>The distribution function and the exact covariance {@code Cov(max(X, 0), max(Y, 0))} go by
 *       Owen's T function (1956), for any means and any correlation up to and including 1 and -1. d
 *       covariance / d rho is {@code sigma1 sigma2 cdf(mu1/sigma1, mu2/sigma2, rho)}.
 *   <li>For means of zero the covariance is {@code sigma1 sigma2 (rho acos(-rho) + sqrt(1 - rho^2)
 *       - 1) / (2 pi)}. (Taking it for other means is off by up to 0.81 at sigma = 1.)
 *   <li>Maximum (Clark 1961): mean, variance, and the probability p that X is the larger. The
 *       covariance of the maximum with a third variable W is {@code p Cov(X, W) + (1 - p) Cov(Y,
 *       W)}.
 * </ul>
 *
 * <p>Errors are absolute: for the distribution function at most 2^-50 (doubles) or 2^-25 of the
 * result plus 2^-30 (floats); for covariances that times sigma1 sigma2; for the maximum that of
 * sigma1 + sigma2, or its square. rho = 0 gives a covariance of 0. sigma = 0 gives a covariance of
 * 0. A correlation beyond -1 and 1, a negative sigma, or NaN gives NaN. A result's array may be an
 * argument's at the same offset.
 */
public final class GaussianPairs {
  private GaussianPairs() {}

  /**
   * Computes n probabilities P(X &lt;= a, Y &lt;= b) of standard normal variables, floats.
   *
   * @param a bounds of X
   * @param aOff index of the first
   * @param b bounds of Y
   * @param bOff index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param cdf receives the probabilities
   * @param cdfOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void cdfInto(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] rho,
      int rhoOff,
      float[] cdf,
      int cdfOff,
      int n) {
    Check.range("a", a.length, aOff, n);
    Check.range("b", b.length, bOff, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Backend.kernels().pairs().cdf(a, aOff, b, bOff, rho, rhoOff, cdf, cdfOff, n);
  }

  /**
   * Computes n covariances of max(X, 0) and max(Y, 0), floats.
   *
   * @param mu1 means of X
   * @param mu1Off index of the first
   * @param sigma1 standard deviations of X, not negative
   * @param sigma1Off index of the first
   * @param mu2 means of Y
   * @param mu2Off index of the first
   * @param sigma2 standard deviations of Y, not negative
   * @param sigma2Off index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param covariance receives the covariances
   * @param covarianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void reluCovarianceInto(
      float[] mu1,
      int mu1Off,
      float[] sigma1,
      int sigma1Off,
      float[] mu2,
      int mu2Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n) {
    Check.range("mu1", mu1.length, mu1Off, n);
    Check.range("sigma1", sigma1.length, sigma1Off, n);
    Check.range("mu2", mu2.length, mu2Off, n);
    Check.range("sigma2", sigma2.length, sigma2Off, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n);
    Backend.kernels()
        .pairs()
        .reluCovariance(
            mu1,
            mu1Off,
            sigma1,
            sigma1Off,
            mu2,
            mu2Off,
            sigma2,
            sigma2Off,
            rho,
            rhoOff,
            covariance,
            covarianceOff,
            n);
  }

  /**
   * Computes n covariances of max(X, 0) and max(Y, 0) for means of zero, floats.
   *
   * @param sigma1 standard deviations of X, not negative
   * @param sigma1Off index of the first
   * @param sigma2 standard deviations of Y, not negative
   * @param sigma2Off index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param covariance receives the covariances
   * @param covarianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void zeroMeanReluCovarianceInto(
      float[] sigma1,
      int sigma1Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n) {
    Check.range("sigma1", sigma1.length, sigma1Off, n);
    Check.range("sigma2", sigma2.length, sigma2Off, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n);
    Backend.kernels()
        .pairs()
        .zeroMeanReluCovariance(
            sigma1, sigma1Off, sigma2, sigma2Off, rho, rhoOff, covariance, covarianceOff, n);
  }

  /**
   * Computes the moments of max(X, Y) for n pairs, floats.
   *
   * @param mu1 means of X
   * @param mu1Off index of the first
   * @param sigma1 standard deviations of X, not negative
   * @param sigma1Off index of the first
   * @param mu2 means of Y
   * @param mu2Off index of the first
   * @param sigma2 standard deviations of Y, not negative
   * @param sigma2Off index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param probability receives the probabilities that X is the larger
   * @param probabilityOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void maximumInto(
      float[] mu1,
      int mu1Off,
      float[] sigma1,
      int sigma1Off,
      float[] mu2,
      int mu2Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] probability,
      int probabilityOff,
      int n) {
    Check.range("mu1", mu1.length, mu1Off, n);
    Check.range("sigma1", sigma1.length, sigma1Off, n);
    Check.range("mu2", mu2.length, mu2Off, n);
    Check.range("sigma2", sigma2.length, sigma2Off, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Check.range("probability", probability.length, probabilityOff, n);
    Backend.kernels()
        .pairs()
        .maximum(
            mu1,
            mu1Off,
            sigma1,
            sigma1Off,
            mu2,
            mu2Off,
            sigma2,
            sigma2Off,
            rho,
            rhoOff,
            mean,
            meanOff,
            variance,
            varianceOff,
            probability,
            probabilityOff,
            n);
  }

  /**
   * Computes n probabilities P(X &lt;= a, Y &lt;= b) of standard normal variables, doubles.
   *
   * @param a bounds of X
   * @param aOff index of the first
   * @param b bounds of Y
   * @param bOff index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param cdf receives the probabilities
   * @param cdfOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void cdfInto(
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      double[] rho,
      int rhoOff,
      double[] cdf,
      int cdfOff,
      int n) {
    Check.range("a", a.length, aOff, n);
    Check.range("b", b.length, bOff, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Backend.kernels().pairs().cdf(a, aOff, b, bOff, rho, rhoOff, cdf, cdfOff, n);
  }

  /**
   * Computes n covariances of max(X, 0) and max(Y, 0), doubles.
   *
   * @param mu1 means of X
   * @param mu1Off index of the first
   * @param sigma1 standard deviations of X, not negative
   * @param sigma1Off index of the first
   * @param mu2 means of Y
   * @param mu2Off index of the first
   * @param sigma2 standard deviations of Y, not negative
   * @param sigma2Off index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param covariance receives the covariances
   * @param covarianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void reluCovarianceInto(
      double[] mu1,
      int mu1Off,
      double[] sigma1,
      int sigma1Off,
      double[] mu2,
      int mu2Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n) {
    Check.range("mu1", mu1.length, mu1Off, n);
    Check.range("sigma1", sigma1.length, sigma1Off, n);
    Check.range("mu2", mu2.length, mu2Off, n);
    Check.range("sigma2", sigma2.length, sigma2Off, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n);
    Backend.kernels()
        .pairs()
        .reluCovariance(
            mu1,
            mu1Off,
            sigma1,
            sigma1Off,
            mu2,
            mu2Off,
            sigma2,
            sigma2Off,
            rho,
            rhoOff,
            covariance,
            covarianceOff,
            n);
  }

  /**
   * Computes n covariances of max(X, 0) and max(Y, 0) for means of zero, doubles.
   *
   * @param sigma1 standard deviations of X, not negative
   * @param sigma1Off index of the first
   * @param sigma2 standard deviations of Y, not negative
   * @param sigma2Off index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param covariance receives the covariances
   * @param covarianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void zeroMeanReluCovarianceInto(
      double[] sigma1,
      int sigma1Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n) {
    Check.range("sigma1", sigma1.length, sigma1Off, n);
    Check.range("sigma2", sigma2.length, sigma2Off, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n);
    Backend.kernels()
        .pairs()
        .zeroMeanReluCovariance(
            sigma1, sigma1Off, sigma2, sigma2Off, rho, rhoOff, covariance, covarianceOff, n);
  }

  /**
   * Computes the moments of max(X, Y) for n pairs, doubles.
   *
   * @param mu1 means of X
   * @param mu1Off index of the first
   * @param sigma1 standard deviations of X, not negative
   * @param sigma1Off index of the first
   * @param mu2 means of Y
   * @param mu2Off index of the first
   * @param sigma2 standard deviations of Y, not negative
   * @param sigma2Off index of the first
   * @param rho correlations, -1 to 1
   * @param rhoOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param probability receives the probabilities that X is the larger
   * @param probabilityOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void maximumInto(
      double[] mu1,
      int mu1Off,
      double[] sigma1,
      int sigma1Off,
      double[] mu2,
      int mu2Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] probability,
      int probabilityOff,
      int n) {
    Check.range("mu1", mu1.length, mu1Off, n);
    Check.range("sigma1", sigma1.length, sigma1Off, n);
    Check.range("mu2", mu2.length, mu2Off, n);
    Check.range("sigma2", sigma2.length, sigma2Off, n);
    Check.range("rho", rho.length, rhoOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Check.range("probability", probability.length, probabilityOff, n);
    Backend.kernels()
        .pairs()
        .maximum(
            mu1,
            mu1Off,
            sigma1,
            sigma1Off,
            mu2,
            mu2Off,
            sigma2,
            sigma2Off,
            rho,
            rhoOff,
            mean,
            meanOff,
            variance,
            varianceOff,
            probability,
            probabilityOff,
            n);
  }
}
