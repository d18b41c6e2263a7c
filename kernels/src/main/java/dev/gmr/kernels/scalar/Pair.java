package dev.gmr.kernels.scalar;

/**
 * Tails of a pair of standard normal variables X, Y of correlation rho, for s, t &gt;= 0: the
 * probability L of X &gt; s, Y &gt; t, and {@code K = Cov((X - s)+, (Y - t)+)}.
 *
 * <p>With {@code c = sqrt(1 - rho^2)}, {@code x = (t - rho s)/c}, {@code y = (s - rho t)/c} and
 * Owen's T:
 *
 * <pre>
 *   L = (Q(s) + Q(t)) / 2 - T(s, x/s) - T(t, y/t)
 *   K = (s t + rho) L - s phi(t) Q(y) - t phi(s) Q(x) + c phi(s) phi(x) - h(s) h(t)
 * </pre>
 *
 * <p>(Owen 1956.) T(s, x/s) is brought to arguments T can integrate, 0 &lt;= a &lt;= 1, by its
 * oddness in a and {@code T(s, a) + T(a s, 1/a) = (Q(s) + Q(a s)) / 2 - Q(s) Q(a s)}. Nothing fails
 * as |rho| comes close to 1: x and y are formed from one difference t - s, so that its error is
 * that of a slightly different pair.
 *
 * <p>Errors are absolute, a few 2^-53 in doubles: these sums cancel where s and t are large, but
 * then every term is small.
 */
final class Pair {
  /** Stands for c = 0: the quotients become huge instead of infinite. */
  static final double MIN_C = 0x1p-500;

  /** Stands for s = 0: keeps the quotients that T's identities take defined. */
  static final double MIN_T = 0x1p-400;

  private Pair() {}

  /** The correlation, NaN beyond 1. */
  static double correlation(double rho) {
    return rho >= -1 && rho <= 1 ? rho : Double.NaN;
  }

  /** The correlation of a covariance matrix whose rounding may take it beyond 1. */
  static double clampedCorrelation(double rho) {
    double r = rho > 1 ? 1 : rho;
    return r < -1 ? -1 : r;
  }

  /** |mu| / sigma, at most far; far where sigma is 0, NaN where it is negative. */
  static double threshold(double mu, double sigma, double far) {
    double t = Math.abs(mu) / (sigma > 0 ? sigma : Double.MIN_NORMAL);
    t = t > far ? far : t;
    return sigma >= 0 ? t : Double.NaN;
  }

  static double c(double rho) {
    double c = Math.sqrt((1 - rho) * (1 + rho));
    return c < MIN_C ? MIN_C : c;
  }

  static double positive(double t) {
    return t < MIN_T ? MIN_T : t;
  }

  /** x for (s, t), y for (t, s), given {@code difference = t - s} and s - t. */
  static double conditional(double rho, double c, double s, double difference) {
    return Math.fma(1 - rho, s, difference) / c;
  }

  /** phi(t) for doubles, to 2^-53 t^2. */
  static double pdf(double t) {
    double x = t < 37 ? t : 37;
    return DoubleExpLog.expNegative(-0.5 * (x * x)) * OwensT.ROOT_2PI_RECIPROCAL;
  }

  /** Q(t) for doubles where phi(t) is known. */
  static double survival(double t, double density) {
    double w = 1 / (t + NormalTail.K);
    return density * w * NormalTail.millsPolynomial(Math.fma(-NormalTail.K2, w, 1));
  }

  /** h(t) for doubles where phi(t) is known: phi - t Q = phi w^2 G, without the low parts. */
  static double loss(double t, double density) {
    double w = 1 / (t + NormalTail.K);
    double q = Math.fma(-NormalTail.K2, w, 1);
    return density * (w * w) * NormalTail.lossPolynomial(q);
  }

  /** T(s, x/s). */
  static double owensT(double s, double qs, double ps, double x, double qx, double px) {
    double a = Math.abs(x);
    boolean inside = a <= s;
    double large = inside ? s : a;
    double small = inside ? a : s;
    double t = OwensT.of(large, small / large, inside ? ps : px);
    double value = inside ? t : Math.fma(-qs, qx, 0.5 * (qs + qx)) - t;
    return x < 0 ? -value : value;
  }

  /** T(s, x/s) for floats. */
  static double owensTOfFloats(double s, double qs, double ps, double x, double qx, double px) {
    double a = Math.abs(x);
    boolean inside = a <= s;
    double large = inside ? s : a;
    double small = inside ? a : s;
    double t = OwensT.ofFloats(large, small / large, inside ? ps : px);
    double value = inside ? t : Math.fma(-qs, qx, 0.5 * (qs + qx)) - t;
    return x < 0 ? -value : value;
  }

  /** K without its last term; upper is L, qx = Q(|x|), qy = Q(|y|), px = phi(x). */
  static double product(
      double rho,
      double c,
      double upper,
      double s,
      double ps,
      double x,
      double qx,
      double px,
      double t,
      double pt,
      double y,
      double qy) {
    double aboveX = x < 0 ? 1 - qx : qx;
    double aboveY = y < 0 ? 1 - qy : qy;
    double e = Math.fma(c * ps, px, Math.fma(s, t, rho) * upper);
    return Math.fma(-s * pt, aboveY, Math.fma(-t * ps, aboveX, e));
  }

  /**
   * What K lacks to Cov(max(X, 0), max(Y, 0)), over rho: 1 - Q(s) - Q(t), Q(t), Q(s) or 0 as both,
   * the first, the second or no mean is positive (1 where it is, else 0).
   */
  static double lacking(double positive1, double q1, double positive2, double q2) {
    double first = positive2 * (1 - q1 - q2) + (1 - positive2) * q2;
    return positive1 * first + (1 - positive1) * (positive2 * q1);
  }
}
