package dev.gmr.kernels;

import java.util.Arrays;

/**
 * Standard deviations that repeat: one for all elements, or one a channel. Short periods are
 * repeated in a small buffer of the thread, long ones read where they lie; nothing of the elements'
 * length is made.
 */
final class Periodic {
  /** Elements a kernel call handles at least, so that calls cost nothing beside their work. */
  private static final int LEAST = 256;

  private static final ThreadLocal<float[]> FLOATS =
      ThreadLocal.withInitial(() -> new float[2 * LEAST]);
  private static final ThreadLocal<double[]> DOUBLES =
      ThreadLocal.withInitial(() -> new double[2 * LEAST]);

  private Periodic() {}

  /** Elements of one call: whole periods. */
  static int span(int period) {
    return period >= LEAST ? period : (LEAST + period - 1) / period * period;
  }

  /** The array to read {@link #span} elements from: sigma itself, or a buffer that starts at 0. */
  static float[] pattern(float[] sigma, int sigmaOff, int period, int n) {
    if (period >= LEAST || n <= period) {
      return sigma;
    }
    float[] buffer = FLOATS.get();
    int filled = Math.min(span(period), n);
    if (period == 1) {
      Arrays.fill(buffer, 0, filled, sigma[sigmaOff]);
    } else {
      for (int i = 0; i < filled; i += period) {
        System.arraycopy(sigma, sigmaOff, buffer, i, Math.min(period, filled - i));
      }
    }
    return buffer;
  }

  /** The same for doubles. */
  static double[] pattern(double[] sigma, int sigmaOff, int period, int n) {
    if (period >= LEAST || n <= period) {
      return sigma;
    }
    double[] buffer = DOUBLES.get();
    int filled = Math.min(span(period), n);
    if (period == 1) {
      Arrays.fill(buffer, 0, filled, sigma[sigmaOff]);
    } else {
      for (int i = 0; i < filled; i += period) {
        System.arraycopy(sigma, sigmaOff, buffer, i, Math.min(period, filled - i));
      }
    }
    return buffer;
  }
}
