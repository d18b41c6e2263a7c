package dev.gmr.kernels.scalar;

/**
 * Mean of a rectified Gaussian without cancellation, {@code m = max(mu, 0) + sigma h(t)}, {@code t
 * = |mu| / sigma}, and its gradients Phi(mu/sigma) and phi(mu/sigma).
 *
 * <p>Doubles: the quotient t is carried with the remainder of its division, so the results belong
 * to mu and sigma themselves, not to a rounded t, which would cost t^2 half ulps in the tail.
 */
public final class ReluMean {
  private ReluMean() {}

  /** Means of floats. */
  public static void mean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
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
        mean[meanOff + i] = (float) Math.fma(s, h, m > 0 ? m : 0);
      } else {
        mean[meanOff + i] = (float) ReluEdges.mean(m, s);
      }
    }
  }

  /** Means of floats, and the gradients. */
  public static void meanWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
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
        double tail = p * mills;
        mean[meanOff + i] = (float) Math.fma(s, h, m > 0 ? m : 0);
        cdf[cdfOff + i] = (float) (m > 0 ? 1 - tail : tail);
        pdf[pdfOff + i] = (float) p;
      } else {
        mean[meanOff + i] = (float) ReluEdges.mean(m, s);
        cdf[cdfOff + i] = (float) ReluEdges.meanByMu(m, s);
        pdf[pdfOff + i] = (float) ReluEdges.meanBySigma(m, s);
      }
    }
  }

  /** Means of doubles. */
  public static void mean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
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
      double h = NormalTail.loss(s, density, densityLow, w, wLow, q, qLow);
      double quarter = NormalTail.quarterScale(rounded, t);
      double rest = NormalTail.restScale(rounded);
      mean[meanOff + i] = (m > 0 ? m : 0) + NormalTail.scale(h, quarter, rest);
    }
  }

  /** Means of doubles, and the gradients. */
  public static void meanWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
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
      double h = NormalTail.loss(s, density, densityLow, w, wLow, q, qLow);
      mean[meanOff + i] = (m > 0 ? m : 0) + NormalTail.scale(h, quarter, rest);
      double tail = NormalTail.survival(density, densityLow, w, wLow, q, qLow);
      tail = NormalTail.scale(tail, quarter, rest);
      double c = m > 0 ? 1 - tail : tail;
      cdf[cdfOff + i] = m == 0 && s == 0 ? 0 : c;
      pdf[pdfOff + i] = NormalTail.scale(density, quarter, rest);
    }
  }

  /** The chain rule: dMu is written, dSigma is added to, because one sigma serves many samples. */
  public static void backward(
      float[] dMean,
      int dMeanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
      float[] dMu,
      int dMuOff,
      float[] dSigma,
      int dSigmaOff,
      int n) {
    for (int i = 0; i < n; i++) {
      float d = dMean[dMeanOff + i];
      float accumulated = Math.fma(d, pdf[pdfOff + i], dSigma[dSigmaOff + i]);
      dMu[dMuOff + i] = d * cdf[cdfOff + i];
      dSigma[dSigmaOff + i] = accumulated;
    }
  }

  /** The chain rule for doubles. */
  public static void backward(
      double[] dMean,
      int dMeanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
      double[] dMu,
      int dMuOff,
      double[] dSigma,
      int dSigmaOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double d = dMean[dMeanOff + i];
      double accumulated = Math.fma(d, pdf[pdfOff + i], dSigma[dSigmaOff + i]);
      dMu[dMuOff + i] = d * cdf[cdfOff + i];
      dSigma[dSigmaOff + i] = accumulated;
    }
  }
}
