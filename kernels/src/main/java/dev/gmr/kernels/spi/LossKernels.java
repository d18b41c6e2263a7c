package dev.gmr.kernels.spi;

/** Softmax cross entropy of rows of logits. */
public interface LossKernels {
  /**
   * Computes for each row r: {@code loss[r] = ln sum_j exp(z_j - max) - (z_label - max)}, {@code
   * prediction[r]} = the first index of the largest logit, and, unless {@code dLogits} is null,
   * {@code dLogits = exp(z_j - max) * (scale / sum)}, less {@code scale} at the label. Columns
   * {@code classes..stride-1} of {@code dLogits} are set to zero. {@code dLogits} may be {@code
   * logits}.
   *
   * <p>The sum over classes runs in 16 virtual lanes (class j in lane j mod 16, in order of j),
   * then in the tree ((l + (l+8)) + (l+4)...) of halving strides 8, 4, 2, 1.
   *
   * @param logits rows of {@code stride} floats, {@code classes} of them in use
   * @param logitsOff index of the first
   * @param stride floats from row to row, in {@code logits} and {@code dLogits}
   * @param classes logits of a row, at least 1
   * @param rows how many rows
   * @param labels the true classes
   * @param labelsOff index of the first
   * @param scale factor of the gradients
   * @param dLogits receives the gradients, or null
   * @param dLogitsOff index of the first
   * @param loss receives a loss for each row
   * @param lossOff index of the first
   * @param prediction receives a class for each row
   * @param predictionOff index of the first
   */
  void softmaxCrossEntropy(
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
      int predictionOff);
}
