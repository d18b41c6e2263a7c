package dev.gmr.kernels;

import dev.gmr.kernels.spi.KernelSet;
import org.junit.jupiter.api.Test;

class MomentParityTest {
  private static final int MANY = (1 << 12) + 5;

  private final KernelSet simd = simd();
  private final KernelSet scalar = Parity.scalar();

  KernelSet simd() {
    return Parity.simd();
  }

  /** A kernel of some argument arrays at some offsets, and result arrays from index 1. */
  private interface Kernel<A> {
    void apply(KernelSet kernels, A[] in, int[] off, A[] out, int n);
  }

  @Test
  void momentsOfFloats() {
    compare(
        "reluMean",
        2,
        1,
        (k, in, off, out, n) -> k.moments().reluMean(in[0], off[0], in[1], off[1], out[0], 1, n));
    compare(
        "reluMeanWithGradients",
        2,
        3,
        (k, in, off, out, n) ->
            k.moments()
                .reluMeanWithGradients(
                    in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, out[2], 1, n));
    compare(
        "reluMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments().reluMeanVariance(in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
    compare(
        "reluMeanVarianceWithGradients",
        2,
        6,
        (k, in, off, out, n) ->
            k.moments()
                .reluMeanVarianceWithGradients(
                    in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, out[2], 1, out[3], 1,
                    out[4], 1, out[5], 1, n));
    compare(
        "reluSecondMoment",
        2,
        1,
        (k, in, off, out, n) ->
            k.moments().reluSecondMoment(in[0], off[0], in[1], off[1], out[0], 1, n));
    compare(
        "reluSecondMomentWithGradients",
        2,
        3,
        (k, in, off, out, n) ->
            k.moments()
                .reluSecondMomentWithGradients(
                    in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, out[2], 1, n));
    compare(
        "leakyReluMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments()
                .leakyReluMeanVariance(0.1, in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
    compare(
        "geluMean",
        2,
        1,
        (k, in, off, out, n) -> k.moments().geluMean(in[0], off[0], in[1], off[1], out[0], 1, n));
    compare(
        "geluMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments().geluMeanVariance(in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
    compare(
        "clippedMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments()
                .clippedMeanVariance(
                    -1, 1.5, in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
  }

  @Test
  void momentsOfDoubles() {
    compareDoubles(
        "reluMean",
        2,
        1,
        (k, in, off, out, n) -> k.moments().reluMean(in[0], off[0], in[1], off[1], out[0], 1, n));
    compareDoubles(
        "reluMeanWithGradients",
        2,
        3,
        (k, in, off, out, n) ->
            k.moments()
                .reluMeanWithGradients(
                    in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, out[2], 1, n));
    compareDoubles(
        "reluMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments().reluMeanVariance(in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
    compareDoubles(
        "reluMeanVarianceWithGradients",
        2,
        6,
        (k, in, off, out, n) ->
            k.moments()
                .reluMeanVarianceWithGradients(
                    in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, out[2], 1, out[3], 1,
                    out[4], 1, out[5], 1, n));
    compareDoubles(
        "reluSecondMoment",
        2,
        1,
        (k, in, off, out, n) ->
            k.moments().reluSecondMoment(in[0], off[0], in[1], off[1], out[0], 1, n));
    compareDoubles(
        "reluSecondMomentWithGradients",
        2,
        3,
        (k, in, off, out, n) ->
            k.moments()
                .reluSecondMomentWithGradients(
                    in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, out[2], 1, n));
    compareDoubles(
        "leakyReluMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments()
                .leakyReluMeanVariance(0.1, in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
    compareDoubles(
        "geluMean",
        2,
        1,
        (k, in, off, out, n) -> k.moments().geluMean(in[0], off[0], in[1], off[1], out[0], 1, n));
    compareDoubles(
        "geluMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments().geluMeanVariance(in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
    compareDoubles(
        "clippedMeanVariance",
        2,
        2,
        (k, in, off, out, n) ->
            k.moments()
                .clippedMeanVariance(
                    -1, 1.5, in[0], off[0], in[1], off[1], out[0], 1, out[1], 1, n));
  }

  @Test
  void pairsOfFloats() {
    compare(
        "cdf",
        3,
        1,
        (k, in, off, out, n) ->
            k.pairs().cdf(in[0], off[0], in[1], off[1], in[2], off[2], out[0], 1, n));
    compare(
        "reluCovariance",
        5,
        1,
        (k, in, off, out, n) ->
            k.pairs()
                .reluCovariance(
                    in[0], off[0], in[1], off[1], in[2], off[2], in[3], off[3], in[4], off[4],
                    out[0], 1, n));
    compare(
        "zeroMeanReluCovariance",
        3,
        1,
        (k, in, off, out, n) ->
            k.pairs()
                .zeroMeanReluCovariance(in[0], off[0], in[1], off[1], in[2], off[2], out[0], 1, n));
    compare(
        "maximum",
        5,
        3,
        (k, in, off, out, n) ->
            k.pairs()
                .maximum(
                    in[0], off[0], in[1], off[1], in[2], off[2], in[3], off[3], in[4], off[4],
                    out[0], 1, out[1], 1, out[2], 1, n));
  }

  @Test
  void pairsOfDoubles() {
    compareDoubles(
        "cdf",
        3,
        1,
        (k, in, off, out, n) ->
            k.pairs().cdf(in[0], off[0], in[1], off[1], in[2], off[2], out[0], 1, n));
    compareDoubles(
        "reluCovariance",
        5,
        1,
        (k, in, off, out, n) ->
            k.pairs()
                .reluCovariance(
                    in[0], off[0], in[1], off[1], in[2], off[2], in[3], off[3], in[4], off[4],
                    out[0], 1, n));
    compareDoubles(
        "zeroMeanReluCovariance",
        3,
        1,
        (k, in, off, out, n) ->
            k.pairs()
                .zeroMeanReluCovariance(in[0], off[0], in[1], off[1], in[2], off[2], out[0], 1, n));
    compareDoubles(
        "maximum",
        5,
        3,
        (k, in, off, out, n) ->
            k.pairs()
                .maximum(
                    in[0], off[0], in[1], off[1], in[2], off[2], in[3], off[3], in[4], off[4],
                    out[0], 1, out[1], 1, out[2], 1, n));
  }

  private void compare(String name, int arguments, int results, Kernel<float[]> kernel) {
    for (int n : Parity.SIZES) {
      float[][] in = new float[arguments][];
      for (int a = 0; a < arguments; a++) {
        in[a] = Parity.anything(n + 3, 7L * n + a);
      }
      compare(name, in, results, n, kernel);
    }
    float[][] in = new float[arguments][];
    for (int a = 0; a < arguments; a++) {
      in[a] = Parity.between(a == arguments - 1 ? -1 : -3, a == 0 ? 20 : 1, MANY + 3, a);
    }
    compare(name, in, results, MANY, kernel);
  }

  private void compare(String name, float[][] in, int results, int n, Kernel<float[]> kernel) {
    int[] off = {0, 3, 1, 2, 0};
    float[][] bySimd = new float[results][n + 2];
    float[][] byScalar = new float[results][n + 2];
    kernel.apply(simd, in, off, bySimd, n);
    kernel.apply(scalar, in, off, byScalar, n);
    for (int r = 0; r < results; r++) {
      Parity.assertSameBits("%s of %d, result %d".formatted(name, n, r), bySimd[r], byScalar[r]);
    }
  }

  private void compareDoubles(String name, int arguments, int results, Kernel<double[]> kernel) {
    for (int n : Parity.SIZES) {
      double[][] in = new double[arguments][];
      for (int a = 0; a < arguments; a++) {
        in[a] = Parity.anyDoubles(n + 3, 7L * n + a);
      }
      compareDoubles(name, in, results, n, kernel);
    }
    double[][] in = new double[arguments][];
    for (int a = 0; a < arguments; a++) {
      in[a] = Parity.doublesBetween(a == arguments - 1 ? -1 : -3, a == 0 ? 20 : 1, MANY + 3, a);
    }
    compareDoubles(name, in, results, MANY, kernel);
  }

  private void compareDoubles(
      String name, double[][] in, int results, int n, Kernel<double[]> kernel) {
    int[] off = {0, 3, 1, 2, 0};
    double[][] bySimd = new double[results][n + 2];
    double[][] byScalar = new double[results][n + 2];
    kernel.apply(simd, in, off, bySimd, n);
    kernel.apply(scalar, in, off, byScalar, n);
    for (int r = 0; r < results; r++) {
      Parity.assertSameBits("%s of %d, result %d".formatted(name, n, r), bySimd[r], byScalar[r]);
    }
  }

  @Test
  void matrices() {
    int n = 131;
    double[] raw = Parity.doublesBetween(-1, 1, n * n, 3);
    double[] covariance = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          covariance[i * n + j] += raw[i * n + k] * raw[j * n + k] / n;
        }
      }
    }
    double[] fill = Parity.doublesBetween(0, 1, n, 4);
    double[] bySimd = new double[n];
    double[] byScalar = new double[n];
    for (int row = 0; row < n; row += 13) {
      row(simd, covariance, row * n, fill, bySimd, n);
      row(scalar, covariance, row * n, fill, byScalar, n);
      Parity.assertSameBits("exact row " + row, bySimd, byScalar);
      simd.pairs()
          .seriesCovarianceRow(9, 7, fill, 1, covariance, row * n, fill, 0, raw, 0, bySimd, 0, n);
      scalar
          .pairs()
          .seriesCovarianceRow(9, 7, fill, 1, covariance, row * n, fill, 0, raw, 0, byScalar, 0, n);
      Parity.assertSameBits("series row " + row, bySimd, byScalar);
    }
  }

  private static void row(
      KernelSet kernels, double[] covariance, int off, double[] fill, double[] result, int n) {
    kernels
        .pairs()
        .reluCovarianceRow(
            0.5,
            0.35,
            0.3,
            0.2,
            1,
            1,
            1,
            covariance,
            off,
            fill,
            0,
            fill,
            0,
            fill,
            0,
            fill,
            0,
            fill,
            0,
            fill,
            0,
            fill,
            0,
            result,
            0,
            n);
  }

  @Test
  void backward() {
    for (int n : Parity.SIZES) {
      float[] dMean = Parity.anything(n + 1, 5L * n);
      float[] cdf = Parity.anything(n + 2, 6L * n);
      float[] pdf = Parity.anything(n + 3, 7L * n);
      float[] dMu = new float[n + 4];
      float[] dSigma = Parity.anything(n + 5, 8L * n);
      float[] dMuByScalar = dMu.clone();
      float[] dSigmaByScalar = dSigma.clone();
      simd.moments().reluMeanBackward(dMean, 1, cdf, 2, pdf, 3, dMu, 1, dSigma, 4, n);
      scalar
          .moments()
          .reluMeanBackward(dMean, 1, cdf, 2, pdf, 3, dMuByScalar, 1, dSigmaByScalar, 4, n);
      Parity.assertSameBits("dMu of " + n, dMu, dMuByScalar);
      Parity.assertSameBits("dSigma of " + n, dSigma, dSigmaByScalar);
    }
  }
}
