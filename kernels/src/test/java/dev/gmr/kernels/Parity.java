package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.KernelSet;
import java.util.SplittableRandom;

/**
 * What the parity tests share: both kernel sets, awkward sizes, awkward floats, equality of bits.
 */
final class Parity {
  /** Sizes around every vector length and block. */
  static final int[] SIZES = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 64, 65, 1000};

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    19.5f,
    -19.5f,
    88.7f,
    -103.9f,
    0x1p-140f
  };

  private static final double[] DOUBLE_SPECIAL = {
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    66,
    -66,
    38.5,
    709.7,
    -745.1,
    27.3,
    0x1p300,
    0x1p-1040
  };

  private Parity() {}

  static KernelSet scalar() {
    assertThat(Backend.scalar().name()).isEqualTo("scalar");
    return Backend.scalar();
  }

  /** The SIMD kernels, at the forced width if one is forced. */
  static KernelSet simd() {
    KernelSet simd = Backend.simd().orElseThrow();
    assertThat(simd.name()).isEqualTo("simd");
    assertThat(simd.lanes()).isIn(4, 8, 16);
    String bits = System.getProperty("gmr.simd.bits");
    if (bits != null) {
      assertThat(simd.lanes() * Float.SIZE).isEqualTo(Integer.parseInt(bits));
    }
    return simd;
  }

  /** Floats of every exponent, of ordinary size, and special ones, mixed. */
  static float[] anything(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> Float.intBitsToFloat(random.nextInt());
            default -> (float) (30 * random.nextDouble() - 15);
          };
    }
    return x;
  }

  /** Doubles of every exponent, of ordinary size, and special ones, mixed. */
  static double[] anyDoubles(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          switch (random.nextInt(5)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> DOUBLE_SPECIAL[random.nextInt(DOUBLE_SPECIAL.length)];
            default -> 30 * random.nextDouble() - 15;
          };
    }
    return x;
  }

  /** Ordinary doubles, uniform between the bounds. */
  static double[] doublesBetween(double from, double to, int n, long seed) {
    return new SplittableRandom(seed).doubles(n, from, to).toArray();
  }

  /** Ordinary floats, uniform between the bounds. */
  static float[] between(double from, double to, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(from, to);
    }
    return x;
  }

  /** Every element has the same bits, one NaN being as good as another. */
  static void assertSameBits(String what, float[] simd, float[] scalar) {
    assertThat(bits(simd)).as(what).isEqualTo(bits(scalar));
  }

  /** The same for doubles. */
  static void assertSameBits(String what, double[] simd, double[] scalar) {
    assertThat(bits(simd)).as(what).isEqualTo(bits(scalar));
  }

  private static long[] bits(double[] x) {
    long[] bits = new long[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Double.doubleToLongBits(x[i]);
    }
    return bits;
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }
}
