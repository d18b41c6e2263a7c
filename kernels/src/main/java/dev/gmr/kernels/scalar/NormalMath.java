package dev.gmr.kernels.scalar;

/**
 * The standard normal density and the two slowly varying functions that turn it into tails.
 *
 * <p>With t = |z| and Mills' ratio R(t) = Q(t) / phi(t), everything here is phi times a function
 * without an exponential: {@code Q = phi R} and the normal loss {@code h = phi - t Q = phi (1 - t
 * R)}. Both are approximated directly, so nothing cancels in the tail:
 *
 * <pre>
 *   w = 1 / (t + k),  q = 1 - 2 k w in [-1, 1)
 *   R(t)         = w   M(q)      M of degree 10, relative error of the fit 2^-29.1
 *   1 - t R(t)   = w^2 G(q)      G of degree 10, relative error of the fit 2^-27.8
 * </pre>
 *
 * for 0 &lt;= t &lt;= 19.6. k = 3.84619140625 is the value near the best one at which M(0) = 2 k
 * R(k) and G(0) are floats to within 2^-30. Polynomials are minimax in relative error, coefficients
 * rounded to float one after the other from the lowest, refitting those that remain.
 *
 * <p>The density is one exp: {@code phi = 2^n exp(r)}, {@code r = -t^2/2 - ln sqrt(2 pi) - n ln2}.
 * The rounding error of t^2, which exp would multiply by up to 190, is carried along as a second
 * float; so is the error of t itself where t is a quotient. The factors of the tail carry theirs
 * too (the names ending in Low), or six roundings would add up.
 */
public final class NormalMath {
  /**
   * From here on sigma * h is less than half the smallest subnormal for every sigma; t is clamped
   * here.
   */
  public static final float FAR = 19.5f;

  /** The k of the class comment. */
  public static final float K = 0x1.ec5p1f;

  /** 2 k. */
  public static final float K2 = 2f * K;

  /** -log2(e) / 2. */
  public static final float NEGATIVE_HALF_LOG2_E = -0x1.715476p-1f;

  /** -log2(sqrt(2 pi)). */
  public static final float NEGATIVE_LOG2_ROOT_2PI = -0x1.53643ap0f;

  /** The first 10 bits of ln sqrt(2 pi). */
  public static final float LN_ROOT_2PI_HIGH = 0x1.d68p-1f;

  /** ln sqrt(2 pi) minus {@link #LN_ROOT_2PI_HIGH}. */
  public static final float LN_ROOT_2PI_LOW = -0x1.c6f368p-18f;

  /** Coefficient of q^0 in M. */
  public static final float M0 = 0x1.e2c13p0f;

  /** Coefficient of q^1 in M. */
  public static final float M1 = -0x1.7e8278p0f;

  /** Coefficient of q^2 in M. */
  public static final float M2 = 0x1.d65696p-1f;

  /** Coefficient of q^3 in M. */
  public static final float M3 = -0x1.a7b68ap-2f;

  /** Coefficient of q^4 in M. */
  public static final float M4 = 0x1.d87c9cp-4f;

  /** Coefficient of q^5 in M. */
  public static final float M5 = -0x1.260188p-8f;

  /** Coefficient of q^6 in M. */
  public static final float M6 = -0x1.532958p-7f;

  /** Coefficient of q^7 in M. */
  public static final float M7 = 0x1.4f48c8p-9f;

  /** Coefficient of q^8 in M. */
  public static final float M8 = 0x1.ff16aap-11f;

  /** Coefficient of q^9 in M. */
  public static final float M9 = -0x1.800788p-12f;

  /** Coefficient of q^10 in M. */
  public static final float M10 = -0x1.1d9e42p-13f;

  /** Coefficient of q^0 in G. */
  public static final float G0 = 0x1.b0a1d4p1f;

  /** Coefficient of q^1 in G. */
  public static final float G1 = -0x1.34d6e2p2f;

  /** Coefficient of q^2 in G. */
  public static final float G2 = 0x1.ffa56p1f;

  /** Coefficient of q^3 in G. */
  public static final float G3 = -0x1.0eeaaap1f;

  /** Coefficient of q^4 in G. */
  public static final float G4 = 0x1.32cb48p-1f;

  /** Coefficient of q^5 in G. */
  public static final float G5 = 0x1.1fcb4ap-5f;

  /** Coefficient of q^6 in G. */
  public static final float G6 = -0x1.725f92p-4f;

  /** Coefficient of q^7 in G. */
  public static final float G7 = 0x1.a4c952p-7f;

  /** Coefficient of q^8 in G. */
  public static final float G8 = 0x1.91400ap-7f;

  /** Coefficient of q^9 in G. */
  public static final float G9 = -0x1.45599p-9f;

  /** Coefficient of q^10 in G. */
  public static final float G10 = -0x1.b72e9ep-10f;

  private NormalMath() {}

  /**
   * Returns the density.
   *
   * @param z any float; NaN gives NaN
   * @return phi(z)
   */
  public static float pdf(float z) {
    float t = clamp(Math.abs(z));
    float square = t * t;
    float rounded = exponentPlusRound(square);
    float excess = excess(square, Math.fma(t, t, -square), rounded - ExpLog.ROUND);
    return scale(1f + excess, rounded, t);
  }

  /**
   * Returns the distribution function.
   *
   * @param z any float; NaN gives NaN
   * @return Phi(z)
   */
  public static float cdf(float z) {
    float t = clamp(Math.abs(z));
    float square = t * t;
    float rounded = exponentPlusRound(square);
    float excess = excess(square, Math.fma(t, t, -square), rounded - ExpLog.ROUND);
    float density = 1f + excess;
    float densityLow = excess - (density - 1f);

    float d = t + K;
    float w = 1f / d;
    float wLow = reciprocalLow(w, d, t - (d - K));
    float v = K2 * w;
    float q = 1f - v;
    float qLow = Math.fma(-K2, wLow, Math.fma(-K2, w, v));
    float curve = millsCurve(q);
    float slope = Math.fma(curve, q, M1);
    float m = Math.fma(slope, q, M0);
    float mLow = polynomialLow(M0, M1, curve, slope, m, q, qLow);

    float p = density * m;
    float pLow = productLow(density, densityLow, m, mLow, p);
    float tail = scale(Math.fma(p, w, Math.fma(p, wLow, pLow * w)), rounded, t);
    return z > 0f ? 1f - tail : tail;
  }

  /** Keeps t where the approximations hold; beyond, every product with phi is zero. */
  static float clamp(float t) {
    return t > FAR ? FAR : t;
  }

  /** The nearest integer n to log2(phi), plus {@link ExpLog#ROUND}. */
  static float exponentPlusRound(float square) {
    return Math.fma(square, NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI) + ExpLog.ROUND;
  }

  /**
   * phi / 2^n - 1. The two high parts add up without rounding or nearly so: both have few bits.
   *
   * @param square t^2 rounded
   * @param squareLow t^2 minus {@code square}
   */
  static float excess(float square, float squareLow, float n) {
    float low = Math.fma(-0.5f, squareLow, -LN_ROOT_2PI_LOW);
    low = Math.fma(n, -ExpLog.LN2_LOW, low);
    float high = Math.fma(n, -ExpLog.LN2_HIGH, -LN_ROOT_2PI_HIGH);
    return ExpLog.expm1Reduced(Math.fma(-0.5f, square, high) + low);
  }

  /**
   * x * 2^n in two steps, each factor a product of two powers: n goes down to -276 where a large
   * sigma lifts a far tail. At {@link #FAR} the factors are zero, because working one's way down to
   * zero through subnormal numbers is slow on most CPUs.
   */
  static float scale(float x, float exponentPlusRound, float t) {
    int n = Float.floatToRawIntBits(exponentPlusRound) - ExpLog.ROUND_BITS;
    int quarter = n >> 2;
    float step = t >= FAR ? 0f : ExpLog.pow2(quarter);
    return x * (step * step) * (step * ExpLog.pow2(n - 3 * quarter));
  }

  /** 1/(d + dLow) minus w, where w is 1/d rounded: one Newton step. */
  static float reciprocalLow(float w, float d, float dLow) {
    return w * Math.fma(-w, dLow, Math.fma(-w, d, 1f));
  }

  /** (a + aLow)(b + bLow) minus ab, where ab is a * b rounded. */
  static float productLow(float a, float aLow, float b, float bLow, float ab) {
    return Math.fma(aLow, b, Math.fma(a, bLow, Math.fma(a, b, -ab)));
  }

  /**
   * What a polynomial {@code value = c0 + slope q}, {@code slope = c1 + curve q}, lost in its last
   * two roundings, and what q's own low part adds: times the derivative's leading terms.
   */
  static float polynomialLow(
      float c0, float c1, float curve, float slope, float value, float q, float qLow) {
    float slopeLow = Math.fma(curve, q, c1 - slope);
    float low = Math.fma(slopeLow, q, Math.fma(slope, q, c0 - value));
    return Math.fma(qLow, Math.fma(curve, q, slope), low);
  }

  /** The terms of M behind M1, divided by q^2. */
  static float millsCurve(float q) {
    float m = Math.fma(M10, q, M9);
    m = Math.fma(m, q, M8);
    m = Math.fma(m, q, M7);
    m = Math.fma(m, q, M6);
    m = Math.fma(m, q, M5);
    m = Math.fma(m, q, M4);
    m = Math.fma(m, q, M3);
    return Math.fma(m, q, M2);
  }

  /** The terms of G behind G1, divided by q^2. */
  static float lossCurve(float q) {
    float g = Math.fma(G10, q, G9);
    g = Math.fma(g, q, G8);
    g = Math.fma(g, q, G7);
    g = Math.fma(g, q, G6);
    g = Math.fma(g, q, G5);
    g = Math.fma(g, q, G4);
    g = Math.fma(g, q, G3);
    return Math.fma(g, q, G2);
  }
}
