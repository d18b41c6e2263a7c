package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.MomentKernels;

/** The plain Java kernels of {@link MomentKernels}. */
public final class ScalarMoments implements MomentKernels {
  /** Stateless. */
  public ScalarMoments() {}

  @Override
  public void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    ReluMean.mean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  @Override
  public void reluMeanWithGradients(
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
      int n) {
    ReluMean.meanWithGradients(
        mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
  }

  @Override
  public void reluMean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    ReluMean.mean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  @Override
  public void reluMeanWithGradients(
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
      int n) {
    ReluMean.meanWithGradients(
        mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
  }

  @Override
  public void reluMeanBackward(
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
      int n) {
    ReluMean.backward(dMean, dMeanOff, cdf, cdfOff, pdf, pdfOff, dMu, dMuOff, dSigma, dSigmaOff, n);
  }

  @Override
  public void reluMeanBackward(
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
      int n) {
    ReluMean.backward(dMean, dMeanOff, cdf, cdfOff, pdf, pdfOff, dMu, dMuOff, dSigma, dSigmaOff, n);
  }

  @Override
  public void reluMeanVariance(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    ReluVariance.meanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void reluMeanVarianceWithGradients(
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
      int n) {
    ReluVariance.meanVarianceWithGradients(
        mu,
        muOff,
        sigma,
        sigmaOff,
        mean,
        meanOff,
        variance,
        varianceOff,
        meanByMu,
        meanByMuOff,
        meanBySigma,
        meanBySigmaOff,
        varianceByMu,
        varianceByMuOff,
        varianceBySigma,
        varianceBySigmaOff,
        n);
  }

  @Override
  public void reluMeanVariance(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    ReluVariance.meanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void reluMeanVarianceWithGradients(
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
      int n) {
    ReluVariance.meanVarianceWithGradients(
        mu,
        muOff,
        sigma,
        sigmaOff,
        mean,
        meanOff,
        variance,
        varianceOff,
        meanByMu,
        meanByMuOff,
        meanBySigma,
        meanBySigmaOff,
        varianceByMu,
        varianceByMuOff,
        varianceBySigma,
        varianceBySigmaOff,
        n);
  }

  @Override
  public void reluSecondMoment(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      int n) {
    ReluSecondMoment.secondMoment(mu, muOff, sigma, sigmaOff, secondMoment, secondMomentOff, n);
  }

  @Override
  public void reluSecondMomentWithGradients(
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
      int n) {
    ReluSecondMoment.secondMomentWithGradients(
        mu,
        muOff,
        sigma,
        sigmaOff,
        secondMoment,
        secondMomentOff,
        byMu,
        byMuOff,
        bySigma,
        bySigmaOff,
        n);
  }

  @Override
  public void reluSecondMoment(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
      int n) {
    ReluSecondMoment.secondMoment(mu, muOff, sigma, sigmaOff, secondMoment, secondMomentOff, n);
  }

  @Override
  public void reluSecondMomentWithGradients(
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
      int n) {
    ReluSecondMoment.secondMomentWithGradients(
        mu,
        muOff,
        sigma,
        sigmaOff,
        secondMoment,
        secondMomentOff,
        byMu,
        byMuOff,
        bySigma,
        bySigmaOff,
        n);
  }

  @Override
  public void leakyReluMeanVariance(
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
    LeakyRelu.meanVariance(
        slope, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void leakyReluMeanVariance(
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
    LeakyRelu.meanVariance(
        slope, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void geluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    Gelu.mean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  @Override
  public void geluMeanVariance(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    Gelu.meanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void geluMean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    Gelu.mean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  @Override
  public void geluMeanVariance(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    Gelu.meanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void clippedMeanVariance(
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
    Clipped.meanVariance(
        low, high, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  @Override
  public void clippedMeanVariance(
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
    Clipped.meanVariance(
        low, high, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }
}
