package dev.gmr.train.run;

/**
 * Random changes of the training images, drawn anew for each item of each epoch; noise is added
 * behind them, and validation and test images have none.
 *
 * @param crop pixels of value 0 added on each side before cropping at random to the old size; 0 for
 *     none
 * @param flip whether to flip half of the images left to right
 */
public record TransformOptions(int crop, boolean flip) {
  /** Checks the range. */
  public TransformOptions {
    Checks.atLeast(0, "--crop", crop);
  }

  /**
   * Returns the options of images as they are.
   *
   * @return crop 0, no flip
   */
  public static TransformOptions none() {
    return new TransformOptions(0, false);
  }
}
