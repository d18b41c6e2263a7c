package dev.gmr.kernels.scalar;

/**
 * exp and ln of floats, and the parts of them that other kernels build on.
 *
 * <p>exp: {@code x = n ln2 + r} with n the nearest integer, ln2 in two parts so that r keeps its
 * digits; {@code exp(r) = 1 + r + r^2 E(r)} on |r| &lt;= ln2/2, E of degree 4, relative error of
 * the fit 2^-28.2; the scale 2^n is applied in two steps, so that only the last one rounds when the
 * result is subnormal.
 *
 * <p>ln: {@code x = 2^e (1 + f)} with sqrt(1/2) &lt;= 1 + f &lt; sqrt(2); {@code ln(1 + f) = f -
 * f^2/2 + f^3 P(f)}, P of degree 7, relative error of the fit 2^-27.3.
 *
 * <p>Both polynomials are minimax in the relative error of the result, coefficients rounded to
 * float one after the other from the lowest, refitting those that remain.
 */
public final class ExpLog {
  /** Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, ties to even. */
  public static final float ROUND = 0x1.8p23f;

  /** The bits of {@link #ROUND}: a rounded sum's bits minus these are the integer itself. */
  public static final int ROUND_BITS = 0x4b400000;

  /** 1 / ln 2. */
  public static final float LOG2_E = 0x1.715476p0f;

  /** The first 9 bits of ln 2: times an integer below 2^15 it is exact. */
  public static final float LN2_HIGH = 0x1.63p-1f;

  /** ln 2 minus {@link #LN2_HIGH}. */
  public static final float LN2_LOW = -0x1.bd0106p-13f;

  /** Above it exp overflows. */
  public static final float EXP_MAX = 89f;

  /** Below it exp is less than half the smallest subnormal. */
  public static final float EXP_MIN = -104f;

  /** Coefficient of r^0 in E. */
  public static final float E0 = 0x1.fffffcp-2f;

  /** Coefficient of r^1 in E. */
  public static final float E1 = 0x1.555494p-3f;

  /** Coefficient of r^2 in E. */
  public static final float E2 = 0x1.5558bep-5f;

  /** Coefficient of r^3 in E. */
  public static final float E3 = 0x1.123856p-7f;

  /** Coefficient of r^4 in E. */
  public static final float E4 = 0x1.6a3cf8p-10f;

  /** The smallest normal float. */
  public static final float MIN_NORMAL = Float.MIN_NORMAL;

  /** Makes every subnormal normal. */
  public static final float SUBNORMAL_SCALE = 0x1p25f;

  /** The exponent of {@link #SUBNORMAL_SCALE}. */
  public static final float SUBNORMAL_EXPONENT = 25f;

  /** The bits of sqrt(1/2), the smallest 1 + f. */
  public static final int ROOT_HALF_BITS = 0x3f3504f3;

  /** The bits of a float's fraction. */
  public static final int FRACTION_MASK = 0x007fffff;

  /** Coefficient of f^0 in P. */
  public static final float P0 = 0x1.555554p-2f;

  /** Coefficient of f^1 in P. */
  public static final float P1 = -0x1.000226p-2f;

  /** Coefficient of f^2 in P. */
  public static final float P2 = 0x1.99a01cp-3f;

  /** Coefficient of f^3 in P. */
  public static final float P3 = -0x1.54728ap-3f;

  /** Coefficient of f^4 in P. */
  public static final float P4 = 0x1.22d932p-3f;

  /** Coefficient of f^5 in P. */
  public static final float P5 = -0x1.0d824cp-3f;

  /** Coefficient of f^6 in P. */
  public static final float P6 = 0x1.055e9p-3f;

  /** Coefficient of f^7 in P. */
  public static final float P7 = -0x1.38c8dp-4f;

  private ExpLog() {}

  /**
   * Returns e^x, with infinity above 88.72283, subnormals below -87.33655 and zero below -103.9721.
   *
   * @param x any float; NaN gives NaN
   * @return e^x
   */
  public static float exp(float x) {
    float clamped = x > EXP_MAX ? EXP_MAX : x;
    clamped = clamped < EXP_MIN ? EXP_MIN : clamped;
    float rounded = Math.fma(clamped, LOG2_E, ROUND);
    float n = rounded - ROUND;
    float r = Math.fma(n, -LN2_HIGH, clamped);
    r = Math.fma(n, -LN2_LOW, r);
    int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS;
    int half = exponent >> 1;
    return (1f + expm1Reduced(r)) * pow2(half) * pow2(exponent - half);
  }

  /**
   * Returns e^r - 1 for a reduced argument.
   *
   * @param r at most ln2/2 in magnitude
   * @return e^r - 1
   */
  public static float expm1Reduced(float r) {
    float e = Math.fma(E4, r, E3);
    e = Math.fma(e, r, E2);
    e = Math.fma(e, r, E1);
    e = Math.fma(e, r, E0);
    return Math.fma(e, r * r, r);
  }

  /**
   * Returns 2^n.
   *
   * @param n -126 to 127
   * @return 2^n
   */
  public static float pow2(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }

  /**
   * Returns ln(x): minus infinity at zeros, NaN below.
   *
   * @param x any float; NaN gives NaN
   * @return ln(x)
   */
  public static float log(float x) {
    boolean subnormal = x < MIN_NORMAL;
    float scaled = subnormal ? x * SUBNORMAL_SCALE : x;
    float result = logNormal(scaled, subnormal ? -SUBNORMAL_EXPONENT : 0f);
    result = x == Float.POSITIVE_INFINITY ? x : result;
    result = x == 0f ? Float.NEGATIVE_INFINITY : result;
    return x >= 0f ? result : Float.NaN;
  }

  /**
   * Returns ln(x) + exponent * ln 2.
   *
   * @param x positive, normal and finite
   * @param exponent an integer
   * @return ln(x * 2^exponent)
   */
  public static float logNormal(float x, float exponent) {
    int distance = Float.floatToRawIntBits(x) - ROOT_HALF_BITS;
    float e = (float) (distance >> 23) + exponent;
    float f = Float.intBitsToFloat((distance & FRACTION_MASK) + ROOT_HALF_BITS) - 1f;
    float p = Math.fma(P7, f, P6);
    p = Math.fma(p, f, P5);
    p = Math.fma(p, f, P4);
    p = Math.fma(p, f, P3);
    p = Math.fma(p, f, P2);
    p = Math.fma(p, f, P1);
    p = Math.fma(p, f, P0);
    float square = f * f;
    float y = Math.fma(e, LN2_LOW, p * f * square);
    y = Math.fma(-0.5f, square, y);
    return Math.fma(e, LN2_HIGH, f + y);
  }
}
