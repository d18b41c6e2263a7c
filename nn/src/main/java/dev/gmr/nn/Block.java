package dev.gmr.nn;

/**
 * A run of layers with buffers planned for a largest number of rows. A row is one evaluation of the
 * network: a sample, clean or expected.
 */
interface Block {
  /** Floats of one row of the result. */
  int outSize();

  /** The results of {@link #forward}, a row after another; valid until the next call. */
  float[] out();

  /** Where the next block leaves the gradient of {@link #out}; {@link #backward} may change it. */
  float[] outGradient();

  /** Computes results of the first {@code rows} rows of {@code in}. */
  void forward(int rows, float[] in);

  /**
   * Writes the gradients of the parameters and, unless it is null, of the input.
   *
   * @param in what {@link #forward} was given
   */
  void backward(int rows, float[] in, float[] inGradient);
}
