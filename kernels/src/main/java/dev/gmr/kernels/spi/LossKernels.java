package dev.gmr.kernels.spi;

/** Losses of rows of logits: softmax cross entropy, its smoothing, and a squared difference. */
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

  /**
   * Adds to each row's cross entropy what smoothing its label changes: {@code loss[r] += smoothing
   * * mean_j (z_label - z_j)} and, unless {@code dLogits} is null, {@code scale * smoothing /
   * classes} less in the gradient of every logit and {@code scale * smoothing} more at the label.
   * Together with {@link #softmaxCrossEntropy} that is the cross entropy to the distribution {@code
   * (1 - smoothing) onehot + smoothing / classes}.
   *
   * <p>The sum over classes runs in the lanes and the tree of {@link #softmaxCrossEntropy}.
   *
   * @param logits rows of {@code stride} floats, {@code classes} of them in use
   * @param logitsOff index of the first
   * @param stride floats from row to row, in {@code logits} and {@code dLogits}
   * @param classes logits of a row, at least 1
   * @param rows how many rows
   * @param labels the true classes
   * @param labelsOff index of the first
   * @param smoothing share of the label that goes to all classes alike, in [0, 1)
   * @param scale factor of the gradients
   * @param dLogits holds the cross entropy's gradients, or null; not {@code logits}
   * @param dLogitsOff index of the first
   * @param loss holds the cross entropies
   * @param lossOff index of the first
   */
  void smoothLabels(
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
      int lossOff);

  /**
   * Computes for each row r {@code loss[r] = mean_j (b_j - a_j)^2} and, unless {@code dA} is null,
   * the gradients: {@code dB = (b_j - a_j) * (2 scale / classes)}, zero in the columns {@code
   * classes..stride-1}, and as much less in {@code dA}, which holds another loss's.
   *
   * <p>The sum over classes runs in the lanes and the tree of {@link #softmaxCrossEntropy}, by
   * fused multiply-add.
   *
   * @param a rows of {@code stride} floats, {@code classes} of them in use
   * @param aOff index of the first
   * @param b rows like those of {@code a}
   * @param bOff index of the first
   * @param stride floats from row to row, in all four
   * @param classes floats of a row in use, at least 1
   * @param rows how many rows
   * @param scale factor of the gradients
   * @param dA takes its share besides what it holds; null, with {@code dB}, for the loss alone
   * @param dAOff index of the first
   * @param dB receives its gradients; none of the other arrays at the same place
   * @param dBOff index of the first
   * @param loss receives a loss for each row
   * @param lossOff index of the first
   */
  void squaredDifference(
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
      int lossOff);
}
