package dev.gmr.kernels;

/**
 * The convolution of {@link Conv2d} with a fraction of its multiplications, for kernels of 3 x 3
 * and 5 x 5 at stride 1, by Winograd's minimal filtering: tiles of pixels and the kernels are
 * transformed, multiplied element by element and summed over channels, and transformed back. For 4
 * x 4 results of an input and an output channel it takes 36 multiplications (3 x 3) or 64 (5 x 5),
 * where the definition takes 144 or 400; for a whole map of 2 x 2 pixels and as many results by 3 x
 * 3 it takes 9, where the definition, without the border, takes 16.
 *
 * <p>Layouts as of {@link Conv2d}. Every sum has one order, which depends neither on the number of
 * images in a call nor on the machine; but it is another one than Conv2d's, so that bits differ.
 *
 * <p>Accuracy: the root mean square of the errors, by that of the results, is at most {@code 25 *
 * 2^-24} (3 x 3) or {@code 80 * 2^-24} (5 x 5) where operands are random and of one size: for up to
 * 64 channels, and for the results and both gradients alike. Conv2d's chains have at most {@code 12
 * * 2^-24} then, and so have whole maps of 2 x 2 ({@link #wholeMaps}). What is large in a tile
 * rounds all its results, however small they are. NaN and infinities reach all results of the tiles
 * that see them, as NaN.
 *
 * <p>A plan is immutable and may be shared by threads, each with scratch of its own. Nothing is
 * allocated after construction but the code of tiles, when they are first used. Outputs must not
 * overlap inputs.
 */
public final class WinogradConv2d {
  /** Channels are multiples of this. */
  public static final int UNIT = Conv2d.UNIT;

  private final int height;
  private final int width;
  private final int inChannels;
  private final int outChannels;
  private final int kernel;
  private final int outHeight;
  private final int outWidth;
  private final int maxImages;
  private final boolean wholeMaps;
  private final Winograd winograd;
  private final WinogradPass forward;
  private final WinogradPass backwardInput;
  private final WinogradWeights weights;
  private final WinogradGradient gradient;

  /**
   * Plans a convolution.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @param inChannels channels of an image, a multiple of {@link #UNIT}
   * @param outChannels channels of a result, a multiple of {@link #UNIT}
   * @param kernel rows and columns of the kernel, 3 or 5
   * @param padding rows and columns of zeros on each side, less than the kernel's
   * @param maxImages images that one call may take
   * @throws IllegalArgumentException if {@link #fits} is false or maxImages below 1
   */
  public WinogradConv2d(
      int height,
      int width,
      int inChannels,
      int outChannels,
      int kernel,
      int padding,
      int maxImages) {
    if (!fits(height, width, inChannels, outChannels, kernel, padding)) {
      throw new IllegalArgumentException(
          "no tiles fit %d x %d x %d images, %d channels of results, kernels of %d and padding %d"
              .formatted(height, width, inChannels, outChannels, kernel, padding));
    }
    Check.atLeast("maxImages", maxImages, 1);
    this.height = height;
    this.width = width;
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernel = kernel;
    this.maxImages = maxImages;
    outHeight = height + 2 * padding - kernel + 1;
    outWidth = width + 2 * padding - kernel + 1;
    wholeMaps = kernel == 3 && padding == 1 && Math.max(height, width) <= Winograd.MAP;
    winograd = wholeMaps ? Winograd.maps() : Winograd.tilesOf(kernel);
    forward =
        new WinogradPass(
            winograd, height, width, inChannels, outChannels, wholeMaps ? 0 : padding, maxImages);
    backwardInput =
        new WinogradPass(
            winograd,
            outHeight,
            outWidth,
            outChannels,
            inChannels,
            wholeMaps ? 0 : kernel - 1 - padding,
            maxImages);
    weights = new WinogradWeights(winograd, inChannels, outChannels, kernel, forward.weightPoint());
    gradient = new WinogradGradient(winograd, forward, inChannels, outChannels, kernel);
  }

  /**
   * Tells whether a convolution can be computed so: kernels of 3 x 3 or 5 x 5, and channels in
   * multiples of {@link #UNIT}.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @param inChannels channels of an image
   * @param outChannels channels of a result
   * @param kernel rows and columns of the kernel
   * @param padding rows and columns of zeros on each side
   * @return whether there is a plan for it
   */
  public static boolean fits(
      int height, int width, int inChannels, int outChannels, int kernel, int padding) {
    if (!Winograd.has(kernel) || padding < 0 || padding >= kernel) {
      return false;
    }
    int less = kernel - 1 - 2 * padding;
    return inChannels > 0
        && outChannels > 0
        && inChannels % UNIT == 0
        && outChannels % UNIT == 0
        && Math.min(height, height - less) > 0
        && Math.min(width, width - less) > 0;
  }

  /**
   * Returns the rows of a result.
   *
   * @return {@code height + 2 padding - kernel + 1}
   */
  public int outHeight() {
    return outHeight;
  }

  /**
   * Returns the columns of a result.
   *
   * @return {@code width + 2 padding - kernel + 1}
   */
  public int outWidth() {
    return outWidth;
  }

  /**
   * Returns the multiplications of an image for each input and output channel.
   *
   * @return 36 (3 x 3) or 64 (5 x 5) for each tile, 9 for a whole map
   */
  public long products() {
    return (long) forward.rows * forward.columns * winograd.points();
  }

  /**
   * Tells whether an image is a single tile, of at most 2 x 2 pixels: then the sums of its 9
   * products round as little as the definition's, and transformed weights are no more than weights.
   *
   * @return whether it is
   */
  public boolean wholeMaps() {
    return wholeMaps;
  }

  /**
   * Returns the floats of an image.
   *
   * @return the length
   */
  public int inSize() {
    return height * width * inChannels;
  }

  /**
   * Returns the floats of a result.
   *
   * @return the length
   */
  public int outSize() {
    return outHeight * outWidth * outChannels;
  }

  /**
   * Returns the number of weights, in the layout of {@link Conv2d}.
   *
   * @return the length
   */
  public int weightSize() {
    return kernel * kernel * inChannels * outChannels;
  }

  /**
   * Returns the floats of transformed weights, turned ones, or their gradient.
   *
   * @return the length
   */
  public int transformedSize() {
    return winograd.points() * forward.weightPoint();
  }

  /**
   * Returns the floats of scratch that a call needs.
   *
   * @return the length
   */
  public int scratchSize() {
    int results = Math.max(forward.scratchSize(), backwardInput.scratchSize());
    return Math.max(results, Math.max(weights.scratchSize(), gradient.scratchSize()));
  }

  /**
   * Returns the number of parts that weights are transformed in, and transformed gradients back.
   *
   * @return 1 for each 16 input and 32 output channels
   */
  public int parts() {
    return weights.parts();
  }

  /**
   * Transforms a part of the weights for {@link #forward}.
   *
   * @param part which, 0 to {@link #parts()} - 1
   * @param w weights
   * @param wOff where they start
   * @param u transformed weights, the part overwritten
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   */
  public void transform(int part, float[] w, int wOff, float[] u, float[] scratch) {
    check(part, w, wOff, u, scratch);
    weights.transform(part, w, wOff, u, scratch);
  }

  /**
   * Transforms a part of the weights for {@link #backwardInput}: swaps the channels and turns the
   * kernel by half a turn.
   *
   * @param part which, 0 to {@link #parts()} - 1
   * @param w weights
   * @param wOff where they start
   * @param turned transformed weights, the part overwritten
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   */
  public void transformTurned(int part, float[] w, int wOff, float[] turned, float[] scratch) {
    check(part, w, wOff, turned, scratch);
    weights.transformTurned(part, w, wOff, turned, scratch);
  }

  private void check(int part, float[] w, int wOff, float[] u, float[] scratch) {
    Check.index("part", part, parts());
    Check.range("w", w.length, wOff, weightSize());
    Check.range("transformed", u.length, 0, transformedSize());
    Check.range("scratch", scratch.length, 0, scratchSize());
  }

  /**
   * Computes results.
   *
   * @param images number of images, 0 to maxImages
   * @param x images
   * @param xOff where they start
   * @param u weights, all parts transformed
   * @param bias outChannels floats, or null for zeros
   * @param biasOff where they start
   * @param y results, overwritten
   * @param yOff where they start
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short
   */
  public void forward(
      int images,
      float[] x,
      int xOff,
      float[] u,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      float[] scratch) {
    check(images, x, xOff, u, y, yOff, scratch);
    checkBias(bias, biasOff);
    forward.run(images, x, xOff, u, bias, biasOff, y, yOff, scratch);
  }

  /**
   * Returns the number of parts that one image's results can be computed in.
   *
   * @return the number
   */
  public int blocks() {
    return forward.blocks();
  }

  /**
   * Computes some rows or channels of one image's results: what threads can share where images are
   * few.
   *
   * @param block which part, 0 to {@link #blocks()} - 1
   * @param x the image
   * @param xOff where it starts
   * @param u weights, all parts transformed
   * @param bias outChannels floats, or null for zeros
   * @param biasOff where they start
   * @param y result, the part overwritten
   * @param yOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   */
  public void forwardBlock(
      int block,
      float[] x,
      int xOff,
      float[] u,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      float[] scratch) {
    Check.index("block", block, blocks());
    check(1, x, xOff, u, y, yOff, scratch);
    checkBias(bias, biasOff);
    forward.block(block, x, xOff, u, bias, biasOff, y, yOff, scratch);
  }

  /**
   * Returns how many images a call should have, to fill the products' tiles, or a multiple of it.
   *
   * @return the number
   */
  public int images() {
    return Math.max(1, Math.max(forward.most, gradient.most) / forward.rows);
  }

  /**
   * Computes the gradient of the images.
   *
   * @param images number of images, 0 to maxImages
   * @param dy gradient of the results
   * @param dyOff where it starts
   * @param turned weights, all parts transformed by {@link #transformTurned}
   * @param dx gradient of the images, overwritten
   * @param dxOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short
   */
  public void backwardInput(
      int images, float[] dy, int dyOff, float[] turned, float[] dx, int dxOff, float[] scratch) {
    check(images, dx, dxOff, turned, dy, dyOff, scratch);
    backwardInput.run(images, dy, dyOff, turned, null, 0, dx, dxOff, scratch);
  }

  /**
   * Adds the gradient of the weights, transformed.
   *
   * @param images number of images, 0 to maxImages
   * @param x images
   * @param xOff where they start
   * @param dy gradient of the results
   * @param dyOff where it starts
   * @param du transformed gradient of the weights, added to
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short
   */
  public void backwardWeights(
      int images, float[] x, int xOff, float[] dy, int dyOff, float[] du, float[] scratch) {
    check(images, x, xOff, du, dy, dyOff, scratch);
    gradient.add(images, x, xOff, dy, dyOff, du, scratch);
  }

  /**
   * Returns the floats of images and results' gradients that are transformed together for {@link
   * #gradientPart}.
   *
   * @param images their number
   * @return the length
   */
  public int spreadSize(int images) {
    return gradient.spreadSize(images);
  }

  /**
   * Transforms some images, and the gradients of their results, for {@link #gradientPart}.
   *
   * @param first the first of them, counted from the batch's first
   * @param images their number, at most maxImages
   * @param total number of the batch's images, any
   * @param x the batch's images
   * @param xOff where they start
   * @param dy gradients of the batch's results
   * @param dyOff where they start
   * @param spread {@link #spreadSize} floats of the batch, those of these images overwritten
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there are no such images
   */
  public void spread(
      int first,
      int images,
      int total,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] spread,
      float[] scratch) {
    Check.index("images", images, maxImages + 1);
    Check.index("first", first, total - images + 1);
    Check.range("x", x.length, xOff, Math.multiplyExact(total, inSize()));
    Check.range("dy", dy.length, dyOff, Math.multiplyExact(total, outSize()));
    Check.range("spread", spread.length, 0, spreadSize(total));
    Check.range("scratch", scratch.length, 0, scratchSize());
    gradient.spread(first, images, total, x, xOff, dy, dyOff, spread, scratch);
  }

  /**
   * Returns the number of parts that a batch's gradient of the weights can be computed in.
   *
   * @return 1 for each 64 input and 32 output channels
   */
  public int gradientParts() {
    return gradient.parts();
  }

  /**
   * Computes a part of the weights' gradient of a whole batch, so that threads can share it. From
   * zeros the bits are those of {@link #backwardWeights} from zeros and {@link #transformBack}.
   *
   * @param part which, 0 to {@link #gradientParts()} - 1
   * @param total number of the batch's images
   * @param spread what {@link #spread} left of all of them
   * @param accumulate whether to add the batch's gradient to what is there
   * @param dw gradient of the weights, the part overwritten or added to
   * @param dwOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   */
  public void gradientPart(
      int part,
      int total,
      float[] spread,
      boolean accumulate,
      float[] dw,
      int dwOff,
      float[] scratch) {
    Check.index("part", part, gradientParts());
    Check.range("spread", spread.length, 0, spreadSize(total));
    Check.range("dw", dw.length, dwOff, weightSize());
    Check.range("scratch", scratch.length, 0, scratchSize());
    gradient.part(part, total, spread, accumulate, dw, dwOff, scratch);
  }

  /**
   * Transforms a part of the weights' gradient back.
   *
   * @param part which, 0 to {@link #parts()} - 1
   * @param du transformed gradient
   * @param dw gradient of the weights, the part overwritten
   * @param dwOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   */
  public void transformBack(int part, float[] du, float[] dw, int dwOff, float[] scratch) {
    check(part, dw, dwOff, du, scratch);
    weights.transformBack(part, du, dw, dwOff, scratch);
  }

  private void checkBias(float[] bias, int biasOff) {
    if (bias != null) {
      Check.range("bias", bias.length, biasOff, outChannels);
    }
  }

  private void check(
      int images, float[] x, int xOff, float[] u, float[] y, int yOff, float[] scratch) {
    Check.index("images", images, maxImages + 1);
    Check.range("x", x.length, xOff, Math.multiplyExact(images, inSize()));
    Check.range("transformed", u.length, 0, transformedSize());
    Check.range("y", y.length, yOff, Math.multiplyExact(images, outSize()));
    Check.range("scratch", scratch.length, 0, scratchSize());
  }
}
