package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.KernelSet;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Once compiled, the SIMD kernels allocate nothing. A vector that the compiler fails to keep in a
 * register becomes an object; that is slow and easy to cause by a harmless-looking change.
 */
class MathAllocationTest {
  private static final int N = 1024;
  private static final int ROUNDS = 200;

  /** Compilation needs some thousands of calls and happens in the background. */
  private static final int MOST_WARM_UPS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final KernelSet simd = Parity.simd();
  private final float[] x = Parity.between(-5, 5, N, 1);
  private final float[] s = Parity.between(0, 2, N, 2);
  private final double[] xd = Parity.doublesBetween(-5, 5, N, 3);
  private final double[] sd = Parity.doublesBetween(0, 2, N, 4);
  private final double[] rho = Parity.doublesBetween(-1, 1, N, 5);
  private final double[] ad = new double[N];
  private final float[] a = new float[N];
  private final float[] b = new float[N];
  private final float[] c = new float[N];
  private final int[] words = new int[N];
  private final int[] labels = new int[N / 16];

  @ParameterizedTest
  @EnumSource
  void functions(Function f) {
    assertAllocatesNothing("float " + f, () -> simd.functions().apply(f, x, 0, a, 0, N));
    assertAllocatesNothing("double " + f, () -> simd.functions().apply(f, xd, 0, ad, 0, N));
  }

  @Test
  void moments() {
    assertAllocatesNothing("reluMean", () -> simd.moments().reluMean(x, 0, s, 0, a, 0, N));
    assertAllocatesNothing(
        "reluMeanWithGradients",
        () -> simd.moments().reluMeanWithGradients(x, 0, s, 0, a, 0, b, 0, c, 0, N));
    assertAllocatesNothing(
        "reluMeanBackward", () -> simd.moments().reluMeanBackward(x, 0, s, 0, s, 0, a, 0, b, 0, N));
  }

  @Test
  void variances() {
    assertAllocatesNothing(
        "reluMeanVarianceWithGradients",
        () ->
            simd.moments()
                .reluMeanVarianceWithGradients(
                    xd, 0, sd, 0, ad, 0, ad, 0, ad, 0, ad, 0, ad, 0, ad, 0, N));
    assertAllocatesNothing(
        "geluMeanVariance", () -> simd.moments().geluMeanVariance(xd, 0, sd, 0, ad, 0, ad, 0, N));
    assertAllocatesNothing(
        "clippedMeanVariance",
        () -> simd.moments().clippedMeanVariance(-1, 1, xd, 0, sd, 0, ad, 0, ad, 0, N));
  }

  @Test
  void pairs() {
    assertAllocatesNothing(
        "reluCovariance",
        () -> simd.pairs().reluCovariance(xd, 0, sd, 0, xd, 0, sd, 0, rho, 0, ad, 0, N));
    assertAllocatesNothing("cdf", () -> simd.pairs().cdf(xd, 0, xd, 0, rho, 0, ad, 0, N));
    assertAllocatesNothing(
        "reluCovarianceRow",
        () ->
            simd.pairs()
                .reluCovarianceRow(
                    0.5, 0.35, 0.3, 0.2, 1, 1, 1, rho, 0, sd, 0, sd, 0, sd, 0, sd, 0, sd, 0, sd, 0,
                    sd, 0, ad, 0, N));
  }

  @Test
  void random() {
    assertAllocatesNothing("bits", () -> simd.random().bits(1, 2, 3, words, 0, N));
    assertAllocatesNothing("uniform", () -> simd.random().uniform(1, 2, 3, a, 0, N));
    assertAllocatesNothing("normal", () -> simd.random().normal(1, 2, 3, a, 0, N));
  }

  @Test
  void lossesAndUpdates() {
    assertAllocatesNothing(
        "softmaxCrossEntropy",
        () ->
            simd.losses()
                .softmaxCrossEntropy(
                    x, 0, 16, 10, labels.length, labels, 0, 1f, a, 0, b, 0, words, 0));
    assertAllocatesNothing(
        "smoothLabels",
        () -> simd.losses().smoothLabels(x, 0, 64, 50, 16, labels, 0, 0.1f, 1f, a, 0, b, 0));
    assertAllocatesNothing(
        "squaredDifference",
        () -> simd.losses().squaredDifference(x, 0, s, 0, 64, 50, 16, 1f, a, 0, b, 0, c, 0));
    assertAllocatesNothing(
        "adam", () -> simd.updates().adam(a, x, b, c, 0, N, 1e-3f, 1f, 0.9f, 0.999f, 1e-8f, 0f));
    assertAllocatesNothing("sgd", () -> simd.updates().sgd(a, x, b, 0, N, 1e-3f, 0.9f, true, 0f));
  }

  /** Repeats a batch of calls until one allocates nothing; compiled code never does again. */
  private void assertAllocatesNothing(String kernel, Runnable call) {
    long allocated = Long.MAX_VALUE;
    for (int warmUp = 0; warmUp < MOST_WARM_UPS && allocated > 0; warmUp++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        call.run();
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).as(kernel + ": bytes in " + ROUNDS + " calls").isZero();
  }
}
