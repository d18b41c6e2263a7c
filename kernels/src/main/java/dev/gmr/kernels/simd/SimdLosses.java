package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.scalar.ExpLog;
import dev.gmr.kernels.scalar.ScalarLosses;
import dev.gmr.kernels.spi.LossKernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Softmax cross entropy with the exponentials, nearly all of its cost, taken in one sweep over all
 * rows, padding included: ten classes alone would not fill a vector. The other losses take vectors
 * along a row's classes, of which there are enough where the cost counts.
 *
 * <p>Exponentials and differences are kept in the gradient's array, so there is no place for them
 * when only the loss is asked for; that runs as scalar code.
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
    if (dLogits == null) {
      SCALAR.smoothLabels(
          logits, logitsOff, stride, classes, rows, labels, labelsOff, smoothing, scale, null, 0,
          loss, lossOff);
      return;
    }
    float share = smoothing / classes;
    float each = scale * share;
    int vectors = Species.floats(classes);
    for (int r = 0; r < rows; r++) {
      int z = logitsOff + r * stride;
      int d = dLogitsOff + r * stride;
      int label = labels[labelsOff + r];
      float below = ScalarLosses.sumBelow(logits, z, classes, logits[z + label], 0, 1);
      loss[lossOff + r] = Math.fma(share, below, loss[lossOff + r]);
      for (int j = 0; j < vectors; j += L) {
        FV.cast(FloatVector.fromArray(F, dLogits, d + j).sub(each)).intoArray(dLogits, d + j);
      }
      for (int j = vectors; j < classes; j++) {
        dLogits[d + j] -= each;
      }
      dLogits[d + label] += scale * smoothing;
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
    if (dA == null) {
      SCALAR.squaredDifference(
          a, aOff, b, bOff, stride, classes, rows, scale, null, 0, null, 0, loss, lossOff);
      return;
    }
    float factor = 2 * scale / classes;
    int vectors = Species.floats(classes);
    for (int r = 0; r < rows; r++) {
      int atA = aOff + r * stride;
      int atB = bOff + r * stride;
      int da = dAOff + r * stride;
      int db = dBOff + r * stride;
      for (int j = 0; j < vectors; j += L) {
        FloatVector difference =
            FloatVector.fromArray(F, b, atB + j).sub(FloatVector.fromArray(F, a, atA + j));
        FV.cast(difference).intoArray(dB, db + j);
      }
      for (int j = vectors; j < classes; j++) {
        dB[db + j] = b[atB + j] - a[atA + j];
      }
      loss[lossOff + r] = sumOfSquares(dB, db, classes, 0, 1) / classes;
      for (int j = 0; j < vectors; j += L) {
        FloatVector g = FloatVector.fromArray(F, dB, db + j).mul(factor);
        FV.cast(g).intoArray(dB, db + j);
        FV.cast(FloatVector.fromArray(F, dA, da + j).sub(g)).intoArray(dA, da + j);
      }
      for (int j = vectors; j < classes; j++) {
        dB[db + j] *= factor;
        dA[da + j] -= dB[db + j];
      }
      Arrays.fill(dB, db + classes, db + stride, 0f);
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

  private static float sumOfSquares(float[] x, int off, int n, int lane, int step) {
    if (step < ScalarLosses.LANES) {
      return sumOfSquares(x, off, n, lane, 2 * step)
          + sumOfSquares(x, off, n, lane + step, 2 * step);
    }
    float sum = 0f;
    for (int j = lane; j < n; j += ScalarLosses.LANES) {
      sum = Math.fma(x[off + j], x[off + j], sum);
    }
    return sum;
  }
}
