package dev.gmr.kernels.simd;

import dev.gmr.kernels.spi.PairKernels;

/** The Vector API kernels of {@link PairKernels}. */
final class SimdPairs implements PairKernels {
  @Override
  public void cdf(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] rho,
      int rhoOff,
      float[] cdf,
      int cdfOff,
      int n) {
    SimdGaussianPair.cdf(a, aOff, b, bOff, rho, rhoOff, cdf, cdfOff, n);
  }

  @Override
  public void reluCovariance(
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
    SimdGaussianPair.reluCovariance(
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

  @Override
  public void reluCovarianceRow(
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
      int n) {
    SimdGaussianPair.reluCovarianceRow(
        s,
        ps,
        qs,
        hs,
        positive1,
        sigma1,
        inverse1,
        covariance,
        covarianceOff,
        threshold,
        thresholdOff,
        density,
        densityOff,
        tail,
        tailOff,
        loss,
        lossOff,
        positive,
        positiveOff,
        sigma,
        sigmaOff,
        inverse,
        inverseOff,
        result,
        resultOff,
        n);
  }

  @Override
  public void cdf(
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      double[] rho,
      int rhoOff,
      double[] cdf,
      int cdfOff,
      int n) {
    SimdGaussianPair.cdf(a, aOff, b, bOff, rho, rhoOff, cdf, cdfOff, n);
  }

  @Override
  public void reluCovariance(
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
    SimdGaussianPair.reluCovariance(
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

  @Override
  public void reluCovarianceRow(
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
      int n) {
    SimdGaussianPair.reluCovarianceRow(
        s,
        ps,
        qs,
        hs,
        positive1,
        sigma1,
        inverse1,
        covariance,
        covarianceOff,
        threshold,
        thresholdOff,
        density,
        densityOff,
        tail,
        tailOff,
        loss,
        lossOff,
        positive,
        positiveOff,
        sigma,
        sigmaOff,
        inverse,
        inverseOff,
        result,
        resultOff,
        n);
  }

  @Override
  public void zeroMeanReluCovariance(
      float[] sigma1,
      int sigma1Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n) {
    SimdReluCovarianceForms.zeroMean(
        sigma1, sigma1Off, sigma2, sigma2Off, rho, rhoOff, covariance, covarianceOff, n);
  }

  @Override
  public void zeroMeanReluCovariance(
      double[] sigma1,
      int sigma1Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n) {
    SimdReluCovarianceForms.zeroMean(
        sigma1, sigma1Off, sigma2, sigma2Off, rho, rhoOff, covariance, covarianceOff, n);
  }

  @Override
  public void seriesCovarianceRow(
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
      int n) {
    SimdReluCovarianceForms.seriesRow(
        terms,
        stride,
        own,
        inverse1,
        covariance,
        covarianceOff,
        inverse,
        inverseOff,
        c,
        cOff,
        result,
        resultOff,
        n);
  }

  @Override
  public void seriesCovarianceRow(
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
      int n) {
    SimdReluCovarianceForms.seriesRow(
        terms,
        stride,
        own,
        inverse1,
        covariance,
        covarianceOff,
        inverse,
        inverseOff,
        c,
        cOff,
        result,
        resultOff,
        n);
  }

  @Override
  public void maximum(
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
    SimdGaussianMaximum.moments(
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

  @Override
  public void maximum(
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
    SimdGaussianMaximum.moments(
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
