package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReluMomentsTest {
  private static final int CHUNK = 4096;
  private static final float PHI_0 = (float) (1 / Math.sqrt(2 * Math.PI));

  /** Mean and gradients of one chunk of arguments. */
  private final float[] mu = new float[CHUNK];

  private final float[] sigma = new float[CHUNK];
  private final float[] mean = new float[CHUNK];
  private final float[] cdf = new float[CHUNK];
  private final float[] pdf = new float[CHUNK];

  @Test
  void zeroSigmaIsTheReluBitForBit() {
    float[] values = {
      0f,
      -0f,
      1f,
      -1f,
      3.5f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      1e-20f,
      -1e-20f,
      7f,
      -7f,
      0x1p-126f
    };
    for (float zero : new float[] {0f, -0f}) {
      for (int i = 0; i < values.length; i++) {
        mu[i] = values[i];
        sigma[i] = zero;
      }
      ReluMoments.meanWithGradientsInto(mu, 0, sigma, 0, mean, 0, cdf, 0, pdf, 0, values.length);
      for (int i = 0; i < values.length; i++) {
        assertThat(Float.floatToRawIntBits(mean[i]))
            .as("mean at mu = %s, sigma = %s", values[i], zero)
            .isEqualTo(Float.floatToRawIntBits(Math.max(values[i], 0f)));
        assertThat(cdf[i]).isEqualTo(values[i] > 0 ? 1f : 0f);
        assertThat(pdf[i]).isEqualTo(values[i] == 0 ? PHI_0 : 0f);
      }
    }
  }

  @Test
  void edgesAreAsDocumented() {
    float inf = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    float[][] cases = {
      // mu, sigma, mean, dm/dmu, dm/dsigma
      {inf, 1f, inf, 1f, 0f},
      {-inf, 1f, 0f, 0f, 0f},
      {1f, inf, inf, 0.5f, PHI_0},
      {-1f, inf, inf, 0.5f, PHI_0},
      {0f, inf, inf, 0.5f, PHI_0},
      {inf, inf, nan, nan, nan},
      {-inf, inf, nan, nan, nan},
      {nan, 1f, nan, nan, nan},
      {1f, nan, nan, nan, nan},
      {0f, nan, nan, nan, nan},
      {nan, 0f, nan, nan, nan},
      {1f, -1f, nan, nan, nan},
      {0f, -Float.MIN_VALUE, nan, nan, nan},
      {1f, Float.MIN_VALUE, 1f, 1f, 0f},
      {-1f, Float.MIN_VALUE, 0f, 0f, 0f},
      {Float.MAX_VALUE, Float.MIN_VALUE, Float.MAX_VALUE, 1f, 0f},
    };
    for (int i = 0; i < cases.length; i++) {
      mu[i] = cases[i][0];
      sigma[i] = cases[i][1];
    }
    int n = cases.length;
    ReluMoments.meanWithGradientsInto(mu, 0, sigma, 0, mean, 0, cdf, 0, pdf, 0, n);
    for (int i = 0; i < n; i++) {
      assertThat(new float[] {mean[i], cdf[i], pdf[i]})
          .as("mean and gradients at mu = %s, sigma = %s", mu[i], sigma[i])
          .containsExactly(cases[i][2], cases[i][3], cases[i][4]);
    }
  }

  @Test
  void backwardWritesDMuAndAddsToDSigma() {
    float[] dMean = {2f, -3f};
    float[] dMu = {100f, 100f};
    float[] dSigma = {10f, 20f};
    ReluMoments.backward(
        dMean, 0, new float[] {0.25f, 0.5f}, 0, new float[] {0.125f, 1f}, 0, dMu, 0, dSigma, 0, 2);
    assertThat(dMu).containsExactly(0.5f, -1.5f);
    assertThat(dSigma).containsExactly(10.25f, 17f);
  }

  @Test
  void negativeSigmaIsRefusedByTheSingleForm() {
    assertThatThrownBy(() -> ReluMoments.mean(1f, -0.5f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sigma is -0.5; expected a standard deviation of at least 0");
    assertThatThrownBy(() -> ReluMoments.mean(1f, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sigma is NaN");
    assertThat(ReluMoments.mean(-2f, 0.5f)).isPositive();
  }

  @Test
  void shortArraysAreNamed() {
    assertThatThrownBy(
            () -> ReluMoments.meanInto(new float[4], 0, new float[4], 1, new float[4], 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sigma has 4 elements; expected room for 4 from 1");
  }
}
