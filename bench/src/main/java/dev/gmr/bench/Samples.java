package dev.gmr.bench;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.KernelSet;
import java.util.Random;

/** Seeded inputs, double-precision formulas, and the check that each case passes before timing. */
final class Samples {
  private static final int SIMPSON_STEPS = 1000;

  private Samples() {}

  static float[] uniform(int seed, int n) {
    return uniform(seed, n, -1, 1);
  }

  static float[] uniform(int seed, int n, float from, float to) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat(from, to);
    }
    return x;
  }

  static double[] doubles(int seed, int n, double from, double to) {
    return new Random(seed).doubles(n, from, to).toArray();
  }

  /** Returns the kernels called simd or scalar. */
  static KernelSet kernels(String backend) {
    return backend.equals("scalar")
        ? Backend.scalar()
        : Backend.simd()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "needs the JVM flag --add-modules jdk.incubator.vector"));
  }

  static int[] labels(int n, int classes) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % classes;
    }
    return labels;
  }

  /** The standard normal density. */
  static double normalPdf(double z) {
    return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
  }

  /** The standard normal distribution function by Simpson's rule; to 1e-12 for |z| up to 8. */
  static double normalCdf(double z) {
    double h = z / SIMPSON_STEPS;
    double sum = normalPdf(0) + normalPdf(z);
    for (int i = 1; i < SIMPSON_STEPS; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * normalPdf(i * h);
    }
    return 0.5 + sum * h / 3;
  }

  static void check(String what, double actual, double expected, double tolerance) {
    if (!(Math.abs(actual - expected) <= tolerance)) {
      throw new IllegalStateException(
          "%s gives %s; expected %s within %s".formatted(what, actual, expected, tolerance));
    }
  }
}
