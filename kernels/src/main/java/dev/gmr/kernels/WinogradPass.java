package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.TileMatrix;
import java.util.Arrays;

/**
 * One direction of {@link WinogradConv2d}: results of images with a border of zeros, forward, or
 * backward with the results' gradient as images and the kernel's border turned round.
 */
final class WinogradPass {
  private static final int PANEL = Conv2d.PANEL;

  /** Tiles to transform together, so that products have rows enough and all stays in a cache. */
  private static final int TILES = 28;

  /** The same where tiles are whole maps, few points of many channels: read weights less often. */
  private static final int MAPS = 56;

  /** Floats between what lies at two points, so that they do not share sets of the first cache. */
  private static final int SKEW = 16;

  /** Tiles of an image that a thread of its own is worth. */
  private static final int LEAST_TILES = 8;

  private static final float[] ZEROS = new float[PANEL];

  private final Winograd winograd;
  private final int height;
  private final int width;
  private final int in;
  private final int outHeight;
  private final int outWidth;
  private final int out;
  private final int border;

  /** Rows of tiles in an image, and tiles in each. */
  final int rows;

  final int columns;

  /** Rows of tiles that go together. */
  final int most;

  private final PanelStrides strides;
  private final int[] productRow;
  private final int maxImages;

  /** Pixels that a tile has more than results, along a side. */
  private final int margin;

  WinogradPass(
      Winograd winograd, int height, int width, int in, int out, int border, int maxImages) {
    this.winograd = winograd;
    this.height = height;
    this.width = width;
    this.in = in;
    this.out = out;
    this.border = border;
    this.maxImages = maxImages;
    margin = winograd.pixels() - winograd.outputs();
    outHeight = height + 2 * border - margin;
    outWidth = width + 2 * border - margin;
    rows = Math.ceilDiv(outHeight, winograd.outputs());
    columns = Math.ceilDiv(outWidth, winograd.outputs());
    most = tileRows(margin == 0 ? MAPS : TILES);
    strides = PanelStrides.of(in, 1);
    productRow = offsets(out, most * columns);
  }

  /** Rows of tiles that go together: an image's in equal parts, or those of some images. */
  int tileRows(int tiles) {
    int image = rows * columns;
    return image < tiles
        ? rows * Math.round((float) tiles / image)
        : Math.ceilDiv(rows, Math.ceilDiv(image, tiles));
  }

  /** Multiples of a step, as tables of rows want them. */
  static int[] offsets(int step, int count) {
    int[] at = new int[count + TileKernels.SPARE];
    Arrays.setAll(at, i -> i * step);
    return at;
  }

  /** Floats from one point of the transformed weights to the next. */
  int weightPoint() {
    return in * out + SKEW;
  }

  /** Pixels of so many tiles side by side. */
  private int padded(int tiles) {
    return tiles * winograd.outputs() + margin;
  }

  /** Floats of an image with its border. */
  private int padded() {
    return padded(rows) * row();
  }

  /** Floats of scratch that {@link #pad} needs. */
  int padding() {
    return Math.multiplyExact(maxImages, padded());
  }

  int scratchSize() {
    return padding()
        + bandSize(most, in)
        + winograd.points() * (point(most, in) + point(most, out));
  }

  /** Floats from one point to the next, of so many rows of tiles. */
  int point(int tileRows, int channels) {
    return tileRows * columns * channels + SKEW;
  }

  /** Copies images into borders of zeros, as wide as whole tiles need, to the scratch's start. */
  void pad(int images, float[] x, int xOff, float[] scratch) {
    int run = width * in;
    int edge = border * in;
    int from = xOff;
    for (int n = 0; n < images; n++) {
      int at = n * padded();
      int end = at + padded();
      Arrays.fill(scratch, at, at + border * row(), 0f);
      at += border * row();
      for (int y = 0; y < height; y++) {
        Arrays.fill(scratch, at, at + edge, 0f);
        System.arraycopy(x, from, scratch, at + edge, run);
        Arrays.fill(scratch, at + edge + run, at + row(), 0f);
        from += run;
        at += row();
      }
      Arrays.fill(scratch, at, end, 0f);
    }
  }

  /** Results of images. */
  void run(
      int images,
      float[] x,
      int xOff,
      float[] u,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      float[] scratch) {
    pad(images, x, xOff, scratch);
    int total = images * rows;
    int blocks = Math.ceilDiv(total, most);
    for (int block = 0; block < blocks; block++) {
      int first = block * total / blocks;
      int count = (block + 1) * total / blocks - first;
      results(first, count, 0, out, u, bias, biasOff, y, yOff, scratch);
    }
  }

  /** Parts of one image's results: of its rows of tiles, or of a single tile's channels. */
  int blocks() {
    return rows * columns == 1
        ? Math.ceilDiv(out, PANEL)
        : Math.clamp(rows * columns / LEAST_TILES, 1, rows);
  }

  /** A part of an image's results. */
  void block(
      int block,
      float[] x,
      int xOff,
      float[] u,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      float[] scratch) {
    pad(1, x, xOff, scratch);
    if (rows * columns == 1) {
      int channel = block * PANEL;
      int count = Math.min(PANEL, out - channel);
      results(0, 1, channel, count, u, bias, biasOff, y, yOff, scratch);
    } else {
      int first = block * rows / blocks();
      int count = (block + 1) * rows / blocks() - first;
      results(first, count, 0, out, u, bias, biasOff, y, yOff, scratch);
    }
  }

  /**
   * Results of some rows of tiles of padded images.
   *
   * @param channel first channel of the results, whose panels start there
   * @param channels their number; not all of them for a single tile only
   */
  private void results(
      int first,
      int count,
      int channel,
      int channels,
      float[] u,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      float[] scratch) {
    TileKernels tiles = Backend.kernels().tiles();
    int point = point(count, in);
    int product = point(count, channels);
    int band = padding();
    int a = band + bandSize(most, in);
    int c = a + winograd.points() * point;
    spread(false, first, count, scratch, 0, scratch, band, scratch, a, point);
    for (int p = 0; p < winograd.points(); p++) {
      boolean biased = p == winograd.one() && bias != null;
      for (int o = 0; o < channels; o += PANEL) {
        int panel = Math.min(PANEL, channels - o);
        tiles.strided(
            strides.of(panel),
            count * columns,
            panel,
            in,
            scratch,
            a + p * point,
            u,
            p * weightPoint() + (channel + o) * in,
            biased ? bias : ZEROS,
            biased ? biasOff + channel + o : 0,
            scratch,
            c + p * product + o,
            productRow,
            0);
      }
    }
    int side = winograd.outputs();
    // columns of points first, in their places
    for (int q = 0; q < winograd.size(); q++) {
      int at = c + q * product;
      int step = winograd.size() * product;
      int n = count * columns * channels;
      tiles.combine(winograd.result(side), 1, n, scratch, at, 0, step, scratch, at, 0, step);
    }
    int whole = outWidth / side;
    for (int r = 0; r < count; r++) {
      int image = (first + r) / rows * outHeight;
      int top = (first + r) % rows * side;
      for (int i = 0; i < Math.min(side, outHeight - top); i++) {
        int at = c + i * winograd.size() * product + r * columns * channels;
        int to = yOff + (image + top + i) * outWidth * out + channel;
        combine(winograd.result(side), whole, channels, scratch, at, product, y, to);
        if (whole < columns) {
          TileMatrix rest = winograd.result(outWidth % side);
          int last = at + whole * channels;
          combine(rest, 1, channels, scratch, last, product, y, to + whole * side * out);
        }
      }
    }
  }

  /** Tiles side by side to a row of results. */
  private void combine(
      TileMatrix matrix,
      int count,
      int channels,
      float[] from,
      int fromOff,
      int point,
      float[] y,
      int yOff) {
    int step = winograd.outputs() * out;
    Backend.kernels()
        .tiles()
        .combine(matrix, count, channels, from, fromOff, channels, point, y, yOff, step, out);
  }

  /** Floats of an image. */
  int inSize() {
    return height * width * in;
  }

  /** Floats of a result. */
  int outSize() {
    return outHeight * outWidth * out;
  }

  /** Floats of a row of a padded image. */
  private int row() {
    return padded(columns) * in;
  }

  /** Floats of scratch that {@link #spread} needs for rows of tiles. */
  int bandSize(int tileRows, int channels) {
    int pixels = (tileRows - 1) * winograd.outputs() + winograd.pixels();
    return pixels * winograd.size() * point(1, channels);
  }

  /**
   * Transforms tiles for the products: each row of pixels, then the columns of what that gives.
   *
   * @param gradient whether of results, by A, whose map may end in the midst of a tile; else of
   *     padded images, by B'
   * @param first first row of tiles, counted through all images
   * @param count rows of tiles
   * @param from the images or results
   * @param fromOff where the first one of all starts
   * @param band where {@link #bandSize} floats of scratch start
   * @param to (point, tile, channel)
   * @param toOff where the first tile's first point goes
   * @param point from one point to the next
   */
  void spread(
      boolean gradient,
      int first,
      int count,
      float[] from,
      int fromOff,
      float[] scratch,
      int band,
      float[] to,
      int toOff,
      int point) {
    int channels = gradient ? out : in;
    int image = gradient ? outSize() : padded();
    int row = gradient ? outWidth * out : row();
    TileKernels tiles = Backend.kernels().tiles();
    int side = winograd.outputs();
    int size = winograd.size();
    int line = point(1, channels);
    int step = size * point;
    int next;
    for (int at = first; at < first + count; at = next) {
      // the rows of one image
      next = Math.min(first + count, (at / rows + 1) * rows);
      int top = at % rows * side;
      int pixels = (next - at - 1) * side + winograd.pixels();
      if (gradient) {
        pixels = Math.min((next - at) * side, outHeight - top);
      }
      for (int y = 0; y < pixels; y++) {
        int x = fromOff + at / rows * image + (top + y) * row;
        spreadRow(gradient, channels, from, x, scratch, band + y * size * line);
      }
      for (int r = at; r < next; r++) {
        int left = Math.min(side, outHeight - r % rows * side);
        TileMatrix matrix = gradient ? winograd.resultGradient(left) : winograd.image();
        for (int q = 0; q < size; q++) {
          int x = band + ((r - at) * side * size + q) * line;
          int y = toOff + (r - first) * columns * channels + q * point;
          tiles.combine(matrix, 1, columns * channels, scratch, x, 0, size * line, to, y, 0, step);
        }
      }
    }
  }

  /** Transforms the tiles of a row of pixels: (point, tile, channel). */
  private void spreadRow(
      boolean gradient, int channels, float[] from, int fromOff, float[] to, int toOff) {
    TileKernels tiles = Backend.kernels().tiles();
    int line = point(1, channels);
    int step = winograd.outputs() * channels;
    if (!gradient) {
      tiles.combine(
          winograd.image(),
          columns,
          channels,
          from,
          fromOff,
          step,
          channels,
          to,
          toOff,
          channels,
          line);
      return;
    }
    int whole = outWidth / winograd.outputs();
    TileMatrix matrix = winograd.resultGradient(winograd.outputs());
    tiles.combine(
        matrix, whole, channels, from, fromOff, step, channels, to, toOff, channels, line);
    if (whole < columns) {
      matrix = winograd.resultGradient(outWidth % winograd.outputs());
      int x = fromOff + whole * step;
      int y = toOff + whole * channels;
      tiles.combine(matrix, 1, channels, from, x, 0, channels, to, y, 0, line);
    }
  }
}
