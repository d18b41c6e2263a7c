package dev.gmr.kernels.spi;

/**
 * Mean of {@code max(X, 0)} for {@code X ~ N(mu, sigma^2)}, elementwise over {@code n} floats. A
 * negative sigma gives NaN; sigma = 0 gives {@code max(mu, 0)} to the bit.
 */
public interface MomentKernels {
  /** {@code mean[i] = E max(X_i, 0)}. */
  void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n);

  /**
   * The mean together with its gradients: {@code cdf[i] = d mean / d mu = Phi(mu/sigma)} and {@code
   * pdf[i] = d mean / d sigma = phi(mu/sigma)}.
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
   * Chain rule: {@code dMu[i] = dMean[i] * cdf[i]} and {@code dSigma[i] = fma(dMean[i], pdf[i],
   * dSigma[i])} (accumulated, because one sigma serves many samples).
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
