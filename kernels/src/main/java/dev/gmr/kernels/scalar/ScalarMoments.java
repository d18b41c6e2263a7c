package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.MomentKernels;

/**
 * Moments of a rectified Gaussian without cancellation:
 *
 * <pre>
 *   m = max(mu, 0) + sigma h(t),  t = |mu| / sigma,  h(t) = phi(t) (1 - t R(t)) = phi w^2 G(q)
 * </pre>
 *
 * with the approximations of {@link NormalMath}. The quotient t is carried with the remainder of
 * its division, so the results belong to the floats mu and sigma themselves, not to a rounded t,
 * which would cost t^2 half ulps in the tail. w and w^2 carry their rounding errors for the same
 * reason.
 */
public final class ScalarMoments implements MomentKernels {
  /**
   * Bounds what a division's remainder can be below {@link NormalMath#FAR}; anything else comes
   * from an infinity or from sigma = 0.
   */
  public static final float MAX_T_LOW = 0x1p-19f;

  /** Stateless. */
  public ScalarMoments() {}

  @Override
  public void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    moments(mu, muOff, sigma, sigmaOff, mean, meanOff, null, 0, null, 0, n);
  }

  @Override
  public void reluMeanWithGradients(
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
    moments(mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
  }

  private static void moments(
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
      float m = mu[muOff + i];
      float s = sigma[sigmaOff + i];
      s = s >= 0f ? s : Float.NaN;

      // t + tLow = |mu| / sigma; 0 / 0 is the point mass at zero, whose density is phi(0).
      boolean atZero = m == 0f && s == 0f;
      float magnitude = Math.abs(m);
      float t = Math.abs(m / s);
      float tLow = Math.fma(-t, s, magnitude) / s;
      t = NormalMath.clamp(atZero ? 0f : t);
      tLow = Math.abs(tLow) < MAX_T_LOW ? tLow : 0f;

      float square = t * t;
      float squareLow = Math.fma(t + t, tLow, Math.fma(t, t, -square));
      float rounded = NormalMath.exponentPlusRound(square);
      float excess = NormalMath.excess(square, squareLow, rounded - ExpLog.ROUND);
      float density = 1f + excess;
      float densityLow = excess - (density - 1f);

      float d = t + NormalMath.K;
      float dLow = t - (d - NormalMath.K) + tLow;
      float w = 1f / d;
      float wLow = NormalMath.reciprocalLow(w, d, dLow);
      float ww = w * w;
      float wwLow = Math.fma(w + w, wLow, Math.fma(w, w, -ww));
      float v = NormalMath.K2 * w;
      float q = 1f - v;
      float qLow = Math.fma(-NormalMath.K2, wLow, Math.fma(-NormalMath.K2, w, v));

      float curve = NormalMath.lossCurve(q);
      float slope = Math.fma(curve, q, NormalMath.G1);
      float g = Math.fma(slope, q, NormalMath.G0);
      float gLow = NormalMath.polynomialLow(NormalMath.G0, NormalMath.G1, curve, slope, g, q, qLow);
      float p = density * g;
      float pLow = NormalMath.productLow(density, densityLow, g, gLow, p);
      float low = Math.fma(p, wwLow, pLow * ww);
      float h = Math.fma(p, ww, low);
      float hLow = Math.fma(p, ww, -h) + low;
      float productLow = s < Float.POSITIVE_INFINITY ? s * hLow : 0f;
      float correction = NormalMath.scale(Math.fma(s, h, productLow), rounded, t);
      mean[meanOff + i] = (m > 0f ? m : 0f) + correction;

      if (cdf != null) {
        curve = NormalMath.millsCurve(q);
        slope = Math.fma(curve, q, NormalMath.M1);
        float r = Math.fma(slope, q, NormalMath.M0);
        float rLow =
            NormalMath.polynomialLow(NormalMath.M0, NormalMath.M1, curve, slope, r, q, qLow);
        p = density * r;
        pLow = NormalMath.productLow(density, densityLow, r, rLow, p);
        float tail = Math.fma(p, w, Math.fma(p, wLow, pLow * w));
        tail = NormalMath.scale(tail, rounded, t);
        cdf[cdfOff + i] = atZero ? 0f : m > 0f ? 1f - tail : tail;
        pdf[pdfOff + i] = NormalMath.scale(density, rounded, t);
      }
    }
  }

  @Override
  public void reluMeanBackward(
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
}
