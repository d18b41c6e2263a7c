package dev.gmr.kernels.spi;

/** Softmax cross entropy of rows of logits. */
public interface LossKernels {
  /**
   * For each row r: {@code loss[r] = ln sum_j exp(z_j - max) - (z_label - max)}, {@code
   * prediction[r]} = the first index of the largest logit, and, unless {@code dLogits} is null,
   * {@code dLogits = exp(z_j - max) * (scale / sum)}, less {@code scale} at the label. Columns
   * {@code classes..stride-1} of {@code dLogits} are set to zero. {@code dLogits} may be {@code
   * logits}.
   *
   * <p>The sum over classes runs in 16 virtual lanes (class j in lane j mod 16, in order of j),
   * then in the tree ((l + (l+8)) + (l+4)...) of halving strides 8, 4, 2, 1.
   *
   * @param logits rows of {@code stride} floats, {@code classes} of them in use
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
