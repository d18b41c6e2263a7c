package dev.gmr.nn;

/**
 * What a network's buffers are planned for.
 *
 * @param images the largest number of images in a batch, at least 1
 * @param expected whether passes with noise are made, which have an expected row beside each clean
 *     one
 * @param gradients whether gradients are computed
 */
public record Capacity(int images, boolean expected, boolean gradients) {
  /** Checks the number. */
  public Capacity {
    if (images < 1) {
      throw new IllegalArgumentException("capacity is " + images + "; expected at least 1");
    }
  }

  /**
   * Plans for everything that a network can do.
   *
   * @param images the largest number of images in a batch
   * @return with noise and gradients
   */
  public static Capacity full(int images) {
    return new Capacity(images, true, true);
  }

  /**
   * Plans for training.
   *
   * @param images the largest number of images in a batch
   * @param expected whether with the regularizer
   * @return with gradients
   */
  public static Capacity training(int images, boolean expected) {
    return new Capacity(images, expected, true);
  }

  /**
   * Plans for logits alone.
   *
   * @param images the largest number of images in a batch
   * @return without noise and gradients
   */
  public static Capacity evaluation(int images) {
    return new Capacity(images, false, false);
  }
}
