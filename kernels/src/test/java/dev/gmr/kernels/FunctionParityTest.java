package dev.gmr.kernels;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.FunctionKernels;
import dev.gmr.kernels.spi.KernelSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionParityTest {
  private static final int GUARD = 5;
  private static final int MANY = (1 << 15) + 3;

  private final FunctionKernels simd = simd().functions();
  private final FunctionKernels scalar = Parity.scalar().functions();

  KernelSet simd() {
    return Parity.simd();
  }

  @ParameterizedTest
  @EnumSource
  void floats(Function f) {
    for (int n : Parity.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        float[] x = Parity.anything(n + offset + GUARD, 31L * n + offset);
        // The results' arrays are full of other values: nothing outside the range may change.
        float[] bySimd = Parity.anything(n + 2 * GUARD, n);
        float[] byScalar = bySimd.clone();
        simd.apply(f, x, offset, bySimd, GUARD - offset, n);
        scalar.apply(f, x, offset, byScalar, GUARD - offset, n);
        Parity.assertSameBits(f + " of " + n + " from " + offset, bySimd, byScalar);

        float[] inPlace = x.clone();
        float[] inPlaceByScalar = x.clone();
        simd.apply(f, inPlace, offset, inPlace, offset, n);
        scalar.apply(f, inPlaceByScalar, offset, inPlaceByScalar, offset, n);
        Parity.assertSameBits(f + " of " + n + " in place", inPlace, inPlaceByScalar);
      }
    }
    float[] many = Parity.anything(MANY, 99);
    float[] bySimd = new float[MANY];
    float[] byScalar = new float[MANY];
    simd.apply(f, many, 0, bySimd, 0, MANY);
    scalar.apply(f, many, 0, byScalar, 0, MANY);
    Parity.assertSameBits(f + " of many", bySimd, byScalar);
  }

  @ParameterizedTest
  @EnumSource
  void doubles(Function f) {
    for (int n : Parity.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        double[] x = Parity.anyDoubles(n + offset + GUARD, 31L * n + offset);
        double[] bySimd = Parity.anyDoubles(n + 2 * GUARD, n);
        double[] byScalar = bySimd.clone();
        simd.apply(f, x, offset, bySimd, GUARD - offset, n);
        scalar.apply(f, x, offset, byScalar, GUARD - offset, n);
        Parity.assertSameBits(f + " of " + n + " from " + offset, bySimd, byScalar);

        double[] inPlace = x.clone();
        double[] inPlaceByScalar = x.clone();
        simd.apply(f, inPlace, offset, inPlace, offset, n);
        scalar.apply(f, inPlaceByScalar, offset, inPlaceByScalar, offset, n);
        Parity.assertSameBits(f + " of " + n + " in place", inPlace, inPlaceByScalar);
      }
    }
    double[] many = Parity.anyDoubles(MANY, 99);
    double[] bySimd = new double[MANY];
    double[] byScalar = new double[MANY];
    simd.apply(f, many, 0, bySimd, 0, MANY);
    scalar.apply(f, many, 0, byScalar, 0, MANY);
    Parity.assertSameBits(f + " of many", bySimd, byScalar);
  }
}
