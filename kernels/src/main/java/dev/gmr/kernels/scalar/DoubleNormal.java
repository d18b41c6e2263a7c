package dev.gmr.kernels.scalar;

/** The standard normal distribution in double precision, on the approximations of NormalTail. */
final class DoubleNormal {
  static final double ROOT_2 = 0x1.6a09e667f3bcdp0;

  /** sqrt(2) minus {@link #ROOT_2}. */
  static final double ROOT_2_LOW = -0x1.bdd3413b26456p-54;

  /** sqrt(2 / pi). */
  static final double ROOT_2_OVER_PI = 0x1.9884533d43651p-1;

  static final double ROOT_2PI = 0x1.40d931ff62706p1;

  static final double LN_ROOT_2PI = 0x1.d67f1c864beb5p-1;

  /** Beyond it 1/t is Mills' ratio to the last bit, and t + K would lose its low part. */
  static final double HUGE = 0x1p300;

  private DoubleNormal() {}

  /** phi(z). */
  static double pdf(double z) {
    return NormalTail.pdfAt(NormalTail.clamp(Math.abs(z)), 0);
  }

  /** Q(t) for t &gt;= 0. */
  static double tail(double t) {
    return NormalTail.survivalAt(NormalTail.clamp(t), 0);
  }

  /** Phi(z). */
  static double cdf(double z) {
    double tail = tail(Math.abs(z));
    return z > 0 ? 1 - tail : tail;
  }

  /** Q(z) = Phi(-z). */
  static double survival(double z) {
    double tail = tail(Math.abs(z));
    return z < 0 ? 1 - tail : tail;
  }

  /** R(t) = Q(t) / phi(t) for t &gt;= 0. */
  static double millsTail(double magnitude) {
    double t = magnitude > HUGE ? HUGE : magnitude;
    double d = t + NormalTail.K;
    double w = 1 / d;
    double wLow = NormalTail.reciprocalLow(w, d, t - (d - NormalTail.K));
    double v = NormalTail.K2 * w;
    double ratio = NormalTail.survival(1, 0, w, wLow, 1 - v, NormalTail.qLow(w, wLow, v));
    return magnitude > HUGE ? 1 / magnitude : ratio;
  }

  /** R(z) = Q(z) / phi(z); for z &lt; 0 it is 1/phi(z) - R(-z). */
  static double mills(double z) {
    double t = Math.abs(z);
    double ratio = millsTail(t);
    double c = t > 40 ? 40 : t;
    double square = c * c;
    double exp = DoubleExpLog.expOf(0.5 * square, 0.5 * Math.fma(c, c, -square));
    return z < 0 ? Math.fma(ROOT_2PI, exp, -ratio) : ratio;
  }

  /** ln Phi(z). */
  static double logCdf(double z) {
    double t = Math.abs(z);
    double square = t * t;
    double squareLow = square < Double.POSITIVE_INFINITY ? Math.fma(t, t, -square) : 0;
    double ratio = DoubleExpLog.log(millsTail(t));
    double rest = Math.fma(-0.5, squareLow, ratio - LN_ROOT_2PI);
    double left = Math.fma(-0.5, square, rest);
    double right = DoubleExpLog.log1pOf(-tail(t));
    return z > 0 ? right : left;
  }

  /** h(z) = E (Z - z)+; for z &lt; 0 it is -z + h(-z). */
  static double loss(double z) {
    double h = NormalTail.lossAt(NormalTail.clamp(Math.abs(z)), 0);
    return z < 0 ? h - z : h;
  }

  /** g(z) = E ((Z - z)+)^2; for z &lt; 0 it is 1 + z^2 - g(-z). */
  static double squaredLoss(double z) {
    double tail = NormalTail.squaredLossAt(NormalTail.clamp(Math.abs(z)), 0);
    return z < 0 ? Math.fma(z, z, 1 - tail) : tail;
  }
}
