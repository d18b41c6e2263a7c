package dev.gmr.kernels.scalar;

/**
 * The standard normal distribution for float arguments, in double on the approximations of {@link
 * FloatTail}: rounded to float, a result is within 0.52 ulp.
 */
final class FloatNormal {
  private FloatNormal() {}

  /** phi(z). */
  static double pdf(double z) {
    return FloatTail.pdf(FloatTail.clamp(Math.abs(z)));
  }

  /** Q(t) for t &gt;= 0. */
  static double tail(double magnitude) {
    double t = FloatTail.clamp(magnitude);
    return FloatTail.pdf(t) * FloatTail.mills(1 / (t + FloatTail.K));
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

  /** h(z) = E (Z - z)+; for z &lt; 0 it is -z + h(-z). */
  static double loss(double z) {
    double t = FloatTail.clamp(Math.abs(z));
    double h = FloatTail.pdf(t) * FloatTail.loss(t, FloatTail.mills(1 / (t + FloatTail.K)));
    return z < 0 ? h - z : h;
  }

  /** g(z) = E ((Z - z)+)^2; for z &lt; 0 it is 1 + z^2 - g(-z). */
  static double squaredLoss(double z) {
    double t = FloatTail.clamp(Math.abs(z));
    double mills = FloatTail.mills(1 / (t + FloatTail.K));
    double tail = FloatTail.pdf(t) * Math.fma(-t, FloatTail.loss(t, mills), mills);
    return z < 0 ? Math.fma(z, z, 1 - tail) : tail;
  }
}
