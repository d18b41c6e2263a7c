package dev.gmr.kernels;

/**
 * Mean and variance of a clipped Gaussian, {@code min(max(X, low), high)}, {@code X ~ N(mu,
 * sigma^2)}: low = -1, high = 1 is the hard tanh, low = 0, high = 6 is ReLU6.
 *
 * <p>Errors are at most 2^-50 sigma (doubles; floats 2^-24 of the result and 2^-30 sigma) for means
 * and that of sigma^2 for variances: where sigma is large beside high - low, the results are
 * differences of much larger terms. Means are within low and high.
 *
 * <p>sigma = 0 gives the activation of mu and variance 0; a negative or infinite sigma, or NaN,
 * gives NaN. A result's array may be an argument's at the same offset.
 */
public final class ClippedMoments {
  private ClippedMoments() {}

  /**
   * Computes n means and variances, floats.
   *
   * @param low the lower bound
   * @param high the upper bound, above low
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array, or low is not below high
   */
  public static void meanVarianceInto(
      double low,
      double high,
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    Check.below("low", low, "high", high);
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .clippedMeanVariance(
            low, high, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  /**
   * Computes n means and variances, doubles.
   *
   * @param low the lower bound
   * @param high the upper bound, above low
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array, or low is not below high
   */
  public static void meanVarianceInto(
      double low,
      double high,
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    Check.below("low", low, "high", high);
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .clippedMeanVariance(
            low, high, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }
}
