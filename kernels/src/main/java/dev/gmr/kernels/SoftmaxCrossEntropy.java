package dev.gmr.kernels;

/**
 * Softmax cross entropy of rows of logits: {@code loss = ln sum_j exp(z_j - max) - (z_label - max)}
 * and its gradient {@code scale * (softmax - onehot(label))}.
 *
 * <p>A row is {@code stride} floats, of which the first {@code classes} are logits. The sum runs in
 * 16 virtual lanes and one fixed tree, so it is the same at every vector width; the absolute error
 * of a loss is about 1e-7 times its largest term. A NaN or +infinity among a row's logits makes its
 * loss NaN.
 *
 * <p>{@code dLogits} may be {@code logits} at the same offset; other overlaps give unspecified
 * results.
 */
public final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /**
   * Computes losses and predictions.
   *
   * @param logits {@code rows * stride} floats
   * @param logitsOff index of the first logit
   * @param stride floats from row to row, at least {@code classes}
   * @param classes logits of a row, at least 1
   * @param rows how many rows
   * @param labels the true classes, 0 to {@code classes - 1}
   * @param labelsOff index of the first label
   * @param loss receives a loss for each row
   * @param lossOff index of the first loss
   * @param prediction receives the first index of the largest logit of each row
   * @param predictionOff index of the first prediction
   * @throws IllegalArgumentException if a range does not lie in its array or a label is no class
   */
  public static void lossInto(
      float[] logits,
      int logitsOff,
      int stride,
      int classes,
      int rows,
      int[] labels,
      int labelsOff,
      float[] loss,
      int lossOff,
      int[] prediction,
      int predictionOff) {
    check(logits, logitsOff, stride, classes, rows, labels, labelsOff);
    Check.range("loss", loss.length, lossOff, rows);
    Check.range("prediction", prediction.length, predictionOff, rows);
    Backend.kernels()
        .losses()
        .softmaxCrossEntropy(
            logits,
            logitsOff,
            stride,
            classes,
            rows,
            labels,
            labelsOff,
            0f,
            null,
            0,
            loss,
            lossOff,
            prediction,
            predictionOff);
  }

  /**
   * Computes losses, predictions and gradients.
   *
   * @param logits {@code rows * stride} floats
   * @param logitsOff index of the first logit
   * @param stride floats from row to row, at least {@code classes}
   * @param classes logits of a row, at least 1
   * @param rows how many rows
   * @param labels the true classes, 0 to {@code classes - 1}
   * @param labelsOff index of the first label
   * @param scale factor of the gradients, such as 1 / batch size; losses are not scaled
   * @param dLogits receives {@code rows * stride} gradients, zero behind the classes of a row
   * @param dLogitsOff index of the first gradient
   * @param loss receives a loss for each row
   * @param lossOff index of the first loss
   * @param prediction receives the first index of the largest logit of each row
   * @param predictionOff index of the first prediction
   * @throws IllegalArgumentException if a range does not lie in its array or a label is no class
   */
  public static void lossAndGradientInto(
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
    check(logits, logitsOff, stride, classes, rows, labels, labelsOff);
    Check.matrix("dLogits", dLogits.length, dLogitsOff, rows, stride, stride);
    Check.range("loss", loss.length, lossOff, rows);
    Check.range("prediction", prediction.length, predictionOff, rows);
    Backend.kernels()
        .losses()
        .softmaxCrossEntropy(
            logits,
            logitsOff,
            stride,
            classes,
            rows,
            labels,
            labelsOff,
            scale,
            dLogits,
            dLogitsOff,
            loss,
            lossOff,
            prediction,
            predictionOff);
  }

  private static void check(
      float[] logits,
      int logitsOff,
      int stride,
      int classes,
      int rows,
      int[] labels,
      int labelsOff) {
    Check.atLeast("classes", classes, 1);
    Check.atLeast("stride", stride, classes);
    Check.notNegative("rows", rows);
    Check.matrix("logits", logits.length, logitsOff, rows, stride, stride);
    Check.range("labels", labels.length, labelsOff, rows);
    for (int r = 0; r < rows; r++) {
      int label = labels[labelsOff + r];
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label of row " + r + " is " + label + "; expected 0 to " + (classes - 1));
      }
    }
  }
}
