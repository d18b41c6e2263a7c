package dev.gmr.kernels.scalar;

/**
 * Mean and variance of a rectified Gaussian, and their gradients, without cancellation. With {@code
 * t = |mu| / sigma} and the functions h and g of {@link NormalTail},
 *
 * <pre>
 *   m = max(mu, 0) + sigma h
 *   V = sigma^2 (g - h^2)                   mu &lt;= 0
 *   V = sigma^2 (1 - (g + h (2 t + h)))     mu &gt; 0
 *   dV/dmu = 2 m Q(z),  dV/dsigma = 2 sigma (Phi(z) - (m / sigma) phi(z)),  z = mu / sigma
 * </pre>
 */
public final class ReluVariance {
  private ReluVariance() {}

  /** Means and variances of floats. */
  public static void meanVariance(
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
        mean[meanOff + i] = (float) Math.fma(s, h, m > 0 ? m : 0);
        variance[varianceOff + i] = (float) (s * s * (m > 0 ? above : below));
      } else {
        mean[meanOff + i] = (float) ReluEdges.mean(m, s);
        variance[varianceOff + i] = (float) ReluEdges.variance(m, s);
      }
    }
  }

  /** Means and variances of floats, and the gradients. */
  public static void meanVarianceWithGradients(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] meanByMu,
      int meanByMuOff,
      float[] meanBySigma,
      int meanBySigmaOff,
      float[] varianceByMu,
      int varianceByMuOff,
      float[] varianceBySigma,
      int varianceBySigmaOff,
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
        double tail = p * mills;
        double rest = 1 - tail;
        boolean positive = m > 0;
        double byMu = positive ? rest : tail;
        // the mean over sigma
        double unit = (positive ? t : 0) + h;
        mean[meanOff + i] = (float) Math.fma(s, h, positive ? m : 0);
        variance[varianceOff + i] = (float) (s * s * (positive ? above : below));
        meanByMu[meanByMuOff + i] = (float) byMu;
        meanBySigma[meanBySigmaOff + i] = (float) p;
        varianceByMu[varianceByMuOff + i] = (float) (2 * s * unit * (positive ? tail : rest));
        varianceBySigma[varianceBySigmaOff + i] = (float) (2 * s * Math.fma(-unit, p, byMu));
      } else {
        mean[meanOff + i] = (float) ReluEdges.mean(m, s);
        variance[varianceOff + i] = (float) ReluEdges.variance(m, s);
        meanByMu[meanByMuOff + i] = (float) ReluEdges.meanByMu(m, s);
        meanBySigma[meanBySigmaOff + i] = (float) ReluEdges.meanBySigma(m, s);
        varianceByMu[varianceByMuOff + i] = (float) ReluEdges.varianceByMu(m, s);
        varianceBySigma[varianceBySigmaOff + i] = (float) ReluEdges.varianceBySigma(m, s);
      }
    }
  }

  /** Means and variances of doubles. */
  public static void meanVariance(
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
      double loss = NormalTail.loss(1, density, densityLow, w, wLow, q, qLow);
      double squared = NormalTail.squaredLoss(density, densityLow, w, wLow, q, qLow);
      double h = NormalTail.scale(loss, quarter, rest);
      double g = NormalTail.scale(squared, quarter, rest);
      double below = s * quarter * quarter * Math.fma(-h, loss, squared) * (s * quarter * rest);
      double above = s * (s * (1 - Math.fma(h, t + t + h, g)));
      double lossOfSigma = NormalTail.loss(s, density, densityLow, w, wLow, q, qLow);
      double m1 = (m > 0 ? m : 0) + NormalTail.scale(lossOfSigma, quarter, rest);
      double m2 = m > 0 ? above : below;
      mean[meanOff + i] = m1;
      variance[varianceOff + i] = m2;
    }
  }

  /** Means and variances of doubles, and the gradients. */
  public static void meanVarianceWithGradients(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] meanByMu,
      int meanByMuOff,
      double[] meanBySigma,
      int meanBySigmaOff,
      double[] varianceByMu,
      int varianceByMuOff,
      double[] varianceBySigma,
      int varianceBySigmaOff,
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
      double loss = NormalTail.loss(1, density, densityLow, w, wLow, q, qLow);
      double squared = NormalTail.squaredLoss(density, densityLow, w, wLow, q, qLow);
      double h = NormalTail.scale(loss, quarter, rest);
      double g = NormalTail.scale(squared, quarter, rest);
      double below = s * quarter * quarter * Math.fma(-h, loss, squared) * (s * quarter * rest);
      double above = s * (s * (1 - Math.fma(h, t + t + h, g)));
      double lossOfSigma = NormalTail.loss(s, density, densityLow, w, wLow, q, qLow);
      double m1 = (m > 0 ? m : 0) + NormalTail.scale(lossOfSigma, quarter, rest);
      double m2 = m > 0 ? above : below;
      double unscaled = NormalTail.survival(density, densityLow, w, wLow, q, qLow);
      double tail = NormalTail.scale(unscaled, quarter, rest);
      double p = NormalTail.scale(density, quarter, rest);
      double cdf = m > 0 ? 1 - tail : tail;
      cdf = m == 0 && s == 0 ? 0 : cdf;
      double ratio = (m > 0 ? t : 0) + h;
      double byMu =
          m > 0 ? NormalTail.scale(2 * ratio * s * unscaled, quarter, rest) : 2 * m1 * (1 - tail);
      double bySigma =
          m > 0
              ? 2 * s * Math.fma(-ratio, p, cdf)
              : 2 * NormalTail.scale(s * Math.fma(-h, density, unscaled), quarter, rest);
      mean[meanOff + i] = m1;
      variance[varianceOff + i] = m2;
      meanByMu[meanByMuOff + i] = cdf;
      meanBySigma[meanBySigmaOff + i] = p;
      varianceByMu[varianceByMuOff + i] = byMu;
      varianceBySigma[varianceBySigmaOff + i] = bySigma;
    }
  }
}
