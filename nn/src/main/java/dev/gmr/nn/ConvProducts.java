package dev.gmr.nn;

/**
 * The products of a convolution with its weights: results, and the gradients of its input and of
 * the weights. How they are computed may differ between the three.
 */
interface ConvProducts {
  /** Prepares the weights, as they are now, for the results. */
  void prepare();

  /** Computes {@code z = conv(in)} of a group of samples. */
  void forward(int worker, int images, float[] in, int inOff, float[] z, int zOff);

  /** Parts of one sample's results. */
  int parts();

  /** Computes a part of one sample's results. */
  void forwardPart(int part, int worker, float[] in, float[] z);

  /** Prepares the weights for {@link #backwardInput}. */
  void prepareBackward();

  /** Computes the gradient of a group's input. */
  void backwardInput(int worker, int images, float[] dz, int dzOff, float[] dx, int dxOff);

  /** Begins a slice's gradient of the weights. */
  void startSlice(int worker, float[] partial);

  /** Adds a group's gradient of the weights to its slice's. */
  void backwardWeights(
      int worker, int images, float[] in, int inOff, float[] dz, int dzOff, float[] partial);

  /** Ends a slice's gradient of the weights. */
  void endSlice(int worker, float[] partial);

  /**
   * Begins the gradient of the weights from all rows of the input and of the results' gradient.
   *
   * @return parts that are left for {@link #gradientPart}
   */
  int startGradient(int rows, float[] in, float[] dz);

  /** Sets a part of the weights' gradient, or adds it. */
  void gradientPart(int part, int worker);
}
