package dev.gmr.kernels.scalar;

/**
 * The tails of the standard normal distribution in double precision, without cancellation.
 *
 * <p>With t &gt;= 0, Mills' ratio {@code R = Q/phi} and the loss functions {@code h = E (Z - t)+}
 * and {@code g = E ((Z - t)+)^2}, every one of them is phi times a function without an exponential,
 * and each of those is approximated directly:
 *
 * <pre>
 *   w = 1 / (t + 5),  q = 1 - 10 w in [-1, 1]
 *   Q / phi = R             = w   M(q)      relative error of the fit 2^-58.5
 *   h / phi = 1 - t R       = w^2 G(q)      relative error of the fit 2^-58.2
 *   g / phi = (1 + t^2) R-t = w^3 H(q)      relative error of the fit 2^-58.9
 * </pre>
 *
 * <p>The density is one exp: {@code phi = 2^n exp(r)}, {@code r = -t^2/2 - ln sqrt(2 pi) - n ln2}.
 * The rounding error of t^2, which exp would multiply by up to 700, is carried along as a second
 * double; so are those of t where t is a quotient, of w, q and the density (names ending in Low),
 * or six roundings would add up.
 *
 * <p>{@code src/coefficients/fit.py} makes the coefficients.
 */
final class NormalTail {
  /**
   * From here on sigma^2 g is less than half the smallest subnormal for every sigma; t is clamped
   * here.
   */
  static final double FAR = 66;

  /** The 5 of the class comment. */
  static final double K = 5;

  static final double K2 = 2 * K;

  static final double NEGATIVE_HALF_LOG2_E = -0x1.71547652b82fep-1;

  static final double NEGATIVE_LOG2_ROOT_2PI = -0x1.536439a4c6efcp0;

  /** ln sqrt(2 pi) to 41 binary places. */
  static final double LN_ROOT_2PI_HIGH = 0x1.d67f1c864bp-1;

  /** ln sqrt(2 pi) minus {@link #LN_ROOT_2PI_HIGH}. */
  static final double LN_ROOT_2PI_LOW = 0x1.d694d252f24p-42;

  static final double M0 = 0x1.ed96b8318f6c5p0;
  static final double M0_LOW = -0x1.e846df6c55b2bp-54;
  static final double M1 = -0x1.aaf94e206d6dap0;
  static final double M1_LOW = -0x1.5fa8c561b2576p-55;
  static final double M2 = 0x1.3dd60739e7973p0;
  static final double M3 = -0x1.9262efbe12bf6p-1;
  static final double M4 = 0x1.a7927af8f0ef6p-2;
  static final double M5 = -0x1.62d360c63f702p-3;
  static final double M6 = 0x1.ab031a049fc22p-5;
  static final double M7 = -0x1.ebbc32556f2bdp-8;
  static final double M8 = -0x1.06239679b225ep-9;
  static final double M9 = 0x1.660d41e10ca53p-10;
  static final double M10 = -0x1.38202a1dd7f85p-13;
  static final double M11 = -0x1.0596f7f595d64p-13;
  static final double M12 = 0x1.5ec48dd9d9ff1p-15;
  static final double M13 = 0x1.4eb3a48a34fcap-17;
  static final double M14 = -0x1.d21ad291bdfb9p-18;
  static final double M15 = -0x1.c0f631856dc7cp-21;
  static final double M16 = 0x1.25c816ce6fe62p-20;
  static final double M17 = 0x1.a02bef6b95bf9p-24;
  static final double M18 = -0x1.7c93b7fc9559ep-23;
  static final double M19 = -0x1.2d7e472223a5p-26;
  static final double M20 = 0x1.ed579cbada6c8p-26;
  static final double M21 = 0x1.be6125b1433efp-29;
  static final double M22 = -0x1.16a099945f681p-28;
  static final double M23 = -0x1.7aa497c30a50ep-32;
  static final double M24 = 0x1.7eb9898f1f79ep-32;

  static final double G0 = 0x1.cc480328fe6cfp1;
  static final double G0_LOW = 0x1.3f90db9fff7c5p-54;
  static final double G1 = -0x1.7467aaad2a827p2;
  static final double G1_LOW = -0x1.63a47d8b5c02cp-52;
  static final double G2 = 0x1.85459f52b4bb3p2;
  static final double G3 = -0x1.3316169d4598ep2;
  static final double G4 = 0x1.779d9b1989872p1;
  static final double G5 = -0x1.5a2f1d758d8cbp0;
  static final double G6 = 0x1.ab6b4c45f98fbp-2;
  static final double G7 = -0x1.68aa671b1529p-5;
  static final double G8 = -0x1.f04f7ebbb61efp-6;
  static final double G9 = 0x1.f0559995e401bp-7;
  static final double G10 = -0x1.15f1f913bf05p-12;
  static final double G11 = -0x1.05f628ceaaeep-9;
  static final double G12 = 0x1.b2041cd352ad4p-12;
  static final double G13 = 0x1.f0ce8e1adb438p-13;
  static final double G14 = -0x1.8045d9fa74d1fp-14;
  static final double G15 = -0x1.0360870827537p-15;
  static final double G16 = 0x1.1bf74b6076d3bp-16;
  static final double G17 = 0x1.4eae9573f6eb9p-18;
  static final double G18 = -0x1.9332ab992b6eep-19;
  static final double G19 = -0x1.091294f8efafp-20;
  static final double G20 = 0x1.183864b53c27dp-21;
  static final double G21 = 0x1.bad500c2cdfc4p-23;
  static final double G22 = -0x1.75932c96a67e6p-24;
  static final double G23 = -0x1.31c1c3db142c4p-25;
  static final double G24 = 0x1.b4f473442323ap-27;
  static final double G25 = 0x1.d747a6373010ep-29;
  static final double G26 = -0x1.42b922e8e67b9p-30;

  static final double H0 = 0x1.a057d6eb1477bp3;
  static final double H0_LOW = 0x1.e1f0f2ae7d8b3p-52;
  static final double H1 = -0x1.d9f08fab3a3f9p4;
  static final double H1_LOW = 0x1.3b2541a69541fp-52;
  static final double H2 = 0x1.35cb182454773p5;
  static final double H3 = -0x1.1dd534e8adda6p5;
  static final double H4 = 0x1.85e4ed87e32fdp4;
  static final double H5 = -0x1.7f0d5813fe45ep3;
  static final double H6 = 0x1.d2ddef8d205c8p1;
  static final double H7 = -0x1.3b2fe933ac571p-3;
  static final double H8 = -0x1.c1c9c27e4b4cp-2;
  static final double H9 = 0x1.5aa89307c51c8p-3;
  static final double H10 = 0x1.34152593d116ap-6;
  static final double H11 = -0x1.fb10b7ee5427ep-6;
  static final double H12 = 0x1.63dd5bad2711ap-9;
  static final double H13 = 0x1.3cef6f77674f3p-8;
  static final double H14 = -0x1.06a2af3a54951p-10;
  static final double H15 = -0x1.a18af7c5ce5efp-11;
  static final double H16 = 0x1.cc1d4d58d9a03p-13;
  static final double H17 = 0x1.3820fd8eb6fbcp-13;
  static final double H18 = -0x1.5448303764b92p-15;
  static final double H19 = -0x1.06d08fa7f6815p-15;
  static final double H20 = 0x1.ab1bb2446da4ep-18;
  static final double H21 = 0x1.d0f35e9dcf965p-18;
  static final double H22 = -0x1.8f24490af22f9p-21;
  static final double H23 = -0x1.8075d81039c82p-20;
  static final double H24 = 0x1.6fd7ace913c0ep-25;
  static final double H25 = 0x1.eff96b83c54b8p-23;
  static final double H26 = 0x1.574b4f31755c1p-30;
  static final double H27 = -0x1.5ee64af569bd4p-26;

  private NormalTail() {}

  /** Keeps t where the exponents below hold; beyond, every product with phi is zero. */
  static double clamp(double t) {
    return t > FAR ? FAR : t;
  }

  /** t^2 minus {@code square}, where t^2 is rounded to {@code square} and t stands for t + tLow. */
  static double squareLow(double t, double tLow, double square) {
    return Math.fma(t + t, tLow, Math.fma(t, t, -square));
  }

  /** The nearest integer n to log2(phi), plus {@link DoubleExpLog#ROUND}. */
  static double exponent(double square) {
    return Math.fma(square, NEGATIVE_HALF_LOG2_E, NEGATIVE_LOG2_ROOT_2PI) + DoubleExpLog.ROUND;
  }

  /** phi / 2^n - 1. The high parts add up without rounding: both end at the 41st binary place. */
  static double excess(double square, double squareLow, double rounded) {
    double n = rounded - DoubleExpLog.ROUND;
    double low = Math.fma(-0.5, squareLow, -LN_ROOT_2PI_LOW);
    low = Math.fma(n, -DoubleExpLog.LN2_LOW, low);
    double high = Math.fma(n, -DoubleExpLog.LN2_HIGH, -LN_ROOT_2PI_HIGH);
    return DoubleExpLog.expm1Reduced(Math.fma(-0.5, square, high) + low);
  }

  /**
   * 2^(n/4), which is taken three times, and zero at {@link #FAR}: working one's way down to zero
   * through subnormal numbers is slow on most CPUs. n goes down to -3150 where a large sigma lifts
   * a far tail.
   */
  static double quarterScale(double rounded, double t) {
    double quarter = Math.fma(rounded - DoubleExpLog.ROUND, 0.25, DoubleExpLog.ROUND);
    return t >= FAR ? 0 : DoubleExpLog.pow2(quarter);
  }

  /** 2^n divided by three times {@link #quarterScale}. */
  static double restScale(double rounded) {
    double n = rounded - DoubleExpLog.ROUND;
    double quarter = Math.fma(n, 0.25, DoubleExpLog.ROUND) - DoubleExpLog.ROUND;
    return DoubleExpLog.pow2(Math.fma(-3, quarter, n) + DoubleExpLog.ROUND);
  }

  /** x * 2^n, rounding only in the last step unless the result is far below the subnormals. */
  static double scale(double x, double quarter, double rest) {
    return x * quarter * quarter * quarter * rest;
  }

  /** 1/(d + dLow) minus w, where w is 1/d rounded: one Newton step. */
  static double reciprocalLow(double w, double d, double dLow) {
    return w * Math.fma(-w, dLow, Math.fma(-w, d, 1));
  }

  /** q minus its rounded value {@code 1 - v}, {@code v = 10 w} rounded. */
  static double qLow(double w, double wLow, double v) {
    return Math.fma(-K2, wLow, Math.fma(-K2, w, v));
  }

  /** (a + aLow)(b + bLow) minus ab, where ab is a * b rounded. */
  static double productLow(double a, double aLow, double b, double bLow, double ab) {
    return Math.fma(aLow, b, Math.fma(a, bLow, Math.fma(a, b, -ab)));
  }

  /**
   * What a polynomial {@code value = c0 + slope q}, {@code slope = c1 + curve q}, {@code curve = c2
   * + rest q}, lost in its last three roundings and in those of c0 and c1, and what q's own low
   * part adds.
   */
  static double polynomialLow(
      double c0,
      double c0Low,
      double c1,
      double c1Low,
      double c2,
      double rest,
      double curve,
      double slope,
      double value,
      double q,
      double qLow) {
    double curveLow = Math.fma(rest, q, c2 - curve);
    double slopeLow = Math.fma(curveLow, q, Math.fma(curve, q, c1 - slope) + c1Low);
    double low = Math.fma(slopeLow, q, Math.fma(slope, q, c0 - value) + c0Low);
    return Math.fma(qLow, Math.fma(curve, q, slope), low);
  }

  /** The terms of M behind M2, divided by q^3. */
  static double millsRest(double q) {
    double c = Math.fma(M24, q, M23);
    c = Math.fma(c, q, M22);
    c = Math.fma(c, q, M21);
    c = Math.fma(c, q, M20);
    c = Math.fma(c, q, M19);
    c = Math.fma(c, q, M18);
    c = Math.fma(c, q, M17);
    c = Math.fma(c, q, M16);
    c = Math.fma(c, q, M15);
    c = Math.fma(c, q, M14);
    c = Math.fma(c, q, M13);
    c = Math.fma(c, q, M12);
    c = Math.fma(c, q, M11);
    c = Math.fma(c, q, M10);
    c = Math.fma(c, q, M9);
    c = Math.fma(c, q, M8);
    c = Math.fma(c, q, M7);
    c = Math.fma(c, q, M6);
    c = Math.fma(c, q, M5);
    c = Math.fma(c, q, M4);
    return Math.fma(c, q, M3);
  }

  /** The terms of G behind G2, divided by q^3. */
  static double lossRest(double q) {
    double c = Math.fma(G26, q, G25);
    c = Math.fma(c, q, G24);
    c = Math.fma(c, q, G23);
    c = Math.fma(c, q, G22);
    c = Math.fma(c, q, G21);
    c = Math.fma(c, q, G20);
    c = Math.fma(c, q, G19);
    c = Math.fma(c, q, G18);
    c = Math.fma(c, q, G17);
    c = Math.fma(c, q, G16);
    c = Math.fma(c, q, G15);
    c = Math.fma(c, q, G14);
    c = Math.fma(c, q, G13);
    c = Math.fma(c, q, G12);
    c = Math.fma(c, q, G11);
    c = Math.fma(c, q, G10);
    c = Math.fma(c, q, G9);
    c = Math.fma(c, q, G8);
    c = Math.fma(c, q, G7);
    c = Math.fma(c, q, G6);
    c = Math.fma(c, q, G5);
    c = Math.fma(c, q, G4);
    return Math.fma(c, q, G3);
  }

  /** The terms of H behind H2, divided by q^3. */
  static double squaredLossRest(double q) {
    double c = Math.fma(H27, q, H26);
    c = Math.fma(c, q, H25);
    c = Math.fma(c, q, H24);
    c = Math.fma(c, q, H23);
    c = Math.fma(c, q, H22);
    c = Math.fma(c, q, H21);
    c = Math.fma(c, q, H20);
    c = Math.fma(c, q, H19);
    c = Math.fma(c, q, H18);
    c = Math.fma(c, q, H17);
    c = Math.fma(c, q, H16);
    c = Math.fma(c, q, H15);
    c = Math.fma(c, q, H14);
    c = Math.fma(c, q, H13);
    c = Math.fma(c, q, H12);
    c = Math.fma(c, q, H11);
    c = Math.fma(c, q, H10);
    c = Math.fma(c, q, H9);
    c = Math.fma(c, q, H8);
    c = Math.fma(c, q, H7);
    c = Math.fma(c, q, H6);
    c = Math.fma(c, q, H5);
    c = Math.fma(c, q, H4);
    return Math.fma(c, q, H3);
  }

  /** M(q), the last bit not carried. */
  static double millsPolynomial(double q) {
    return Math.fma(Math.fma(Math.fma(millsRest(q), q, M2), q, M1), q, M0);
  }

  /** G(q), the last bit not carried. */
  static double lossPolynomial(double q) {
    return Math.fma(Math.fma(Math.fma(lossRest(q), q, G2), q, G1), q, G0);
  }

  /** Q / 2^n with the density, w and q given in two parts. */
  static double survival(
      double density, double densityLow, double w, double wLow, double q, double qLow) {
    double rest = millsRest(q);
    double curve = Math.fma(rest, q, M2);
    double slope = Math.fma(curve, q, M1);
    double m = Math.fma(slope, q, M0);
    double mLow = polynomialLow(M0, M0_LOW, M1, M1_LOW, M2, rest, curve, slope, m, q, qLow);
    double p = density * m;
    double pLow = productLow(density, densityLow, m, mLow, p);
    return Math.fma(p, w, Math.fma(p, wLow, pLow * w));
  }

  /** factor h / 2^n, for a factor of at least 0: rounded once where a product would round twice. */
  static double loss(
      double factor,
      double density,
      double densityLow,
      double w,
      double wLow,
      double q,
      double qLow) {
    double rest = lossRest(q);
    double curve = Math.fma(rest, q, G2);
    double slope = Math.fma(curve, q, G1);
    double g = Math.fma(slope, q, G0);
    double gLow = polynomialLow(G0, G0_LOW, G1, G1_LOW, G2, rest, curve, slope, g, q, qLow);
    double p = density * g;
    double pLow = productLow(density, densityLow, g, gLow, p);
    double ww = w * w;
    double wwLow = Math.fma(w + w, wLow, Math.fma(w, w, -ww));
    double f = factor * ww;
    double fLow = Math.fma(factor, wwLow, Math.fma(factor, ww, -f));
    fLow = f < Double.POSITIVE_INFINITY ? fLow : 0;
    return Math.fma(p, f, Math.fma(p, fLow, pLow * f));
  }

  /** g / 2^n. */
  static double squaredLoss(
      double density, double densityLow, double w, double wLow, double q, double qLow) {
    double rest = squaredLossRest(q);
    double curve = Math.fma(rest, q, H2);
    double slope = Math.fma(curve, q, H1);
    double g = Math.fma(slope, q, H0);
    double gLow = polynomialLow(H0, H0_LOW, H1, H1_LOW, H2, rest, curve, slope, g, q, qLow);
    double p = density * g;
    double pLow = productLow(density, densityLow, g, gLow, p);
    double ww = w * w;
    double wwLow = Math.fma(w + w, wLow, Math.fma(w, w, -ww));
    double www = ww * w;
    double wwwLow = Math.fma(ww, wLow, Math.fma(wwLow, w, Math.fma(ww, w, -www)));
    return Math.fma(p, www, Math.fma(p, wwwLow, pLow * www));
  }

  /** phi(t + tLow) for t up to {@link #FAR}. */
  static double pdfAt(double t, double tLow) {
    double square = t * t;
    double rounded = exponent(square);
    double density = 1 + excess(square, squareLow(t, tLow, square), rounded);
    return scale(density, quarterScale(rounded, t), restScale(rounded));
  }

  /** Q(t + tLow). */
  static double survivalAt(double t, double tLow) {
    double square = t * t;
    double rounded = exponent(square);
    double excess = excess(square, squareLow(t, tLow, square), rounded);
    double density = 1 + excess;
    double d = t + K;
    double w = 1 / d;
    double wLow = reciprocalLow(w, d, t - (d - K) + tLow);
    double v = K2 * w;
    double unscaled = survival(density, excess - (density - 1), w, wLow, 1 - v, qLow(w, wLow, v));
    return scale(unscaled, quarterScale(rounded, t), restScale(rounded));
  }

  /** h(t + tLow). */
  static double lossAt(double t, double tLow) {
    double square = t * t;
    double rounded = exponent(square);
    double excess = excess(square, squareLow(t, tLow, square), rounded);
    double density = 1 + excess;
    double d = t + K;
    double w = 1 / d;
    double wLow = reciprocalLow(w, d, t - (d - K) + tLow);
    double v = K2 * w;
    double unscaled = loss(1, density, excess - (density - 1), w, wLow, 1 - v, qLow(w, wLow, v));
    return scale(unscaled, quarterScale(rounded, t), restScale(rounded));
  }

  /** g(t + tLow). */
  static double squaredLossAt(double t, double tLow) {
    double square = t * t;
    double rounded = exponent(square);
    double excess = excess(square, squareLow(t, tLow, square), rounded);
    double density = 1 + excess;
    double d = t + K;
    double w = 1 / d;
    double wLow = reciprocalLow(w, d, t - (d - K) + tLow);
    double v = K2 * w;
    double unscaled =
        squaredLoss(density, excess - (density - 1), w, wLow, 1 - v, qLow(w, wLow, v));
    return scale(unscaled, quarterScale(rounded, t), restScale(rounded));
  }
}
