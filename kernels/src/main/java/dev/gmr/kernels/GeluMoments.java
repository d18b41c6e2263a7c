package dev.gmr.kernels;

/**
 * Mean and variance of {@code X Phi(X)} (GELU), {@code X ~ N(mu, sigma^2)}: with {@code s = sqrt(1
 * + sigma^2)}, {@code u = mu/s}, the mean is {@code mu Phi(u) + (sigma^2/s) phi(u)}; the variance
 * follows by Stein's identity from E Phi(X)^2 = Phi(u) - 2 T(u, 1/sqrt(1 + 2 sigma^2)) with Owen's
 * T.
 *
 * <p>The mean has a zero, the variance's terms cancel: errors are at most 2^-50 (doubles; floats
 * 2^-24) of |mu| + sigma for means and of sigma (|mu| + sigma) for variances. sigma must be below
 * 1e18 (floats) or 1e150 (doubles).
 *
 * <p>sigma = 0 gives the activation of mu and variance 0; a negative sigma, or NaN, gives NaN. A
 * result's array may be an argument's at the same offset.
 */
public final class GeluMoments {
  private GeluMoments() {}

  /**
   * Computes n means, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanInto(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Backend.kernels().moments().geluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  /**
   * Computes n means and variances, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .geluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  /**
   * Computes n means, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanInto(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Backend.kernels().moments().geluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  /**
   * Computes n means and variances, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .geluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }
}
