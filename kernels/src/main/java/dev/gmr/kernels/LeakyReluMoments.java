package dev.gmr.kernels;

/**
 * Mean and variance of a leaky ReLU of a Gaussian, {@code max(X, slope X)}, {@code X ~ N(mu,
 * sigma^2)}, 0 &lt;= slope &lt;= 1: {@code m+ - slope m-} and {@code V+ + slope^2 V- + 2 slope m+
 * m-} with the moments of max(X, 0) and max(-X, 0). Gradients of the mean follow from those of
 * {@link ReluMoments}: {@code slope + (1 - slope) Phi} and {@code (1 - slope) phi}.
 *
 * <p>Largest errors: floats 0.6 ulp for mean and 0.6 ulp for the variance; doubles 6 and 8 ulp, the
 * mean's relative to |mu| + sigma.
 *
 * <p>sigma = 0 gives the activation of mu and variance 0; a negative sigma, or NaN, gives NaN. A
 * result's array may be an argument's at the same offset.
 */
public final class LeakyReluMoments {
  private LeakyReluMoments() {}

  /**
   * Computes n means and variances, floats.
   *
   * @param slope the slope below 0, 0 to 1
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
      double slope,
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    Check.between("slope", slope, 0, 1);
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .leakyReluMeanVariance(
            slope, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  /**
   * Computes n means and variances, doubles.
   *
   * @param slope the slope below 0, 0 to 1
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
      double slope,
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    Check.between("slope", slope, 0, 1);
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .leakyReluMeanVariance(
            slope, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }
}
