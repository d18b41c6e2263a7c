package dev.gmr.kernels;

import dev.gmr.kernels.spi.FunctionKernels;
import org.junit.jupiter.api.Test;

class FunctionParityTest {
  private static final int GUARD = 5;

  private final FunctionKernels simd = Parity.simd().functions();
  private final FunctionKernels scalar = Parity.scalar().functions();

  /** An array function under test. */
  private interface Kernel {
    void apply(float[] x, int xOff, float[] y, int yOff, int n);
  }

  @Test
  void exp() {
    compare("exp", simd::exp, scalar::exp);
  }

  @Test
  void log() {
    compare("log", simd::log, scalar::log);
  }

  @Test
  void normalPdf() {
    compare("normalPdf", simd::normalPdf, scalar::normalPdf);
  }

  @Test
  void normalCdf() {
    compare("normalCdf", simd::normalCdf, scalar::normalCdf);
  }

  private static void compare(String name, Kernel simd, Kernel scalar) {
    for (int n : Parity.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        float[] x = Parity.anything(n + offset + GUARD, 31L * n + offset);
        // The results' arrays are full of other values: nothing outside the range may change.
        float[] bySimd = Parity.anything(n + 2 * GUARD, n);
        float[] byScalar = bySimd.clone();
        simd.apply(x, offset, bySimd, GUARD - offset, n);
        scalar.apply(x, offset, byScalar, GUARD - offset, n);
        Parity.assertSameBits(name + " of " + n + " from " + offset, bySimd, byScalar);

        float[] inPlace = x.clone();
        float[] inPlaceByScalar = x.clone();
        simd.apply(inPlace, offset, inPlace, offset, n);
        scalar.apply(inPlaceByScalar, offset, inPlaceByScalar, offset, n);
        Parity.assertSameBits(name + " of " + n + " in place", inPlace, inPlaceByScalar);
      }
    }
    float[] many = Parity.anything(1 << 17, 99);
    float[] bySimd = new float[many.length];
    float[] byScalar = new float[many.length];
    simd.apply(many, 0, bySimd, 0, many.length);
    scalar.apply(many, 0, byScalar, 0, many.length);
    Parity.assertSameBits(name + " of many", bySimd, byScalar);
  }
}
