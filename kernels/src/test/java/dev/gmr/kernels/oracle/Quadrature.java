package dev.gmr.kernels.oracle;

import java.util.function.UnaryOperator;

/**
 * Integrals of smooth functions that are not negative, to about 1e-30 of their value: Gauss and
 * Legendre's rule of 20 nodes on panels that are halved until the halves agree with the whole.
 */
final class Quadrature {
  private static final int NODES = 20;

  /**
   * Of the halves, which are kept, the error is 2^40 times smaller again where the function is
   * entire, and 100 times next to a pole.
   */
  private static final double AGREEMENT = 1e-26;

  private static final int MAX_DEPTH = 100;

  /** Nodes in (0, 1) and weights; the others mirror them. */
  private static final DoubleDouble[] NODE = new DoubleDouble[NODES / 2];

  private static final DoubleDouble[] WEIGHT = new DoubleDouble[NODES / 2];

  static {
    for (int i = 0; i < NODES / 2; i++) {
      // Newton's method from the usual start in cosines. The sixth step changes nothing but the
      // slope in the weight, which after five is good to 1e-29 only.
      DoubleDouble x = DoubleDouble.of(Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5)));
      DoubleDouble slope = DoubleDouble.ZERO;
      for (int step = 0; step < 6; step++) {
        DoubleDouble before = DoubleDouble.ZERO;
        DoubleDouble p = DoubleDouble.ONE;
        for (int n = 0; n < NODES; n++) {
          DoubleDouble next = x.multiply(p).multiply(2 * n + 1).subtract(before.multiply(n));
          before = p;
          p = next.divide(n + 1);
        }
        DoubleDouble sine = DoubleDouble.ONE.subtract(x.square());
        slope = before.subtract(x.multiply(p)).multiply(NODES).divide(sine);
        x = x.subtract(p.divide(slope));
      }
      NODE[i] = x;
      WEIGHT[i] =
          DoubleDouble.of(2).divide(DoubleDouble.ONE.subtract(x.square())).divide(slope.square());
    }
  }

  private final UnaryOperator<DoubleDouble> function;

  /** The largest estimate of the whole integral so far. */
  private DoubleDouble whole;

  private Quadrature(UnaryOperator<DoubleDouble> function, DoubleDouble whole) {
    this.function = function;
    this.whole = whole;
  }

  /**
   * The integral over the panels between ascending ends. The ends are where the function has its
   * peak or its scale; what lies between them must not escape 20 nodes altogether.
   */
  static DoubleDouble integrate(UnaryOperator<DoubleDouble> function, DoubleDouble... ends) {
    DoubleDouble[] coarse = new DoubleDouble[ends.length - 1];
    DoubleDouble estimate = DoubleDouble.ZERO;
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = once(function, ends[i], ends[i + 1]);
      estimate = estimate.add(coarse[i]);
    }
    // A node on a narrow peak overestimates it: then go again with what came out.
    for (int attempt = 0; attempt < 3; attempt++) {
      Quadrature adaptive = new Quadrature(function, estimate);
      estimate = DoubleDouble.ZERO;
      for (int i = 0; i < coarse.length; i++) {
        estimate = estimate.add(adaptive.refine(ends[i], ends[i + 1], coarse[i], 0));
      }
      if (!estimate.isLessThan(adaptive.whole.half())) {
        return estimate;
      }
    }
    throw new IllegalStateException("the integrand is not positive, or too narrow to be found");
  }

  /** The rule once, for a function known to be smooth over all of [from, to]. */
  static DoubleDouble once(UnaryOperator<DoubleDouble> f, DoubleDouble from, DoubleDouble to) {
    return over(f, from, to.subtract(from));
  }

  /** The rule once over [from, from + width]. */
  static DoubleDouble over(UnaryOperator<DoubleDouble> f, DoubleDouble from, DoubleDouble width) {
    DoubleDouble radius = width.half();
    DoubleDouble middle = from.add(radius);
    DoubleDouble sum = DoubleDouble.ZERO;
    for (int i = 0; i < NODE.length; i++) {
      DoubleDouble d = radius.multiply(NODE[i]);
      DoubleDouble pair = f.apply(middle.subtract(d)).add(f.apply(middle.add(d)));
      sum = sum.add(pair.multiply(WEIGHT[i]));
    }
    return sum.multiply(radius);
  }

  private DoubleDouble refine(DoubleDouble from, DoubleDouble to, DoubleDouble coarse, int depth) {
    DoubleDouble middle = from.add(to).half();
    DoubleDouble left = once(function, from, middle);
    DoubleDouble right = once(function, middle, to);
    DoubleDouble fine = left.add(right);
    whole = whole.max(fine);
    DoubleDouble difference = fine.subtract(coarse).abs();
    if (!whole.multiply(AGREEMENT).isLessThan(difference)) {
      return fine;
    }
    if (depth == MAX_DEPTH) {
      throw new IllegalStateException("no convergence in [" + from + ", " + to + "]");
    }
    return refine(from, middle, left, depth + 1).add(refine(middle, to, right, depth + 1));
  }
}
