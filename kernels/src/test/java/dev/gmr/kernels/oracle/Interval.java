package dev.gmr.kernels.oracle;

/**
 * Normal integrals between two ends, and with them the moments of {@code Y = min(max(X, lo), hi)}.
 * Where the ends are close in the function's own scale the integrand is summed, elsewhere tails are
 * subtracted, so that small intervals keep their relative accuracy.
 *
 * <p>With a = (lo - mu) / sigma, b = (hi - mu) / sigma, w = b - a, and {@code Int_a^b Q = h(a) -
 * h(b)}:
 *
 * <pre>
 * E[Y]   = lo + sigma Int_a^b Q
 * Var[Y] = sigma^2 (g(a) - g(b) - 2 w h(b) - (Int_a^b Q)^2)
 *        = 2 sigma^2 Int_a^b Q(y) Int_a^y Phi(x) dx dy        (Hoeffding 1940)
 * </pre>
 */
final class Interval {
  /** Ends this close, in units of the tail's decay, count as close. */
  private static final double CLOSE = 0.5;

  private Interval() {}

  /** P(from < Z < to), where to = from + width. */
  static DoubleDouble probability(DoubleDouble from, DoubleDouble to, DoubleDouble width) {
    if (from.signum() < 0 && to.signum() <= 0) {
      return probability(to.negate(), from.negate(), width);
    }
    if (from.signum() < 0) {
      return fromZero(to).add(fromZero(from.negate()));
    }
    return close(from, width)
        ? Quadrature.over(Oracle::pdf, from, width)
        : Oracle.survival(from).subtract(Oracle.survival(to));
  }

  private static DoubleDouble fromZero(DoubleDouble x) {
    return Oracle.erf(x.divide(Oracle.ROOT_TWO)).half();
  }

  private static boolean close(DoubleDouble from, DoubleDouble width) {
    return width.doubleValue() * Math.max(from.doubleValue(), 1) <= CLOSE;
  }

  /** Int_from^to Q. */
  static DoubleDouble survivals(DoubleDouble from, DoubleDouble to, DoubleDouble width) {
    if (close(from, width)) {
      return Quadrature.over(Oracle::survival, from, width);
    }
    if (from.signum() >= 0) {
      return Oracle.loss(from).subtract(Oracle.loss(to));
    }
    DoubleDouble left = Oracle.loss(from.negate());
    if (to.signum() <= 0) {
      return width.add(left).subtract(Oracle.loss(to.negate()));
    }
    return left.subtract(from).subtract(Oracle.loss(to));
  }

  /** E[Y]; where it changes sign, exact relative to sigma or the limits, whichever is smaller. */
  static DoubleDouble clippedMean(double mu, double sigma, double lo, double hi) {
    if (sigma == 0) {
      return DoubleDouble.of(Math.clamp(mu, lo, hi));
    }
    if (lo >= 0) {
      return segment(mu, sigma, lo, hi).add(lo);
    }
    if (hi < -lo) {
      return clippedMean(-mu, sigma, -hi, -lo).negate();
    }
    // From -c to c the function is odd in mu; what is left above adds one tail.
    double c = -lo;
    DoubleDouble odd = symmetricMean(Math.abs(mu), sigma, c);
    return segment(mu, sigma, c, hi).add(mu < 0 ? odd.negate() : odd);
  }

  /** E[min(max(X, lo), hi)] - lo. */
  private static DoubleDouble segment(double mu, double sigma, double lo, double hi) {
    if (lo == hi) {
      return DoubleDouble.ZERO;
    }
    return survivals(ratio(lo, mu, sigma), ratio(hi, mu, sigma), ratio(hi, lo, sigma))
        .multiply(sigma);
  }

  /** For mu >= 0 and limits -c and c: near the middle the integral of P(x - mu < X < x + mu). */
  private static DoubleDouble symmetricMean(double mu, double sigma, double c) {
    if (mu == 0) {
      return DoubleDouble.ZERO;
    }
    if (c >= sigma || Math.abs(mu - c) >= 0.5 * sigma) {
      double smaller = Math.min(mu, c);
      double larger = Math.max(mu, c);
      DoubleDouble lost =
          survivals(
              ratio(larger, smaller, sigma),
              ratio(larger, -smaller, sigma),
              ratio(smaller, -smaller, sigma));
      return DoubleDouble.of(smaller).subtract(lost.multiply(sigma));
    }
    DoubleDouble z = Oracle.z(mu, sigma);
    DoubleDouble width = z.scale(1);
    return Quadrature.over(
            y -> probability(y.subtract(z), y.add(z), width), DoubleDouble.ZERO, Oracle.z(c, sigma))
        .multiply(sigma);
  }

  /** Var[Y]. */
  static DoubleDouble clippedVariance(double mu, double sigma, double lo, double hi) {
    if (sigma == 0 || lo == hi) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble a = ratio(lo, mu, sigma);
    DoubleDouble b = ratio(hi, mu, sigma);
    DoubleDouble w = ratio(hi, lo, sigma);
    DoubleDouble unit =
        a.add(b).signum() >= 0 ? unitVariance(a, b, w) : unitVariance(b.negate(), a.negate(), w);
    return unit.multiply(DoubleDouble.of(sigma).square());
  }

  /** For sigma = 1 and |a| <= b. */
  private static DoubleDouble unitVariance(DoubleDouble a, DoubleDouble b, DoubleDouble w) {
    if (close(a, w)) {
      return Quadrature.over(
              // The distance from a is the variable: y - a would have lost it.
              d -> {
                DoubleDouble y = a.add(d);
                DoubleDouble below = survivals(y.negate(), a.negate(), d);
                return Oracle.survival(y).multiply(below);
              },
              DoubleDouble.ZERO,
              w)
          .scale(1);
    }
    DoubleDouble h = Oracle.loss(b);
    DoubleDouble g = Oracle.squaredLoss(b);
    if (a.signum() >= 0) {
      DoubleDouble square = survivals(a, b, w).square();
      DoubleDouble inner = Oracle.squaredLoss(a).subtract(g);
      return inner.subtract(w.multiply(h).scale(1)).subtract(square);
    }
    // The same with what is cut off on either side: no large a^2 to take away again.
    DoubleDouble t = a.negate();
    DoubleDouble hLeft = Oracle.loss(t);
    return DoubleDouble.ONE
        .subtract(Oracle.squaredLoss(t))
        .subtract(t.multiply(hLeft).scale(1))
        .subtract(g)
        .subtract(b.multiply(h).scale(1))
        .subtract(hLeft.subtract(h).square());
  }

  /** (x - y) / sigma. */
  private static DoubleDouble ratio(double x, double y, double sigma) {
    return DoubleDouble.of(x).subtract(y).divide(sigma);
  }
}
