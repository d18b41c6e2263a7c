package dev.gmr.kernels.simd;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.FunctionKernels;

/** The Vector API kernels of {@link FunctionKernels}, each in a class of its own. */
final class SimdFunctions implements FunctionKernels {
  @Override
  public void apply(Function f, float[] x, int xOff, float[] y, int yOff, int n) {
    switch (f) {
      case EXP -> SimdExp.apply(x, xOff, y, yOff, n);
      case LOG -> SimdLog.apply(x, xOff, y, yOff, n);
      case PDF -> SimdPdf.apply(x, xOff, y, yOff, n);
      case CDF -> SimdCdf.apply(x, xOff, y, yOff, n);
      case SURVIVAL -> SimdSurvival.apply(x, xOff, y, yOff, n);
      case LOG_CDF -> SimdLogCdf.apply(x, xOff, y, yOff, n);
      case INVERSE_CDF -> SimdInverseCdf.apply(x, xOff, y, yOff, n);
      case MILLS -> SimdMills.apply(x, xOff, y, yOff, n);
      case LOSS -> SimdLoss.apply(x, xOff, y, yOff, n);
      case SQUARED_LOSS -> SimdSquaredLoss.apply(x, xOff, y, yOff, n);
      case ERF -> SimdErf.apply(x, xOff, y, yOff, n);
      case ERFC -> SimdErfc.apply(x, xOff, y, yOff, n);
      case ERFCX -> SimdErfcx.apply(x, xOff, y, yOff, n);
    }
  }

  @Override
  public void apply(Function f, double[] x, int xOff, double[] y, int yOff, int n) {
    switch (f) {
      case EXP -> SimdExp.apply(x, xOff, y, yOff, n);
      case LOG -> SimdLog.apply(x, xOff, y, yOff, n);
      case PDF -> SimdPdf.apply(x, xOff, y, yOff, n);
      case CDF -> SimdCdf.apply(x, xOff, y, yOff, n);
      case SURVIVAL -> SimdSurvival.apply(x, xOff, y, yOff, n);
      case LOG_CDF -> SimdLogCdf.apply(x, xOff, y, yOff, n);
      case INVERSE_CDF -> SimdInverseCdf.apply(x, xOff, y, yOff, n);
      case MILLS -> SimdMills.apply(x, xOff, y, yOff, n);
      case LOSS -> SimdLoss.apply(x, xOff, y, yOff, n);
      case SQUARED_LOSS -> SimdSquaredLoss.apply(x, xOff, y, yOff, n);
      case ERF -> SimdErf.apply(x, xOff, y, yOff, n);
      case ERFC -> SimdErfc.apply(x, xOff, y, yOff, n);
      case ERFCX -> SimdErfcx.apply(x, xOff, y, yOff, n);
    }
  }
}
