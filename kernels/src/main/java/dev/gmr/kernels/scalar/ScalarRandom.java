package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.RandomKernels;

/**
 * Counter-based numbers, lane by lane. The normal numbers are Box and Muller's: radius {@code
 * sqrt(-2 ln u)} from the first word, angle from the second, of which the first element gets the
 * cosine and the second the sine. The angle is reduced in integers, exactly, to a quadrant and a
 * rest x of at most pi/4; {@code sin x = x + x^3 S(x^2)} and {@code cos x = 1 - x^2/2 + x^4
 * C(x^2)}, S and C of degree 2 in x^2, relative errors of the fits 2^-27.9 and 2^-33.
 *
 * <p>u has 24 bits, so a normal number is at most sqrt(48 ln 2) = 5.77 in magnitude.
 */
public final class ScalarRandom implements RandomKernels {
  /** Elements of a block. */
  public static final int BLOCK = 32;

  /** Lanes of a block, two elements each. */
  public static final int LANES = 16;

  /** The step of a 24-bit uniform number. */
  public static final float UNIFORM_STEP = 0x1p-24f;

  /** Half a quadrant where 2^32 is the full circle: rounds to the nearest quadrant. */
  public static final int HALF_QUADRANT = 0x20000000;

  /** 2 pi / 2^32. */
  public static final float ANGLE_STEP = 0x1.921fb6p-30f;

  /** Coefficient of x^3 in sin x. */
  public static final float S0 = -0x1.555546p-3f;

  /** Coefficient of x^5 in sin x. */
  public static final float S1 = 0x1.110778p-7f;

  /** Coefficient of x^7 in sin x. */
  public static final float S2 = -0x1.995406p-13f;

  /** Coefficient of x^4 in cos x. */
  public static final float C0 = 0x1.55554ap-5f;

  /** Coefficient of x^6 in cos x. */
  public static final float C1 = -0x1.6c0c28p-10f;

  /** Coefficient of x^8 in cos x. */
  public static final float C2 = 0x1.99e80cp-16f;

  /** Stateless. */
  public ScalarRandom() {}

  @Override
  public void bits(int key0, int key1, int stream, int[] out, int off, int n) {
    bits(key0, key1, stream, out, off, 0, n);
  }

  @Override
  public void uniform(int key0, int key1, int stream, float[] out, int off, int n) {
    uniform(key0, key1, stream, out, off, 0, n);
  }

  @Override
  public void normal(int key0, int key1, int stream, float[] out, int off, int n) {
    normal(key0, key1, stream, out, off, 0, n);
  }

  /**
   * Writes elements {@code from} to {@code n - 1} of the raw words.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param stream the stream
   * @param out receives element i at {@code off + i}
   * @param off where element 0 belongs
   * @param from a multiple of {@link #BLOCK}
   * @param n one past the last element
   */
  public static void bits(int key0, int key1, int stream, int[] out, int off, int from, int n) {
    for (int block = from; block < n; block += BLOCK) {
      for (int i = 0, first; i < LANES && (first = block + i) < n; i++) {
        long words = Threefry.encrypt(key0, key1, block / 2 + i, stream);
        out[off + first] = (int) words;
        if (first + LANES < n) {
          out[off + first + LANES] = (int) (words >>> 32);
        }
      }
    }
  }

  /**
   * Writes elements {@code from} to {@code n - 1} of the uniform numbers.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param stream the stream
   * @param out receives element i at {@code off + i}
   * @param off where element 0 belongs
   * @param from a multiple of {@link #BLOCK}
   * @param n one past the last element
   */
  public static void uniform(
      int key0, int key1, int stream, float[] out, int off, int from, int n) {
    for (int block = from; block < n; block += BLOCK) {
      for (int i = 0, first; i < LANES && (first = block + i) < n; i++) {
        long words = Threefry.encrypt(key0, key1, block / 2 + i, stream);
        out[off + first] = uniform((int) words);
        if (first + LANES < n) {
          out[off + first + LANES] = uniform((int) (words >>> 32));
        }
      }
    }
  }

  /**
   * Writes elements {@code from} to {@code n - 1} of the normal numbers.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param stream the stream
   * @param out receives element i at {@code off + i}
   * @param off where element 0 belongs
   * @param from a multiple of {@link #BLOCK}
   * @param n one past the last element
   */
  public static void normal(int key0, int key1, int stream, float[] out, int off, int from, int n) {
    for (int block = from; block < n; block += BLOCK) {
      for (int i = 0, first; i < LANES && (first = block + i) < n; i++) {
        long words = Threefry.encrypt(key0, key1, block / 2 + i, stream);
        float radius = radius((int) words);
        int angle = (int) (words >>> 32);
        out[off + first] = radius * cosine(angle);
        if (first + LANES < n) {
          out[off + first + LANES] = radius * sine(angle);
        }
      }
    }
  }

  private static float uniform(int word) {
    return (float) ((word >>> 8) + 1) * UNIFORM_STEP;
  }

  private static float radius(int word) {
    return (float) Math.sqrt(-2f * ExpLog.logNormal(uniform(word), 0f));
  }

  private static float cosine(int angle) {
    int quadrant = (angle + HALF_QUADRANT) >>> 30;
    float x = rest(angle, quadrant);
    return flip((quadrant & 1) == 0 ? cosineNearZero(x) : sineNearZero(x), quadrant + 1);
  }

  private static float sine(int angle) {
    int quadrant = (angle + HALF_QUADRANT) >>> 30;
    float x = rest(angle, quadrant);
    return flip((quadrant & 1) == 0 ? sineNearZero(x) : cosineNearZero(x), quadrant);
  }

  private static float rest(int angle, int quadrant) {
    return (float) (angle - (quadrant << 30)) * ANGLE_STEP;
  }

  private static float sineNearZero(float x) {
    float square = x * x;
    float s = Math.fma(Math.fma(S2, square, S1), square, S0);
    return Math.fma(s * square, x, x);
  }

  private static float cosineNearZero(float x) {
    float square = x * x;
    float c = Math.fma(Math.fma(C2, square, C1), square, C0);
    return Math.fma(c * square, square, Math.fma(-0.5f, square, 1f));
  }

  /** Changes the sign in the half circle that starts at quadrant 2. */
  private static float flip(float x, int quadrant) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ (quadrant & 2) << 30);
  }
}
