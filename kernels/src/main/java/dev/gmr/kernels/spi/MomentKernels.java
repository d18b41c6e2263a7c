package dev.gmr.kernels.spi;

/**
 * Mean of {@code max(X, 0)} for {@code X ~ N(mu, sigma^2)}, elementwise over {@code n} floats. A
 * negative sigma gives NaN; sigma = 0 gives {@code max(mu, 0)} to the bit.
 */
public interface MomentKernels {
  /**
   * Computes {@code mean[i] = E max(X_i, 0)}.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   */
  void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n);

  /**
   * Computes the means together with their gradients: {@code cdf[i] = d mean / d mu =
   * Phi(mu/sigma)} and {@code pdf[i] = d mean / d sigma = phi(mu/sigma)}.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param cdf receives the gradients by mu
   * @param cdfOff index of the first
   * @param pdf receives the gradients by sigma
   * @param pdfOff index of the first
   * @param n how many
   */
  void reluMeanWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
      int n);

  /**
   * Applies the chain rule: {@code dMu[i] = dMean[i] * cdf[i]} and {@code dSigma[i] = fma(dMean[i],
   * pdf[i], dSigma[i])} (accumulated, because one sigma serves many samples).
   *
   * @param dMean gradients by the means
   * @param dMeanOff index of the first
   * @param cdf d mean / d mu
   * @param cdfOff index of the first
   * @param pdf d mean / d sigma
   * @param pdfOff index of the first
   * @param dMu receives the gradients by mu
   * @param dMuOff index of the first
   * @param dSigma is added the gradients by sigma
   * @param dSigmaOff index of the first
   * @param n how many
   */
  void reluMeanBackward(
      float[] dMean,
      int dMeanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
      float[] dMu,
      int dMuOff,
      float[] dSigma,
      int dSigmaOff,
      int n);
}
