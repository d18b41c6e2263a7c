package dev.gmr.kernels.scalar;

/**
 * Mean and variance of a leaky ReLU of a Gaussian. With slope a, m+ and V+ of max(X, 0), m- and V-
 * of max(-X, 0): mean {@code m+ - a m-}, variance {@code V+ + a^2 V- + 2 a m+ m-}; of the latter
 * {@code m+ m- = sigma^2 h (t + h)} whatever the sign of mu.
 */
public final class LeakyRelu {
  private LeakyRelu() {}

  /** Means and variances of floats. */
  public static void meanVariance(
      double slope,
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m = mu[muOff + i];
      double s = sigma[sigmaOff + i];
      if (FloatRatio.ordinary(m, s)) {
        double a = Math.abs(m);
        double w = FloatRatio.w(a, s);
        double t = FloatRatio.t(a, s);
        double p = FloatTail.pdf(t);
        double mills = FloatTail.mills(w);
        double ratio = FloatTail.loss(t, mills);
        double h = p * ratio;
        double g = p * Math.fma(-t, ratio, mills);
        double below = Math.fma(-h, h, g);
        double above = 1 - Math.fma(h, t + t + h, g);
        boolean positive = m > 0;
        double same = positive ? above : below;
        double other = positive ? below : above;
        double product = h * (t + h);
        double unit = Math.fma(slope, Math.fma(slope, other, 2 * product), same);
        mean[meanOff + i] = (float) Math.fma((1 - slope) * s, h, positive ? m : slope * m);
        variance[varianceOff + i] = (float) (s * s * unit);
      } else {
        mean[meanOff + i] = (float) (ReluEdges.mean(m, s) - slope * ReluEdges.mean(-m, s));
        double square = ReluEdges.variance(m, s) + slope * slope * ReluEdges.variance(-m, s);
        variance[varianceOff + i] = (float) square;
      }
    }
  }

  /** Means and variances of doubles. */
  public static void meanVariance(
      double slope,
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m = mu[muOff + i];
      double a = Math.abs(m);
      double s = DoubleRatio.deviation(sigma[sigmaOff + i]);
      double t = DoubleRatio.t(a, s);
      double tLow = DoubleRatio.tLow(a, s);
      double square = t * t;
      double rounded = NormalTail.exponent(square);
      double excess = NormalTail.excess(square, NormalTail.squareLow(t, tLow, square), rounded);
      double density = 1 + excess;
      double densityLow = excess - (density - 1);
      double d = t + NormalTail.K;
      double w = 1 / d;
      double wLow = NormalTail.reciprocalLow(w, d, t - (d - NormalTail.K) + tLow);
      double v = NormalTail.K2 * w;
      double q = 1 - v;
      double qLow = NormalTail.qLow(w, wLow, v);
      double quarter = NormalTail.quarterScale(rounded, t);
      double rest = NormalTail.restScale(rounded);
      double h =
          NormalTail.scale(
              NormalTail.loss(1, density, densityLow, w, wLow, q, qLow), quarter, rest);
      double g =
          NormalTail.scale(
              NormalTail.squaredLoss(density, densityLow, w, wLow, q, qLow), quarter, rest);
      double below = Math.fma(-h, h, g);
      double above = 1 - Math.fma(h, t + t + h, g);
      double same = m > 0 ? above : below;
      double other = m > 0 ? below : above;
      double product = h * (t + h);
      double expected = Math.fma((1 - slope) * s, h, m > 0 ? m : slope * m);
      double unit = Math.fma(slope, Math.fma(slope, other, 2 * product), same);
      mean[meanOff + i] = expected;
      variance[varianceOff + i] = s * (s * unit);
    }
  }
}
