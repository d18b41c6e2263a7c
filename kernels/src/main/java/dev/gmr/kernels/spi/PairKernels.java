package dev.gmr.kernels.spi;

/** Pairs of Gaussians, elementwise over n pairs. A correlation beyond 1 gives NaN. */
public interface PairKernels {
  /** P(X &lt;= a, Y &lt;= b) of standard normal variables of correlation rho. */
  void cdf(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] rho,
      int rhoOff,
      float[] cdf,
      int cdfOff,
      int n);

  /** Cov(max(X, 0), max(Y, 0)). */
  void reluCovariance(
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
      int n);

  /**
   * That covariance of one variable with n others, from a row of their covariance matrix. Of each
   * are given: threshold t = |mu| / sigma, phi(t), Q(t), h(t), whether mu is positive (1 or 0),
   * sigma, 1 / sigma (0 for sigma = 0).
   */
  void reluCovarianceRow(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double inverse1,
      float[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] sigma,
      int sigmaOff,
      double[] inverse,
      int inverseOff,
      float[] result,
      int resultOff,
      int n);

  /** P(X &lt;= a, Y &lt;= b) of standard normal variables of correlation rho. */
  void cdf(
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      double[] rho,
      int rhoOff,
      double[] cdf,
      int cdfOff,
      int n);

  /** Cov(max(X, 0), max(Y, 0)). */
  void reluCovariance(
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
      int n);

  /**
   * That covariance of one variable with n others, from a row of their covariance matrix. Of each
   * are given: threshold t = |mu| / sigma, phi(t), Q(t), h(t), whether mu is positive (1 or 0),
   * sigma, 1 / sigma (0 for sigma = 0).
   */
  void reluCovarianceRow(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double inverse1,
      double[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] sigma,
      int sigmaOff,
      double[] inverse,
      int inverseOff,
      double[] result,
      int resultOff,
      int n);

  /** Cov(max(X, 0), max(Y, 0)) for zero means. */
  void zeroMeanReluCovariance(
      float[] sigma1,
      int sigma1Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n);

  /** Cov(max(X, 0), max(Y, 0)) for zero means. */
  void zeroMeanReluCovariance(
      double[] sigma1,
      int sigma1Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n);

  /**
   * The truncated series of one variable's ReLU covariance with n others; c holds the coefficients
   * of power k from {@code cOff + (k - 1) * stride}.
   */
  void seriesCovarianceRow(
      int terms,
      int stride,
      double[] own,
      double inverse1,
      float[] covariance,
      int covarianceOff,
      double[] inverse,
      int inverseOff,
      double[] c,
      int cOff,
      float[] result,
      int resultOff,
      int n);

  /**
   * The truncated series of one variable's ReLU covariance with n others; c holds the coefficients
   * of power k from {@code cOff + (k - 1) * stride}.
   */
  void seriesCovarianceRow(
      int terms,
      int stride,
      double[] own,
      double inverse1,
      double[] covariance,
      int covarianceOff,
      double[] inverse,
      int inverseOff,
      double[] c,
      int cOff,
      double[] result,
      int resultOff,
      int n);

  /** Mean and variance of max(X, Y), and the probability that X is the larger. */
  void maximum(
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
      int n);

  /** Mean and variance of max(X, Y), and the probability that X is the larger. */
  void maximum(
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
      int n);
}
