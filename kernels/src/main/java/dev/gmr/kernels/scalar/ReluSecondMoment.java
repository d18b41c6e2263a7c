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
      double s = sigma[sigmaOff + i];
      if (FloatRatio.ordinary(m, s)) {
        double a = Math.abs(m);
        double w = FloatRatio.w(a, s);
        double t = FloatRatio.t(a, s);
        double p = FloatTail.pdf(t);
        double mills = FloatTail.mills(w);
        double ratio = FloatTail.loss(t, mills);
        double g = p * Math.fma(-t, ratio, mills);
        double positive = Math.fma(m, m, s * s * (1 - g));
        secondMoment[secondMomentOff + i] = (float) (m > 0 ? positive : s * s * g);
      } else {
        secondMoment[secondMomentOff + i] = (float) ReluEdges.secondMoment(m, s);
      }
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
        double tail = p * mills;
        double positive = Math.fma(m, m, s * s * (1 - g));
        secondMoment[secondMomentOff + i] = (float) (m > 0 ? positive : s * s * g);
        byMu[byMuOff + i] = (float) (2 * Math.fma(s, h, m > 0 ? m : 0));
        bySigma[bySigmaOff + i] = (float) (2 * s * (m > 0 ? 1 - tail : tail));
      } else {
        secondMoment[secondMomentOff + i] = (float) ReluEdges.secondMoment(m, s);
        byMu[byMuOff + i] = (float) (2 * ReluEdges.mean(m, s));
        bySigma[bySigmaOff + i] = (float) (2 * s * ReluEdges.meanByMu(m, s));
      }
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
