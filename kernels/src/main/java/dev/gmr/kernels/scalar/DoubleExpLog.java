package dev.gmr.kernels.scalar;

/**
 * exp and ln of doubles, and the parts of them that other functions build on.
 *
 * <p>exp: {@code x = n ln2 + r} with n the nearest integer and ln2 in two parts, so that r keeps
 * its digits; {@code exp(r) = 1 + r + r^2 E(r)} for |r| &lt;= ln2/2, relative error of the fit
 * 2^-57.8. The scale 2^n is applied in two steps, so that only the last rounds where the result is
 * subnormal.
 *
 * <p>ln: {@code x = 2^e (1 + f)} with sqrt(1/2) &lt;= 1 + f &lt; sqrt(2); {@code ln(1 + f) = f -
 * f^2/2 + s (f^2/2 + z L(z))}, {@code s = f/(2 + f)}, {@code z = s^2}, relative error of the fit
 * 2^-66.6. That f is exact and the rest small keeps the error below one ulp (the form is fdlibm's).
 *
 * <p>{@code src/coefficients/fit.py} makes the coefficients.
 */
final class DoubleExpLog {
  /** Adding and subtracting 1.5 * 2^52 rounds to the nearest integer, ties to even. */
  static final double ROUND = 0x1.8p52;

  static final long BIAS = 1023;

  static final int FRACTION_BITS = 52;

  static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2 to 41 binary places: times an integer below 2^12 it is exact. */
  static final double LN2_HIGH = 0x1.62e42fefa3p-1;

  /** ln 2 minus {@link #LN2_HIGH}. */
  static final double LN2_LOW = 0x1.3de6af278ece6p-42;

  /** Above it exp overflows. */
  static final double EXP_MAX = 710;

  /** Below it exp is less than half the smallest subnormal. */
  static final double EXP_MIN = -746;

  /** Makes every subnormal normal. */
  static final double SUBNORMAL_SCALE = 0x1p54;

  static final double SUBNORMAL_EXPONENT = 54;

  /** The bits of sqrt(1/2), the smallest 1 + f, rounded down to its high word. */
  static final long ROOT_HALF_BITS = 0x3fe6a09e00000000L;

  static final long FRACTION_MASK = 0x000fffffffffffffL;

  /** The bits of 2^52: put over those of a small integer they make 2^52 plus that integer. */
  static final long TWO_52_BITS = 0x4330000000000000L;

  /** 1024 where the exponent is: added, it makes every exponent positive. */
  static final long EXPONENT_SHIFT_BITS = 0x4000000000000000L;

  static final double TWO_52 = 0x1p52;

  static final double E0 = 0x1.000000000000bp-1;
  static final double E1 = 0x1.555555555550fp-3;
  static final double E2 = 0x1.55555555502a5p-5;
  static final double E3 = 0x1.1111111122b48p-7;
  static final double E4 = 0x1.6c16c1852a413p-10;
  static final double E5 = 0x1.a01a014497aa9p-13;
  static final double E6 = 0x1.a01997cc5a612p-16;
  static final double E7 = 0x1.71deec6c1241dp-19;
  static final double E8 = 0x1.28af3c30572acp-22;
  static final double E9 = 0x1.add757660e28dp-26;

  static final double L0 = 0x1.5555555555555p-1;
  static final double L1 = 0x1.9999999999d09p-2;
  static final double L2 = 0x1.249249243a53bp-2;
  static final double L3 = 0x1.c71c724a59f5dp-3;
  static final double L4 = 0x1.745ce21dc3f45p-3;
  static final double L5 = 0x1.3b2016326daaap-3;
  static final double L6 = 0x1.0f687e8a7721ep-3;
  static final double L7 = 0x1.0f02ff9a5d8cbp-3;

  private DoubleExpLog() {}

  /** exp(x) for any x: infinity above 709.79, zero below -745.14. */
  static double exp(double x) {
    double c = x > EXP_MAX ? EXP_MAX : x;
    c = c < EXP_MIN ? EXP_MIN : c;
    return expOf(c, 0);
  }

  /** exp(high + low), |high| at most 746 and low tiny beside it. */
  static double expOf(double high, double low) {
    double rounded = Math.fma(high, LOG2_E, ROUND);
    double n = rounded - ROUND;
    double r = Math.fma(n, -LN2_HIGH, high) + Math.fma(n, -LN2_LOW, low);
    double half = Math.fma(n, 0.5, ROUND);
    double rest = n - (half - ROUND) + ROUND;
    return (1 + expm1Reduced(r)) * pow2(half) * pow2(rest);
  }

  /** exp(x) for x from -708 to 0. */
  static double expNegative(double x) {
    double rounded = Math.fma(x, LOG2_E, ROUND);
    double n = rounded - ROUND;
    double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    return (1 + expm1Reduced(r)) * pow2(rounded);
  }

  /** exp(r) - 1 for |r| at most ln2/2. */
  static double expm1Reduced(double r) {
    double e = Math.fma(E9, r, E8);
    e = Math.fma(e, r, E7);
    e = Math.fma(e, r, E6);
    e = Math.fma(e, r, E5);
    e = Math.fma(e, r, E4);
    e = Math.fma(e, r, E3);
    e = Math.fma(e, r, E2);
    e = Math.fma(e, r, E1);
    e = Math.fma(e, r, E0);
    return Math.fma(e, r * r, r);
  }

  /**
   * 2^n for n = rounded - {@link #ROUND} from -1022 to 1023: n stands in the low bits of the
   * rounded sum, and the shift drops the rest.
   */
  static double pow2(double rounded) {
    return Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) + BIAS) << FRACTION_BITS);
  }

  /** ln(x): minus infinity at zeros, NaN below. */
  static double log(double x) {
    boolean subnormal = x < Double.MIN_NORMAL;
    double scaled = subnormal ? x * SUBNORMAL_SCALE : x;
    double shift = subnormal ? -SUBNORMAL_EXPONENT : 0;
    long distance = Double.doubleToRawLongBits(scaled) - ROOT_HALF_BITS;
    long fraction = (distance & FRACTION_MASK) + ROOT_HALF_BITS;
    double f = Double.longBitsToDouble(fraction) - 1;
    double e = exponent(distance) + shift;
    double result = logOf(f, e);
    result = x == Double.POSITIVE_INFINITY ? x : result;
    result = x == 0 ? Double.NEGATIVE_INFINITY : result;
    return x >= 0 ? result : Double.NaN;
  }

  /** The bits above the fraction, as a signed number; not every CPU shifts signed longs. */
  static double exponent(long distance) {
    long biased = (distance + EXPONENT_SHIFT_BITS) >>> FRACTION_BITS;
    return Double.longBitsToDouble(biased | TWO_52_BITS) - (TWO_52 + 1024);
  }

  /** ln(1 + f) + e ln 2 for sqrt(1/2) &lt;= 1 + f &lt;= sqrt(2). */
  static double logOf(double f, double e) {
    double s = f / (2 + f);
    double z = s * s;
    double p = Math.fma(L7, z, L6);
    p = Math.fma(p, z, L5);
    p = Math.fma(p, z, L4);
    p = Math.fma(p, z, L3);
    p = Math.fma(p, z, L2);
    p = Math.fma(p, z, L1);
    p = Math.fma(p, z, L0);
    double halfSquare = 0.5 * f * f;
    double low = Math.fma(s, Math.fma(p, z, halfSquare), e * LN2_LOW);
    return Math.fma(e, LN2_HIGH, f - (halfSquare - low));
  }

  /** ln(1 + x) for x from -1/2 to 0. */
  static double log1pOf(double x) {
    // below 1 + x = sqrt(1/2), twice that: 1 + 2x is exact because x is at most -1/4
    boolean low = x < -0.29;
    double f = low ? Math.fma(2, x, 1) : x;
    return logOf(f, low ? -1 : 0);
  }
}
