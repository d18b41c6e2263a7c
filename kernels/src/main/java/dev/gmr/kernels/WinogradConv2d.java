package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.TileMatrix;

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

  private static final int PANEL = Conv2d.PANEL;

  /** Tiles whose gradients are summed together: terms enough for a product. */
  private static final int GRADIENT_TILES = 56;

  /** Input channels of a part of a batch's gradient, for the second cache. */
  private static final int GRADIENT_CHANNELS = 64;

  /** Floats of weights to transform at a time: some rows of a panel, for the first cache. */
  private static final int RUN = 4 * PANEL;

  /** Floats of a part of the weights at one point, at most. */
  private static final int PART = UNIT * PANEL;

  private static final float[] ZEROS = new float[PANEL];

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
  private final int gradientRows;
  private final TileKernels.Strides gradientStrides;
  private final int[] panelRow;
  private final int[] unitRow;

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
    gradientRows = forward.tileRows(GRADIENT_TILES);
    gradientStrides = TileKernels.Strides.of(1, inChannels, outChannels);
    panelRow = WinogradPass.offsets(PANEL, inChannels);
    unitRow = WinogradPass.offsets(UNIT, inChannels);
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
    int points = winograd.points();
    int part = Math.min(GRADIENT_CHANNELS, inChannels) * PANEL;
    int weights = Math.max(points * (PART + RUN), points * (part + RUN) + kernel * kernel * part);
    int results = Math.max(forward.scratchSize(), backwardInput.scratchSize());
    return Math.max(weights, Math.max(results, gradientScratch()));
  }

  private int gradientScratch() {
    return forward.padding() + gradientBand(gradientRows) + spreadFloats(gradientRows);
  }

  /** Floats that transforming some rows of tiles, then those of their gradients, needs. */
  private int gradientBand(int tileRows) {
    return Math.max(
        forward.bandSize(tileRows, inChannels), forward.bandSize(tileRows, outChannels));
  }

  /** Floats of transformed rows of tiles and of their gradients. */
  private int spreadFloats(int tileRows) {
    return Math.multiplyExact(
        winograd.points(),
        Math.addExact(forward.point(tileRows, inChannels), forward.point(tileRows, outChannels)));
  }

  /**
   * Returns the number of parts that weights are transformed in, and transformed gradients back.
   *
   * @return 1 for each 16 input and 32 output channels
   */
  public int parts() {
    return inChannels / UNIT * Math.ceilDiv(outChannels, PANEL);
  }

  /** First input channel of a part. */
  private int in(int part) {
    return part % (inChannels / UNIT) * UNIT;
  }

  /** First output channel of a part. */
  private int out(int part) {
    return part / (inChannels / UNIT) * PANEL;
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
    int panel = panel(part);
    int tap = inChannels * panel;
    both(
        winograd.weights(),
        UNIT * panel,
        w,
        wOff + weightsAt(part),
        kernel * tap,
        tap,
        u,
        transformedAt(part),
        winograd.size() * forward.weightPoint(),
        forward.weightPoint(),
        scratch,
        0);
  }

  /** Output channels of a part. */
  private int panel(int part) {
    return Math.min(PANEL, outChannels - out(part));
  }

  /** Where a part's weights start. */
  private int weightsAt(int part) {
    return out(part) * kernel * kernel * inChannels + in(part) * panel(part);
  }

  /** Where a part's transformed weights start, of each point. */
  private int transformedAt(int part) {
    return out(part) * inChannels + in(part) * panel(part);
  }

  /**
   * Applies a matrix from both sides to what lies at {@code row} and {@code column}.
   *
   * @param n floats
   */
  private static void both(
      TileMatrix matrix,
      int n,
      float[] from,
      int fromOff,
      int row,
      int column,
      float[] to,
      int toOff,
      int toRow,
      int toColumn,
      float[] scratch,
      int scratchOff) {
    TileKernels tiles = Backend.kernels().tiles();
    int columns = matrix.columns();
    int run;
    for (int i = 0; i < n; i += run) {
      run = Math.min(RUN, n - i);
      for (int j = 0; j < columns; j++) {
        int at = scratchOff + j * run;
        tiles.combine(
            matrix, 1, run, from, fromOff + j * column + i, 0, row, scratch, at, 0, columns * run);
      }
      for (int j = 0; j < matrix.rows(); j++) {
        int at = scratchOff + j * columns * run;
        tiles.combine(matrix, 1, run, scratch, at, 0, run, to, toOff + j * toRow + i, 0, toColumn);
      }
    }
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
    TileKernels tiles = Backend.kernels().tiles();
    int panel = panel(part);
    int tap = inChannels * panel;
    int block = UNIT * panel;
    both(
        winograd.weights(),
        block,
        w,
        wOff + weightsAt(part) + (kernel * kernel - 1) * tap,
        -kernel * tap,
        -tap,
        scratch,
        0,
        winograd.size() * block,
        block,
        scratch,
        winograd.points() * block);
    int in = in(part) / PANEL * PANEL;
    int inPanel = Math.min(PANEL, inChannels - in);
    int to = in * outChannels + out(part) * inPanel + in(part) - in;
    int[] row = panel == PANEL ? panelRow : unitRow;
    for (int p = 0; p < winograd.points(); p++) {
      tiles.interleave(
          panel, scratch, p * block, row, turned, to + p * forward.weightPoint(), inPanel);
    }
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
    return Math.max(1, Math.max(forward.most, gradientRows) / forward.rows);
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
    forward.pad(images, x, xOff, scratch);
    int total = images * forward.rows;
    int blocks = Math.ceilDiv(total, gradientRows);
    int band = forward.padding();
    int to = band + gradientBand(gradientRows);
    for (int block = 0; block < blocks; block++) {
      int first = block * total / blocks;
      int count = (block + 1) * total / blocks - first;
      int gradients = to + winograd.points() * forward.point(count, inChannels);
      int a = forward.point(count, inChannels);
      int b = forward.point(count, outChannels);
      forward.spread(false, first, count, scratch, 0, scratch, band, scratch, to, a);
      forward.spread(true, first, count, dy, dyOff, scratch, band, scratch, gradients, b);
      for (int p = 0; p < winograd.points(); p++) {
        for (int o = 0; o < outChannels; o += PANEL) {
          int panel = Math.min(PANEL, outChannels - o);
          int at = p * forward.weightPoint() + o * inChannels;
          addGradient(p, 0, inChannels, o, panel, count, scratch, to, null, du, at);
        }
      }
    }
  }

  /**
   * Returns the floats of images and results' gradients that are transformed together for {@link
   * #gradientPart}.
   *
   * @param images their number
   * @return the length
   */
  public int spreadSize(int images) {
    return spreadFloats(Math.multiplyExact(images, forward.rows));
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
    int dyAt = dyOff + first * outSize();
    forward.pad(images, x, xOff + first * inSize(), scratch);
    int band = forward.padding();
    int a = forward.point(total * forward.rows, inChannels);
    int b = forward.point(total * forward.rows, outChannels);
    int gradients = winograd.points() * a;
    int count;
    for (int r = 0; r < images * forward.rows; r += count) {
      count = Math.min(gradientRows, images * forward.rows - r);
      int tile = (first * forward.rows + r) * forward.columns;
      int to = tile * inChannels;
      forward.spread(false, r, count, scratch, 0, scratch, band, spread, to, a);
      to = gradients + tile * outChannels;
      forward.spread(true, r, count, dy, dyAt, scratch, band, spread, to, b);
    }
  }

  /**
   * Returns the number of parts that a batch's gradient of the weights can be computed in.
   *
   * @return 1 for each 64 input and 32 output channels
   */
  public int gradientParts() {
    return Math.ceilDiv(inChannels, GRADIENT_CHANNELS) * Math.ceilDiv(outChannels, PANEL);
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
    int panels = Math.ceilDiv(outChannels, PANEL);
    int in = part / panels * GRADIENT_CHANNELS;
    int out = part % panels * PANEL;
    int panel = Math.min(PANEL, outChannels - out);
    int n = Math.min(GRADIENT_CHANNELS, inChannels - in) * panel;
    for (int p = 0; p < winograd.points(); p++) {
      addGradient(
          p, in, n / panel, out, panel, total * forward.rows, spread, 0, ZEROS, scratch, p * n);
    }
    int tap = inChannels * panel;
    int at = dwOff + out * kernel * kernel * inChannels + in * panel;
    int own = winograd.points() * n;
    int work = own + (accumulate ? kernel * kernel * n : 0);
    both(
        winograd.weightsGradient(),
        n,
        scratch,
        0,
        winograd.size() * n,
        n,
        accumulate ? scratch : dw,
        accumulate ? own : at,
        accumulate ? kernel * n : kernel * tap,
        accumulate ? n : tap,
        scratch,
        work);
    for (int t = 0; accumulate && t < kernel * kernel; t++) {
      Backend.kernels().layers().add(scratch, own + t * n, dw, at + t * tap, n);
    }
  }

  /**
   * Adds to the transformed gradient, at a point and for some channels, what rows of tiles have of
   * it, spread from {@code at} on.
   */
  private void addGradient(
      int p,
      int in,
      int ins,
      int out,
      int panel,
      int tileRows,
      float[] spread,
      int at,
      float[] start,
      float[] du,
      int duOff) {
    int a = forward.point(tileRows, inChannels);
    int b = forward.point(tileRows, outChannels);
    Backend.kernels()
        .tiles()
        .strided(
            gradientStrides,
            ins,
            panel,
            tileRows * forward.columns,
            spread,
            at + p * a + in,
            spread,
            at + winograd.points() * a + p * b + out,
            start,
            0,
            du,
            duOff,
            panel == PANEL ? panelRow : unitRow,
            0);
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
    int panel = panel(part);
    int tap = inChannels * panel;
    both(
        winograd.weightsGradient(),
        UNIT * panel,
        du,
        transformedAt(part),
        winograd.size() * forward.weightPoint(),
        forward.weightPoint(),
        dw,
        dwOff + weightsAt(part),
        kernel * tap,
        tap,
        scratch,
        0);
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
