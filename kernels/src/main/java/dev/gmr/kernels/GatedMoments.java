package dev.gmr.kernels;

import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.MomentKernels;

/** Moments by SIMD code, each kernel behind a {@link Gate}. */
final class GatedMoments implements MomentKernels {
  private final MomentKernels simd;
  private final Gate reluMeanFloats;
  private final Gate reluMeanWithGradientsFloats;
  private final Gate reluMeanDoubles;
  private final Gate reluMeanWithGradientsDoubles;
  private final Gate reluMeanBackwardFloats;
  private final Gate reluMeanBackwardDoubles;
  private final Gate reluMeanVarianceFloats;
  private final Gate reluMeanVarianceWithGradientsFloats;
  private final Gate reluMeanVarianceDoubles;
  private final Gate reluMeanVarianceWithGradientsDoubles;
  private final Gate reluSecondMomentFloats;
  private final Gate reluSecondMomentWithGradientsFloats;
  private final Gate reluSecondMomentDoubles;
  private final Gate reluSecondMomentWithGradientsDoubles;
  private final Gate leakyReluMeanVarianceFloats;
  private final Gate leakyReluMeanVarianceDoubles;
  private final Gate geluMeanFloats;
  private final Gate geluMeanVarianceFloats;
  private final Gate geluMeanDoubles;
  private final Gate geluMeanVarianceDoubles;
  private final Gate clippedMeanVarianceFloats;
  private final Gate clippedMeanVarianceDoubles;

  GatedMoments(KernelSet simd, KernelSet scalar) {
    this.simd = simd.moments();
    reluMeanFloats = new Gate(simd, scalar);
    reluMeanWithGradientsFloats = new Gate(simd, scalar);
    reluMeanDoubles = new Gate(simd, scalar);
    reluMeanWithGradientsDoubles = new Gate(simd, scalar);
    reluMeanBackwardFloats = new Gate(simd, scalar);
    reluMeanBackwardDoubles = new Gate(simd, scalar);
    reluMeanVarianceFloats = new Gate(simd, scalar);
    reluMeanVarianceWithGradientsFloats = new Gate(simd, scalar);
    reluMeanVarianceDoubles = new Gate(simd, scalar);
    reluMeanVarianceWithGradientsDoubles = new Gate(simd, scalar);
    reluSecondMomentFloats = new Gate(simd, scalar);
    reluSecondMomentWithGradientsFloats = new Gate(simd, scalar);
    reluSecondMomentDoubles = new Gate(simd, scalar);
    reluSecondMomentWithGradientsDoubles = new Gate(simd, scalar);
    leakyReluMeanVarianceFloats = new Gate(simd, scalar);
    leakyReluMeanVarianceDoubles = new Gate(simd, scalar);
    geluMeanFloats = new Gate(simd, scalar);
    geluMeanVarianceFloats = new Gate(simd, scalar);
    geluMeanDoubles = new Gate(simd, scalar);
    geluMeanVarianceDoubles = new Gate(simd, scalar);
    clippedMeanVarianceFloats = new Gate(simd, scalar);
    clippedMeanVarianceDoubles = new Gate(simd, scalar);
  }

  @Override
  public void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    Gate gate = reluMeanFloats;
    if (gate.isOpen()) {
      simd.reluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMean(mu, muOff + from, sigma, sigmaOff + from, mean, meanOff + from, count));
    }
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
    Gate gate = reluMeanWithGradientsFloats;
    if (gate.isOpen()) {
      simd.reluMeanWithGradients(
          mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanWithGradients(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      cdf,
                      cdfOff + from,
                      pdf,
                      pdfOff + from,
                      count));
    }
  }

  @Override
  public void reluMean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    Gate gate = reluMeanDoubles;
    if (gate.isOpen()) {
      simd.reluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMean(mu, muOff + from, sigma, sigmaOff + from, mean, meanOff + from, count));
    }
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
    Gate gate = reluMeanWithGradientsDoubles;
    if (gate.isOpen()) {
      simd.reluMeanWithGradients(
          mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanWithGradients(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      cdf,
                      cdfOff + from,
                      pdf,
                      pdfOff + from,
                      count));
    }
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
    Gate gate = reluMeanBackwardFloats;
    if (gate.isOpen()) {
      simd.reluMeanBackward(
          dMean, dMeanOff, cdf, cdfOff, pdf, pdfOff, dMu, dMuOff, dSigma, dSigmaOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanBackward(
                      dMean,
                      dMeanOff + from,
                      cdf,
                      cdfOff + from,
                      pdf,
                      pdfOff + from,
                      dMu,
                      dMuOff + from,
                      dSigma,
                      dSigmaOff + from,
                      count));
    }
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
    Gate gate = reluMeanBackwardDoubles;
    if (gate.isOpen()) {
      simd.reluMeanBackward(
          dMean, dMeanOff, cdf, cdfOff, pdf, pdfOff, dMu, dMuOff, dSigma, dSigmaOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanBackward(
                      dMean,
                      dMeanOff + from,
                      cdf,
                      cdfOff + from,
                      pdf,
                      pdfOff + from,
                      dMu,
                      dMuOff + from,
                      dSigma,
                      dSigmaOff + from,
                      count));
    }
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
    Gate gate = reluMeanVarianceFloats;
    if (gate.isOpen()) {
      simd.reluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanVariance(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
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
    Gate gate = reluMeanVarianceWithGradientsFloats;
    if (gate.isOpen()) {
      simd.reluMeanVarianceWithGradients(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanVarianceWithGradients(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      meanByMu,
                      meanByMuOff + from,
                      meanBySigma,
                      meanBySigmaOff + from,
                      varianceByMu,
                      varianceByMuOff + from,
                      varianceBySigma,
                      varianceBySigmaOff + from,
                      count));
    }
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
    Gate gate = reluMeanVarianceDoubles;
    if (gate.isOpen()) {
      simd.reluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanVariance(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
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
    Gate gate = reluMeanVarianceWithGradientsDoubles;
    if (gate.isOpen()) {
      simd.reluMeanVarianceWithGradients(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluMeanVarianceWithGradients(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      meanByMu,
                      meanByMuOff + from,
                      meanBySigma,
                      meanBySigmaOff + from,
                      varianceByMu,
                      varianceByMuOff + from,
                      varianceBySigma,
                      varianceBySigmaOff + from,
                      count));
    }
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
    Gate gate = reluSecondMomentFloats;
    if (gate.isOpen()) {
      simd.reluSecondMoment(mu, muOff, sigma, sigmaOff, secondMoment, secondMomentOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluSecondMoment(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      secondMoment,
                      secondMomentOff + from,
                      count));
    }
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
    Gate gate = reluSecondMomentWithGradientsFloats;
    if (gate.isOpen()) {
      simd.reluSecondMomentWithGradients(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluSecondMomentWithGradients(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      secondMoment,
                      secondMomentOff + from,
                      byMu,
                      byMuOff + from,
                      bySigma,
                      bySigmaOff + from,
                      count));
    }
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
    Gate gate = reluSecondMomentDoubles;
    if (gate.isOpen()) {
      simd.reluSecondMoment(mu, muOff, sigma, sigmaOff, secondMoment, secondMomentOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluSecondMoment(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      secondMoment,
                      secondMomentOff + from,
                      count));
    }
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
    Gate gate = reluSecondMomentWithGradientsDoubles;
    if (gate.isOpen()) {
      simd.reluSecondMomentWithGradients(
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
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .reluSecondMomentWithGradients(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      secondMoment,
                      secondMomentOff + from,
                      byMu,
                      byMuOff + from,
                      bySigma,
                      bySigmaOff + from,
                      count));
    }
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
    Gate gate = leakyReluMeanVarianceFloats;
    if (gate.isOpen()) {
      simd.leakyReluMeanVariance(
          slope, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .leakyReluMeanVariance(
                      slope,
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
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
    Gate gate = leakyReluMeanVarianceDoubles;
    if (gate.isOpen()) {
      simd.leakyReluMeanVariance(
          slope, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .leakyReluMeanVariance(
                      slope,
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
  }

  @Override
  public void geluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    Gate gate = geluMeanFloats;
    if (gate.isOpen()) {
      simd.geluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .geluMean(mu, muOff + from, sigma, sigmaOff + from, mean, meanOff + from, count));
    }
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
    Gate gate = geluMeanVarianceFloats;
    if (gate.isOpen()) {
      simd.geluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .geluMeanVariance(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
  }

  @Override
  public void geluMean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    Gate gate = geluMeanDoubles;
    if (gate.isOpen()) {
      simd.geluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .geluMean(mu, muOff + from, sigma, sigmaOff + from, mean, meanOff + from, count));
    }
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
    Gate gate = geluMeanVarianceDoubles;
    if (gate.isOpen()) {
      simd.geluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .geluMeanVariance(
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
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
    Gate gate = clippedMeanVarianceFloats;
    if (gate.isOpen()) {
      simd.clippedMeanVariance(
          low, high, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .clippedMeanVariance(
                      low,
                      high,
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
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
    Gate gate = clippedMeanVarianceDoubles;
    if (gate.isOpen()) {
      simd.clippedMeanVariance(
          low, high, mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
    } else {
      gate.run(
          n,
          (k, from, count) ->
              k.moments()
                  .clippedMeanVariance(
                      low,
                      high,
                      mu,
                      muOff + from,
                      sigma,
                      sigmaOff + from,
                      mean,
                      meanOff + from,
                      variance,
                      varianceOff + from,
                      count));
    }
  }
}
