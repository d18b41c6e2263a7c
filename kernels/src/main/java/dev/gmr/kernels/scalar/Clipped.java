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
  /** Stands for sigma = 0; beside it every difference of floats is huge. */
  static final double MIN_SIGMA = 0x1p-300;

  /** Stands for an infinite mu. */
  static final double MAX_MU = 0x1p200;

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
      double mean0 = mu[muOff + i];
      double m = mean0 > MAX_MU ? MAX_MU : mean0;
      m = m < -MAX_MU ? -MAX_MU : m;
      double deviation = sigma[sigmaOff + i];
      double s = deviation >= 0 ? deviation : Double.NaN;
      double c = m > high ? high : m;
      c = c < low ? low : c;
      double b = s < MIN_SIGMA ? MIN_SIGMA : s;
      double toLow = Math.abs(m - low);
      double toHigh = Math.abs(m - high);
      double al = FloatRatio.t(toLow, b);
      double be = FloatRatio.t(toHigh, b);
      double wLow = FloatRatio.w(toLow, b);
      double wHigh = FloatRatio.w(toHigh, b);
      double pLow = FloatTail.pdf(al);
      double pHigh = FloatTail.pdf(be);
      double millsLow = FloatTail.mills(wLow);
      double hLow = pLow * FloatTail.loss(al, millsLow);
      double millsHigh = FloatTail.mills(wHigh);
      double hHigh = pHigh * FloatTail.loss(be, millsHigh);
      double gLow = Math.fma(-al, hLow, pLow * millsLow);
      double gHigh = Math.fma(-be, hHigh, pHigh * millsHigh);
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
