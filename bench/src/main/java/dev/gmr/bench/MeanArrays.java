package dev.gmr.bench;

/** Arguments and results of a mean with gradients: two arrays read, three written. */
final class MeanArrays {
  final float[] mu;
  final float[] sigma;
  final float[] mean;
  final float[] cdf;
  final float[] pdf;

  MeanArrays(int n) {
    mu = Samples.uniform(1, n, -2, 2);
    sigma = Samples.uniform(2, n, 0.1f, 1);
    mean = new float[n];
    cdf = new float[n];
    pdf = new float[n];
  }

  /** Holds a few hundred elements against the textbook formula. */
  void check() {
    for (int i = 0; i < mu.length; i += mu.length / 199) {
      double[] expected = GaussianFormulas.moments("reluMeanWithGradients", mu[i], sigma[i]);
      Samples.check("mean", mean[i], expected[0], 1e-6);
      Samples.check("cdf", cdf[i], expected[1], 1e-6);
      Samples.check("pdf", pdf[i], expected[2], 1e-6);
    }
  }
}
