package dev.gmr.bench;

import dev.gmr.kernels.spi.PairKernels;

/** Pairs of Gaussians, floats and doubles; means and correlations that a layer has. */
final class PairArrays {
  /** Pairs: the six arrays of doubles fill 200 kB. */
  static final int N = 4096;

  private final double[] mu1 = Samples.doubles(1, N, -2, 2);
  private final double[] sigma1 = Samples.doubles(2, N, 0.1, 1);
  private final double[] mu2 = Samples.doubles(3, N, -2, 2);
  private final double[] sigma2 = Samples.doubles(4, N, 0.1, 1);
  private final double[] rho = Samples.doubles(5, N, -0.99, 0.99);
  private final double[] covariance = new double[N];
  private final float[] mu1f = floats(mu1);
  private final float[] sigma1f = floats(sigma1);
  private final float[] mu2f = floats(mu2);
  private final float[] sigma2f = floats(sigma2);
  private final float[] rhof = floats(rho);
  private final float[] covariancef = new float[N];

  private static float[] floats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  WarmUp.Range floats(PairKernels k) {
    return (i, n) ->
        k.reluCovariance(mu1f, i, sigma1f, i, mu2f, i, sigma2f, i, rhof, i, covariancef, i, n);
  }

  WarmUp.Range doubles(PairKernels k) {
    return (i, n) ->
        k.reluCovariance(mu1, i, sigma1, i, mu2, i, sigma2, i, rho, i, covariance, i, n);
  }

  void quadrature(int from, int count) {
    for (int i = from; i < from + count; i++) {
      covariance[i] = PairQuadrature.reluCovariance(mu1[i], sigma1[i], mu2[i], sigma2[i], rho[i]);
    }
  }

  /** Holds floats against the quadrature, whose error is far below theirs. */
  void checkFloats() {
    for (int i = 0; i < N; i += 41) {
      double expected =
          PairQuadrature.reluCovariance(mu1f[i], sigma1f[i], mu2f[i], sigma2f[i], rhof[i]);
      Samples.check("float covariance", covariancef[i], expected, 1e-7);
    }
  }

  /** Holds doubles against the quadrature. */
  void checkDoubles() {
    for (int i = 0; i < N; i += 41) {
      double expected = PairQuadrature.reluCovariance(mu1[i], sigma1[i], mu2[i], sigma2[i], rho[i]);
      Samples.check("double covariance", covariance[i], expected, 1e-13);
    }
  }
}
