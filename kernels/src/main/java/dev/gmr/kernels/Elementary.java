package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ExpLog;

/**
 * exp and natural logarithm of floats, the same bits on every CPU.
 *
 * <p>Largest errors over all floats: exp 1.02 ulp, log 0.85 ulp, subnormal arguments and results
 * included. NaN gives NaN. In the array forms the result may be the argument's array at the same
 * offset; other overlaps give unspecified results.
 */
public final class Elementary {
  private Elementary() {}

  /**
   * Returns e^x: infinity above 88.72283, zero below -103.9721.
   *
   * @param x any float
   * @return e^x
   */
  public static float exp(float x) {
    return ExpLog.exp(x);
  }

  /**
   * Computes {@code y[yOff + i] = exp(x[xOff + i])} for i in 0..n-1.
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
    Backend.kernels().functions().exp(x, xOff, y, yOff, n);
  }

  /**
   * Returns ln(x): minus infinity at zeros, NaN below.
   *
   * @param x any float
   * @return ln(x)
   */
  public static float log(float x) {
    return ExpLog.log(x);
  }

  /**
   * Computes {@code y[yOff + i] = ln(x[xOff + i])} for i in 0..n-1.
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
    Backend.kernels().functions().log(x, xOff, y, yOff, n);
  }
}
