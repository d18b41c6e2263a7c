package dev.gmr.kernels.scalar;

/**
 * Mean and variance of a clipped Gaussian {@code Y = min(max(X, low), high)}: hard tanh, ReLU6.
 * With {@code c} = mu clipped, {@code al = |mu - low| / sigma}, {@code be = |mu - high| / sigma}:
 *
 * <pre>
 *   mean = c + sigma (h(al) - h(be))
 *   E (Y - c)^2 = sigma^2 (1 - g(al) - 2 al h(al) - g(be) - 2 be h(be))    low &lt;= mu &lt;= high
 *               = sigma^2 (g(al) - g(be) - 2 (be - al) h(be))              mu &lt; low
 *               = sigma^2 (g(be) - g(al) - 2 (al - be) h(al))              mu &gt; high
 * </pre>
 *
 * <p>Where sigma is large beside high - low, the terms cancel: errors are relative to sigma, not to
 * the results.
 */
public final class Clipped {
  private Clipped() {}

  /** Means and variances of floats, for low &lt; high. */
  public static void meanVariance(
      double low,
      double high,
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
      double c = m > high ? high : m;
      c = c < low ? low : c;
      double b = FloatRatio.bounded(s);
      double toLow = FloatRatio.magnitude(m - low);
      double toHigh = FloatRatio.magnitude(m - high);
      double rLow = FloatRatio.reciprocal(toLow, b);
      double rHigh = FloatRatio.reciprocal(toHigh, b);
      double al = FloatRatio.t(toLow, b, rLow);
      double be = FloatRatio.t(toHigh, b, rHigh);
      double wLow = FloatRatio.w(b, rLow);
      double wHigh = FloatRatio.w(b, rHigh);
      double pLow = FloatTail.pdf(al);
      double pHigh = FloatTail.pdf(be);
      double hLow = pLow * FloatTail.loss(wLow);
      double hHigh = pHigh * FloatTail.loss(wHigh);
      double gLow = Math.fma(-al, hLow, pLow * FloatTail.mills(wLow));
      double gHigh = Math.fma(-be, hHigh, pHigh * FloatTail.mills(wHigh));
      double inside = 1 - (Math.fma(2 * al, hLow, gLow) + Math.fma(2 * be, hHigh, gHigh));
      double under = gLow - Math.fma(2 * (be - al), hHigh, gHigh);
      double over = gHigh - Math.fma(2 * (al - be), hLow, gLow);
      double square = m < low ? under : inside;
      square = m > high ? over : square;
      double shift = hLow - hHigh;
      double unit = Math.fma(-shift, shift, square);
      double expected = Math.fma(s, shift, c);
      expected = expected < low ? low : expected;
      expected = expected > high ? high : expected;
      unit = unit < 0 ? 0 : unit;
      mean[meanOff + i] = (float) expected;
      variance[varianceOff + i] = (float) (s * (s * unit));
    }
  }

  /** Means and variances of doubles, for low &lt; high. */
  public static void meanVariance(
      double low,
      double high,
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
      double c = m > high ? high : m;
      c = c < low ? low : c;
      double al = DoubleRatio.t(Math.abs(m - low), s);
      double be = DoubleRatio.t(Math.abs(m - high), s);
      double hLow = NormalTail.lossAt(al, 0);
      double hHigh = NormalTail.lossAt(be, 0);
      double gLow = NormalTail.squaredLossAt(al, 0);
      double gHigh = NormalTail.squaredLossAt(be, 0);
      double inside = 1 - (Math.fma(2 * al, hLow, gLow) + Math.fma(2 * be, hHigh, gHigh));
      double under = gLow - Math.fma(2 * (be - al), hHigh, gHigh);
      double over = gHigh - Math.fma(2 * (al - be), hLow, gLow);
      double square = m < low ? under : inside;
      square = m > high ? over : square;
      double shift = hLow - hHigh;
      double unit = Math.fma(-shift, shift, square);
      double expected = Math.fma(s, shift, c);
      expected = expected < low ? low : expected;
      expected = expected > high ? high : expected;
      unit = unit < 0 ? 0 : unit;
      mean[meanOff + i] = expected;
      variance[varianceOff + i] = s * (s * unit);
    }
  }
}
