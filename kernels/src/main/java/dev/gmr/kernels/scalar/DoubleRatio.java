package dev.gmr.kernels.scalar;

/** {@code t = |mu| / sigma} of doubles, in two parts. */
final class DoubleRatio {
  /**
   * Bounds what a division's remainder can be below {@link NormalTail#FAR}; anything else comes
   * from an infinity or from sigma = 0.
   */
  static final double MAX_T_LOW = 0x1p-46;

  private DoubleRatio() {}

  /** sigma, or NaN where it is negative. */
  static double deviation(double sigma) {
    return sigma >= 0 ? sigma : Double.NaN;
  }

  /** |mu| / sigma; 0 / 0 is the point mass at zero, whose density is phi(0). */
  static double t(double a, double sigma) {
    double t = a / sigma;
    return NormalTail.clamp(a == 0 && sigma == 0 ? 0 : t);
  }

  /** What the division lost. */
  static double tLow(double a, double sigma) {
    double t = a / sigma;
    double low = Math.fma(-t, sigma, a) / sigma;
    return Math.abs(low) < MAX_T_LOW ? low : 0;
  }
}
