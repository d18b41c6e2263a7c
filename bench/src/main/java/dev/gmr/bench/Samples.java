package dev.gmr.bench;

import java.util.Random;

/** Seeded inputs and the check that each case passes before it is timed. */
final class Samples {
  private Samples() {}

  static float[] uniform(int seed, int n) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat(-1, 1);
    }
    return x;
  }

  static void check(String what, double actual, double expected, double tolerance) {
    if (!(Math.abs(actual - expected) <= tolerance)) {
      throw new IllegalStateException(
          "%s gives %s; expected %s within %s".formatted(what, actual, expected, tolerance));
    }
  }
}
