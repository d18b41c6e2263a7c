package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;

/**
 * The gradient of the weights of {@link WinogradConv2d}: transformed, a group of images after the
 * other; or of a whole batch, whose images and gradients are transformed first, then multiplied and
 * transformed back in parts of 64 input and 32 output channels.
 */
final class WinogradGradient {
  private static final int PANEL = Conv2d.PANEL;

  /** Tiles whose gradients are summed together: terms enough for a product. */
  private static final int TILES = 56;

  /** Input channels of a part, for the second cache. */
  private static final int CHANNELS = 64;

  private static final float[] ZEROS = new float[PANEL];

  private final Winograd winograd;
  private final WinogradPass forward;
  private final int in;
  private final int out;
  private final int kernel;

  /** Rows of tiles that go together. */
  final int most;

  private final TileKernels.Strides strides;
  private final int[] panelRow;
  private final int[] unitRow;

  WinogradGradient(Winograd winograd, WinogradPass forward, int in, int out, int kernel) {
    this.winograd = winograd;
    this.forward = forward;
    this.in = in;
    this.out = out;
    this.kernel = kernel;
    most = forward.tileRows(TILES);
    strides = TileKernels.Strides.of(1, in, out);
    panelRow = WinogradPass.offsets(PANEL, in);
    unitRow = WinogradPass.offsets(Conv2d.UNIT, in);
  }

  int scratchSize() {
    int groups = forward.padding() + band() + spreadFloats(most);
    int part = (winograd.points() + kernel * kernel) * Math.min(CHANNELS, in) * PANEL;
    return Math.max(groups, part + WinogradWeights.bothScratch(winograd));
  }

  /** Floats that transforming some rows of tiles, then those of their gradients, needs. */
  private int band() {
    return Math.max(forward.bandSize(most, in), forward.bandSize(most, out));
  }

  /** Floats of transformed rows of tiles and of their gradients. */
  private int spreadFloats(int tileRows) {
    return Math.multiplyExact(
        winograd.points(),
        Math.addExact(forward.point(tileRows, in), forward.point(tileRows, out)));
  }

  /** Adds the transformed gradient of a group of images. */
  void add(int images, float[] x, int xOff, float[] dy, int dyOff, float[] du, float[] scratch) {
    forward.pad(images, x, xOff, scratch);
    int total = images * forward.rows;
    int blocks = Math.ceilDiv(total, most);
    int to = forward.padding() + band();
    for (int block = 0; block < blocks; block++) {
      int first = block * total / blocks;
      int count = (block + 1) * total / blocks - first;
      spread(first, count, dy, dyOff, scratch, to, 0, count, scratch);
      for (int p = 0; p < winograd.points(); p++) {
        for (int o = 0; o < out; o += PANEL) {
          int panel = Math.min(PANEL, out - o);
          int at = p * forward.weightPoint() + o * in;
          product(p, 0, in, o, panel, count, scratch, to, null, du, at);
        }
      }
    }
  }

  int spreadSize(int images) {
    return spreadFloats(Math.multiplyExact(images, forward.rows));
  }

  /** Transforms some images of a batch, and the gradients of their results. */
  void spread(
      int first,
      int images,
      int total,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] spread,
      float[] scratch) {
    forward.pad(images, x, xOff + first * forward.inSize(), scratch);
    int dyAt = dyOff + first * forward.outSize();
    int rows = images * forward.rows;
    int count;
    for (int r = 0; r < rows; r += count) {
      count = Math.min(most, rows - r);
      int at = first * forward.rows + r;
      spread(r, count, dy, dyAt, spread, 0, at, total * forward.rows, scratch);
    }
  }

  /**
   * Transforms rows of tiles of padded images, and of the gradients of their results.
   *
   * @param first first row of tiles
   * @param count rows of tiles
   * @param to all rows' transforms: those of images, then those of gradients
   * @param toOff where they start
   * @param row which of all rows the first one is
   * @param rows all rows
   */
  private void spread(
      int first,
      int count,
      float[] dy,
      int dyOff,
      float[] to,
      int toOff,
      int row,
      int rows,
      float[] scratch) {
    int band = forward.padding();
    int a = forward.point(rows, in);
    int b = forward.point(rows, out);
    int tile = row * forward.columns;
    int x = toOff + tile * in;
    int gradients = toOff + winograd.points() * a + tile * out;
    forward.spread(false, first, count, scratch, 0, scratch, band, to, x, a);
    forward.spread(true, first, count, dy, dyOff, scratch, band, to, gradients, b);
  }

  int parts() {
    return Math.ceilDiv(in, CHANNELS) * Math.ceilDiv(out, PANEL);
  }

  /** Computes a part of a batch's gradient from what {@link #spread} left. */
  void part(
      int part,
      int images,
      float[] spread,
      boolean accumulate,
      float[] dw,
      int dwOff,
      float[] scratch) {
    int panels = Math.ceilDiv(out, PANEL);
    int first = part / panels * CHANNELS;
    int o = part % panels * PANEL;
    int panel = Math.min(PANEL, out - o);
    int channels = Math.min(CHANNELS, in - first);
    int n = channels * panel;
    int rows = images * forward.rows;
    for (int p = 0; p < winograd.points(); p++) {
      product(p, first, channels, o, panel, rows, spread, 0, ZEROS, scratch, p * n);
    }
    int tap = in * panel;
    int at = dwOff + o * kernel * kernel * in + first * panel;
    int own = winograd.points() * n;
    int work = own + (accumulate ? kernel * kernel * n : 0);
    WinogradWeights.both(
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
   * The transformed gradient at a point, for some channels, of rows of tiles.
   *
   * @param p the point
   * @param first first input channel
   * @param channels input channels
   * @param o first output channel, where a panel starts
   * @param panel output channels
   * @param rows rows of tiles
   * @param spread their transforms
   * @param at where these start
   * @param start what the sums start from, {@link #ZEROS}, or null to add to what is there
   */
  private void product(
      int p,
      int first,
      int channels,
      int o,
      int panel,
      int rows,
      float[] spread,
      int at,
      float[] start,
      float[] du,
      int duOff) {
    int a = forward.point(rows, in);
    int b = forward.point(rows, out);
    Backend.kernels()
        .tiles()
        .strided(
            strides,
            channels,
            panel,
            rows * forward.columns,
            spread,
            at + p * a + first,
            spread,
            at + winograd.points() * a + p * b + o,
            start,
            0,
            du,
            duOff,
            panel == PANEL ? panelRow : unitRow,
            0);
  }
}
