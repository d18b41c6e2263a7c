package dev.gmr.kernels.scalar;

/**
 * Second moment of a rectified Gaussian, {@code E max(X, 0)^2}: {@code sigma^2 g(t)} for mu &lt;= 0
 * and {@code mu^2 + sigma^2 (1 - g(t))} above, and its gradients {@code 2 m} by mu and {@code 2
 * sigma Phi(mu / sigma)} by sigma, with m the mean.
 */
public final class ReluSecondMoment {
  private ReluSecondMoment() {}

  /** Second moments of floats. */
  public static void secondMoment(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m = mu[muOff + i];
      double s = FloatRatio.deviation(m, sigma[sigmaOff + i]);
      double a = FloatRatio.magnitude(m);
      double b = FloatRatio.bounded(s);
      double r = FloatRatio.reciprocal(a, b);
      double t = FloatRatio.t(a, b, r);
      double w = FloatRatio.w(b, r);
      double p = FloatTail.pdf(t);
      double lossRatio = FloatTail.loss(w);
      double mills = FloatTail.mills(w);
      double g = p * Math.fma(-t, lossRatio, mills);
      double second = m > 0 ? Math.fma(m, m, s * s * (1 - g)) : s * s * g;
      secondMoment[secondMomentOff + i] = (float) second;
    }
  }

  /** Second moments of floats, and the gradients. */
  public static void secondMomentWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      float[] byMu,
      int byMuOff,
      float[] bySigma,
      int bySigmaOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m = mu[muOff + i];
      double s = FloatRatio.deviation(m, sigma[sigmaOff + i]);
      double a = FloatRatio.magnitude(m);
      double b = FloatRatio.bounded(s);
      double r = FloatRatio.reciprocal(a, b);
      double t = FloatRatio.t(a, b, r);
      double w = FloatRatio.w(b, r);
      double p = FloatTail.pdf(t);
      double lossRatio = FloatTail.loss(w);
      double mills = FloatTail.mills(w);
      double g = p * Math.fma(-t, lossRatio, mills);
      double second = m > 0 ? Math.fma(m, m, s * s * (1 - g)) : s * s * g;
      double tail = p * mills;
      double cdf = m > 0 ? 1 - tail : tail;
      cdf = m == 0 && s == 0 ? 0 : cdf;
      double mean = Math.fma(s, p * lossRatio, m > 0 ? m : 0);
      secondMoment[secondMomentOff + i] = (float) second;
      byMu[byMuOff + i] = (float) (2 * mean);
      bySigma[bySigmaOff + i] = (float) (2 * s * cdf);
    }
  }

  /** Second moments of doubles. */
  public static void secondMoment(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
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
      double squared = NormalTail.squaredLoss(density, densityLow, w, wLow, q, qLow);
      double g = NormalTail.scale(squared, quarter, rest);
      double below = s * quarter * quarter * squared * (s * quarter * rest);
      double second = m > 0 ? Math.fma(m, m, s * (s * (1 - g))) : below;
      secondMoment[secondMomentOff + i] = second;
    }
  }

  /** Second moments of doubles, and the gradients. */
  public static void secondMomentWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
      double[] byMu,
      int byMuOff,
      double[] bySigma,
      int bySigmaOff,
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
      double squared = NormalTail.squaredLoss(density, densityLow, w, wLow, q, qLow);
      double g = NormalTail.scale(squared, quarter, rest);
      double below = s * quarter * quarter * squared * (s * quarter * rest);
      double second = m > 0 ? Math.fma(m, m, s * (s * (1 - g))) : below;
      double tail = NormalTail.survival(density, densityLow, w, wLow, q, qLow);
      double byDeviation =
          m > 0
              ? 2 * s * (1 - NormalTail.scale(tail, quarter, rest))
              : 2 * NormalTail.scale(s * tail, quarter, rest);
      double loss = NormalTail.loss(s, density, densityLow, w, wLow, q, qLow);
      double mean = (m > 0 ? m : 0) + NormalTail.scale(loss, quarter, rest);
      secondMoment[secondMomentOff + i] = second;
      byMu[byMuOff + i] = 2 * mean;
      bySigma[bySigmaOff + i] = byDeviation;
    }
  }
}
