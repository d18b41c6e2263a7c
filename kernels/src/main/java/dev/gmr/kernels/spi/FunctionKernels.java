package dev.gmr.kernels.spi;

/** Elementary functions and the standard normal distribution, elementwise over {@code n} floats. */
public interface FunctionKernels {
  /** {@code y[i] = exp(x[i])}. */
  void exp(float[] x, int xOff, float[] y, int yOff, int n);

  /** {@code y[i] = ln(x[i])}. */
  void log(float[] x, int xOff, float[] y, int yOff, int n);

  /** {@code y[i] = phi(x[i])}, the standard normal density. */
  void normalPdf(float[] x, int xOff, float[] y, int yOff, int n);

  /** {@code y[i] = Phi(x[i])}, the standard normal distribution function. */
  void normalCdf(float[] x, int xOff, float[] y, int yOff, int n);
}
