package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
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
  void lossIsAccurate() {
    UlpMeter meter = new UlpMeter("h(t)");
    long to = Float.floatToIntBits(16f);
    Arrays.fill(sigma, 1f);
    for (long bits = Float.floatToIntBits(0x1p-10f); bits < to; ) {
      int n = 0;
      for (; n < CHUNK && bits < to; n++, bits += 31) {
        mu[n] = -Float.intBitsToFloat((int) bits);
      }
      ReluMoments.meanInto(mu, 0, sigma, 0, mean, 0, n);
      for (int i = 0; i < n; i++) {
        meter.add(mean[i], Reference.loss(-mu[i]), mu[i]);
      }
    }
    meter.assertAtMost(2.7);
  }

  @Test
  void meanAndGradientsAreAccurateForEverySigma() {
    SplittableRandom random = new SplittableRandom(1);
    UlpMeter means = new UlpMeter("mean");
    UlpMeter byMu = new UlpMeter("d mean / d mu");
    UlpMeter bySigma = new UlpMeter("d mean / d sigma");
    int below = 0;
    for (int chunk = 0; chunk < 800; chunk++) {
      for (int i = 0; i < CHUNK; i++) {
        // Bits at random give every exponent; half of them near 1, where users are.
        float any = Float.intBitsToFloat(random.nextInt() & 0x7fffffff);
        float near = (float) StrictMath.exp(6 * random.nextDouble() - 3);
        sigma[i] = (i & 1) == 0 || !Float.isFinite(any) ? near : any;
        mu[i] = (float) (sigma[i] * (21 * random.nextDouble() - 20) * ((i & 2) == 0 ? 1 : 0.2));
      }
      ReluMoments.meanWithGradientsInto(mu, 0, sigma, 0, mean, 0, cdf, 0, pdf, 0, CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        double z = (double) mu[i] / sigma[i];
        if (Double.isNaN(z) || Float.isInfinite(mu[i])) {
          continue;
        }
        means.add(mean[i], Reference.reluMean(mu[i], sigma[i]), mu[i], sigma[i]);
        if (Math.abs(mu[i]) >= 0x1p-100f) {
          byMu.add(cdf[i], Reference.cdf(z), mu[i], sigma[i]);
          bySigma.add(pdf[i], Reference.pdf(z), mu[i], sigma[i]);
        }
        below += mean[i] >= Math.max(mu[i], 0f) ? 0 : 1;
      }
    }
    assertThat(below).as("means below max(mu, 0)").isZero();
    means.assertAtMost(2.7);
    byMu.assertAtMost(1.55);
    bySigma.assertAtMost(1.2);
  }

  @Test
  void hugeSigmaLiftsTheFarTailIntoRange() {
    UlpMeter meter = new UlpMeter("mean at huge sigma");
    float m = -Float.MAX_VALUE;
    for (float t = 13f; t < 21f; t += 0x1p-10f) {
      float s = Float.MAX_VALUE / t;
      meter.add(ReluMoments.mean(m, s), Reference.reluMean(m, s), m, s);
    }
    meter.assertAtMost(2.7);
    assertThat(ReluMoments.mean(m, Float.MAX_VALUE / 18.9f)).isPositive();
    assertThat(ReluMoments.mean(m, Float.MAX_VALUE / 19.5f)).isZero();
  }

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
  void gradientsAreTheSlopesOfTheMean() {
    // Central differences of the double oracle: step 1e-4 leaves 1e-8 of truncation and 1e-12 of
    // rounding; the floats themselves are good to 1e-7 relative to at most 1.
    SplittableRandom random = new SplittableRandom(2);
    double step = 1e-4;
    for (int i = 0; i < CHUNK; i++) {
      sigma[i] = (float) (0.3 + 2 * random.nextDouble());
      mu[i] = (float) (8 * random.nextDouble() - 4);
    }
    ReluMoments.meanWithGradientsInto(mu, 0, sigma, 0, mean, 0, cdf, 0, pdf, 0, CHUNK);
    for (int i = 0; i < CHUNK; i++) {
      double m = mu[i];
      double s = sigma[i];
      double byMu =
          (Reference.reluMean(m + step, s) - Reference.reluMean(m - step, s)) / (2 * step);
      double bySigma =
          (Reference.reluMean(m, s + step) - Reference.reluMean(m, s - step)) / (2 * step);
      assertThat((double) cdf[i]).isCloseTo(byMu, within(2e-7));
      assertThat((double) pdf[i]).isCloseTo(bySigma, within(2e-7));
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
