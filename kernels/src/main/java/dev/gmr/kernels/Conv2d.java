package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Two-dimensional convolution (cross-correlation, as networks define it) of channels-last images.
 *
 * <p>Layouts, all dense: images (N, H, W, inChannels); results (N, outHeight, outWidth,
 * outChannels); weights in panels of {@link #PANEL} output channels, the last one perhaps of half
 * as many: (panel, kernel row, kernel column, inChannels, channel of the panel), see {@link
 * #weightIndex}. {@code outChannels} is a multiple of {@link #UNIT}; a network with another count
 * pads weights and bias with zeros. To differentiate by the input, {@code inChannels} must be one
 * too.
 *
 * <p>Every output pixel is a chain {@code fma(x, w, acc)} from the bias over kernel rows, kernel
 * columns and input channels in this order. The gradient of the input is the same kind of chain,
 * from zero, over kernel rows and columns from the last to the first, and output channels; the
 * gradient of the weights continues from what the array holds over images, rows and columns in
 * order. Nothing is multiplied with padding, with one exception: where {@code inChannels} is no
 * multiple of {@link #UNIT}, as in a network's first layer, images are copied into the caller's
 * scratch with zeros between their rows, and these take part in the sums. NaN and infinities
 * propagate. Outputs must not overlap inputs.
 *
 * <p>A plan is immutable and may be shared by threads, each with scratch of its own, where other
 * operands are packed. Nothing is allocated after construction but the code of tiles, when they are
 * first used.
 */
public final class Conv2d {
  /** Channel counts of results are multiples of this. */
  public static final int UNIT = TileKernels.COLUMNS;

  /** Output channels of a panel of weights. */
  public static final int PANEL = TileKernels.PANEL;

  /**
   * Output pixels that one pass of {@link #backwardWeights} should have, to be worth a tile's loads
   * and stores; more would not stay in a cache.
   */
  private static final int PASS_PIXELS = 256;

  /** Terms side by side that a tile's loads and stores are worth. */
  private static final int PACKED_TERMS = 64;

  /** Columns of a result that fill tiles without packing: some are the border's, not regular. */
  private static final int WIDE = 12;

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

  /** Whether images are copied, with {@code border} pixels of zeros between their rows. */
  private final boolean bordered;

  private final int border;

  /** Null where images are not packed. */
  private final PackedWindows forwardPacked;

  private final PackedWindows backwardPacked;
  private final PackedTaps taps;
  private final Plans forward;

  /** Null where {@link #taps} are not. */
  private final Plans backwardWeights;

  private final int passImages;

  /** Null where the input's gradient cannot be had. */
  private final Plans backwardInput;

  /** A plan for panels of {@link #PANEL} and one for panels of {@link #UNIT} channels, or null. */
  private record Plans(Contraction wide, Contraction narrow) {
    static Plans of(int channels, IntFunction<Contraction> plan) {
      return new Plans(
          channels >= PANEL ? plan.apply(PANEL) : null,
          channels % PANEL > 0 ? plan.apply(UNIT) : null);
    }

    Contraction of(int width) {
      return width == PANEL ? wide : narrow;
    }
  }

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
    this.bordered = inChannels % UNIT != 0 && padding > 0;
    this.border = bordered ? padding : 0;
    boolean units = inChannels % UNIT == 0;
    boolean packs = units && kernelWidth * inChannels >= PACKED_TERMS;
    this.forwardPacked = packs && outWidth < WIDE ? packForward() : null;
    boolean packsBack = units && kernelWidth * outChannels >= PACKED_TERMS;
    // of strides above 1 no window of results is regular
    this.backwardPacked = packsBack && (width < WIDE || stride > 1) ? packBackwardInput() : null;
    this.forward = Plans.of(outChannels, this::planForward);
    int pass = Math.max(1, PASS_PIXELS / (outHeight * outWidth));
    this.passImages = Math.min(pass, maxImages);
    this.taps =
        units
            ? new PackedTaps(
                height, width, inChannels, outChannels, kernelHeight, kernelWidth, stride, padding)
            : null;
    this.backwardWeights = units ? null : Plans.of(outChannels, this::planBackwardWeights);
    this.backwardInput = units ? Plans.of(inChannels, this::planBackwardInput) : null;
  }

  private PackedWindows packForward() {
    PackedWindows.Builder windows =
        new PackedWindows.Builder(
            height, width, inChannels, stride, kernelWidth, outChannels, outSize());
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        windows.add(
            window(y, 0, height, kernelHeight),
            window(x, 0, width, kernelWidth),
            (y * outWidth + x) * outChannels);
      }
    }
    return windows.build();
  }

  private PackedWindows packBackwardInput() {
    PackedWindows.Builder windows =
        new PackedWindows.Builder(
            outHeight, outWidth, outChannels, 1, kernelWidth, stride * inChannels, inSize());
    for (int y = 0; y < height; y++) {
      for (int phase = 0; phase < Math.min(stride, width); phase++) {
        for (int x = phase; x < width; x += stride) {
          windows.add(
              results(y, outHeight, kernelHeight),
              results(x, outWidth, kernelWidth),
              (y * width + x) * inChannels);
        }
      }
    }
    return windows.build();
  }

  /** Images that a call may leave unpacked. */
  private int unpacked(PackedWindows windows) {
    return windows == null ? maxImages : Math.min(maxImages, PackedWindows.LEAST_IMAGES - 1);
  }

  /** Rows are output pixels, terms the elements of their windows. */
  private Contraction planForward(int panel) {
    int[] pixel = {rowPixels() * inChannels, inChannels};
    int[] weight = {kernelWidth * inChannels * panel, inChannels * panel, panel};
    Contraction.Builder rows =
        new Contraction.Builder(
            unpacked(forwardPacked), padded(), outSize(), inChannels, pixel, weight);
    for (int y = 0; y < outHeight; y++) {
      Contraction.Taps ys = window(y, 0, height, kernelHeight);
      for (int x = 0; x < outWidth; x++) {
        Contraction.Taps xs = window(x, border, width, kernelWidth);
        rows.add(ys, xs, 1, (y * outWidth + x) * outChannels, 0);
      }
    }
    return rows.build();
  }

  /** Rows are input pixels, terms the results that they are part of. */
  private Contraction planBackwardInput(int panel) {
    int[] pixel = {outWidth * outChannels, outChannels};
    int[] weight = {kernelWidth * outChannels * panel, outChannels * panel, panel};
    Contraction.Builder rows =
        new Contraction.Builder(
            unpacked(backwardPacked), outSize(), inSize(), outChannels, pixel, weight);
    for (int y = 0; y < height; y++) {
      Contraction.Taps ys = results(y, outHeight, kernelHeight);
      for (int x = 0; x < width; x++) {
        Contraction.Taps xs = results(x, outWidth, kernelWidth);
        rows.add(ys, xs, 1, (y * width + x) * inChannels, 0);
      }
    }
    return rows.build();
  }

  /** Rows are weights, terms the output pixels of a few images that they are part of. */
  private Contraction planBackwardWeights(int panel) {
    int[] pixel = {rowPixels() * inChannels, inChannels};
    int[] result = {outWidth * outChannels, outChannels, 0};
    Contraction.Builder rows =
        new Contraction.Builder(1, 0, 0, 1, pixel, result)
            .repeatTerms(passImages, padded(), outSize());
    for (int ky = 0; ky < kernelHeight; ky++) {
      Contraction.Taps ys = pixels(ky, 0, height, outHeight);
      for (int kx = 0; kx < kernelWidth; kx++) {
        Contraction.Taps xs = pixels(kx, border, width, outWidth);
        int at = (ky * kernelWidth + kx) * inChannels * panel;
        rows.add(ys, xs, inChannels, at, panel);
      }
    }
    return rows.build();
  }

  /** Elements of a window on the image, or on a margin of zeros around it, along one axis. */
  private Contraction.Taps window(int out, int margin, int size, int kernel) {
    int base = out * stride - padding + margin;
    List<Contraction.Tap> taps = new ArrayList<>();
    for (int k = 0; k < kernel; k++) {
      if (base + k >= 0 && base + k < size + 2 * margin) {
        taps.add(new Contraction.Tap(k, k));
      }
    }
    return new Contraction.Taps(base, taps);
  }

  /** Results that an input pixel is part of, along one axis. */
  private Contraction.Taps results(int in, int outputs, int kernel) {
    int first = -1;
    List<Contraction.Tap> taps = new ArrayList<>();
    for (int k = kernel - 1; k >= 0; k--) {
      int out = (in + padding - k) / stride;
      if (in + padding - k == out * stride && out >= 0 && out < outputs) {
        first = taps.isEmpty() ? out : first;
        taps.add(new Contraction.Tap(out - first, kernel - 1 - k));
      }
    }
    return new Contraction.Taps(first, taps);
  }

  /** Output pixels whose windows have their k-th element there, along one axis. */
  private Contraction.Taps pixels(int k, int margin, int size, int outputs) {
    int base = k - padding + margin;
    List<Contraction.Tap> taps = new ArrayList<>();
    for (int out = 0; out < outputs; out++) {
      int at = base + out * stride;
      if (at >= 0 && at < size + 2 * margin) {
        taps.add(new Contraction.Tap(out * stride, out));
      }
    }
    return new Contraction.Taps(base, taps);
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
    if (inChannels % UNIT == 0) {
      int windows = Math.max(packedSize(forwardPacked), packedSize(backwardPacked));
      return Math.max(windows, taps.scratchSize());
    }
    return bordered ? Math.multiplyExact(maxImages, padded()) : 0;
  }

  private static int packedSize(PackedWindows windows) {
    return windows == null ? 0 : windows.packedSize();
  }

  /**
   * Returns the multiply-adds of one image, those with padding included, times 2.
   *
   * @return floating-point operations of {@link #forward}, and of either gradient
   */
  public long flops() {
    return 2L * outHeight * outWidth * weightSize();
  }

  /**
   * Returns where a weight lies.
   *
   * @param tap its element of the kernel, {@code row * kernelWidth + column}
   * @param in its input channel
   * @param out its output channel
   * @return its index in the weights
   */
  public int weightIndex(int tap, int in, int out) {
    int panel = out / PANEL;
    return panelAt(panel, inChannels)
        + (tap * inChannels + in) * width(panel, outChannels)
        + out % PANEL;
  }

  /** Where a panel starts, of weights whose terms are {@code depth} an element of the kernel. */
  private int panelAt(int panel, int depth) {
    return panel * PANEL * taps() * depth;
  }

  private static int panels(int channels) {
    return (channels + PANEL - 1) / PANEL;
  }

  private static int width(int panel, int channels) {
    return Math.min(PANEL, channels - panel * PANEL);
  }

  private int rowPixels() {
    return width + border;
  }

  /** Floats of an image with zeros before, between and behind its rows. */
  private int padded() {
    return (height * rowPixels() + border) * inChannels;
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
    forward(0, panels(), images, x, xOff, w, wOff, bias, biasOff, y, yOff, scratch);
  }

  /**
   * Returns the number of parts that results can be computed in.
   *
   * @return {@code ceil(outChannels / 32)}
   */
  public int panels() {
    return panels(outChannels);
  }

  /**
   * Computes some channels of the results: what threads can share where images are few. Each call
   * packs its images anew.
   *
   * @param panel which {@link #PANEL} channels
   * @param images number of images, 0 to maxImages
   * @param x images
   * @param xOff where they start
   * @param w weights
   * @param wOff where they start
   * @param bias outChannels floats, or null for zeros
   * @param biasOff where they start
   * @param y results, the panel's channels overwritten
   * @param yOff where they start
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such panel
   */
  public void forwardPanel(
      int panel,
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
    Check.index("panel", panel, panels());
    forward(panel, panel + 1, images, x, xOff, w, wOff, bias, biasOff, y, yOff, scratch);
  }

  private void forward(
      int fromPanel,
      int toPanel,
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
    check(images, x, xOff, w, wOff, y, yOff);
    Check.range("scratch", scratch.length, 0, scratchSize());
    if (bias != null) {
      Check.range("bias", bias.length, biasOff, outChannels);
    }
    float[] start = bias == null ? zeros : bias;
    int startOff = bias == null ? 0 : biasOff;
    if (forwardPacked != null && images >= PackedWindows.LEAST_IMAGES) {
      int count;
      for (int n = 0; n < images; n += count) {
        count = next(images - n);
        forwardPacked.pack(count, x, xOff + n * inSize(), scratch);
        for (int panel = fromPanel; panel < toPanel; panel++) {
          int channel = panel * PANEL;
          forwardPacked.run(
              count,
              scratch,
              w,
              wOff + panelAt(panel, inChannels),
              width(panel, outChannels),
              start,
              startOff + channel,
              y,
              yOff + n * outSize() + channel);
        }
      }
      return;
    }
    float[] from = bordered ? scratch : x;
    if (bordered) {
      pad(images, x, xOff, scratch);
    }
    for (int panel = fromPanel; panel < toPanel; panel++) {
      int channel = panel * PANEL;
      int width = width(panel, outChannels);
      forward
          .of(width)
          .run(
              images,
              1,
              from,
              bordered ? 0 : xOff,
              w,
              wOff + panelAt(panel, inChannels),
              start,
              startOff + channel,
              y,
              yOff + channel,
              width);
    }
  }

  /** Images to pack next of those that are left: numbers of about one size. */
  private static int next(int left) {
    int packs = (left + PackedWindows.ROWS - 1) / PackedWindows.ROWS;
    return (left + packs - 1) / packs;
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
    check(images, x, xOff, dw, dwOff, dy, dyOff);
    Check.range("scratch", scratch.length, 0, scratchSize());
    if (taps != null) {
      for (int part = 0; part < taps.count(); part++) {
        taps.run(part, images, x, xOff, dy, dyOff, false, dw, dwOff, scratch);
      }
      return;
    }
    if (bordered) {
      pad(images, x, xOff, scratch);
    }
    for (int n = 0; n < images; n += passImages) {
      for (int panel = 0; panel < panels(); panel++) {
        int width = width(panel, outChannels);
        backwardWeights
            .of(width)
            .run(
                1,
                Math.min(passImages, images - n),
                bordered ? scratch : x,
                bordered ? n * padded() : xOff + n * inSize(),
                dy,
                dyOff + n * outSize() + panel * PANEL,
                null,
                0,
                dw,
                dwOff + panelAt(panel, inChannels),
                width);
      }
    }
  }

  /**
   * Returns the number of parts that the gradient of the weights can be computed in.
   *
   * @return the number
   * @throws IllegalStateException if inChannels is no multiple of {@link #UNIT}
   */
  public int weightParts() {
    requireUnits();
    return taps.count();
  }

  /**
   * Computes a part of the gradient of the weights from all images: the same sums as {@link
   * #backwardWeights} adds, with less memory where several threads share them.
   *
   * @param part which
   * @param images number of images, any
   * @param x images
   * @param dy gradient of the results
   * @param accumulate whether to add to what is there, instead of to zeros
   * @param dw gradient of the weights, the part added to or overwritten
   * @param dwOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   * @throws IllegalStateException if inChannels is no multiple of {@link #UNIT}
   */
  public void weightPart(
      int part,
      int images,
      float[] x,
      float[] dy,
      boolean accumulate,
      float[] dw,
      int dwOff,
      float[] scratch) {
    requireUnits();
    Check.index("part", part, weightParts());
    Check.atLeast("images", images, 0);
    Check.range("x", x.length, 0, Math.multiplyExact(images, inSize()));
    Check.range("dy", dy.length, 0, Math.multiplyExact(images, outSize()));
    Check.range("dw", dw.length, dwOff, weightSize());
    Check.range("scratch", scratch.length, 0, scratchSize());
    taps.run(part, images, x, 0, dy, 0, !accumulate, dw, dwOff, scratch);
  }

  private void requireUnits() {
    if (inChannels % UNIT != 0) {
      throw new IllegalStateException(
          "inChannels is " + inChannels + "; expected a multiple of " + UNIT);
    }
  }

  /**
   * Returns the elements of the kernel.
   *
   * @return its rows times its columns
   */
  public int taps() {
    return kernelHeight * kernelWidth;
  }

  /**
   * Prepares the weights of one element of the kernel for {@link #backwardInput}, which needs all:
   * swaps the channels and turns the kernel by half a turn.
   *
   * @param tap which element, 0 to {@link #taps()} - 1
   * @param w weights
   * @param wOff where they start
   * @param transposed (panel of input channels, kernel row and column from the last, outChannels,
   *     channel of the panel), the element's part overwritten
   * @param transposedOff where they start
   * @throws IllegalArgumentException if an array is too short or there is no such element
   */
  public void transpose(int tap, float[] w, int wOff, float[] transposed, int transposedOff) {
    Check.index("tap", tap, taps());
    Check.range("w", w.length, wOff, weightSize());
    Check.range("transposed", transposed.length, transposedOff, weightSize());
    int turned = taps() - 1 - tap;
    // blocks of both that fit the first cache
    for (int i0 = 0; i0 < inChannels; i0 += UNIT) {
      int inWidth = width(i0 / PANEL, inChannels);
      int to =
          transposedOff
              + panelAt(i0 / PANEL, outChannels)
              + turned * outChannels * inWidth
              + i0 % PANEL;
      for (int o0 = 0; o0 < outChannels; o0 += UNIT) {
        int from = wOff + weightIndex(tap, i0, o0);
        int step = width(o0 / PANEL, outChannels);
        for (int i = 0; i < UNIT && i0 + i < inChannels; i++) {
          for (int o = 0; o < UNIT; o++) {
            transposed[to + (o0 + o) * inWidth + i] = w[from + i * step + o];
          }
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
   * @param transposed weights as {@link #transpose} leaves them
   * @param transposedOff where they start
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
      float[] transposed,
      int transposedOff,
      float[] dx,
      int dxOff,
      float[] scratch) {
    requireUnits();
    check(images, dx, dxOff, transposed, transposedOff, dy, dyOff);
    Check.range("scratch", scratch.length, 0, scratchSize());
    if (backwardPacked != null && images >= PackedWindows.LEAST_IMAGES) {
      int count;
      for (int n = 0; n < images; n += count) {
        count = next(images - n);
        backwardPacked.pack(count, dy, dyOff + n * outSize(), scratch);
        for (int panel = 0; panel < panels(inChannels); panel++) {
          backwardPacked.run(
              count,
              scratch,
              transposed,
              transposedOff + panelAt(panel, outChannels),
              width(panel, inChannels),
              zeros,
              0,
              dx,
              dxOff + n * inSize() + panel * PANEL);
        }
      }
      return;
    }
    for (int panel = 0; panel < panels(inChannels); panel++) {
      int width = width(panel, inChannels);
      int from = transposedOff + panelAt(panel, outChannels);
      backwardInput
          .of(width)
          .run(images, 1, dy, dyOff, transposed, from, zeros, 0, dx, dxOff + panel * PANEL, width);
    }
  }

  private void check(int images, float[] x, int xOff, float[] w, int wOff, float[] y, int yOff) {
    Check.index("images", images, maxImages + 1);
    Check.range("x", x.length, xOff, Math.multiplyExact(images, inSize()));
    Check.range("w", w.length, wOff, weightSize());
    Check.range("y", y.length, yOff, Math.multiplyExact(images, outSize()));
  }

  /** Copies images, with zeros before, between and behind their rows. */
  private void pad(int images, float[] x, int xOff, float[] to) {
    int run = width * inChannels;
    int edge = border * inChannels;
    for (int n = 0; n < images; n++) {
      int from = xOff + n * inSize();
      int at = n * padded();
      Arrays.fill(to, at, at + edge, 0f);
      for (int y = 0; y < height; y++) {
        at += edge;
        System.arraycopy(x, from + y * run, to, at, run);
        at += run;
        Arrays.fill(to, at, at + edge, 0f);
      }
    }
  }
}
