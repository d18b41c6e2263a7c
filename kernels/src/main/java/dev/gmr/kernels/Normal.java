package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;

/**
 * The standard normal distribution: density phi, distribution function Phi, survival function Q = 1
 * - Phi, their relatives, and the loss functions {@code h(t) = E (Z - t)+ = phi(t) - t Q(t)} and
 * {@code g(t) = E ((Z - t)+)^2 = (1 + t^2) Q(t) - t phi(t)}.
 *
 * <p>Nothing cancels in the tails. Float results are computed in double and rounded once.
 *
 * <table>
 * <caption>Largest errors in ulp, held by {@code FunctionAccuracyTest}</caption>
 * <tr><th>function</th><th>float</th><th>double</th></tr>
 * <tr><td>pdf</td><td>0.51</td><td>1.1</td></tr>
 * <tr><td>cdf, survival</td><td>0.51</td><td>2.8</td></tr>
 * <tr><td>logCdf</td><td>0.51</td><td>4</td></tr>
 * <tr><td>inverseCdf</td><td>0.51</td><td>6</td></tr>
 * <tr><td>mills</td><td>0.51</td><td>4</td></tr>
 * <tr><td>loss</td><td>0.51</td><td>4</td></tr>
 * <tr><td>squaredLoss</td><td>0.7</td><td>16</td></tr>
 * </table>
 *
 * <p>All floats and doubles are in the domain; NaN gives NaN; subnormal arguments and results
 * count. The same bits come from every backend, vector width and CPU. In the array forms the result
 * may be the argument's array at the same offset; other overlaps give unspecified results.
 */
public final class Normal {
  private Normal() {}

  /**
   * Returns phi(z) = exp(-z^2/2) / sqrt(2 pi) for a float.
   *
   * @param z any number
   * @return the density at z; 0 at the infinities
   */
  public static float pdf(float z) {
    return ScalarFunctions.floats(Function.PDF).of(z);
  }

  /**
   * Returns phi(z) = exp(-z^2/2) / sqrt(2 pi) for a double.
   *
   * @param z any number
   * @return the density at z; 0 at the infinities
   */
  public static double pdf(double z) {
    return ScalarFunctions.doubles(Function.PDF).applyAsDouble(z);
  }

  /**
   * Computes {@code y[yOff + i] = pdf(z[zOff + i])} for i in 0..n-1, floats.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void pdfInto(float[] z, int zOff, float[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.PDF, z, zOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = pdf(z[zOff + i])} for i in 0..n-1, doubles.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void pdfInto(double[] z, int zOff, double[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.PDF, z, zOff, y, yOff, n);
  }

  /**
   * Returns Phi(z), the probability that a standard normal variable is at most z for a float.
   *
   * @param z any number
   * @return 0 to 1; 0 and 1 at the infinities
   */
  public static float cdf(float z) {
    return ScalarFunctions.floats(Function.CDF).of(z);
  }

  /**
   * Returns Phi(z), the probability that a standard normal variable is at most z for a double.
   *
   * @param z any number
   * @return 0 to 1; 0 and 1 at the infinities
   */
  public static double cdf(double z) {
    return ScalarFunctions.doubles(Function.CDF).applyAsDouble(z);
  }

  /**
   * Computes {@code y[yOff + i] = cdf(z[zOff + i])} for i in 0..n-1, floats.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void cdfInto(float[] z, int zOff, float[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.CDF, z, zOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = cdf(z[zOff + i])} for i in 0..n-1, doubles.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void cdfInto(double[] z, int zOff, double[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.CDF, z, zOff, y, yOff, n);
  }

  /**
   * Returns Q(z) = Phi(-z), the probability that a standard normal variable exceeds z for a float.
   *
   * @param z any number
   * @return 0 to 1; 1 and 0 at the infinities
   */
  public static float survival(float z) {
    return ScalarFunctions.floats(Function.SURVIVAL).of(z);
  }

  /**
   * Returns Q(z) = Phi(-z), the probability that a standard normal variable exceeds z for a double.
   *
   * @param z any number
   * @return 0 to 1; 1 and 0 at the infinities
   */
  public static double survival(double z) {
    return ScalarFunctions.doubles(Function.SURVIVAL).applyAsDouble(z);
  }

  /**
   * Computes {@code y[yOff + i] = survival(z[zOff + i])} for i in 0..n-1, floats.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void survivalInto(float[] z, int zOff, float[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.SURVIVAL, z, zOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = survival(z[zOff + i])} for i in 0..n-1, doubles.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void survivalInto(double[] z, int zOff, double[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.SURVIVAL, z, zOff, y, yOff, n);
  }

  /**
   * Returns ln Phi(z), also where Phi(z) underflows or is 1 but for rounding for a float.
   *
   * @param z any number
   * @return at most 0; minus infinity at minus infinity, 0 at infinity
   */
  public static float logCdf(float z) {
    return ScalarFunctions.floats(Function.LOG_CDF).of(z);
  }

  /**
   * Returns ln Phi(z), also where Phi(z) underflows or is 1 but for rounding for a double.
   *
   * @param z any number
   * @return at most 0; minus infinity at minus infinity, 0 at infinity
   */
  public static double logCdf(double z) {
    return ScalarFunctions.doubles(Function.LOG_CDF).applyAsDouble(z);
  }

  /**
   * Computes {@code y[yOff + i] = logCdf(z[zOff + i])} for i in 0..n-1, floats.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void logCdfInto(float[] z, int zOff, float[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.LOG_CDF, z, zOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = logCdf(z[zOff + i])} for i in 0..n-1, doubles.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void logCdfInto(double[] z, int zOff, double[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.LOG_CDF, z, zOff, y, yOff, n);
  }

  /**
   * Returns the quantile z with Phi(z) = p (Wichura's AS 241) for a float.
   *
   * @param p a probability, 0 to 1; anything else gives NaN
   * @return z; minus infinity at 0, infinity at 1
   */
  public static float inverseCdf(float p) {
    return ScalarFunctions.floats(Function.INVERSE_CDF).of(p);
  }

  /**
   * Returns the quantile z with Phi(z) = p (Wichura's AS 241) for a double.
   *
   * @param p a probability, 0 to 1; anything else gives NaN
   * @return z; minus infinity at 0, infinity at 1
   */
  public static double inverseCdf(double p) {
    return ScalarFunctions.doubles(Function.INVERSE_CDF).applyAsDouble(p);
  }

  /**
   * Computes {@code y[yOff + i] = inverseCdf(p[pOff + i])} for i in 0..n-1, floats.
   *
   * @param p arguments
   * @param pOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void inverseCdfInto(float[] p, int pOff, float[] y, int yOff, int n) {
    Check.range("p", p.length, pOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.INVERSE_CDF, p, pOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = inverseCdf(p[pOff + i])} for i in 0..n-1, doubles.
   *
   * @param p arguments
   * @param pOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void inverseCdfInto(double[] p, int pOff, double[] y, int yOff, int n) {
    Check.range("p", p.length, pOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.INVERSE_CDF, p, pOff, y, yOff, n);
  }

  /**
   * Returns Mills' ratio Q(z) / phi(z) for a float.
   *
   * @param z any number
   * @return the ratio; 0 at infinity, infinity where it overflows (below -13.2 for floats, -37.6
   *     for doubles)
   */
  public static float mills(float z) {
    return ScalarFunctions.floats(Function.MILLS).of(z);
  }

  /**
   * Returns Mills' ratio Q(z) / phi(z) for a double.
   *
   * @param z any number
   * @return the ratio; 0 at infinity, infinity where it overflows (below -13.2 for floats, -37.6
   *     for doubles)
   */
  public static double mills(double z) {
    return ScalarFunctions.doubles(Function.MILLS).applyAsDouble(z);
  }

  /**
   * Computes {@code y[yOff + i] = mills(z[zOff + i])} for i in 0..n-1, floats.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void millsInto(float[] z, int zOff, float[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.MILLS, z, zOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = mills(z[zOff + i])} for i in 0..n-1, doubles.
   *
   * @param z arguments
   * @param zOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void millsInto(double[] z, int zOff, double[] y, int yOff, int n) {
    Check.range("z", z.length, zOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.MILLS, z, zOff, y, yOff, n);
  }

  /**
   * Returns the normal loss h(t), the mean of max(Z - t, 0) for a float.
   *
   * @param t any number
   * @return at least max(-t, 0); 0 at infinity, infinity at minus infinity
   */
  public static float loss(float t) {
    return ScalarFunctions.floats(Function.LOSS).of(t);
  }

  /**
   * Returns the normal loss h(t), the mean of max(Z - t, 0) for a double.
   *
   * @param t any number
   * @return at least max(-t, 0); 0 at infinity, infinity at minus infinity
   */
  public static double loss(double t) {
    return ScalarFunctions.doubles(Function.LOSS).applyAsDouble(t);
  }

  /**
   * Computes {@code y[yOff + i] = loss(t[tOff + i])} for i in 0..n-1, floats.
   *
   * @param t arguments
   * @param tOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void lossInto(float[] t, int tOff, float[] y, int yOff, int n) {
    Check.range("t", t.length, tOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.LOSS, t, tOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = loss(t[tOff + i])} for i in 0..n-1, doubles.
   *
   * @param t arguments
   * @param tOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void lossInto(double[] t, int tOff, double[] y, int yOff, int n) {
    Check.range("t", t.length, tOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.LOSS, t, tOff, y, yOff, n);
  }

  /**
   * Returns g(t), the mean of max(Z - t, 0)^2 for a float.
   *
   * @param t any number
   * @return at least 0; 0 at infinity, infinity at minus infinity
   */
  public static float squaredLoss(float t) {
    return ScalarFunctions.floats(Function.SQUARED_LOSS).of(t);
  }

  /**
   * Returns g(t), the mean of max(Z - t, 0)^2 for a double.
   *
   * @param t any number
   * @return at least 0; 0 at infinity, infinity at minus infinity
   */
  public static double squaredLoss(double t) {
    return ScalarFunctions.doubles(Function.SQUARED_LOSS).applyAsDouble(t);
  }

  /**
   * Computes {@code y[yOff + i] = squaredLoss(t[tOff + i])} for i in 0..n-1, floats.
   *
   * @param t arguments
   * @param tOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void squaredLossInto(float[] t, int tOff, float[] y, int yOff, int n) {
    Check.range("t", t.length, tOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.SQUARED_LOSS, t, tOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = squaredLoss(t[tOff + i])} for i in 0..n-1, doubles.
   *
   * @param t arguments
   * @param tOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void squaredLossInto(double[] t, int tOff, double[] y, int yOff, int n) {
    Check.range("t", t.length, tOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.SQUARED_LOSS, t, tOff, y, yOff, n);
  }
}
