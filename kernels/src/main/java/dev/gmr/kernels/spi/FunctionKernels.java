package dev.gmr.kernels.spi;

/**
 * Elementary functions and the standard normal distribution, elementwise over {@code n} floats.
 * Results may be written over the arguments.
 */
public interface FunctionKernels {
  /**
   * Computes {@code y[i] = exp(x[i])}.
   *
   * @param x arguments
   * @param xOff index of the first
   * @param y receives the results
   * @param yOff index of the first
   * @param n how many
   */
  void exp(float[] x, int xOff, float[] y, int yOff, int n);

  /**
   * Computes {@code y[i] = ln(x[i])}.
   *
   * @param x arguments
   * @param xOff index of the first
   * @param y receives the results
   * @param yOff index of the first
   * @param n how many
   */
  void log(float[] x, int xOff, float[] y, int yOff, int n);

  /**
   * Computes {@code y[i] = phi(x[i])}, the standard normal density.
   *
   * @param x arguments
   * @param xOff index of the first
   * @param y receives the results
   * @param yOff index of the first
   * @param n how many
   */
  void normalPdf(float[] x, int xOff, float[] y, int yOff, int n);

  /**
   * Computes {@code y[i] = Phi(x[i])}, the standard normal distribution function.
   *
   * @param x arguments
   * @param xOff index of the first
   * @param y receives the results
   * @param yOff index of the first
   * @param n how many
   */
  void normalCdf(float[] x, int xOff, float[] y, int yOff, int n);
}
