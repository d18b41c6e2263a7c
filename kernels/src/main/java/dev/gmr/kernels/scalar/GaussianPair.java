package dev.gmr.kernels.scalar;

/** Distribution function and ReLU covariance of Gaussian pairs, on the tails of {@link Pair}. */
public final class GaussianPair {
  private GaussianPair() {}

  /** P(X &lt;= a, Y &lt;= b) of standard normal variables of correlation rho, floats. */
  public static void cdf(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] rho,
      int rhoOff,
      float[] cdf,
      int cdfOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double h = a[aOff + i];
      double l = b[bOff + i];
      double r0 = Pair.correlation(rho[rhoOff + i]);
      double s = Pair.positive(FloatTail.clamp(Math.abs(h)));
      double t = Pair.positive(FloatTail.clamp(Math.abs(l)));
      boolean opposite = (h > 0 && l <= 0) || (h <= 0 && l > 0);
      double r = opposite ? -r0 : r0;
      double ps = FloatTail.pdf(s);
      double millsS = FloatTail.mills(1 / (s + FloatTail.K));
      double qs = ps * millsS;
      double pt = FloatTail.pdf(t);
      double millsT = FloatTail.mills(1 / (t + FloatTail.K));
      double qt = pt * millsT;
      double k = Pair.c(r);
      double x = Pair.conditional(r, k, s, t - s);
      double y = Pair.conditional(r, k, t, s - t);
      double ax = FloatTail.clamp(Math.abs(x));
      double px = FloatTail.pdf(ax);
      double qx = px * FloatTail.mills(1 / (ax + FloatTail.K));
      double ay = FloatTail.clamp(Math.abs(y));
      double py = FloatTail.pdf(ay);
      double qy = py * FloatTail.mills(1 / (ay + FloatTail.K));
      double ts = Pair.owensTOfFloats(s, qs, ps, x, qx, px);
      double tt = Pair.owensTOfFloats(t, qt, pt, y, qy, py);
      double upper = 0.5 * (qs + qt) - (ts + tt);
      // both tails, one of them, or none
      double mixed = (h > 0 ? qt : qs) - upper;
      double value = opposite ? mixed : upper;
      value = h > 0 && l > 0 ? 1 - qs - qt + upper : value;
      value = value < 0 ? 0 : value;
      cdf[cdfOff + i] = (float) value;
    }
  }

  /** Cov(max(X, 0), max(Y, 0)) of Gaussian variables, floats. */
  public static void reluCovariance(
      float[] mu1,
      int mu1Off,
      float[] sigma1,
      int sigma1Off,
      float[] mu2,
      int mu2Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] covariance,
      int covarianceOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m1 = mu1[mu1Off + i];
      double m2 = mu2[mu2Off + i];
      double d1 = sigma1[sigma1Off + i];
      double d2 = sigma2[sigma2Off + i];
      double r0 = Pair.correlation(rho[rhoOff + i]);
      double positive1 = m1 > 0 ? 1 : 0;
      double positive2 = m2 > 0 ? 1 : 0;
      double s = Pair.positive(Pair.threshold(m1, d1, FloatTail.FAR));
      double t = Pair.positive(Pair.threshold(m2, d2, FloatTail.FAR));
      double r = r0 * (1 - 2 * positive1) * (1 - 2 * positive2);
      double ps = FloatTail.pdf(s);
      double millsS = FloatTail.mills(1 / (s + FloatTail.K));
      double qs = ps * millsS;
      double pt = FloatTail.pdf(t);
      double millsT = FloatTail.mills(1 / (t + FloatTail.K));
      double qt = pt * millsT;
      double hs = ps * FloatTail.loss(s, millsS);
      double ht = pt * FloatTail.loss(t, millsT);
      double k = Pair.c(r);
      double x = Pair.conditional(r, k, s, t - s);
      double y = Pair.conditional(r, k, t, s - t);
      double ax = FloatTail.clamp(Math.abs(x));
      double px = FloatTail.pdf(ax);
      double qx = px * FloatTail.mills(1 / (ax + FloatTail.K));
      double ay = FloatTail.clamp(Math.abs(y));
      double py = FloatTail.pdf(ay);
      double qy = py * FloatTail.mills(1 / (ay + FloatTail.K));
      double ts = Pair.owensTOfFloats(s, qs, ps, x, qx, px);
      double tt = Pair.owensTOfFloats(t, qt, pt, y, qy, py);
      double upper = 0.5 * (qs + qt) - (ts + tt);
      double e = Pair.product(r, k, upper, s, ps, x, qx, px, t, pt, y, qy);
      double tail = Math.fma(-hs, ht, e);
      double unit = Math.fma(r0, Pair.lacking(positive1, qs, positive2, qt), tail);
      unit = r0 == 0 ? 0 : unit;
      covariance[covarianceOff + i] = (float) (d1 * d2 * unit);
    }
  }

  /**
   * A row of the ReLU covariance: that of one variable with n others, whose thresholds |mu| /
   * sigma, densities, tails, losses and signs are prepared. Covariances of floats.
   */
  public static void reluCovarianceRow(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double inverse1,
      float[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] sigma,
      int sigmaOff,
      double[] inverse,
      int inverseOff,
      float[] result,
      int resultOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double raw = covariance[covarianceOff + i] * (inverse1 * inverse[inverseOff + i]);
      double r0 = Pair.clampedCorrelation(raw);
      double t = threshold[thresholdOff + i];
      double pt = density[densityOff + i];
      double qt = tail[tailOff + i];
      double ht = loss[lossOff + i];
      double positive2 = positive[positiveOff + i];
      double r = r0 * (1 - 2 * positive1) * (1 - 2 * positive2);
      double k = Pair.c(r);
      double x = Pair.conditional(r, k, s, t - s);
      double y = Pair.conditional(r, k, t, s - t);
      double ax = FloatTail.clamp(Math.abs(x));
      double px = FloatTail.pdf(ax);
      double qx = px * FloatTail.mills(1 / (ax + FloatTail.K));
      double ay = FloatTail.clamp(Math.abs(y));
      double py = FloatTail.pdf(ay);
      double qy = py * FloatTail.mills(1 / (ay + FloatTail.K));
      double ts = Pair.owensTOfFloats(s, qs, ps, x, qx, px);
      double tt = Pair.owensTOfFloats(t, qt, pt, y, qy, py);
      double upper = 0.5 * (qs + qt) - (ts + tt);
      double e = Pair.product(r, k, upper, s, ps, x, qx, px, t, pt, y, qy);
      double tails = Math.fma(-hs, ht, e);
      double unit = Math.fma(r0, Pair.lacking(positive1, qs, positive2, qt), tails);
      unit = r0 == 0 ? 0 : unit;
      result[resultOff + i] = (float) (sigma1 * sigma[sigmaOff + i] * unit);
    }
  }

  /** P(X &lt;= a, Y &lt;= b) of standard normal variables of correlation rho, doubles. */
  public static void cdf(
      double[] a,
      int aOff,
      double[] b,
      int bOff,
      double[] rho,
      int rhoOff,
      double[] cdf,
      int cdfOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double h = a[aOff + i];
      double l = b[bOff + i];
      double r0 = Pair.correlation(rho[rhoOff + i]);
      double s = Pair.positive(NormalTail.clamp(Math.abs(h)));
      double t = Pair.positive(NormalTail.clamp(Math.abs(l)));
      boolean opposite = (h > 0 && l <= 0) || (h <= 0 && l > 0);
      double r = opposite ? -r0 : r0;
      double ps = Pair.pdf(s);
      double qs = Pair.survival(s, ps);
      double pt = Pair.pdf(t);
      double qt = Pair.survival(t, pt);
      double k = Pair.c(r);
      double x = Pair.conditional(r, k, s, t - s);
      double y = Pair.conditional(r, k, t, s - t);
      double ax = NormalTail.clamp(Math.abs(x));
      double px = Pair.pdf(ax);
      double qx = Pair.survival(ax, px);
      double ay = NormalTail.clamp(Math.abs(y));
      double py = Pair.pdf(ay);
      double qy = Pair.survival(ay, py);
      double ts = Pair.owensT(s, qs, ps, x, qx, px);
      double tt = Pair.owensT(t, qt, pt, y, qy, py);
      double upper = 0.5 * (qs + qt) - (ts + tt);
      // both tails, one of them, or none
      double mixed = (h > 0 ? qt : qs) - upper;
      double value = opposite ? mixed : upper;
      value = h > 0 && l > 0 ? 1 - qs - qt + upper : value;
      value = value < 0 ? 0 : value;
      cdf[cdfOff + i] = value;
    }
  }

  /** Cov(max(X, 0), max(Y, 0)) of Gaussian variables, doubles. */
  public static void reluCovariance(
      double[] mu1,
      int mu1Off,
      double[] sigma1,
      int sigma1Off,
      double[] mu2,
      int mu2Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] covariance,
      int covarianceOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m1 = mu1[mu1Off + i];
      double m2 = mu2[mu2Off + i];
      double d1 = sigma1[sigma1Off + i];
      double d2 = sigma2[sigma2Off + i];
      double r0 = Pair.correlation(rho[rhoOff + i]);
      double positive1 = m1 > 0 ? 1 : 0;
      double positive2 = m2 > 0 ? 1 : 0;
      double s = Pair.positive(Pair.threshold(m1, d1, NormalTail.FAR));
      double t = Pair.positive(Pair.threshold(m2, d2, NormalTail.FAR));
      double r = r0 * (1 - 2 * positive1) * (1 - 2 * positive2);
      double ps = Pair.pdf(s);
      double qs = Pair.survival(s, ps);
      double pt = Pair.pdf(t);
      double qt = Pair.survival(t, pt);
      double hs = Pair.loss(s, ps);
      double ht = Pair.loss(t, pt);
      double k = Pair.c(r);
      double x = Pair.conditional(r, k, s, t - s);
      double y = Pair.conditional(r, k, t, s - t);
      double ax = NormalTail.clamp(Math.abs(x));
      double px = Pair.pdf(ax);
      double qx = Pair.survival(ax, px);
      double ay = NormalTail.clamp(Math.abs(y));
      double py = Pair.pdf(ay);
      double qy = Pair.survival(ay, py);
      double ts = Pair.owensT(s, qs, ps, x, qx, px);
      double tt = Pair.owensT(t, qt, pt, y, qy, py);
      double upper = 0.5 * (qs + qt) - (ts + tt);
      double e = Pair.product(r, k, upper, s, ps, x, qx, px, t, pt, y, qy);
      double tail = Math.fma(-hs, ht, e);
      double unit = Math.fma(r0, Pair.lacking(positive1, qs, positive2, qt), tail);
      unit = r0 == 0 ? 0 : unit;
      covariance[covarianceOff + i] = d1 * d2 * unit;
    }
  }

  /**
   * A row of the ReLU covariance: that of one variable with n others, whose thresholds |mu| /
   * sigma, densities, tails, losses and signs are prepared. Covariances of doubles.
   */
  public static void reluCovarianceRow(
      double s,
      double ps,
      double qs,
      double hs,
      double positive1,
      double sigma1,
      double inverse1,
      double[] covariance,
      int covarianceOff,
      double[] threshold,
      int thresholdOff,
      double[] density,
      int densityOff,
      double[] tail,
      int tailOff,
      double[] loss,
      int lossOff,
      double[] positive,
      int positiveOff,
      double[] sigma,
      int sigmaOff,
      double[] inverse,
      int inverseOff,
      double[] result,
      int resultOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double raw = covariance[covarianceOff + i] * (inverse1 * inverse[inverseOff + i]);
      double r0 = Pair.clampedCorrelation(raw);
      double t = threshold[thresholdOff + i];
      double pt = density[densityOff + i];
      double qt = tail[tailOff + i];
      double ht = loss[lossOff + i];
      double positive2 = positive[positiveOff + i];
      double r = r0 * (1 - 2 * positive1) * (1 - 2 * positive2);
      double k = Pair.c(r);
      double x = Pair.conditional(r, k, s, t - s);
      double y = Pair.conditional(r, k, t, s - t);
      double ax = NormalTail.clamp(Math.abs(x));
      double px = Pair.pdf(ax);
      double qx = Pair.survival(ax, px);
      double ay = NormalTail.clamp(Math.abs(y));
      double py = Pair.pdf(ay);
      double qy = Pair.survival(ay, py);
      double ts = Pair.owensT(s, qs, ps, x, qx, px);
      double tt = Pair.owensT(t, qt, pt, y, qy, py);
      double upper = 0.5 * (qs + qt) - (ts + tt);
      double e = Pair.product(r, k, upper, s, ps, x, qx, px, t, pt, y, qy);
      double tails = Math.fma(-hs, ht, e);
      double unit = Math.fma(r0, Pair.lacking(positive1, qs, positive2, qt), tails);
      unit = r0 == 0 ? 0 : unit;
      result[resultOff + i] = sigma1 * sigma[sigmaOff + i] * unit;
    }
  }
}
