package dev.gmr.kernels.scalar;

/**
 * erf, erfc and erfcx in double precision.
 *
 * <p>Behind |x| = 1 all three are {@code erfcx(x) = sqrt(2/pi) R(sqrt(2) x)} with Mills' ratio R of
 * {@link NormalTail}, times {@code exp(-x^2)} with the rounding error of x^2 carried along. Before
 * it {@code erf(x) = x A(x^2)}, relative error of the fit 2^-56.0.
 */
final class ErrorFunctions {
  static final double A0 = 0x1.20dd750429b6dp0;
  static final double A1 = -0x1.812746b0379c6p-2;
  static final double A2 = 0x1.ce2f21a0419cap-4;
  static final double A3 = -0x1.b82ce3123e0bdp-6;
  static final double A4 = 0x1.565bcd038a954p-8;
  static final double A5 = -0x1.c02db2058d47bp-11;
  static final double A6 = 0x1.f9a2e9dc2b1ddp-14;
  static final double A7 = -0x1.f4cd4f3ec06fap-17;
  static final double A8 = 0x1.b99c6f5f5ad67p-20;
  static final double A9 = -0x1.5c7b0894cb757p-23;
  static final double A10 = 0x1.d33b9363d707fp-27;
  static final double A11 = -0x1.297e80190fea5p-31;
  static final double A12 = -0x1.2c97d1500062fp-33;
  static final double A13 = 0x1.f9a7b3da8985p-36;

  static final double ROOT_PI_RECIPROCAL = 0x1.20dd750429b6dp-1;

  /** Beyond it erfc is less than half the smallest subnormal. */
  static final double ERFC_MAX = 27.3;

  private ErrorFunctions() {}

  /** erfcx(x) for x &gt;= 0. */
  static double scaledTail(double x) {
    double c = x > DoubleNormal.HUGE ? DoubleNormal.HUGE : x;
    double t = DoubleNormal.ROOT_2 * c;
    double tLow = Math.fma(DoubleNormal.ROOT_2, c, -t) + DoubleNormal.ROOT_2_LOW * c;
    double r = DoubleNormal.millsTail(t);
    // the slope of R is t R - 1: what the rounding of t took
    double scaled = DoubleNormal.ROOT_2_OVER_PI * Math.fma(Math.fma(t, r, -1), tLow, r);
    return x > DoubleNormal.HUGE ? ROOT_PI_RECIPROCAL / x : scaled;
  }

  /** exp(sign x^2) for |x| at most 27.3. */
  static double expOfSquare(double x, double sign) {
    double square = x * x;
    return DoubleExpLog.expOf(sign * square, sign * Math.fma(x, x, -square));
  }

  /** x A(x^2) for |x| at most 1. */
  static double erfNearZero(double x) {
    double y = x * x;
    double a = Math.fma(A13, y, A12);
    a = Math.fma(a, y, A11);
    a = Math.fma(a, y, A10);
    a = Math.fma(a, y, A9);
    a = Math.fma(a, y, A8);
    a = Math.fma(a, y, A7);
    a = Math.fma(a, y, A6);
    a = Math.fma(a, y, A5);
    a = Math.fma(a, y, A4);
    a = Math.fma(a, y, A3);
    a = Math.fma(a, y, A2);
    a = Math.fma(a, y, A1);
    return Math.fma(x, A0, x * (y * a));
  }

  /** erfc(x) for x &gt;= 0. */
  static double tail(double x) {
    double c = x > ERFC_MAX ? ERFC_MAX : x;
    return expOfSquare(c, -1) * scaledTail(c);
  }

  /** erf(x). */
  static double erf(double x) {
    double tail = 1 - tail(Math.abs(x));
    double c = x > 1 ? 1 : x;
    double near = erfNearZero(c < -1 ? -1 : c);
    double far = x < 0 ? -tail : tail;
    double y = Math.abs(x) > 1 ? far : near;
    return x == 0 ? x : y;
  }

  /** erfc(x) = 1 - erf(x). */
  static double erfc(double x) {
    double tail = tail(Math.abs(x));
    return x < 0 ? 2 - tail : tail;
  }

  /** erfcx(x) = exp(x^2) erfc(x). */
  static double erfcx(double x) {
    double magnitude = Math.abs(x);
    double scaled = scaledTail(magnitude);
    double c = magnitude > ERFC_MAX ? ERFC_MAX : magnitude;
    return x < 0 ? 2 * expOfSquare(c, 1) - scaled : scaled;
  }
}
