package dev.gmr.nn;

/**
 * A layer at its place in a network, with the shapes that go through it.
 *
 * @param layer the layer
 * @param label its name; or what it is and behind which named layer, such as {@code relu behind
 *     conv1}
 * @param depth residuals around it
 * @param in shape of what goes in
 * @param out shape of what comes out
 * @param parameters trained numbers
 * @param flops floating point operations an image in its products, a multiply-add counted as two
 */
public record LayerTrace(
    Layer layer,
    String label,
    int depth,
    ImageShape in,
    ImageShape out,
    long parameters,
    long flops) {
  /**
   * Returns the number of running statistics, which are kept but not trained.
   *
   * @return two a channel for batch norm, else 0
   */
  public long statistics() {
    return layer instanceof Layer.BatchNorm ? 2L * out.channels() : 0;
  }

  /**
   * Returns whether the layer has a weight that is multiplied with its input.
   *
   * @return true for conv and linear
   */
  public boolean weighted() {
    return layer instanceof Layer.Conv || layer instanceof Layer.Linear;
  }
}
