package dev.gmr.kernels.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Two correlated Gaussians. With phi2 the standard bivariate density,
 *
 * <pre>
 * P(X <= a, Y <= b) = Phi(a) Phi(b) + Int_0^rho phi2(a, b; r) dr                       rho >= 0
 *                   = max(Phi(a) - Q(b), 0) + Int_-1^rho phi2(a, b; r) dr              rho < 0
 * Cov(X+, Y+)       = s1 s2 (rho Phi(a) Phi(b) + Int_0^rho (rho - r) phi2(a, b; r) dr)
 * </pre>
 *
 * (Plackett 1954: d Phi2 / d rho = phi2, twice). With {@code r = (1 - v^2) / (1 + v^2)} the
 * integrand loses its singularity at r = 1 and every cancellation with it:
 *
 * <pre>
 * phi2 dr = (1 / 2 pi) exp(-((a^2 + b^2) / 4 + (a - b)^2 / (8 v^2) + (a + b)^2 v^2 / 8))
 *           2 dv / (1 + v^2)
 * </pre>
 *
 * All terms are positive, but for a negative rho in the covariance, whose parts cancel to about 1 /
 * |a b| of themselves far in both tails.
 */
final class Pairs {
  private static final DoubleDouble TWO_PI = MillsIntegrals.PI.scale(1);

  /** Beyond 14 times the scale of a Gaussian factor nothing counts: exp(-98). */
  private static final double GAUSSIAN_REACH = 14;

  /** exp(-1e5) is below all doubles, scaled by two standard deviations or not. */
  private static final double BEYOND = 1e5;

  private Pairs() {}

  static DoubleDouble bivariateCdf(double a, double b, double rho) {
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return Oracle.cdf(a).multiply(Oracle.cdf(b));
    }
    DoubleDouble x = DoubleDouble.of(a);
    DoubleDouble y = DoubleDouble.of(b);
    if (rho >= 0) {
      DoubleDouble independent = Oracle.cdf(a).multiply(Oracle.cdf(b));
      return independent.add(density(x, y, halfAngle(rho), toIndependence(rho), false));
    }
    DoubleDouble opposite = x.add(y);
    DoubleDouble together =
        opposite.signum() > 0 ? Interval.probability(y.negate(), x, opposite) : DoubleDouble.ZERO;
    return together.add(density(x, y.negate(), DoubleDouble.ZERO, halfAngle(-rho), false));
  }

  static DoubleDouble reluCovariance(double mu1, double s1, double mu2, double s2, double rho) {
    if (s1 == 0 || s2 == 0) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble a = Oracle.z(mu1, s1);
    DoubleDouble b = Oracle.z(mu2, s2);
    DoubleDouble first =
        Oracle.survival(a.negate()).multiply(Oracle.survival(b.negate())).multiply(rho);
    DoubleDouble reflected = rho < 0 ? b.negate() : b;
    double r = Math.abs(rho);
    DoubleDouble second = density(a, reflected, halfAngle(r), toIndependence(r), true);
    return first.add(second).multiply(DoubleDouble.product(s1, s2));
  }

  /** v of r: the tangent of half the angle whose cosine is r. */
  private static DoubleDouble halfAngle(double r) {
    DoubleDouble one = DoubleDouble.ONE;
    return one.subtract(r).divide(one.add(r)).sqrt();
  }

  /** 1 - v, that is from r to correlation 0, without a difference. */
  private static DoubleDouble toIndependence(double r) {
    DoubleDouble one = DoubleDouble.ONE;
    return DoubleDouble.of(r).scale(1).divide(one.add(r)).divide(one.add(halfAngle(r)));
  }

  /**
   * The integral of phi2 dr over v from {@code from} to {@code from + width}, at most 1; weighted
   * with r at {@code from} minus r, if so wanted. The variable is v - from: it is the weight's
   * zero.
   */
  private static DoubleDouble density(
      DoubleDouble a, DoubleDouble b, DoubleDouble from, DoubleDouble width, boolean weighted) {
    DoubleDouble constant = a.square().add(b.square()).scale(-2);
    if (width.signum() == 0 || constant.doubleValue() > BEYOND) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble difference = a.subtract(b).square().scale(-3);
    DoubleDouble sum = a.add(b).square().scale(-3);
    DoubleDouble one = DoubleDouble.ONE;
    DoubleDouble integral =
        Quadrature.integrate(
            u -> {
              DoubleDouble v = from.add(u);
              DoubleDouble square = v.square();
              DoubleDouble exponent =
                  constant.add(difference.divide(square)).add(sum.multiply(square));
              DoubleDouble jacobian = one.add(square).reciprocal();
              DoubleDouble f = Elementary.exp(exponent.negate()).multiply(jacobian);
              // 2 (v^2 - from^2) / ((1 + v^2) (1 + from^2)), its constants below
              return weighted ? f.multiply(u).multiply(v.add(from)).multiply(jacobian) : f;
            },
            panels(difference.doubleValue(), sum.doubleValue(), from, width));
    DoubleDouble density = integral.scale(1).divide(TWO_PI);
    return weighted ? density.scale(1).divide(one.add(from.square())) : density;
  }

  /**
   * Panels of v - from that grow threefold from the peak of exp(-(d / v^2 + s v^2)) outwards, and
   * eightfold from the pole at 0 as far as the first part is not constant.
   */
  private static DoubleDouble[] panels(double d, double s, DoubleDouble from, DoubleDouble width) {
    double low = from.doubleValue();
    double high = from.add(width).doubleValue();
    double top = s == 0 ? high : Math.clamp(Math.sqrt(Math.sqrt(d / s)), low, high);
    double slope = Math.abs(2 * s * top - (d == 0 ? 0 : 2 * d / (top * top * top)));
    double curvature = 2 * s + (d == 0 ? 0 : 6 * d / Math.pow(top, 4));
    double scale = 3 / Math.max(Math.max(slope, Math.sqrt(curvature)), 1);
    NavigableSet<Double> inner = new TreeSet<>();
    inner.add(top);
    for (double w = scale; top - w > low; w *= 3) {
      inner.add(top - w);
    }
    // Where d is tiny exp(-d / v^2) cuts off close to 0, so close that no node may see it.
    for (double v = Math.max(2 * low, Math.sqrt(d) / 4); v < high && d > v * v * 1e-34; v *= 8) {
      inner.add(v);
    }
    for (double w = scale; top + w < high; w *= 3) {
      inner.add(top + w);
    }
    List<DoubleDouble> ends = new ArrayList<>(List.of(DoubleDouble.ZERO));
    for (double v : inner) {
      DoubleDouble u = DoubleDouble.of(v).subtract(from);
      if (u.signum() > 0 && u.isLessThan(width)) {
        ends.add(u);
      }
    }
    ends.add(width);
    return ends.toArray(DoubleDouble[]::new);
  }

  /** Owen's T(h, a) = (1 / 2 pi) Int_0^a exp(-h^2 (1 + x^2) / 2) / (1 + x^2) dx. */
  static DoubleDouble owensT(double h, double a) {
    DoubleDouble x = DoubleDouble.of(Math.abs(h));
    DoubleDouble slope = DoubleDouble.of(Math.abs(a));
    DoubleDouble t;
    if (Double.isInfinite(a)) {
      t = Oracle.survival(x).half();
    } else if (Math.abs(a) <= 1) {
      t = owensWedge(x, slope);
    } else {
      // T(h, a) + T(ah, 1/a) = (Q(h) + Q(ah)) / 2 - Q(h) Q(ah) for h >= 0 (Owen 1956)
      DoubleDouble y = x.multiply(slope);
      DoubleDouble half = Oracle.erf(x.divide(Oracle.ROOT_TWO)).half();
      t =
          Oracle.survival(x)
              .half()
              .add(Oracle.survival(y).multiply(half))
              .subtract(owensWedge(y, slope.reciprocal()));
    }
    return a < 0 ? t.negate() : t;
  }

  /** T for h >= 0 and 0 <= a <= 1. */
  private static DoubleDouble owensWedge(DoubleDouble h, DoubleDouble a) {
    if (a.signum() == 0) {
      return DoubleDouble.ZERO;
    }
    DoubleDouble halfSquare = h.square().half();
    List<DoubleDouble> ends = new ArrayList<>(List.of(DoubleDouble.ZERO));
    DoubleDouble reach = a;
    if (h.signum() > 0) {
      for (double units : new double[] {2, 6, GAUSSIAN_REACH}) {
        reach = DoubleDouble.of(units).divide(h);
        if (!reach.isLessThan(a)) {
          reach = a;
          break;
        }
        ends.add(reach);
      }
    }
    if (!reach.isLessThan(a)) {
      ends.add(a);
    }
    DoubleDouble integral =
        Quadrature.integrate(
            x -> {
              DoubleDouble square = x.square();
              DoubleDouble gauss = Elementary.exp(halfSquare.multiply(square).negate());
              return gauss.divide(square.add(DoubleDouble.ONE));
            },
            ends.toArray(DoubleDouble[]::new));
    return integral.multiply(Elementary.exp(halfSquare.negate())).divide(TWO_PI);
  }

  /**
   * E[max(X1, X2)] = max(mu1, mu2) + theta h(|alpha|), where X1 - X2 has mean alpha theta and
   * variance theta^2 (Clark 1961, rearranged).
   */
  static DoubleDouble maxMean(double mu1, double s1, double mu2, double s2, double rho) {
    DoubleDouble larger = DoubleDouble.of(Math.max(mu1, mu2));
    DoubleDouble theta = differenceVariance(s1, s2, rho).sqrt();
    if (theta.signum() == 0) {
      return larger;
    }
    DoubleDouble alpha = DoubleDouble.of(mu1).subtract(mu2).divide(theta);
    return larger.add(Oracle.loss(alpha.abs()).multiply(theta));
  }

  /**
   * Var[max(X1, X2)]: with X1 the one of smaller mean, max = X2 + (X1 - X2)+ and Stein's lemma give
   * v2 Q(alpha) + v1 Phi(alpha) - theta^2 (Phi(alpha) - V(alpha)), V the variance of max(Z + alpha,
   * 0).
   */
  static DoubleDouble maxVariance(double mu1, double s1, double mu2, double s2, double rho) {
    if (mu1 > mu2) {
      return maxVariance(mu2, s2, mu1, s1, rho);
    }
    DoubleDouble v1 = DoubleDouble.of(s1).square();
    DoubleDouble v2 = DoubleDouble.of(s2).square();
    DoubleDouble square = differenceVariance(s1, s2, rho);
    if (square.signum() == 0) {
      return v2;
    }
    DoubleDouble alpha = DoubleDouble.of(mu1).subtract(mu2).divide(square.sqrt());
    DoubleDouble cdf = Oracle.survival(alpha.negate());
    DoubleDouble excess = cdf.subtract(Oracle.unitReluVariance(alpha));
    return v2.multiply(Oracle.survival(alpha))
        .add(v1.multiply(cdf))
        .subtract(square.multiply(excess));
  }

  private static DoubleDouble differenceVariance(double s1, double s2, double rho) {
    DoubleDouble independence = DoubleDouble.ONE.subtract(rho);
    DoubleDouble cross = DoubleDouble.product(s1, s2).multiply(independence).scale(1);
    return DoubleDouble.of(s1).subtract(s2).square().add(cross);
  }
}
