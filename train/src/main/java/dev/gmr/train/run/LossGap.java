package dev.gmr.train.run;

/**
 * The cross entropy at the expected logits beside the expected cross entropy. Cross entropy is
 * convex in the logits, so {@code CE(E f) <= E CE(f)} wherever the expected logits are exact.
 *
 * @param images number of images
 * @param sigma standard deviation of the noise in units of the [0, 1] pixel range
 * @param draws noisy copies of each image behind the sampled mean
 * @param clean CE(f(x)), the cross entropy without noise
 * @param expected CE(E f(x + n)), with the expectation that the regularizer computes
 * @param sampled E CE(f(x + n)), by sampling
 * @param gap sampled less expected, paired by image
 */
public record LossGap(
    int images,
    double sigma,
    int draws,
    Estimate clean,
    Estimate expected,
    Estimate sampled,
    Estimate gap) {
  /**
   * A mean over images, in nats, with its standard errors.
   *
   * @param mean the mean
   * @param errorOfDraws standard error for these very images; 0 where nothing is drawn
   * @param error standard error for images like these: of images and draws together
   */
  public record Estimate(double mean, double errorOfDraws, double error) {}
}
