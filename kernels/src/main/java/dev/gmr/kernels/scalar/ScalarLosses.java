package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.LossKernels;
import java.util.Arrays;

/** Softmax cross entropy, row by row. */
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
}
