package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every function against double precision over a sample of all floats: each {@code
 * gmr.test.stride}-th of the whole range (default 2039, 1 takes all of them and minutes), and a
 * closer look at magnitudes 2^-6 to 128, where the results vary.
 */
class FunctionAccuracyTest {
  private static final int STRIDE = Integer.getInteger("gmr.test.stride", 2039);
  private static final int CLOSE_STRIDE = Math.min(STRIDE, 41);
  private static final int CHUNK = 4096;

  /** An array function under test. */
  private interface Kernel {
    void apply(float[] x, int xOff, float[] y, int yOff, int n);
  }

  @Test
  void expIsAccurate() {
    measure("exp", Elementary::expInto, StrictMath::exp).assertAtMost(1.02);
  }

  @Test
  void logIsAccurate() {
    measure("log", Elementary::logInto, StrictMath::log).assertAtMost(0.85);
  }

  @Test
  void pdfIsAccurate() {
    measure("pdf", Normal::pdfInto, Reference::pdf).assertAtMost(1.2);
  }

  @Test
  void cdfIsAccurate() {
    measure("cdf", Normal::cdfInto, Reference::cdf).assertAtMost(1.55);
  }

  @Test
  void expHasItsLimits() {
    assertThat(Elementary.exp(0f)).isEqualTo(1f);
    assertThat(Elementary.exp(-0f)).isEqualTo(1f);
    assertThat(Elementary.exp(0x1.62e42ep6f)).isLessThan(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(0x1.62e43p6f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(-0x1.9fe368p6f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Elementary.exp(-0x1.9fe36ap6f)).isZero();
    assertThat(Elementary.exp(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(-Float.MAX_VALUE)).isZero();
    assertThat(Elementary.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Elementary.exp(Float.NaN)).isNaN();
  }

  @Test
  void logHasItsLimits() {
    assertThat(Elementary.log(1f)).isEqualTo(0f);
    assertThat(Elementary.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Elementary.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Elementary.log(-Float.MIN_VALUE)).isNaN();
    assertThat(Elementary.log(Float.NEGATIVE_INFINITY)).isNaN();
    assertThat(Elementary.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elementary.log(Float.NaN)).isNaN();
  }

  @Test
  void normalDistributionHasItsLimits() {
    assertThat(Normal.cdf(0f)).isEqualTo(0.5f);
    assertThat(Normal.cdf(-0f)).isEqualTo(0.5f);
    assertThat(Normal.cdf(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Normal.cdf(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.cdf(Float.NaN)).isNaN();
    assertThat(Normal.pdf(0f)).isEqualTo((float) (1 / Math.sqrt(2 * Math.PI)));
    assertThat(Normal.pdf(Float.POSITIVE_INFINITY)).isZero();
    assertThat(Normal.pdf(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.pdf(Float.MAX_VALUE)).isZero();
    assertThat(Normal.pdf(Float.NaN)).isNaN();
  }

  private static UlpMeter measure(String name, Kernel kernel, DoubleUnaryOperator exact) {
    UlpMeter meter = new UlpMeter(name);
    sweep(meter, kernel, exact, 0, 1L << 32, STRIDE);
    long from = Float.floatToIntBits(0x1p-6f);
    long to = Float.floatToIntBits(128f);
    long sign = 1L << 31;
    sweep(meter, kernel, exact, from, to, CLOSE_STRIDE);
    sweep(meter, kernel, exact, sign + from, sign + to, CLOSE_STRIDE);
    return meter;
  }

  private static void sweep(
      UlpMeter meter, Kernel kernel, DoubleUnaryOperator exact, long from, long to, int stride) {
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    long bits = from;
    while (bits < to) {
      int n = 0;
      for (; n < CHUNK && bits < to; n++, bits += stride) {
        x[n] = Float.intBitsToFloat((int) bits);
      }
      kernel.apply(x, 0, y, 0, n);
      for (int i = 0; i < n; i++) {
        meter.add(y[i], exact.applyAsDouble(x[i]), x[i]);
      }
    }
  }
}
