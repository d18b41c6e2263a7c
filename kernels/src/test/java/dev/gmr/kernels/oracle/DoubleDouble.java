package dev.gmr.kernels.oracle;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number {@code (hi + lo) 2^exponent}: an unevaluated sum of two doubles, about 106 bits, and an
 * exponent of its own, so that results far outside the range of double keep all their bits.
 *
 * <p>Sums and products without error are Knuth's (TAOCP 2, 4.2.2) and Dekker's (1971, here by fused
 * multiply-add); sum, product and quotient of pairs are the accurate ones of Bailey's QD library
 * (Hida, Li, Bailey 2001). Each is good to a few 2^-106 relative, a sum also where it cancels
 * (Joldes, Muller, Popescu 2017).
 *
 * <p>Zero also stands for what is below 2^-(2^28), the infinities for what is above 2^(2^28).
 * Arithmetic on infinities and NaN gives NaN.
 *
 * @param hi the sum rounded to double; 0, or of magnitude 2^-200 to 2^200
 * @param lo what is left, at most half a unit in the last place of {@code hi}
 * @param exponent the power of two by which the sum is multiplied
 */
public record DoubleDouble(double hi, double lo, int exponent) {
  public static final DoubleDouble ZERO = new DoubleDouble(0, 0, 0);
  public static final DoubleDouble ONE = new DoubleDouble(1, 0, 0);
  public static final DoubleDouble NAN = new DoubleDouble(Double.NaN, 0, 0);
  public static final DoubleDouble INFINITY = new DoubleDouble(Double.POSITIVE_INFINITY, 0, 0);

  /** Products of numbers inside these bounds, and their rounding errors, stay normal doubles. */
  private static final double BIG = 0x1p200;

  private static final double SMALL = 0x1p-200;

  /** With both parts inside the bounds, this many binary places apart nothing is left to add. */
  private static final int FAR_APART = 700;

  /** The double itself. */
  public static DoubleDouble of(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return new DoubleDouble(x, 0, 0);
    }
    // One scaling brings a subnormal to where an exponent can be read.
    return Math.abs(x) < Double.MIN_NORMAL ? normal(x * 0x1p200, 0, -200) : normal(x, 0, 0);
  }

  /** The decimal number, rounded. */
  public static DoubleDouble of(String decimal) {
    BigDecimal exact = new BigDecimal(decimal);
    double hi = exact.doubleValue();
    return normal(hi, exact.subtract(new BigDecimal(hi)).doubleValue(), 0);
  }

  /** {@code a b} without error. */
  public static DoubleDouble product(double a, double b) {
    return of(a).multiply(of(b));
  }

  private static DoubleDouble normal(double hi, double lo, int exponent) {
    double size = Math.abs(hi);
    if (size >= SMALL && size <= BIG) {
      return new DoubleDouble(hi, lo, exponent);
    }
    if (hi == 0) {
      return ZERO;
    }
    if (Double.isNaN(hi) || Double.isInfinite(hi)) {
      return new DoubleDouble(hi, 0, 0);
    }
    int e = Math.getExponent(hi);
    return new DoubleDouble(Math.scalb(hi, -e), Math.scalb(lo, -e), exponent + e);
  }

  /** For |hi| >= |lo|: the same sum with {@code hi} rounded (Dekker). */
  private static DoubleDouble renormalized(double hi, double lo, int exponent) {
    double sum = hi + lo;
    return normal(sum, lo - (sum - hi), exponent);
  }

  public DoubleDouble negate() {
    return new DoubleDouble(-hi, -lo, exponent);
  }

  public DoubleDouble abs() {
    return hi < 0 ? negate() : this;
  }

  public DoubleDouble add(DoubleDouble b) {
    if (exponent == b.exponent) {
      return sum(hi, lo, b.hi, b.lo, exponent);
    }
    if (hi == 0) {
      return b;
    }
    if (b.hi == 0) {
      return this;
    }
    DoubleDouble large = exponent > b.exponent ? this : b;
    DoubleDouble small = exponent > b.exponent ? b : this;
    long apart = (long) large.exponent - small.exponent;
    if (apart > FAR_APART) {
      return large;
    }
    double scale = powerOfTwo(-(int) apart);
    return sum(large.hi, large.lo, scale * small.hi, scale * small.lo, large.exponent);
  }

  private static DoubleDouble sum(double aHi, double aLo, double bHi, double bLo, int exponent) {
    double s = aHi + bHi;
    double v = s - aHi;
    double sError = (aHi - (s - v)) + (bHi - v);
    double t = aLo + bLo;
    v = t - aLo;
    double tError = (aLo - (t - v)) + (bLo - v);
    double c = sError + t;
    double hi = s + c;
    double lo = c - (hi - s) + tError;
    return renormalized(hi, lo, exponent);
  }

  public DoubleDouble add(double b) {
    return add(of(b));
  }

  public DoubleDouble subtract(DoubleDouble b) {
    return add(b.negate());
  }

  public DoubleDouble subtract(double b) {
    return add(of(-b));
  }

  public DoubleDouble multiply(DoubleDouble b) {
    double p = hi * b.hi;
    // 2^-400 at the least, so that no part of the product is lost.
    double error = Math.fma(hi, b.hi, -p);
    error += Math.fma(hi, b.lo, lo * b.hi);
    return renormalized(p, error, exponent + b.exponent);
  }

  public DoubleDouble multiply(double b) {
    return multiply(of(b));
  }

  public DoubleDouble square() {
    return multiply(this);
  }

  public DoubleDouble divide(DoubleDouble b) {
    if (hi == 0) {
      return b.hi == 0 || Double.isNaN(b.hi) ? NAN : ZERO;
    }
    // Long division: the third digit rounds the second.
    double q1 = hi / b.hi;
    DoubleDouble divisor = new DoubleDouble(b.hi, b.lo, 0);
    DoubleDouble rest = new DoubleDouble(hi, lo, 0).subtract(divisor.multiply(q1));
    double q2 = Math.scalb(rest.hi, rest.exponent) / b.hi;
    rest = rest.subtract(divisor.multiply(q2));
    double q3 = Math.scalb(rest.hi, rest.exponent) / b.hi;
    return renormalized(q1, q2, 0).add(q3).scale(exponent - b.exponent);
  }

  public DoubleDouble divide(double b) {
    return divide(of(b));
  }

  /** {@code 1 / this}. */
  public DoubleDouble reciprocal() {
    return ONE.divide(this);
  }

  /** This times {@code 2^power}, without error. */
  public DoubleDouble scale(int power) {
    return hi == 0 || !Double.isFinite(hi) ? this : new DoubleDouble(hi, lo, exponent + power);
  }

  /** Half of this, without error. */
  public DoubleDouble half() {
    return scale(-1);
  }

  /** The square root: one step of Newton's from the root in double (Karp and Markstein 1997). */
  public DoubleDouble sqrt() {
    if (!(hi > 0)) {
      return hi == 0 ? ZERO : NAN;
    }
    int odd = exponent & 1;
    DoubleDouble m = new DoubleDouble(hi, lo, odd);
    double root = Math.sqrt(Math.scalb(hi, odd));
    DoubleDouble rest = m.subtract(product(root, root));
    return rest.divide(2 * root).add(root).scale((exponent - odd) / 2);
  }

  /** The sign: -1, 0 or 1. */
  public int signum() {
    return (int) Math.signum(hi);
  }

  public boolean isNaN() {
    return Double.isNaN(hi);
  }

  public boolean isLessThan(DoubleDouble b) {
    return subtract(b).hi < 0;
  }

  public DoubleDouble max(DoubleDouble b) {
    return isLessThan(b) ? b : this;
  }

  /** The exponent of the leading bit: {@code 2^e <= |this| < 2^(e + 1)}. */
  public int leadingExponent() {
    int e = Math.getExponent(hi);
    boolean justBelow = Math.abs(hi) == powerOfTwo(e) && lo != 0 && (lo < 0) == (hi > 0);
    return exponent + e - (justBelow ? 1 : 0);
  }

  /** Rounded to the nearest double; subnormals too are rounded once. */
  public double doubleValue() {
    if (hi == 0 || !Double.isFinite(hi)) {
      return hi;
    }
    int e = Math.getExponent(hi) + exponent;
    if (e >= Double.MIN_EXPONENT) {
      return e > Double.MAX_EXPONENT ? hi * Double.POSITIVE_INFINITY : Math.scalb(hi, exponent);
    }
    if (e < Double.MIN_EXPONENT - 60) {
      return Math.copySign(0.0, hi);
    }
    // In units of the smallest double this is a number below 2^53; only its ties need lo.
    double units = Math.scalb(hi, exponent + 1074);
    double nearest = Math.rint(units);
    if (Math.abs(units - nearest) == 0.5 && lo != 0) {
      nearest = lo > 0 ? Math.ceil(units) : Math.floor(units);
    }
    return nearest * Double.MIN_VALUE;
  }

  /** The value to as many digits as the context says. */
  public BigDecimal toBigDecimal(MathContext context) {
    BigDecimal sum = new BigDecimal(hi).add(new BigDecimal(lo));
    BigDecimal power = BigDecimal.TWO.pow(Math.abs(exponent), context);
    return exponent < 0 ? sum.divide(power, context) : sum.multiply(power, context);
  }

  /**
   * The error of a double result: its distance from this in units in the last place, the unit that
   * doubles have at this value's own exponent (among subnormals 2^-1074, from the largest double on
   * 2^971). Infinity has no error from half a unit above the largest double on and one unit
   * between; NaN for NaN has none; everything else not finite has an infinite one.
   */
  public double ulps(double got) {
    return error(got, Double.MIN_EXPONENT, Double.MAX_EXPONENT, Double.PRECISION - 1);
  }

  /** The error of a float result in units of float; see {@link #ulps}. */
  public double floatUlps(float got) {
    return error(got, Float.MIN_EXPONENT, Float.MAX_EXPONENT, Float.PRECISION - 1);
  }

  private double error(double got, int minExponent, int maxExponent, int fractionBits) {
    if (isNaN() || Double.isNaN(got)) {
      return isNaN() && Double.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Double.isInfinite(hi)) {
      return got == hi ? 0 : Double.POSITIVE_INFINITY;
    }
    int lead = hi == 0 ? minExponent : leadingExponent();
    int unit = Math.clamp(lead, minExponent, maxExponent) - fractionBits;
    if (Double.isInfinite(got)) {
      DoubleDouble limit = ONE.scale(maxExponent + 1);
      DoubleDouble largest = limit.subtract(ONE.scale(unit));
      DoubleDouble size = abs();
      if (got > 0 != hi > 0 || !largest.isLessThan(size)) {
        return Double.POSITIVE_INFINITY;
      }
      return size.isLessThan(limit.subtract(ONE.scale(unit - 1))) ? 1 : 0;
    }
    return of(got).subtract(this).abs().scale(-unit).doubleValue();
  }

  private static double powerOfTwo(int e) {
    return Double.longBitsToDouble((long) (e + Double.MAX_EXPONENT) << 52);
  }

  @Override
  public String toString() {
    return Double.isFinite(hi) ? toBigDecimal(new MathContext(33)).toString() : Double.toString(hi);
  }
}
