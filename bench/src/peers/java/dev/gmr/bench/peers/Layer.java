package dev.gmr.bench.peers;

import java.util.Random;

/**
 * The sizes of a linear layer and a batch.
 *
 * @param rows rows of the batch
 * @param outputs columns of Y
 * @param inputs columns of X
 */
record Layer(int rows, int outputs, int inputs) {
  double flops() {
    return 2.0 * rows * outputs * inputs;
  }

  /** Returns X: (rows, inputs), row major, in [-1, 1). */
  float[] x() {
    return uniform(1, rows * inputs);
  }

  /** Returns W as PyTorch's layers keep it: (outputs, inputs), row major. */
  float[] w() {
    return uniform(2, outputs * inputs);
  }

  /** Returns the gradient of Y: (rows, outputs), row major. */
  float[] dy() {
    return uniform(3, rows * outputs);
  }

  private static float[] uniform(int seed, int n) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat(-1, 1);
    }
    return x;
  }

  /** As the option {@code --shapes} has it. */
  @Override
  public String toString() {
    return rows + "x" + outputs + "x" + inputs;
  }
}
