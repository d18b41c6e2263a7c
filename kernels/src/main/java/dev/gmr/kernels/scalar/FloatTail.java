package dev.gmr.kernels.scalar;

/**
 * The tails of the standard normal distribution for floats: the approximation of Mills' ratio of
 * {@link NormalTail} with a shorter polynomial, evaluated in double. Every rounding is then 2^-29
 * of a float's, so nothing needs to be carried along, no exponent is out of range, subtraction may
 * cost some bits, and the conversion to float is the only error that counts. Polynomials are
 * evaluated by pairs (Estrin): chains of fma would fill the CPU's scheduler with operations that
 * wait.
 *
 * <pre>
 *   phi     = 2^n D(r)             relative error of the fit 2^-34.5
 *   Q / phi = R = w M(q)           relative error of the fit 2^-42.1
 *   h / phi = 1 - t R              loses up to a factor t^2 of it, 9 bits at t = 24
 *   g / phi = R - t h / phi        loses up to a factor t^4 / 2, 17 bits
 * </pre>
 */
final class FloatTail {
  /**
   * From here on sigma^2 g is less than half the smallest subnormal float for every sigma, and so
   * is phi: t is clamped here.
   */
  static final double FAR = 24;

  static final double K = NormalTail.K;

  static final double LN2 = 0x1.62e42fefa39efp-1;

  static final double D0 = 0x1.9884533d009f2p-2;
  static final double D1 = 0x1.9884533f0837p-2;
  static final double D2 = 0x1.988453cc03a52p-3;
  static final double D3 = 0x1.105835bbe0f57p-4;
  static final double D4 = 0x1.10577adc59683p-6;
  static final double D5 = 0x1.b3c3a03b0713bp-9;
  static final double D6 = 0x1.23bd75f45e5d1p-11;
  static final double D7 = 0x1.4ac1c60c176b3p-14;

  static final double M0 = 0x1.ed96b8318fa94p0;
  static final double M1 = -0x1.aaf94e2067974p0;
  static final double M2 = 0x1.3dd60739b3a74p0;
  static final double M3 = -0x1.9262efc13b912p-1;
  static final double M4 = 0x1.a7927b13e5f09p-2;
  static final double M5 = -0x1.62d35fba0cafcp-3;
  static final double M6 = 0x1.ab03103a79142p-5;
  static final double M7 = -0x1.ebbd7d32f1a12p-8;
  static final double M8 = -0x1.062096405e5e8p-9;
  static final double M9 = 0x1.662887722538ap-10;
  static final double M10 = -0x1.38708f7bbb7fap-13;
  static final double M11 = -0x1.080eb3e458982p-13;
  static final double M12 = 0x1.5ce7bda0f4bb5p-15;
  static final double M13 = 0x1.89445f831ff25p-17;
  static final double M14 = -0x1.89f0a8216d6dcp-18;
  static final double M15 = -0x1.ea01915b0e979p-20;

  private FloatTail() {}

  /** Keeps t where the polynomials hold; beyond, everything rounds to zero. */
  static double clamp(double t) {
    return t > FAR ? FAR : t;
  }

  /** phi(t) for t from 0 to {@link #FAR}. */
  static double pdf(double t) {
    double square = t * t;
    double rounded = Math.fma(square, NormalTail.NEGATIVE_HALF_LOG2_E, DoubleExpLog.ROUND);
    double r = Math.fma(rounded - DoubleExpLog.ROUND, -LN2, -0.5 * square);
    return expReduced(r) * DoubleExpLog.pow2(rounded);
  }

  /** exp(x) / sqrt(2 pi) for x from -700 to 0. */
  static double expOverRoot2Pi(double x) {
    double rounded = Math.fma(x, DoubleExpLog.LOG2_E, DoubleExpLog.ROUND);
    double r = Math.fma(rounded - DoubleExpLog.ROUND, -LN2, x);
    return expReduced(r) * DoubleExpLog.pow2(rounded);
  }

  /** D(r), |r| at most ln2/2. */
  static double expReduced(double r) {
    double r2 = r * r;
    double low = Math.fma(Math.fma(D3, r, D2), r2, Math.fma(D1, r, D0));
    double high = Math.fma(Math.fma(D7, r, D6), r2, Math.fma(D5, r, D4));
    return Math.fma(high, r2 * r2, low);
  }

  /** Q / phi at {@code w = 1/(t + K)}. */
  static double mills(double w) {
    double q = Math.fma(-NormalTail.K2, w, 1);
    double q2 = q * q;
    double q4 = q2 * q2;
    double m0 = Math.fma(M1, q, M0);
    double m2 = Math.fma(M3, q, M2);
    double m4 = Math.fma(M5, q, M4);
    double m6 = Math.fma(M7, q, M6);
    double m8 = Math.fma(M9, q, M8);
    double m10 = Math.fma(M11, q, M10);
    double m12 = Math.fma(M13, q, M12);
    double m14 = Math.fma(M15, q, M14);
    double low = Math.fma(Math.fma(m6, q2, m4), q4, Math.fma(m2, q2, m0));
    double high = Math.fma(Math.fma(m14, q2, m12), q4, Math.fma(m10, q2, m8));
    return Math.fma(high, q4 * q4, low) * w;
  }

  /** h / phi, given Q / phi. */
  static double loss(double t, double mills) {
    return Math.fma(-t, mills, 1);
  }
}
