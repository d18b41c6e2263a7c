package dev.gmr.bench.peers;

import dev.gmr.bench.WarmUp;
import dev.gmr.kernels.ReluMoments;
import dev.gmr.train.io.UserError;
import java.util.Arrays;

/** The same means and gradients by gmr's kernels. */
final class GmrMean {
  private final float[] mu;
  private final float[] sigma;
  private final float[] dMean;
  private final float[] mean;
  private final float[] cdf;
  private final float[] pdf;
  private final float[] dMu;
  private final float[] dSigma;

  GmrMean(float[] mu, float[] sigma) {
    int n = mu.length;
    this.mu = mu;
    this.sigma = sigma;
    dMean = new float[n];
    mean = new float[n];
    cdf = new float[n];
    pdf = new float[n];
    dMu = new float[n];
    dSigma = new float[n];
    Arrays.fill(dMean, 1);
  }

  /** Waits for the compiler. */
  void warmUp() {
    if (!WarmUp.compile(this::forward, mu.length) || !WarmUp.compile(this::both, mu.length)) {
      throw UserError.run("gmr's kernels are not compiled yet; try again on a quieter machine");
    }
  }

  void forward() {
    forward(0, mu.length);
  }

  void forwardAndBackward() {
    both(0, mu.length);
  }

  private void forward(int from, int count) {
    ReluMoments.meanInto(mu, from, sigma, from, mean, from, count);
  }

  /** Gradients by sigma are added to what is there, hence the zeros. */
  private void both(int from, int count) {
    ReluMoments.meanWithGradientsInto(
        mu, from, sigma, from, mean, from, cdf, from, pdf, from, count);
    Arrays.fill(dSigma, from, from + count, 0);
    ReluMoments.backward(dMean, from, cdf, from, pdf, from, dMu, from, dSigma, from, count);
  }

  /** Returns mean and gradients by mu and sigma. */
  double[][] results() {
    forwardAndBackward();
    return new double[][] {doubles(mean), doubles(dMu), doubles(dSigma)};
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
