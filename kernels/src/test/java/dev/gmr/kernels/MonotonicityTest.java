package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.Function;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Float results never go the wrong way from one float to the next, where the mathematics is
 * monotone: over windows of consecutive floats of both signs, from tiny to the tails.
 */
class MonotonicityTest {
  private static final int WINDOW = 1 << 18;
  private static final float[] FROM = {
    1e-12f, 3e-9f, 2.3e-8f, 1e-7f, 1e-5f, 1e-3f, 0.01f, 0.1f, 0.3f, 0.5f, 0.7f, 0.9f, 0.99f, 1f,
    1.5f, 2f, 3f, 5f, 8f, 12f
  };

  private final float[] x = new float[WINDOW];
  private final float[] y = new float[WINDOW];

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PDF")
  void functionsAreMonotone(Function f) {
    for (float from : FROM) {
      for (int sign : new int[] {1, -1}) {
        if (inDomain(f, sign * from)) {
          fill(from, sign);
          Backend.kernels().functions().apply(f, x, 0, y, 0, WINDOW);
          assertMonotone(f + " from " + sign * from, sign * direction(f));
        }
      }
    }
  }

  private static boolean inDomain(Function f, float x) {
    return switch (f) {
      case LOG -> x > 0;
      case INVERSE_CDF -> x > 0 && x < 0.98f;
      default -> true;
    };
  }

  private static int direction(Function f) {
    return switch (f) {
      case SURVIVAL, MILLS, LOSS, SQUARED_LOSS, ERFC, ERFCX -> -1;
      default -> 1;
    };
  }

  @Test
  void theReluMeanGrowsWithMuAndSigma() {
    float[] fixed = new float[WINDOW];
    for (float from : FROM) {
      for (float other : new float[] {0.01f, 0.5f, 1f, 7f}) {
        Arrays.fill(fixed, other);
        for (int sign : new int[] {1, -1}) {
          fill(from, sign);
          ReluMoments.meanInto(x, 0, fixed, 0, y, 0, WINDOW);
          assertMonotone("mean by mu from " + sign * from + ", sigma " + other, sign);
        }
        fill(from, 1);
        ReluMoments.meanInto(fixed, 0, x, 0, y, 0, WINDOW);
        assertMonotone("mean by sigma from " + from + ", mu " + other, 1);
        Arrays.fill(fixed, -other);
        ReluMoments.meanInto(fixed, 0, x, 0, y, 0, WINDOW);
        assertMonotone("mean by sigma from " + from + ", mu " + -other, 1);
      }
    }
  }

  private void fill(float from, int sign) {
    int bits = Float.floatToIntBits(from);
    for (int i = 0; i < WINDOW; i++) {
      x[i] = sign * Float.intBitsToFloat(bits + i);
    }
  }

  private void assertMonotone(String what, int direction) {
    for (int i = 1; i < WINDOW; i++) {
      if (direction > 0 ? !(y[i] >= y[i - 1]) : !(y[i] <= y[i - 1])) {
        assertThat(y[i])
            .as("%s: %s after %s at %s", what, y[i], y[i - 1], x[i - 1])
            .isEqualTo(y[i - 1]);
      }
    }
  }
}
