package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.Function;

/**
 * exp and natural logarithm.
 *
 * <table>
 * <caption>Largest errors in ulp, held by {@code FunctionAccuracyTest}</caption>
 * <tr><th>function</th><th>float</th><th>double</th></tr>
 * <tr><td>exp</td><td>1.02</td><td>1.02</td></tr>
 * <tr><td>log</td><td>0.9</td><td>0.9</td></tr>
 * </table>
 *
 * <p>All floats and doubles are in the domain; NaN gives NaN; subnormal arguments and results
 * count. The same bits come from every backend, vector width and CPU. In the array forms the result
 * may be the argument's array at the same offset; other overlaps give unspecified results.
 */
public final class Elementary {
  private Elementary() {}

  /**
   * Returns e^x for a float.
   *
   * @param x any number; infinity above 88.72283 (floats) or 709.7827 (doubles)
   * @return e^x, zero below -103.9721 or -745.1332
   */
  public static float exp(float x) {
    return ScalarFunctions.floats(Function.EXP).of(x);
  }

  /**
   * Returns e^x for a double.
   *
   * @param x any number; infinity above 88.72283 (floats) or 709.7827 (doubles)
   * @return e^x, zero below -103.9721 or -745.1332
   */
  public static double exp(double x) {
    return ScalarFunctions.doubles(Function.EXP).applyAsDouble(x);
  }

  /**
   * Computes {@code y[yOff + i] = exp(x[xOff + i])} for i in 0..n-1, floats.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void expInto(float[] x, int xOff, float[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.EXP, x, xOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = exp(x[xOff + i])} for i in 0..n-1, doubles.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void expInto(double[] x, int xOff, double[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.EXP, x, xOff, y, yOff, n);
  }

  /**
   * Returns ln(x) for a float.
   *
   * @param x any number
   * @return ln(x): minus infinity at zeros, NaN below
   */
  public static float log(float x) {
    return ScalarFunctions.floats(Function.LOG).of(x);
  }

  /**
   * Returns ln(x) for a double.
   *
   * @param x any number
   * @return ln(x): minus infinity at zeros, NaN below
   */
  public static double log(double x) {
    return ScalarFunctions.doubles(Function.LOG).applyAsDouble(x);
  }

  /**
   * Computes {@code y[yOff + i] = log(x[xOff + i])} for i in 0..n-1, floats.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void logInto(float[] x, int xOff, float[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.LOG, x, xOff, y, yOff, n);
  }

  /**
   * Computes {@code y[yOff + i] = log(x[xOff + i])} for i in 0..n-1, doubles.
   *
   * @param x arguments
   * @param xOff index of the first argument
   * @param y receives the results
   * @param yOff index of the first result
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void logInto(double[] x, int xOff, double[] y, int yOff, int n) {
    Check.range("x", x.length, xOff, n);
    Check.range("y", y.length, yOff, n);
    Backend.kernels().functions().apply(Function.LOG, x, xOff, y, yOff, n);
  }
}
