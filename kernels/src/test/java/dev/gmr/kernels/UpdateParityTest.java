package dev.gmr.kernels;

import dev.gmr.kernels.spi.UpdateKernels;
import org.junit.jupiter.api.Test;

class UpdateParityTest {
  private static final int OFF = 3;

  private final UpdateKernels simd = Parity.simd().updates();
  private final UpdateKernels scalar = Parity.scalar().updates();

  @Test
  void adam() {
    for (int n : Parity.SIZES) {
      for (float decay : new float[] {0f, 5e-4f}) {
        float[][] bySimd = state(n);
        float[][] byScalar = state(n);
        adam(simd, bySimd, n, decay);
        adam(scalar, byScalar, n, decay);
        compare("adam", bySimd, byScalar);
      }
    }
  }

  private static void adam(UpdateKernels kernels, float[][] s, int n, float decay) {
    kernels.adam(s[0], s[1], s[2], s[3], OFF, n, 1e-3f, 1.7f, 0.9f, 0.999f, 1e-8f, decay);
  }

  @Test
  void sgd() {
    for (int n : Parity.SIZES) {
      for (boolean nesterov : new boolean[] {false, true}) {
        float[][] bySimd = state(n);
        float[][] byScalar = state(n);
        simd.sgd(bySimd[0], bySimd[1], bySimd[2], OFF, n, 0.1f, 0.9f, nesterov, 5e-4f);
        scalar.sgd(byScalar[0], byScalar[1], byScalar[2], OFF, n, 0.1f, 0.9f, nesterov, 5e-4f);
        compare("sgd", bySimd, byScalar);
      }
    }
  }

  private static float[][] state(int n) {
    return new float[][] {
      Parity.anything(n + 2 * OFF, 1),
      Parity.between(-1, 1, n + 2 * OFF, 2),
      Parity.anything(n + 2 * OFF, 3),
      Parity.between(0, 1, n + 2 * OFF, 4)
    };
  }

  private static void compare(String what, float[][] bySimd, float[][] byScalar) {
    for (int k = 0; k < bySimd.length; k++) {
      Parity.assertSameBits(what + ", array " + k, bySimd[k], byScalar[k]);
    }
  }
}
