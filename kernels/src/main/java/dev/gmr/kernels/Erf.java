package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;

/**
 * The error functions.
 *
 * <table>
 * <caption>Largest errors in ulp, held by {@code FunctionAccuracyTest}</caption>
 * <tr><th>function</th><th>float</th><th>double</th></tr>
 * <tr><td>erf</td><td>0.51</td><td>1.5</td></tr>
 * <tr><td>erfc</td><td>0.51</td><td>4</td></tr>
 * <tr><td>erfcx</td><td>0.51</td><td>4</td></tr>
 * </table>
 *
 * <p>All floats and doubles are in the domain; NaN gives NaN; subnormal arguments and results
 * count. The same bits come from every backend, vector width and CPU. In the array forms the result
 * may be the argument's array at the same offset; other overlaps give unspecified results.
 */
public final class Erf {
  private Erf() {}

  /**
   * Returns erf(x) = 2/sqrt(pi) Int_0^x exp(-t^2) dt for a float.
   *
   * @param x any number
   * @return -1 to 1, of the sign of x
   */
  public static float erf(float x) {
    return ScalarFunctions.floats(Function.ERF).of(x);
  }

  /**
   * Returns erf(x) = 2/sqrt(pi) Int_0^x exp(-t^2) dt for a double.
   *
   * @param x any number
   * @return -1 to 1, of the sign of x
   */
  public static double erf(double x) {
    return ScalarFunctions.doubles(Function.ERF).applyAsDouble(x);
  }

  /**
   * Computes {@code y[yOff + i] = erf(x[xOff + i])} for i in 0..n-1, floats.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void erfInto(float[] x, int xOff, float[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.ERF, x, xOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = erf(x[xOff + i])} for i in 0..n-1, doubles.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void erfInto(double[] x, int xOff, double[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.ERF, x, xOff, y, yOff, n);
  }

  /**
   * Returns erfc(x) = 1 - erf(x) for a float.
   *
   * @param x any number
   * @return 0 to 2
   */
  public static float erfc(float x) {
    return ScalarFunctions.floats(Function.ERFC).of(x);
  }

  /**
   * Returns erfc(x) = 1 - erf(x) for a double.
   *
   * @param x any number
   * @return 0 to 2
   */
  public static double erfc(double x) {
    return ScalarFunctions.doubles(Function.ERFC).applyAsDouble(x);
  }

  /**
   * Computes {@code y[yOff + i] = erfc(x[xOff + i])} for i in 0..n-1, floats.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void erfcInto(float[] x, int xOff, float[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.ERFC, x, xOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = erfc(x[xOff + i])} for i in 0..n-1, doubles.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void erfcInto(double[] x, int xOff, double[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.ERFC, x, xOff, y, yOff, n);
  }

  /**
   * Returns the scaled complement erfcx(x) = exp(x^2) erfc(x) for a float.
   *
   * @param x any number
   * @return the value; infinity where it overflows (below -9.4 for floats, -26.7 for doubles)
   */
  public static float erfcx(float x) {
    return ScalarFunctions.floats(Function.ERFCX).of(x);
  }

  /**
   * Returns the scaled complement erfcx(x) = exp(x^2) erfc(x) for a double.
   *
   * @param x any number
   * @return the value; infinity where it overflows (below -9.4 for floats, -26.7 for doubles)
   */
  public static double erfcx(double x) {
    return ScalarFunctions.doubles(Function.ERFCX).applyAsDouble(x);
  }

  /**
   * Computes {@code y[yOff + i] = erfcx(x[xOff + i])} for i in 0..n-1, floats.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void erfcxInto(float[] x, int xOff, float[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.ERFCX, x, xOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = erfcx(x[xOff + i])} for i in 0..n-1, doubles.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void erfcxInto(double[] x, int xOff, double[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.ERFCX, x, xOff, y, yOff, n);
  }
}
