package dev.gmr.kernels.simd;

import dev.gmr.kernels.scalar.ExpLog;
import dev.gmr.kernels.scalar.ScalarLosses;
import dev.gmr.kernels.spi.LossKernels;
import java.util.Arrays;

/**
 * Softmax cross entropy with the exponentials, nearly all of its cost, taken in one sweep over all
 * rows, padding included: ten classes alone would not fill a vector.
 *
 * <p>They are kept in the gradient's array, so there is no place for them when only the loss is
 * asked for; that runs as scalar code.
 */
final class SimdLosses implements LossKernels {
  private static final ScalarLosses SCALAR = new ScalarLosses();

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
    if (dLogits == null) {
      SCALAR.softmaxCrossEntropy(
          logits,
          logitsOff,
          stride,
          classes,
          rows,
          labels,
          labelsOff,
          scale,
          null,
          0,
          loss,
          lossOff,
          prediction,
          predictionOff);
      return;
    }
    for (int r = 0; r < rows; r++) {
      int z = logitsOff + r * stride;
      int d = dLogitsOff + r * stride;
      int largest = ScalarLosses.argMax(logits, z, classes);
      float max = logits[z + largest];
      prediction[predictionOff + r] = largest;
      loss[lossOff + r] = logits[z + labels[labelsOff + r]] - max;
      for (int j = 0; j < classes; j++) {
        dLogits[d + j] = logits[z + j] - max;
      }
      Arrays.fill(dLogits, d + classes, d + stride, 0f);
    }
    SimdExp.apply(dLogits, dLogitsOff, dLogits, dLogitsOff, rows * stride);
    for (int r = 0; r < rows; r++) {
      int d = dLogitsOff + r * stride;
      float sum = sum(dLogits, d, classes, 0, 1);
      loss[lossOff + r] = ExpLog.log(sum) - loss[lossOff + r];
      float factor = scale / sum;
      for (int j = 0; j < classes; j++) {
        dLogits[d + j] *= factor;
      }
      dLogits[d + labels[labelsOff + r]] -= scale;
      Arrays.fill(dLogits, d + classes, d + stride, 0f);
    }
  }

  /** The lanes {@code lane}, {@code lane + step}, ... of the tree: two halves, down to one lane. */
  private static float sum(float[] x, int off, int n, int lane, int step) {
    if (step < ScalarLosses.LANES) {
      return sum(x, off, n, lane, 2 * step) + sum(x, off, n, lane + step, 2 * step);
    }
    float sum = 0f;
    for (int j = lane; j < n; j += ScalarLosses.LANES) {
      sum += x[off + j];
    }
    return sum;
  }
}
