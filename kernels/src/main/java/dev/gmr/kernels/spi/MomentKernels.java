package dev.gmr.kernels.spi;

/**
 * Moments of Gaussians behind an activation, elementwise over n elements: {@code mu[muOff + i]} and
 * so on. A negative sigma gives NaN; sigma = 0 gives the activation of mu, to the bit. Results may
 * be written over the arguments.
 */
public interface MomentKernels {
  /** Mean of max(X, 0), X ~ N(mu, sigma^2). */
  void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n);

  /** The mean, d mean / d mu = Phi(mu / sigma) and d mean / d sigma = phi(mu / sigma). */
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

  /** Mean of max(X, 0), X ~ N(mu, sigma^2). */
  void reluMean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n);

  /** The mean, d mean / d mu = Phi(mu / sigma) and d mean / d sigma = phi(mu / sigma). */
  void reluMeanWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
      int n);

  /**
   * Chain rule: {@code dMu = dMean * cdf}, {@code dSigma = fma(dMean, pdf, dSigma)}: added, because
   * one sigma serves many samples.
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

  /**
   * Chain rule: {@code dMu = dMean * cdf}, {@code dSigma = fma(dMean, pdf, dSigma)}: added, because
   * one sigma serves many samples.
   */
  void reluMeanBackward(
      double[] dMean,
      int dMeanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
      double[] dMu,
      int dMuOff,
      double[] dSigma,
      int dSigmaOff,
      int n);

  /** Mean and variance of max(X, 0). */
  void reluMeanVariance(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n);

  /** Mean and variance of max(X, 0), each with its derivatives by mu and sigma. */
  void reluMeanVarianceWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] meanByMu,
      int meanByMuOff,
      float[] meanBySigma,
      int meanBySigmaOff,
      float[] varianceByMu,
      int varianceByMuOff,
      float[] varianceBySigma,
      int varianceBySigmaOff,
      int n);

  /** Mean and variance of max(X, 0). */
  void reluMeanVariance(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n);

  /** Mean and variance of max(X, 0), each with its derivatives by mu and sigma. */
  void reluMeanVarianceWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] meanByMu,
      int meanByMuOff,
      double[] meanBySigma,
      int meanBySigmaOff,
      double[] varianceByMu,
      int varianceByMuOff,
      double[] varianceBySigma,
      int varianceBySigmaOff,
      int n);

  /** E max(X, 0)^2. */
  void reluSecondMoment(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      int n);

  /** E max(X, 0)^2 with its derivatives by mu and sigma. */
  void reluSecondMomentWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      float[] byMu,
      int byMuOff,
      float[] bySigma,
      int bySigmaOff,
      int n);

  /** E max(X, 0)^2. */
  void reluSecondMoment(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
      int n);

  /** E max(X, 0)^2 with its derivatives by mu and sigma. */
  void reluSecondMomentWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
      double[] byMu,
      int byMuOff,
      double[] bySigma,
      int bySigmaOff,
      int n);

  /** Mean and variance of max(X, slope X). */
  void leakyReluMeanVariance(
      double slope,
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n);

  /** Mean and variance of max(X, slope X). */
  void leakyReluMeanVariance(
      double slope,
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n);

  /** Mean of X Phi(X). */
  void geluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n);

  /** Mean and variance of X Phi(X). */
  void geluMeanVariance(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n);

  /** Mean of X Phi(X). */
  void geluMean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n);

  /** Mean and variance of X Phi(X). */
  void geluMeanVariance(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n);

  /** Mean and variance of min(max(X, low), high). */
  void clippedMeanVariance(
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
      int n);

  /** Mean and variance of min(max(X, low), high). */
  void clippedMeanVariance(
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
      int n);
}
