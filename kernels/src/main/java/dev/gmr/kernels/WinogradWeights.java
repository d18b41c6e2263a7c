package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.TileMatrix;

/**
 * The weights of {@link WinogradConv2d}: transformed for the results and for the gradient of the
 * images, and their own transformed gradient back; in parts of 16 input and 32 output channels.
 */
final class WinogradWeights {
  private static final int UNIT = Conv2d.UNIT;
  private static final int PANEL = Conv2d.PANEL;

  /** Floats of a part at one point, at most. */
  private static final int PART = UNIT * PANEL;

  /** Floats to transform at a time: some rows of a panel, for the first cache. */
  private static final int RUN = 4 * PANEL;

  private final Winograd winograd;
  private final int in;
  private final int out;
  private final int kernel;

  /** Floats from one point of the transformed weights to the next. */
  private final int point;

  private final int[] panelRow;
  private final int[] unitRow;

  WinogradWeights(Winograd winograd, int in, int out, int kernel, int point) {
    this.winograd = winograd;
    this.in = in;
    this.out = out;
    this.kernel = kernel;
    this.point = point;
    panelRow = WinogradPass.offsets(PANEL, in);
    unitRow = WinogradPass.offsets(UNIT, in);
  }

  int parts() {
    return in / UNIT * Math.ceilDiv(out, PANEL);
  }

  int scratchSize() {
    return winograd.points() * PART + bothScratch(winograd);
  }

  /** First input channel of a part. */
  private int in(int part) {
    return part % (in / UNIT) * UNIT;
  }

  /** First output channel of a part. */
  private int out(int part) {
    return part / (in / UNIT) * PANEL;
  }

  /** Output channels of a part. */
  private int panel(int part) {
    return Math.min(PANEL, out - out(part));
  }

  /** Where a part's weights start. */
  private int weightsAt(int part) {
    return out(part) * kernel * kernel * in + in(part) * panel(part);
  }

  /** Where a part's transformed weights start, of each point. */
  private int transformedAt(int part) {
    return out(part) * in + in(part) * panel(part);
  }

  void transform(int part, float[] w, int wOff, float[] u, float[] scratch) {
    int panel = panel(part);
    int tap = in * panel;
    both(
        winograd.weights(),
        UNIT * panel,
        w,
        wOff + weightsAt(part),
        kernel * tap,
        tap,
        u,
        transformedAt(part),
        winograd.size() * point,
        point,
        scratch,
        0);
  }

  /** Swaps the channels and turns the kernel by half a turn, too. */
  void transformTurned(int part, float[] w, int wOff, float[] turned, float[] scratch) {
    TileKernels tiles = Backend.kernels().tiles();
    int panel = panel(part);
    int tap = in * panel;
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
    int first = in(part) / PANEL * PANEL;
    int inPanel = Math.min(PANEL, in - first);
    int to = first * out + out(part) * inPanel + in(part) - first;
    int[] row = panel == PANEL ? panelRow : unitRow;
    for (int p = 0; p < winograd.points(); p++) {
      tiles.interleave(panel, scratch, p * block, row, turned, to + p * point, inPanel);
    }
  }

  void transformBack(int part, float[] du, float[] dw, int dwOff, float[] scratch) {
    int panel = panel(part);
    int tap = in * panel;
    both(
        winograd.weightsGradient(),
        UNIT * panel,
        du,
        transformedAt(part),
        winograd.size() * point,
        point,
        dw,
        dwOff + weightsAt(part),
        kernel * tap,
        tap,
        scratch,
        0);
  }

  /** Floats of scratch that {@link #both} needs. */
  static int bothScratch(Winograd winograd) {
    return winograd.points() * RUN;
  }

  /**
   * Applies a matrix from both sides to what lies at {@code row} and {@code column}.
   *
   * @param n floats
   */
  static void both(
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
}
