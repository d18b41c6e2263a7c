package dev.gmr.kernels;

import dev.gmr.kernels.spi.MomentKernels;
import org.junit.jupiter.api.Test;

class MomentParityTest {
  private final MomentKernels simd = Parity.simd().moments();
  private final MomentKernels scalar = Parity.scalar().moments();

  @Test
  void meansAndGradients() {
    for (int n : Parity.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        compare(
            Parity.anything(n + 3, 7L * n + offset), Parity.anything(n + 3, 13L * n), offset, n);
      }
    }
    int many = 1 << 17;
    compare(Parity.anything(many, 1), Parity.anything(many, 2), 0, many - 3);
    compare(Parity.between(-20, 20, many, 3), Parity.between(0, 2, many, 4), 0, many - 3);
  }

  private void compare(float[] mu, float[] sigma, int offset, int n) {
    String what = n + " from " + offset;
    float[][] bySimd = results(simd, mu, sigma, offset, n);
    float[][] byScalar = results(scalar, mu, sigma, offset, n);
    Parity.assertSameBits("mean alone, " + what, bySimd[0], byScalar[0]);
    Parity.assertSameBits("mean, " + what, bySimd[1], byScalar[1]);
    Parity.assertSameBits("cdf, " + what, bySimd[2], byScalar[2]);
    Parity.assertSameBits("pdf, " + what, bySimd[3], byScalar[3]);
    Parity.assertSameBits("mean alone and with gradients, " + what, bySimd[0], bySimd[1]);
  }

  private static float[][] results(
      MomentKernels kernels, float[] mu, float[] sigma, int offset, int n) {
    float[][] y = new float[4][mu.length];
    kernels.reluMean(mu, offset, sigma, 3 - offset, y[0], 0, n);
    kernels.reluMeanWithGradients(mu, offset, sigma, 3 - offset, y[1], 0, y[2], 0, y[3], 0, n);
    return y;
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
      simd.reluMeanBackward(dMean, 1, cdf, 2, pdf, 3, dMu, 1, dSigma, 4, n);
      scalar.reluMeanBackward(dMean, 1, cdf, 2, pdf, 3, dMuByScalar, 1, dSigmaByScalar, 4, n);
      Parity.assertSameBits("dMu of " + n, dMu, dMuByScalar);
      Parity.assertSameBits("dSigma of " + n, dSigma, dSigmaByScalar);
    }
  }
}
