package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LossKernels;

/**
 * The training objective {@code empirical * CE(f(x), y) + expectation * CE(E f(x + noise), y)},
 * averaged over a batch, with its exact gradient (METHOD section 1).
 */
public final class Objective {
  private final Network network;
  private final float empirical;
  private final float expectation;
  private final float[] sigmas;
  private final float[] loss;
  private final int[] prediction;
  private double empiricalLoss;
  private double expectationLoss;
  private int correct;

  /**
   * Plans an objective for a network; several may take turns on one.
   *
   * @param network what to train
   * @param empirical weight of the cross entropy of the clean logits, at least 0
   * @param expectation weight of the cross entropy of the expected logits, at least 0; with 0 they
   *     are not computed
   * @param sigmas noise of each channel in the units of the normalised input; not used with
   *     expectation 0
   * @throws IllegalArgumentException if a weight is negative or not finite, or a sigma is
   */
  public Objective(Network network, float empirical, float expectation, float[] sigmas) {
    if (!(empirical >= 0 && expectation >= 0)
        || Float.isInfinite(empirical)
        || Float.isInfinite(expectation)) {
      throw new IllegalArgumentException(
          "weights %s and %s; expected finite numbers >= 0".formatted(empirical, expectation));
    }
    this.network = network;
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
    evaluate(batch, images, labels, network.logitsGradient());
    network.backward();
  }

  /**
   * Evaluates a batch.
   *
   * @param batch number of images, 1 to the network's capacity
   * @param images normalised images
   * @param labels a label an image, 0 to classes - 1
   */
  public void evaluate(int batch, float[] images, int[] labels) {
    evaluate(batch, images, labels, null);
  }

  private void evaluate(int batch, float[] images, int[] labels, float[] gradient) {
    network.noise(sigmas);
    if (gradient == null) {
      network.forward(batch, images);
    } else {
      network.forwardTraining(batch, images);
    }
    crossEntropy(0, batch, labels, empirical / batch, gradient);
    empiricalLoss = sum(0, batch);
    correct = 0;
    for (int i = 0; i < batch; i++) {
      correct += prediction[i] == labels[i] ? 1 : 0;
    }
    expectationLoss = 0;
    if (expectation > 0) {
      crossEntropy(batch, batch, labels, expectation / batch, gradient);
      expectationLoss = sum(batch, batch);
    }
  }

  private void crossEntropy(int row, int count, int[] labels, float scale, float[] gradient) {
    LossKernels losses = Backend.kernels().losses();
    int stride = network.logitsStride();
    losses.softmaxCrossEntropy(
        network.logits(),
        row * stride,
        stride,
        network.classes(),
        count,
        labels,
        0,
        scale,
        gradient,
        row * stride,
        loss,
        row,
        prediction,
        row);
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
   * Returns the cross entropy of the clean logits of the last batch.
   *
   * @return the sum over images, in nats, not weighted
   */
  public double empiricalLoss() {
    return empiricalLoss;
  }

  /**
   * Returns the cross entropy of the expected logits of the last batch.
   *
   * @return the sum over images, in nats, not weighted; 0 where it is not part of the objective
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
