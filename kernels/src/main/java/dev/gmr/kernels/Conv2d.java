package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;

/**
 * Two-dimensional convolution (cross-correlation, as networks define it) of channels-last images.
 *
 * <p>Layouts, all dense: images (N, H, W, inChannels); results (N, outHeight, outWidth,
 * outChannels); weights (kernel row, kernel column, inChannels, outChannels). {@code outChannels}
 * is a multiple of {@link #UNIT}; a network with another count pads weights and bias with zeros. To
 * differentiate by the input, {@code inChannels} must be one too.
 *
 * <p>Padding is zeros that take part in the sums: images are copied into the caller's scratch with
 * their border, and every output pixel is then a chain {@code fma(x, w, acc)} from the bias over
 * kernel rows, kernel columns and input channels in this order. The gradient of the input is the
 * same kind of chain, from zero, over the mirrored kernel of the spread-out result gradients; the
 * gradient of the weights continues from what the array holds over images, rows and columns in
 * order. NaN and infinities propagate. Outputs must not overlap inputs.
 *
 * <p>A plan is immutable and may be shared by threads, each with scratch of its own. Nothing is
 * allocated after construction.
 */
public final class Conv2d {
  /** Channel counts of results are multiples of this. */
  public static final int UNIT = TileKernels.COLUMNS;

  private final int height;
  private final int width;
  private final int inChannels;
  private final int outChannels;
  private final int kernelHeight;
  private final int kernelWidth;
  private final int stride;
  private final int padding;
  private final int outHeight;
  private final int outWidth;
  private final int maxImages;
  private final float[] zeros;

  /** Forward: where each output pixel's window starts, and each window element within it. */
  private final int[] windowAt;

  private final int[] elementAt;

  /** Backward to the input: the same for the windows of the spread-out result gradients. */
  private final int[] inputWindowAt;

  private final int[] inputElementAt;

  /**
   * Plans a convolution.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @param inChannels channels of an image
   * @param outChannels channels of a result, a multiple of {@link #UNIT}
   * @param kernelHeight rows of the kernel
   * @param kernelWidth columns of the kernel
   * @param stride step of the kernel, in both directions
   * @param padding rows and columns of zeros on each side, less than the kernel's
   * @param maxImages images that one call may take
   * @throws IllegalArgumentException if a size is below its least value or the kernel does not fit
   */
  public Conv2d(
      int height,
      int width,
      int inChannels,
      int outChannels,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      int maxImages) {
    Check.atLeast("height", height, 1);
    Check.atLeast("width", width, 1);
    Check.atLeast("inChannels", inChannels, 1);
    Check.atLeast("outChannels", outChannels, 1);
    Check.atLeast("kernelHeight", kernelHeight, 1);
    Check.atLeast("kernelWidth", kernelWidth, 1);
    Check.atLeast("stride", stride, 1);
    Check.index("padding", padding, Math.min(kernelHeight, kernelWidth));
    Check.atLeast("maxImages", maxImages, 1);
    Check.atLeast("height + 2 padding", height + 2 * padding, kernelHeight);
    Check.atLeast("width + 2 padding", width + 2 * padding, kernelWidth);
    if (outChannels % UNIT != 0) {
      throw new IllegalArgumentException(
          "outChannels is " + outChannels + "; expected a multiple of " + UNIT);
    }
    this.height = height;
    this.width = width;
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.stride = stride;
    this.padding = padding;
    this.maxImages = maxImages;
    this.outHeight = (height + 2 * padding - kernelHeight) / stride + 1;
    this.outWidth = (width + 2 * padding - kernelWidth) / stride + 1;
    this.zeros = new float[Math.max(outChannels, inChannels)];
    this.windowAt =
        windows(maxImages, outHeight, outWidth, stride, width + 2 * padding, inChannels, padded());
    this.elementAt = elements(kernelHeight, kernelWidth, width + 2 * padding, inChannels);
    int differentiable = inChannels % UNIT == 0 ? maxImages : 0;
    this.inputWindowAt =
        windows(differentiable, height, width, 1, width + kernelWidth - 1, outChannels, spread());
    this.inputElementAt = elements(kernelHeight, kernelWidth, width + kernelWidth - 1, outChannels);
  }

  private static int[] windows(
      int images, int rows, int columns, int stride, int rowPixels, int channels, int imageSize) {
    int[] at = new int[Math.multiplyExact(images, rows * columns)];
    int i = 0;
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          at[i++] =
              Math.addExact(
                  Math.multiplyExact(n, imageSize), (y * rowPixels + x) * stride * channels);
        }
      }
    }
    return at;
  }

  private static int[] elements(int rows, int columns, int rowPixels, int channels) {
    int[] at = new int[rows * columns * channels];
    for (int ky = 0; ky < rows; ky++) {
      for (int i = 0; i < columns * channels; i++) {
        at[ky * columns * channels + i] = ky * rowPixels * channels + i;
      }
    }
    return at;
  }

  /**
   * Returns the rows of a result.
   *
   * @return {@code (height + 2 padding - kernelHeight) / stride + 1}
   */
  public int outHeight() {
    return outHeight;
  }

  /**
   * Returns the columns of a result.
   *
   * @return {@code (width + 2 padding - kernelWidth) / stride + 1}
   */
  public int outWidth() {
    return outWidth;
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
   * Returns the number of weights, padding included.
   *
   * @return the length
   */
  public int weightSize() {
    return kernelHeight * kernelWidth * inChannels * outChannels;
  }

  /**
   * Returns the floats of scratch that a call needs.
   *
   * @return the length
   */
  public int scratchSize() {
    int input = inChannels % UNIT == 0 ? spread() : 0;
    return Math.multiplyExact(maxImages, Math.max(padded(), input));
  }

  /**
   * Returns the multiply-adds of one image, those with padding included, times 2.
   *
   * @return floating-point operations of {@link #forward}, and of either gradient
   */
  public long flops() {
    return 2L * outHeight * outWidth * weightSize();
  }

  private int padded() {
    return (height + 2 * padding) * (width + 2 * padding) * inChannels;
  }

  private int spread() {
    return (height + kernelHeight - 1) * (width + kernelWidth - 1) * outChannels;
  }

  /**
   * Computes results.
   *
   * @param images number of images, 0 to maxImages
   * @param x images
   * @param xOff where they start
   * @param w weights
   * @param wOff where they start
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
      float[] w,
      int wOff,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      float[] scratch) {
    check(images, x, xOff, w, wOff, y, yOff, scratch);
    if (bias != null) {
      Check.range("bias", bias.length, biasOff, outChannels);
    }
    pad(images, x, xOff, scratch);
    Backend.kernels()
        .tiles()
        .gemm(
            scratch,
            0,
            windowAt,
            0,
            images * outHeight * outWidth,
            elementAt,
            0,
            elementAt.length,
            w,
            wOff,
            outChannels,
            bias == null ? zeros : bias,
            bias == null ? 0 : biasOff,
            y,
            yOff,
            outChannels,
            outChannels);
  }

  /**
   * Adds the gradient of the weights.
   *
   * @param images number of images, 0 to maxImages
   * @param x images
   * @param xOff where they start
   * @param dy gradient of the results
   * @param dyOff where it starts
   * @param dw gradient of the weights, added to
   * @param dwOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short
   */
  public void backwardWeights(
      int images,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] dw,
      int dwOff,
      float[] scratch) {
    check(images, x, xOff, dw, dwOff, dy, dyOff, scratch);
    pad(images, x, xOff, scratch);
    int pixels = outHeight * outWidth;
    // an image at a time: its part of dy is read once for every six weights and stays in cache
    for (int n = 0; n < images; n++) {
      Backend.kernels()
          .tiles()
          .gemm(
              scratch,
              0,
              elementAt,
              0,
              elementAt.length,
              windowAt,
              n * pixels,
              pixels,
              dy,
              dyOff + n * outSize(),
              outChannels,
              null,
              0,
              dw,
              dwOff,
              outChannels,
              outChannels);
    }
  }

  /**
   * Prepares weights for {@link #backwardInput}: mirrors the kernel and swaps the channels.
   *
   * @param w weights
   * @param wOff where they start
   * @param mirrored (kernel row, kernel column, outChannels, inChannels), overwritten
   * @param mirroredOff where they start
   * @throws IllegalArgumentException if an array is too short
   */
  public void mirror(float[] w, int wOff, float[] mirrored, int mirroredOff) {
    Check.range("w", w.length, wOff, weightSize());
    Check.range("mirrored", mirrored.length, mirroredOff, weightSize());
    int taps = kernelHeight * kernelWidth;
    int area = inChannels * outChannels;
    for (int t = 0; t < taps; t++) {
      int from = wOff + t * area;
      int to = mirroredOff + (taps - 1 - t) * area;
      for (int i = 0; i < inChannels; i++) {
        for (int o = 0; o < outChannels; o++) {
          mirrored[to + o * inChannels + i] = w[from + i * outChannels + o];
        }
      }
    }
  }

  /**
   * Computes the gradient of the images.
   *
   * @param images number of images, 0 to maxImages
   * @param dy gradient of the results
   * @param dyOff where it starts
   * @param mirrored weights as {@link #mirror} leaves them
   * @param mirroredOff where they start
   * @param dx gradient of the images, overwritten
   * @param dxOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short
   * @throws IllegalStateException if inChannels is no multiple of {@link #UNIT}
   */
  public void backwardInput(
      int images,
      float[] dy,
      int dyOff,
      float[] mirrored,
      int mirroredOff,
      float[] dx,
      int dxOff,
      float[] scratch) {
    if (inChannels % UNIT != 0) {
      throw new IllegalStateException(
          "inChannels is " + inChannels + "; the input's gradient needs a multiple of " + UNIT);
    }
    check(images, dx, dxOff, mirrored, mirroredOff, dy, dyOff, scratch);
    spread(images, dy, dyOff, scratch);
    Backend.kernels()
        .tiles()
        .gemm(
            scratch,
            0,
            inputWindowAt,
            0,
            images * height * width,
            inputElementAt,
            0,
            inputElementAt.length,
            mirrored,
            mirroredOff,
            inChannels,
            zeros,
            0,
            dx,
            dxOff,
            inChannels,
            inChannels);
  }

  private void check(
      int images, float[] x, int xOff, float[] w, int wOff, float[] y, int yOff, float[] scratch) {
    Check.index("images", images, maxImages + 1);
    Check.range("x", x.length, xOff, Math.multiplyExact(images, inSize()));
    Check.range("w", w.length, wOff, weightSize());
    Check.range("y", y.length, yOff, Math.multiplyExact(images, outSize()));
    Check.range("scratch", scratch.length, 0, scratchSize());
  }

  /** Copies images into zero borders. */
  private void pad(int images, float[] x, int xOff, float[] to) {
    int run = width * inChannels;
    int border = padding * inChannels;
    int row = run + 2 * border;
    for (int n = 0; n < images; n++) {
      int at = n * padded();
      Arrays.fill(to, at, at + padding * row, 0f);
      at += padding * row;
      for (int y = 0; y < height; y++) {
        Arrays.fill(to, at, at + border, 0f);
        System.arraycopy(x, xOff + n * inSize() + y * run, to, at + border, run);
        Arrays.fill(to, at + border + run, at + row, 0f);
        at += row;
      }
      Arrays.fill(to, at, at + padding * row, 0f);
    }
  }

  /** Lays result gradients out {@code stride} apart, in zeros, a mirrored kernel's reach around. */
  private void spread(int images, float[] dy, int dyOff, float[] to) {
    int row = (width + kernelWidth - 1) * outChannels;
    Arrays.fill(to, 0, images * spread(), 0f);
    for (int n = 0; n < images; n++) {
      for (int y = 0; y < outHeight; y++) {
        int from = dyOff + n * outSize() + y * outWidth * outChannels;
        int at =
            n * spread()
                + (y * stride + kernelHeight - 1 - padding) * row
                + (kernelWidth - 1 - padding) * outChannels;
        if (stride == 1) {
          System.arraycopy(dy, from, to, at, outWidth * outChannels);
        } else {
          for (int x = 0; x < outWidth; x++) {
            System.arraycopy(
                dy, from + x * outChannels, to, at + x * stride * outChannels, outChannels);
          }
        }
      }
    }
  }
}
