package dev.gmr.kernels.spi;

/** Functions of one number, elementwise. Results may be written over the arguments. */
public interface FunctionKernels {
  /**
   * Computes {@code y[yOff + i] = f(x[xOff + i])} for i in 0..n-1.
   *
   * @param f the function
   * @param x arguments
   * @param xOff index of the first
   * @param y receives the results
   * @param yOff index of the first
   * @param n how many
   */
  void apply(Function f, float[] x, int xOff, float[] y, int yOff, int n);

  /**
   * Computes {@code y[yOff + i] = f(x[xOff + i])} for i in 0..n-1.
   *
   * @param f the function
   * @param x arguments
   * @param xOff index of the first
   * @param y receives the results
   * @param yOff index of the first
   * @param n how many
   */
  void apply(Function f, double[] x, int xOff, double[] y, int yOff, int n);
}
