package dev.gmr.kernels.scalar;

/**
 * Owen's T function for h &gt;= 0 and 0 &lt;= a &lt;= 1,
 *
 * <pre>
 *   T(h, a) = 1/(2 pi) Int_0^a exp(-h^2 (1 + x^2) / 2) / (1 + x^2) dx
 * </pre>
 *
 * <p>by the Gauss-Legendre rule, 24 nodes for doubles and 12 for floats, of which symmetry leaves
 * one half: the integrand is even and analytic around [-a, a], so that the rule converges like
 * 2.4^(-2 nodes). The fractions are summed over one common denominator, for a single division.
 */
final class OwensT {
  static final double ROOT_2PI_RECIPROCAL = 0x1.9884533d43651p-2;

  /** Squares of the rule's positive nodes, and their weights. */
  static final double[] SQUARES = {
    0x1.fb15650483fcep-1,
    0x1.e672f37fdc7c9p-1,
    0x1.c2be6eba91bfbp-1,
    0x1.924b8749f80fdp-1,
    0x1.58453d5d166dp-1,
    0x1.18771ee76bb4bp-1,
    0x1.ae1b22373d45dp-2,
    0x1.309fcc519a0e5p-2,
    0x1.8162d78853f07p-3,
    0x1.9689265bee213p-4,
    0x1.2b397539a43e7p-5,
    0x1.0ce9b520db152p-8
  };

  static final double[] WEIGHTS = {
    0x1.9465bd3112202p-7,
    0x1.d375514486f1dp-6,
    0x1.6ab884f57c979p-5,
    0x1.e5c6255d25edap-5,
    0x1.2c6d5c2eff064p-4,
    0x1.6108ef504463ap-4,
    0x1.8fd8936444b16p-4,
    0x1.b8177ba4a68dcp-4,
    0x1.d91c78acb1b2dp-4,
    0x1.f25cbce1d1ff6p-4,
    0x1.01b7117cf8bd8p-3,
    0x1.060475e763736p-3
  };

  static final double[] FLOAT_SQUARES = {
    0x1.ed4acbf5fb5f3p-1,
    0x1.a285ecafa186ep-1,
    0x1.2f7cf1da9d142p-1,
    0x1.6138933a94aa2p-2,
    0x1.15182c29a963ep-3,
    0x1.00f4f99dfe72ap-6
  };

  static final double[] FLOAT_WEIGHTS = {
    0x1.8275d9dea6d8fp-5,
    0x1.b60602bce6181p-4,
    0x1.47d7258f22d8fp-3,
    0x1.a0163e6b1ab72p-3,
    0x1.de3155c256ab5p-3,
    0x1.fe40ce6d4f025p-3
  };

  private OwensT() {}

  /** T(h, a), absolute error about 2^-53 T(h, 0+); density is phi(h). */
  static double of(double h, double a, double density) {
    double aa = a * a;
    double exponent = -0.5 * (h * h) * aa;
    double x = exponent < -700 ? -700 : exponent;
    double sum = 0;
    double denominator = 1;
    for (int k = 0; k < SQUARES.length; k++) {
      double factor = Math.fma(aa, SQUARES[k], 1);
      double term = WEIGHTS[k] * DoubleExpLog.expNegative(x * SQUARES[k]);
      sum = Math.fma(sum, factor, term * denominator);
      denominator = denominator * factor;
    }
    return a * (density * ROOT_2PI_RECIPROCAL) * sum / denominator;
  }

  /** T(h, a) for floats. */
  static double ofFloats(double h, double a, double density) {
    double aa = a * a;
    double x = -0.5 * (h * h) * aa;
    double sum = 0;
    double denominator = 1;
    for (int k = 0; k < FLOAT_SQUARES.length; k++) {
      double factor = Math.fma(aa, FLOAT_SQUARES[k], 1);
      double term = FLOAT_WEIGHTS[k] * FloatTail.expOverRoot2Pi(x * FLOAT_SQUARES[k]);
      sum = Math.fma(sum, factor, term * denominator);
      denominator = denominator * factor;
    }
    return a * density * sum / denominator;
  }
}
