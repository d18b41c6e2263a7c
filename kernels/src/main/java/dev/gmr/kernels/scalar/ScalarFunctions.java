package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.FunctionKernels;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of one number, one element at a time. For floats, most compute in double and round once
 * at the end.
 */
public final class ScalarFunctions implements FunctionKernels {
  /** A function of a float. */
  @FunctionalInterface
  public interface FloatFunction {
    /**
     * Returns the function's value.
     *
     * @param x its argument
     * @return its value
     */
    float of(float x);
  }

  /** Stateless. */
  public ScalarFunctions() {}

  /**
   * Returns a function for floats.
   *
   * @param f which
   * @return the function
   */
  public static FloatFunction floats(Function f) {
    return switch (f) {
      case EXP -> x -> ExpLog.exp(x);
      case LOG -> x -> ExpLog.log(x);
      case PDF -> x -> (float) FloatNormal.pdf(x);
      case CDF -> x -> (float) FloatNormal.cdf(x);
      case SURVIVAL -> x -> (float) FloatNormal.survival(x);
      case LOG_CDF -> x -> (float) DoubleNormal.logCdf(x);
      case INVERSE_CDF -> x -> (float) InverseNormal.inverseCdf(x);
      case MILLS -> x -> (float) DoubleNormal.mills(x);
      case LOSS -> x -> (float) FloatNormal.loss(x);
      case SQUARED_LOSS -> x -> (float) FloatNormal.squaredLoss(x);
      case ERF -> x -> (float) ErrorFunctions.erf(x);
      case ERFC -> x -> (float) ErrorFunctions.erfc(x);
      case ERFCX -> x -> (float) ErrorFunctions.erfcx(x);
    };
  }

  /**
   * Returns a function for doubles.
   *
   * @param f which
   * @return the function
   */
  public static DoubleUnaryOperator doubles(Function f) {
    return switch (f) {
      case EXP -> x -> DoubleExpLog.exp(x);
      case LOG -> x -> DoubleExpLog.log(x);
      case PDF -> x -> DoubleNormal.pdf(x);
      case CDF -> x -> DoubleNormal.cdf(x);
      case SURVIVAL -> x -> DoubleNormal.survival(x);
      case LOG_CDF -> x -> DoubleNormal.logCdf(x);
      case INVERSE_CDF -> x -> InverseNormal.inverseCdf(x);
      case MILLS -> x -> DoubleNormal.mills(x);
      case LOSS -> x -> DoubleNormal.loss(x);
      case SQUARED_LOSS -> x -> DoubleNormal.squaredLoss(x);
      case ERF -> x -> ErrorFunctions.erf(x);
      case ERFC -> x -> ErrorFunctions.erfc(x);
      case ERFCX -> x -> ErrorFunctions.erfcx(x);
    };
  }

  @Override
  public void apply(Function f, float[] x, int xOff, float[] y, int yOff, int n) {
    tail(f, x, xOff, y, yOff, n);
  }

  @Override
  public void apply(Function f, double[] x, int xOff, double[] y, int yOff, int n) {
    tail(f, x, xOff, y, yOff, n);
  }

  /** The float loop, for the SIMD classes' tails too. */
  public static void tail(Function f, float[] x, int xOff, float[] y, int yOff, int n) {
    if (n > 0) {
      FloatFunction function = floats(f);
      for (int i = 0; i < n; i++) {
        y[yOff + i] = function.of(x[xOff + i]);
      }
    }
  }

  /** The double loop, for the SIMD classes' tails too. */
  public static void tail(Function f, double[] x, int xOff, double[] y, int yOff, int n) {
    if (n > 0) {
      DoubleUnaryOperator function = doubles(f);
      for (int i = 0; i < n; i++) {
        y[yOff + i] = function.applyAsDouble(x[xOff + i]);
      }
    }
  }
}
