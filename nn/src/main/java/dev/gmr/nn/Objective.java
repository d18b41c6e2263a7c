package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LossKernels;

/**
 * The training objective {@code empirical * CE(f(x), y) + expectation * L(E f(x + noise))},
 * averaged over a batch, with its exact gradient. L is the cross entropy to the label or another
 * {@link ExpectedLoss}. Smoothed labels are {@code (1 - s) onehot(y) + s / classes}, as PyTorch's
 * {@code CrossEntropyLoss(label_smoothing=s)} has them.
 */
public final class Objective {
  private final Network network;
  private final float empirical;
  private final float expectation;
  private final float[] sigmas;
  private final ExpectedLoss expectedLoss;
  private final float smoothing;
  private final float[] loss;
  private final int[] prediction;
  private double empiricalLoss;
  private double expectationLoss;
  private int correct;

  /**
   * Plans an objective of cross entropies to the labels as they are.
   *
   * @param network what to train
   * @param empirical weight of the cross entropy of the clean logits, at least 0
   * @param expectation weight of the cross entropy of the expected logits, at least 0; with 0 they
   *     are not computed
   * @param sigmas noise of each channel in the units of the normalised input; not used with
   *     expectation 0
   * @throws IllegalArgumentException if a weight is negative or not finite, or a sigma is, or
   *     sigmas are missing
   * @throws IllegalStateException if expected logits are wanted of a network without them
   */
  public Objective(Network network, float empirical, float expectation, float[] sigmas) {
    this(network, empirical, expectation, sigmas, ExpectedLoss.CE, 0);
  }

  /**
   * Plans an objective for a network; several may take turns on one.
   *
   * @param network what to train
   * @param empirical weight of the cross entropy of the clean logits, at least 0
   * @param expectation weight of the loss of the expected logits, at least 0; with 0 they are not
   *     computed
   * @param sigmas noise of each channel in the units of the normalised input; not used with
   *     expectation 0
   * @param expectedLoss the loss of the expected logits
   * @param labelSmoothing share of the true labels that goes to all classes alike, in [0, 1)
   * @throws IllegalArgumentException if a weight is negative or not finite, or a sigma is, or
   *     sigmas are missing, or the smoothing is out of range
   * @throws IllegalStateException if expected logits are wanted of a network without them
   */
  public Objective(
      Network network,
      float empirical,
      float expectation,
      float[] sigmas,
      ExpectedLoss expectedLoss,
      float labelSmoothing) {
    if (!(empirical >= 0 && expectation >= 0)
        || Float.isInfinite(empirical)
        || Float.isInfinite(expectation)) {
      throw new IllegalArgumentException(
          "weights %s and %s; expected finite numbers >= 0".formatted(empirical, expectation));
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing is %s; expected 0 up to, but not including, 1"
              .formatted(labelSmoothing));
    }
    if (expectation > 0 && sigmas == null) {
      throw new IllegalArgumentException(
          "no sigmas for an expectation of %s; expected one a channel".formatted(expectation));
    }
    this.network = network;
    this.expectedLoss = expectedLoss;
    this.smoothing = labelSmoothing;
    this.empirical = empirical;
    this.expectation = expectation;
    this.sigmas = expectation > 0 ? sigmas.clone() : null;
    network.noise(this.sigmas); // refuses bad values now
    loss = new float[2 * network.capacity()];
    prediction = new int[2 * network.capacity()];
  }

  /**
   * Evaluates a batch and computes the gradients of the network's parameters.
   *
   * @param batch number of images, 1 to the network's capacity
   * @param images normalised images
   * @param labels a label an image, 0 to classes - 1
   */
  public void step(int batch, float[] images, int[] labels) {
    evaluate(batch, images, labels, true);
  }

  /**
   * Evaluates a batch.
   *
   * @param batch number of images, 1 to the network's capacity
   * @param images normalised images
   * @param labels a label an image, 0 to classes - 1
   */
  public void evaluate(int batch, float[] images, int[] labels) {
    evaluate(batch, images, labels, false);
  }

  /** Group by group, where the network takes a batch in several. */
  private void evaluate(int batch, float[] images, int[] labels, boolean training) {
    network.noise(sigmas);
    int groups = network.groups(batch, images);
    for (int group = 0; group < groups; group++) {
      int from = (int) ((long) group * batch / groups);
      int count = (int) ((group + 1L) * batch / groups) - from;
      network.forward(from, count, images, training);
      float[] gradient = training ? network.logitsGradient() : null;
      crossEntropy(0, count, labels, from, smoothing, empirical / batch, gradient, from);
      if (expectation > 0) {
        expectedLoss(from, count, batch, labels, gradient);
      }
      if (training) {
        network.backward(group == 0);
      }
    }
    empiricalLoss = sum(0, batch);
    expectationLoss = expectation > 0 ? sum(batch, batch) : 0;
    correct = 0;
    for (int i = 0; i < batch; i++) {
      correct += prediction[i] == labels[i] ? 1 : 0;
    }
  }

  /** Of the group's expected rows, whose losses follow those of the batch's clean rows. */
  private void expectedLoss(int from, int count, int batch, int[] labels, float[] gradient) {
    float scale = expectation / batch;
    int to = batch + from;
    switch (expectedLoss) {
      case CE -> crossEntropy(count, count, labels, from, smoothing, scale, gradient, to);
      case PSEUDO -> crossEntropy(count, count, prediction, from, 0, scale, gradient, to);
      case MSE -> {
        int stride = network.logitsStride();
        float[] logits = network.logits();
        Backend.kernels()
            .losses()
            .squaredDifference(
                logits,
                0,
                logits,
                count * stride,
                stride,
                network.classes(),
                count,
                scale,
                gradient,
                0,
                gradient,
                count * stride,
                loss,
                to);
      }
    }
  }

  /**
   * The cross entropy of some rows of the pass.
   *
   * @param row the first of them
   * @param count how many
   * @param labels their classes
   * @param label where those start
   * @param to where their losses and predictions start
   */
  private void crossEntropy(
      int row,
      int count,
      int[] labels,
      int label,
      float smooth,
      float scale,
      float[] gradient,
      int to) {
    LossKernels losses = Backend.kernels().losses();
    int stride = network.logitsStride();
    losses.softmaxCrossEntropy(
        network.logits(),
        row * stride,
        stride,
        network.classes(),
        count,
        labels,
        label,
        scale,
        gradient,
        row * stride,
        loss,
        to,
        prediction,
        to);
    if (smooth > 0) {
      losses.smoothLabels(
          network.logits(),
          row * stride,
          stride,
          network.classes(),
          count,
          labels,
          label,
          smooth,
          scale,
          gradient,
          row * stride,
          loss,
          to);
    }
  }

  private double sum(int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += loss[i];
    }
    return sum;
  }

  /**
   * Returns the objective's value for the last batch, times its size.
   *
   * @return the weighted sum over images
   */
  public double loss() {
    return empirical * empiricalLoss + expectation * expectationLoss;
  }

  /**
   * Returns the cross entropy of the clean logits of the last batch, to smoothed labels where they
   * are.
   *
   * @return the sum over images, in nats, not weighted
   */
  public double empiricalLoss() {
    return empiricalLoss;
  }

  /**
   * Returns the loss of the expected logits of the last batch.
   *
   * @return the sum over images, not weighted; 0 where it is not part of the objective
   */
  public double expectationLoss() {
    return expectationLoss;
  }

  /**
   * Returns how many images of the last batch were classified rightly without noise.
   *
   * @return the number
   */
  public int correct() {
    return correct;
  }

  /**
   * Returns the classes predicted without noise.
   *
   * @return one an image of the last batch; the array itself, overwritten by the next
   */
  public int[] predictions() {
    return prediction;
  }
}
