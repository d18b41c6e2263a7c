package dev.gmr.nn;

/**
 * Size of an image.
 *
 * @param height rows
 * @param width columns
 * @param channels values of a pixel
 */
public record ImageShape(int height, int width, int channels) {
  /** Checks that no side is empty. */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "image of %d x %d x %d; expected at least 1 x 1 x 1".formatted(height, width, channels));
    }
  }

  /**
   * Returns the number of values.
   *
   * @return height x width x channels
   */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }
}
