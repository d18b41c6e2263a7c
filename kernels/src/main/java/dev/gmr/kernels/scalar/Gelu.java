package dev.gmr.kernels.scalar;

/**
 * Mean and variance of {@code Y = X Phi(X)} (GELU) for a Gaussian X. With {@code S = sqrt(1 +
 * sigma^2)}, {@code u = |mu| / S}, D = h/phi and R = Q/phi at u:
 *
 * <pre>
 *   mean = max(mu, 0) + (phi(u) / S) (sigma^2 D - u R)
 * </pre>
 *
 * <p>E Y^2 = E X^2 Phi(X)^2 follows from Stein's identity E X f = mu E f + sigma^2 E f'. For mu
 * &lt;= 0, with {@code b = 1 / sqrt(1 + 2 sigma^2)}, {@code v = u b} and Owen's T:
 *
 * <pre>
 *   E Phi^2      = Q(u) - 2 T(u, b)
 *   E (Phi^2)'   = 2 (phi(u) / S) Q(v)                                =: A
 *   E X (Phi^2)' = 2 (phi(u) / S) (sigma^2 b phi(v) - u Q(v)) / S     =: B
 *   E Y^2        = (mu^2 + sigma^2) E Phi^2 + sigma^2 (mu A + B)
 * </pre>
 *
 * <p>For mu &gt; 0, Y = X + Y' with Y' the GELU of -X, hence {@code Var Y = Var Y' + sigma^2 (1 - 2
 * E GELU'(-X))}, {@code E GELU'(-X) = Q(u) - u phi(u) / S^2}.
 */
public final class Gelu {
  private Gelu() {}

  /** Means of floats. */
  public static void mean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    for (int i = 0; i < n; i++) {
      double m = mu[muOff + i];
      double deviation = sigma[sigmaOff + i];
      double s = deviation >= 0 ? deviation : Double.NaN;
      double a = Math.abs(m);
      double ss = s * s;
      double scale = Math.sqrt(1 + ss);
      double u = FloatTail.clamp(a / scale);
      double w = 1 / (u + FloatTail.K);
      double p = FloatTail.pdf(u);
      double mills = FloatTail.mills(w);
      double ratio = FloatTail.loss(u, mills);
      double density = p / scale;
      double tail = density * Math.fma(ss, ratio, -(u * mills));
      mean[meanOff + i] = (float) (tail + (m > 0 ? m : 0));
    }
  }

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
      double deviation = sigma[sigmaOff + i];
      double s = deviation >= 0 ? deviation : Double.NaN;
      double a = Math.abs(m);
      double ss = s * s;
      double scale = Math.sqrt(1 + ss);
      double u = FloatTail.clamp(a / scale);
      double w = 1 / (u + FloatTail.K);
      double p = FloatTail.pdf(u);
      double mills = FloatTail.mills(w);
      double ratio = FloatTail.loss(u, mills);
      double density = p / scale;
      double tail = density * Math.fma(ss, ratio, -(u * mills));
      double upper = p * mills;
      double b = 1 / Math.sqrt(Math.fma(2, ss, 1));
      double v = u * b;
      double pv = FloatTail.pdf(v);
      double qv = pv * FloatTail.mills(1 / (v + FloatTail.K));
      double squared = upper - 2 * OwensT.ofFloats(u, b, p);
      double byX = 2 * density * (ss * b * pv - u * qv) / scale;
      double cross = Math.fma(-2 * a * density, qv, byX);
      double second = Math.fma(ss, cross, Math.fma(a, a, ss) * squared);
      double below = Math.fma(-tail, tail, second);
      double slope = upper - u * p / (scale * scale);
      double above = Math.fma(ss, Math.fma(-2, slope, 1), below);
      double spread = m > 0 ? above : below;
      spread = spread < 0 ? 0 : spread;
      mean[meanOff + i] = (float) (tail + (m > 0 ? m : 0));
      variance[varianceOff + i] = (float) spread;
    }
  }

  /** Means of doubles. */
  public static void mean(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    for (int i = 0; i < n; i++) {
      double m = mu[muOff + i];
      double deviation = sigma[sigmaOff + i];
      double s = deviation >= 0 ? deviation : Double.NaN;
      double a = Math.abs(m);
      double ss = s * s;
      double scale = Math.sqrt(1 + ss);
      double u = NormalTail.clamp(a / scale);
      double upper = NormalTail.survivalAt(u, 0);
      double tail = Math.fma(ss, NormalTail.lossAt(u, 0), -(u * upper)) / scale;
      mean[meanOff + i] = tail + (m > 0 ? m : 0);
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
      double deviation = sigma[sigmaOff + i];
      double s = deviation >= 0 ? deviation : Double.NaN;
      double a = Math.abs(m);
      double ss = s * s;
      double scale = Math.sqrt(1 + ss);
      double u = NormalTail.clamp(a / scale);
      double p = NormalTail.pdfAt(u, 0);
      double upper = NormalTail.survivalAt(u, 0);
      double tail = Math.fma(ss, NormalTail.lossAt(u, 0), -(u * upper)) / scale;
      double b = 1 / Math.sqrt(Math.fma(2, ss, 1));
      double v = u * b;
      double pv = NormalTail.pdfAt(v, 0);
      double qv = NormalTail.survivalAt(v, 0);
      double density = p / scale;
      double squared = upper - 2 * OwensT.of(u, b, p);
      double byX = 2 * density * (ss * b * pv - u * qv) / scale;
      double cross = Math.fma(-2 * a * density, qv, byX);
      double second = Math.fma(ss, cross, Math.fma(a, a, ss) * squared);
      double below = Math.fma(-tail, tail, second);
      double slope = upper - u * p / (scale * scale);
      double above = Math.fma(ss, Math.fma(-2, slope, 1), below);
      double spread = m > 0 ? above : below;
      spread = spread < 0 ? 0 : spread;
      mean[meanOff + i] = tail + (m > 0 ? m : 0);
      variance[varianceOff + i] = spread;
    }
  }
}
