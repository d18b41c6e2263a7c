package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.LossKernels;
import java.util.Arrays;

/** Losses of logits, row by row. */
public final class ScalarLosses implements LossKernels {
  /** Virtual lanes of a sum. */
  public static final int LANES = 16;

  /** Stateless. */
  public ScalarLosses() {}

  @Override
  public void softmaxCrossEntropy(
      float[] logits,
      int logitsOff,
      int stride,
      int classes,
      int rows,
      int[] labels,
      int labelsOff,
      float scale,
      float[] dLogits,
      int dLogitsOff,
      float[] loss,
      int lossOff,
      int[] prediction,
      int predictionOff) {
    for (int r = 0; r < rows; r++) {
      int z = logitsOff + r * stride;
      int largest = argMax(logits, z, classes);
      float max = logits[z + largest];
      int label = labels[labelsOff + r];
      float sum = sumOfExp(logits, z, classes, max, 0, 1);
      prediction[predictionOff + r] = largest;
      loss[lossOff + r] = ExpLog.log(sum) - (logits[z + label] - max);
      if (dLogits != null) {
        int d = dLogitsOff + r * stride;
        float factor = scale / sum;
        for (int j = 0; j < classes; j++) {
          dLogits[d + j] = ExpLog.exp(logits[z + j] - max) * factor;
        }
        dLogits[d + label] -= scale;
        Arrays.fill(dLogits, d + classes, d + stride, 0f);
      }
    }
  }

  @Override
  public void smoothLabels(
      float[] logits,
      int logitsOff,
      int stride,
      int classes,
      int rows,
      int[] labels,
      int labelsOff,
      float smoothing,
      float scale,
      float[] dLogits,
      int dLogitsOff,
      float[] loss,
      int lossOff) {
    float share = smoothing / classes;
    for (int r = 0; r < rows; r++) {
      int z = logitsOff + r * stride;
      int label = labels[labelsOff + r];
      loss[lossOff + r] =
          Math.fma(share, sumBelow(logits, z, classes, logits[z + label], 0, 1), loss[lossOff + r]);
      if (dLogits != null) {
        int d = dLogitsOff + r * stride;
        for (int j = 0; j < classes; j++) {
          dLogits[d + j] -= scale * share;
        }
        dLogits[d + label] += scale * smoothing;
      }
    }
  }

  @Override
  public void squaredDifference(
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      int stride,
      int classes,
      int rows,
      float scale,
      float[] dA,
      int dAOff,
      float[] dB,
      int dBOff,
      float[] loss,
      int lossOff) {
    float factor = 2 * scale / classes;
    for (int r = 0; r < rows; r++) {
      int at = r * stride;
      loss[lossOff + r] = sumOfSquares(a, aOff + at, b, bOff + at, classes, 0, 1) / classes;
      if (dA != null) {
        for (int j = 0; j < classes; j++) {
          float g = (b[bOff + at + j] - a[aOff + at + j]) * factor;
          dB[dBOff + at + j] = g;
          dA[dAOff + at + j] -= g;
        }
        Arrays.fill(dB, dBOff + at + classes, dBOff + at + stride, 0f);
      }
    }
  }

  /**
   * Returns the first index of the largest of {@code n} floats. A NaN is never larger; at index 0
   * it is never exceeded.
   *
   * @param x the floats
   * @param off where they start
   * @param n how many, at least 1
   * @return 0 to {@code n - 1}
   */
  public static int argMax(float[] x, int off, int n) {
    int largest = 0;
    for (int j = 1; j < n; j++) {
      if (x[off + j] > x[off + largest]) {
        largest = j;
      }
    }
    return largest;
  }

  /** The lanes {@code lane}, {@code lane + step}, ... of the tree: two halves, down to one lane. */
  private static float sumOfExp(float[] z, int off, int n, float max, int lane, int step) {
    if (step < LANES) {
      return sumOfExp(z, off, n, max, lane, 2 * step)
          + sumOfExp(z, off, n, max, lane + step, 2 * step);
    }
    float sum = 0f;
    for (int j = lane; j < n; j += LANES) {
      sum += ExpLog.exp(z[off + j] - max);
    }
    return sum;
  }

  /**
   * Sums how far {@code n} floats lie below a value.
   *
   * @param x the floats
   * @param off where they start
   * @param n how many
   * @param top the value
   * @param lane first of the lanes to sum
   * @param step distance of the lanes; 1, with lane 0, sums all
   * @return the sum of {@code top - x}
   */
  public static float sumBelow(float[] x, int off, int n, float top, int lane, int step) {
    if (step < LANES) {
      return sumBelow(x, off, n, top, lane, 2 * step)
          + sumBelow(x, off, n, top, lane + step, 2 * step);
    }
    float sum = 0f;
    for (int j = lane; j < n; j += LANES) {
      sum += top - x[off + j];
    }
    return sum;
  }

  private static float sumOfSquares(
      float[] a, int aOff, float[] b, int bOff, int n, int lane, int step) {
    if (step < LANES) {
      return sumOfSquares(a, aOff, b, bOff, n, lane, 2 * step)
          + sumOfSquares(a, aOff, b, bOff, n, lane + step, 2 * step);
    }
    float sum = 0f;
    for (int j = lane; j < n; j += LANES) {
      float d = b[bOff + j] - a[aOff + j];
      sum = Math.fma(d, d, sum);
    }
    return sum;
  }
}
