package dev.gmr.kernels.scalar;

/**
 * The tails of the standard normal distribution for floats: the approximations of {@link
 * NormalTail} with shorter polynomials, evaluated in double. Every rounding is then 2^-29 of a
 * float's, so nothing needs to be carried along, no exponent is out of range, and the conversion to
 * float is the only error that counts.
 *
 * <pre>
 *   phi     = 2^n D(r)       relative error of the fit 2^-34.5
 *   Q / phi = R = w M(q)     relative error of the fit 2^-32.8
 *   h / phi = w^2 G(q)       relative error of the fit 2^-35.2
 *   g / phi = R - t h / phi  (loses at most a factor t^2/2 of the accuracy, 8 bits at t = 24)
 * </pre>
 */
final class FloatTail {
  /**
   * From here on sigma^2 g is less than half the smallest subnormal float for every sigma; t is
   * clamped here.
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

  static final double M0 = 0x1.ed96b8309e2d8p0;
  static final double M1 = -0x1.aaf94e17cff62p0;
  static final double M2 = 0x1.3dd607b3c238cp0;
  static final double M3 = -0x1.9262f314285bbp-1;
  static final double M4 = 0x1.a79251c569aaep-2;
  static final double M5 = -0x1.62d2ba1e25116p-3;
  static final double M6 = 0x1.ab0ddebd7b3fdp-5;
  static final double M7 = -0x1.ec1d36a589b83p-8;
  static final double M8 = -0x1.08da773db5e79p-9;
  static final double M9 = 0x1.68a372347234p-10;
  static final double M10 = -0x1.c2754d614ffefp-14;
  static final double M11 = -0x1.066d4b8af2e59p-13;
  static final double M12 = 0x1.9c6dd98a3971fp-18;

  static final double G0 = 0x1.cc480328d45ddp1;
  static final double G1 = -0x1.7467aaac54ff9p2;
  static final double G2 = 0x1.85459f60c207cp2;
  static final double G3 = -0x1.331616d8583d1p2;
  static final double G4 = 0x1.779d97f930ccfp1;
  static final double G5 = -0x1.5a2f0cca708f1p0;
  static final double G6 = 0x1.ab6c64956b5fp-2;
  static final double G7 = -0x1.68b95d2dc05d3p-5;
  static final double G8 = -0x1.f0b2ff0f9cff6p-6;
  static final double G9 = 0x1.f11571644c88ep-7;
  static final double G10 = -0x1.910dd93ee61d2p-13;
  static final double G11 = -0x1.09a2aa98c2938p-9;
  static final double G12 = 0x1.31a7ff4bdf463p-12;
  static final double G13 = 0x1.e2e787584163bp-13;

  private FloatTail() {}

  /** Keeps t where the polynomials hold; beyond, every product with phi is zero. */
  static double clamp(double t) {
    return t > FAR ? FAR : t;
  }

  /** phi(t) for t from 0 to {@link #FAR}, and zero there. */
  static double pdf(double t) {
    double density = expOverRoot2Pi(-0.5 * (t * t));
    return t >= FAR ? 0 : density;
  }

  /** exp(x) / sqrt(2 pi) for x from -700 to 0. */
  static double expOverRoot2Pi(double x) {
    double rounded = Math.fma(x, DoubleExpLog.LOG2_E, DoubleExpLog.ROUND);
    double r = Math.fma(rounded - DoubleExpLog.ROUND, -LN2, x);
    double d = Math.fma(D7, r, D6);
    d = Math.fma(d, r, D5);
    d = Math.fma(d, r, D4);
    d = Math.fma(d, r, D3);
    d = Math.fma(d, r, D2);
    d = Math.fma(d, r, D1);
    d = Math.fma(d, r, D0);
    return d * DoubleExpLog.pow2(rounded);
  }

  /** Q / phi at {@code w = 1/(t + K)}. */
  static double mills(double w) {
    double q = Math.fma(-NormalTail.K2, w, 1);
    double m = Math.fma(M12, q, M11);
    m = Math.fma(m, q, M10);
    m = Math.fma(m, q, M9);
    m = Math.fma(m, q, M8);
    m = Math.fma(m, q, M7);
    m = Math.fma(m, q, M6);
    m = Math.fma(m, q, M5);
    m = Math.fma(m, q, M4);
    m = Math.fma(m, q, M3);
    m = Math.fma(m, q, M2);
    m = Math.fma(m, q, M1);
    m = Math.fma(m, q, M0);
    return m * w;
  }

  /** h / phi at {@code w = 1/(t + K)}. */
  static double loss(double w) {
    double q = Math.fma(-NormalTail.K2, w, 1);
    double g = Math.fma(G13, q, G12);
    g = Math.fma(g, q, G11);
    g = Math.fma(g, q, G10);
    g = Math.fma(g, q, G9);
    g = Math.fma(g, q, G8);
    g = Math.fma(g, q, G7);
    g = Math.fma(g, q, G6);
    g = Math.fma(g, q, G5);
    g = Math.fma(g, q, G4);
    g = Math.fma(g, q, G3);
    g = Math.fma(g, q, G2);
    g = Math.fma(g, q, G1);
    g = Math.fma(g, q, G0);
    return g * (w * w);
  }
}
