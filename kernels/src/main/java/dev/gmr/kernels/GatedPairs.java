package dev.gmr.kernels;

import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.PairKernels;

/** Pairs by SIMD code, each kernel behind a {@link Gate}. */
final class GatedPairs implements PairKernels {
  private final PairKernels simd;
  private final Gate cdfFloats;
  private final Gate reluCovarianceFloats;
  private final Gate reluCovarianceRowFloats;
  private final Gate cdfDoubles;
  private final Gate reluCovarianceDoubles;
  private final Gate reluCovarianceRowDoubles;
  private final Gate zeroMeanReluCovarianceFloats;
  private final Gate zeroMeanReluCovarianceDoubles;
  private final Gate seriesCovarianceRowFloats;
  private final Gate seriesCovarianceRowDoubles;
  private final Gate maximumFloats;
  private final Gate maximumDoubles;

  GatedPairs(KernelSet simd, KernelSet scalar) {
    this.simd = simd.pairs();
    cdfFloats = new Gate(simd, scalar);
    reluCovarianceFloats = new Gate(simd, scalar);
    reluCovarianceRowFloats = new Gate(simd, scalar);
    cdfDoubles = new Gate(simd, scalar);
    reluCovarianceDoubles = new Gate(simd, scalar);
    reluCovarianceRowDoubles = new Gate(simd, scalar);
    zeroMeanReluCovarianceFloats = new Gate(simd, scalar);
    zeroMeanReluCovarianceDoubles = new Gate(simd, scalar);
    seriesCovarianceRowFloats = new Gate(simd, scalar);
    seriesCovarianceRowDoubles = new Gate(simd, scalar);
    maximumFloats = new Gate(simd, scalar);
    maximumDoubles = new Gate(simd, scalar);
  }

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
    Gate gate = cdfFloats;
    if (gate.isOpen()) {
      simd.cdf(a, aOff, b, bOff, rho, rhoOff, cdf, cdfOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .cdf(
                      a,
                      aOff + from,
                      b,
                      bOff + from,
                      rho,
                      rhoOff + from,
                      cdf,
                      cdfOff + from,
                      count));
    }
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
    Gate gate = reluCovarianceFloats;
    if (gate.isOpen()) {
      simd.reluCovariance(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .reluCovariance(
                      mu1,
                      mu1Off + from,
                      sigma1,
                      sigma1Off + from,
                      mu2,
                      mu2Off + from,
                      sigma2,
                      sigma2Off + from,
                      rho,
                      rhoOff + from,
                      covariance,
                      covarianceOff + from,
                      count));
    }
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
    Gate gate = reluCovarianceRowFloats;
    if (gate.isOpen()) {
      simd.reluCovarianceRow(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .reluCovarianceRow(
                      s,
                      ps,
                      qs,
                      hs,
                      positive1,
                      sigma1,
                      inverse1,
                      covariance,
                      covarianceOff + from,
                      threshold,
                      thresholdOff + from,
                      density,
                      densityOff + from,
                      tail,
                      tailOff + from,
                      loss,
                      lossOff + from,
                      positive,
                      positiveOff + from,
                      sigma,
                      sigmaOff + from,
                      inverse,
                      inverseOff + from,
                      result,
                      resultOff + from,
                      count));
    }
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
    Gate gate = cdfDoubles;
    if (gate.isOpen()) {
      simd.cdf(a, aOff, b, bOff, rho, rhoOff, cdf, cdfOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .cdf(
                      a,
                      aOff + from,
                      b,
                      bOff + from,
                      rho,
                      rhoOff + from,
                      cdf,
                      cdfOff + from,
                      count));
    }
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
    Gate gate = reluCovarianceDoubles;
    if (gate.isOpen()) {
      simd.reluCovariance(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .reluCovariance(
                      mu1,
                      mu1Off + from,
                      sigma1,
                      sigma1Off + from,
                      mu2,
                      mu2Off + from,
                      sigma2,
                      sigma2Off + from,
                      rho,
                      rhoOff + from,
                      covariance,
                      covarianceOff + from,
                      count));
    }
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
    Gate gate = reluCovarianceRowDoubles;
    if (gate.isOpen()) {
      simd.reluCovarianceRow(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .reluCovarianceRow(
                      s,
                      ps,
                      qs,
                      hs,
                      positive1,
                      sigma1,
                      inverse1,
                      covariance,
                      covarianceOff + from,
                      threshold,
                      thresholdOff + from,
                      density,
                      densityOff + from,
                      tail,
                      tailOff + from,
                      loss,
                      lossOff + from,
                      positive,
                      positiveOff + from,
                      sigma,
                      sigmaOff + from,
                      inverse,
                      inverseOff + from,
                      result,
                      resultOff + from,
                      count));
    }
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
    Gate gate = zeroMeanReluCovarianceFloats;
    if (gate.isOpen()) {
      simd.zeroMeanReluCovariance(
          sigma1, sigma1Off, sigma2, sigma2Off, rho, rhoOff, covariance, covarianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .zeroMeanReluCovariance(
                      sigma1,
                      sigma1Off + from,
                      sigma2,
                      sigma2Off + from,
                      rho,
                      rhoOff + from,
                      covariance,
                      covarianceOff + from,
                      count));
    }
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
    Gate gate = zeroMeanReluCovarianceDoubles;
    if (gate.isOpen()) {
      simd.zeroMeanReluCovariance(
          sigma1, sigma1Off, sigma2, sigma2Off, rho, rhoOff, covariance, covarianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .zeroMeanReluCovariance(
                      sigma1,
                      sigma1Off + from,
                      sigma2,
                      sigma2Off + from,
                      rho,
                      rhoOff + from,
                      covariance,
                      covarianceOff + from,
                      count));
    }
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
    Gate gate = seriesCovarianceRowFloats;
    if (gate.isOpen()) {
      simd.seriesCovarianceRow(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .seriesCovarianceRow(
                      terms,
                      stride,
                      own,
                      inverse1,
                      covariance,
                      covarianceOff + from,
                      inverse,
                      inverseOff + from,
                      c,
                      cOff + from,
                      result,
                      resultOff + from,
                      count));
    }
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
    Gate gate = seriesCovarianceRowDoubles;
    if (gate.isOpen()) {
      simd.seriesCovarianceRow(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .seriesCovarianceRow(
                      terms,
                      stride,
                      own,
                      inverse1,
                      covariance,
                      covarianceOff + from,
                      inverse,
                      inverseOff + from,
                      c,
                      cOff + from,
                      result,
                      resultOff + from,
                      count));
    }
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
    Gate gate = maximumFloats;
    if (gate.isOpen()) {
      simd.maximum(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .maximum(
                      mu1,
                      mu1Off + from,
                      sigma1,
                      sigma1Off + from,
                      mu2,
                      mu2Off + from,
                      sigma2,
                      sigma2Off + from,
                      rho,
                      rhoOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      probability,
                      probabilityOff + from,
                      count));
    }
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
    Gate gate = maximumDoubles;
    if (gate.isOpen()) {
      simd.maximum(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.pairs()
                  .maximum(
                      mu1,
                      mu1Off + from,
                      sigma1,
                      sigma1Off + from,
                      mu2,
                      mu2Off + from,
                      sigma2,
                      sigma2Off + from,
                      rho,
                      rhoOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      probability,
                      probabilityOff + from,
                      count));
    }
  }
}
