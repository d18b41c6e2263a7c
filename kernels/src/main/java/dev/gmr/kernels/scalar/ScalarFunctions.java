package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.FunctionKernels;

/** Elementary functions and the normal distribution, one float at a time. */
public final class ScalarFunctions implements FunctionKernels {
  /** Stateless. */
  public ScalarFunctions() {}

  @Override
  public void exp(float[] x, int xOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = ExpLog.exp(x[xOff + i]);
    }
  }

  @Override
  public void log(float[] x, int xOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = ExpLog.log(x[xOff + i]);
    }
  }

  @Override
  public void normalPdf(float[] x, int xOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = NormalMath.pdf(x[xOff + i]);
    }
  }

  @Override
  public void normalCdf(float[] x, int xOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = NormalMath.cdf(x[xOff + i]);
    }
  }
}
