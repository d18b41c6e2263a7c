package dev.gmr.nn;

/** A block that takes images and also computes what noise on them leaves behind its ReLU. */
interface FirstBlock extends Block {
  /**
   * Sets the noise and whether the next steps compute expected rows.
   *
   * @param sigmas standard deviation of each channel's noise, in the units of the input; null for
   *     clean rows only
   */
  void noise(float[] sigmas);

  /** Rows of a batch: one a sample, or two with the expected ones behind the clean ones. */
  int rows(int batch);
}
