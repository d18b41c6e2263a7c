package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;

/**
 * A linear layer for a batch: {@code Y = X W + bias} and its gradients, in parts that may run on
 * different threads.
 *
 * <p>X is (rows, inputs) and Y is (rows, outputs), row major; inputs and outputs are multiples of
 * {@link #UNIT}. W lies in panels of {@link #PANEL} outputs, the last one perhaps of half as many:
 * within a panel inputs are rows, see {@link #weightIndex}. So the forward product reads it as it
 * lies. The rows of X and of dY are interleaved first, in groups, so that a group fills the rows of
 * a register tile.
 *
 * <p>Every element of a result is one chain of fused multiply-adds: of Y from the bias over inputs,
 * of dW from zero over rows, of dX from zero over outputs, each in order. NaN and infinities
 * propagate. Results must not overlap operands.
 *
 * <p>A plan is immutable and may be shared by threads. Nothing is allocated after construction but
 * the code of tiles, when they are first used.
 */
public final class Linear {
  /** Outputs of a panel. */
  public static final int PANEL = 32;

  /** Numbers of inputs and of outputs are multiples of this. */
  public static final int UNIT = TileKernels.COLUMNS;

  /**
   * Terms of one pass; fewer keep the right operand in the first cache, but cost more than that
   * gains.
   */
  private static final int DEPTH = 512;

  /** Inputs of a block of {@link #backwardWeights} and {@link #backwardInput}. */
  private static final int BLOCK = 96;

  /** Rows of a group at most: what the tallest tile has. */
  private static final int GROUP = TileKernels.ROWS;

  /** Rows up to which the forward product takes X as it lies. */
  private static final int FEW = 4;

  private static final int LANES = TileKernels.LANES;

  private final int inputs;
  private final int outputs;
  private final int maxRows;
  private final float[] zeros = new float[PANEL];

  /** Rows of X and of Y. */
  private final int[] xRow;

  private final int[] yRow;

  /** Multiples of 1, of {@link #PANEL} and of {@link #UNIT}: inputs in a row of X, in a panel. */
  private final int[] steps;

  private final int[] wholeRow;
  private final int[] unitRow;

  /** By a group's rows, their offsets in X and in Y; the last one is repeated. */
  private final int[][] xGroup;

  private final int[][] yGroup;

  /** Offsets of inputs side by side in a panel. */
  private final int[] wholeLane = table(LANES, PANEL);

  private final int[] unitLane = table(LANES, UNIT);

  /**
   * Plans a layer.
   *
   * @param inputs columns of X, a multiple of {@link #UNIT}
   * @param outputs columns of Y, a multiple of {@link #UNIT}
   * @param maxRows rows that a batch may have, at least 1
   * @throws IllegalArgumentException if a size is not as said
   */
  public Linear(int inputs, int outputs, int maxRows) {
    checkUnits("inputs", inputs);
    checkUnits("outputs", outputs);
    Check.atLeast("maxRows", maxRows, 1);
    this.inputs = inputs;
    this.outputs = outputs;
    this.maxRows = maxRows;
    steps = table(inputs, 1);
    wholeRow = table(inputs, PANEL);
    unitRow = table(inputs, UNIT);
    xRow = table(maxRows, inputs);
    yRow = table(maxRows, outputs);
    xGroup = groupRows(inputs);
    yGroup = groupRows(outputs);
  }

  private static void checkUnits(String name, int count) {
    Check.atLeast(name, count, 1);
    if (count % UNIT != 0) {
      throw new IllegalArgumentException(
          name + " is " + count + "; expected a multiple of " + UNIT);
    }
  }

  private static int[] table(int count, int step) {
    int[] at = new int[count + TileKernels.SPARE];
    Arrays.setAll(at, i -> Math.multiplyExact(Math.min(i, count - 1), step));
    return at;
  }

  private static int[][] groupRows(int columns) {
    int[][] at = new int[GROUP + 1][];
    for (int rows = 1; rows <= GROUP; rows++) {
      at[rows] = table(rows, columns);
    }
    return at;
  }

  /**
   * Returns the floats of W.
   *
   * @return {@code inputs * outputs}
   */
  public int weightSize() {
    return inputs * outputs;
  }

  /**
   * Returns where a weight lies.
   *
   * @param input its input
   * @param output its output
   * @return its index in W
   */
  public int weightIndex(int input, int output) {
    int panel = output / PANEL;
    return panel * PANEL * inputs + input * width(panel) + output % PANEL;
  }

  /**
   * Returns the number of panels.
   *
   * @return {@code ceil(outputs / 32)}
   */
  public int panels() {
    return (outputs + PANEL - 1) / PANEL;
  }

  /**
   * Returns the number of blocks of inputs.
   *
   * @return the number
   */
  public int blocks() {
    return (inputs + BLOCK - 1) / BLOCK;
  }

  /**
   * Returns the number of groups of a batch's rows.
   *
   * @param rows rows of the batch
   * @return {@code ceil(rows / 14)}
   */
  public int groups(int rows) {
    return (rows + GROUP - 1) / GROUP;
  }

  /**
   * Returns where a group starts: groups are of about one size.
   *
   * @param group which, or their number
   * @param rows rows of the batch
   * @return its first row
   */
  public int groupFrom(int group, int rows) {
    return (int) ((long) group * rows / groups(rows));
  }

  /**
   * Returns the floats that {@link #interleaveInput} fills.
   *
   * @return the length, enough for maxRows
   */
  public int interleavedInputSize() {
    return Math.multiplyExact(groups(maxRows) * LANES, inputs);
  }

  /**
   * Returns the floats that {@link #interleaveGradient} fills.
   *
   * @return the length, enough for maxRows
   */
  public int interleavedGradientSize() {
    return Math.multiplyExact(groups(maxRows) * LANES, outputs);
  }

  /**
   * Returns the floats that {@link #pack} fills.
   *
   * @return the length, enough for maxRows
   */
  public int packedSize() {
    return Math.multiplyExact(maxRows, outputs);
  }

  /**
   * Returns the floats of scratch that {@link #backwardWeights} and {@link #backwardInput} need.
   *
   * @return the length
   */
  public int scratchSize() {
    return Math.max(BLOCK * Math.min(DEPTH, maxRows), PANEL * Math.min(DEPTH, outputs));
  }

  /**
   * Returns whether {@link #forward} reads X interleaved; few rows it takes as they lie.
   *
   * @param rows rows of the batch
   * @return whether there are more than 4
   */
  public static boolean interleaves(int rows) {
    return rows > FEW;
  }

  /**
   * Interleaves a group of rows of X for {@link #forward}, which wants all if {@link #interleaves}.
   *
   * @param group which
   * @param rows rows of the batch
   * @param x X
   * @param interleaved {@link #interleavedInputSize()} floats, the group's part overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such group
   */
  public void interleaveInput(int group, int rows, float[] x, float[] interleaved) {
    Check.range("interleaved", interleaved.length, 0, interleavedInputSize());
    interleave(group, rows, inputs, xGroup, x, interleaved);
  }

  /**
   * Interleaves a group of rows of dY for {@link #backwardInput}, which wants all.
   *
   * @param group which
   * @param rows rows of the batch
   * @param dy dY
   * @param interleaved {@link #interleavedGradientSize()} floats, the group's part overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such group
   */
  public void interleaveGradient(int group, int rows, float[] dy, float[] interleaved) {
    Check.range("interleaved", interleaved.length, 0, interleavedGradientSize());
    interleave(group, rows, outputs, yGroup, dy, interleaved);
  }

  private void interleave(
      int group, int rows, int columns, int[][] offsets, float[] from, float[] to) {
    Check.index("rows", rows, maxRows + 1);
    Check.index("group", group, groups(rows));
    Check.range("from", from.length, 0, rows * columns);
    int first = groupFrom(group, rows);
    int count = groupFrom(group + 1, rows) - first;
    Backend.kernels()
        .tiles()
        .interleave(
            columns, from, first * columns, offsets[count], to, group * LANES * columns, LANES);
  }

  private void checkRows(int rows, float[] x, float[] y) {
    Check.index("rows", rows, maxRows + 1);
    Check.range("x", x.length, 0, rows * inputs);
    Check.range("y", y.length, 0, rows * outputs);
  }

  private int width(int panel) {
    return Math.min(PANEL, outputs - panel * PANEL);
  }

  private int[] rowsOf(int width) {
    return width == PANEL ? wholeRow : unitRow;
  }

  /**
   * Computes a panel of Y.
   *
   * @param panel which
   * @param rows rows of the batch, 0 to maxRows
   * @param x X
   * @param interleaved X, all its groups interleaved; only read if {@link #interleaves}
   * @param w W
   * @param wOff where it starts
   * @param bias outputs floats
   * @param biasOff where they start
   * @param y Y, the panel's columns overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such panel
   */
  public void forward(
      int panel,
      int rows,
      float[] x,
      float[] interleaved,
      float[] w,
      int wOff,
      float[] bias,
      int biasOff,
      float[] y) {
    Check.index("panel", panel, panels());
    checkRows(rows, x, y);
    Check.range("w", w.length, wOff, weightSize());
    Check.range("bias", bias.length, biasOff, outputs);
    TileKernels tiles = Backend.kernels().tiles();
    int width = width(panel);
    int column = panel * PANEL;
    int from = wOff + column * inputs;
    int biasAt = biasOff + column;
    if (!interleaves(rows)) {
      int[] term = rowsOf(width);
      tiles.gemm(
          x, 0, xRow, yRow, 0, rows, steps, term, 0, inputs, w, from, bias, biasAt, y, column,
          width);
      return;
    }
    Check.range("interleaved", interleaved.length, 0, interleavedInputSize());
    for (int q = 0; q < inputs; q += DEPTH) {
      int depth = Math.min(DEPTH, inputs - q);
      for (int group = 0; group < groups(rows); group++) {
        int first = groupFrom(group, rows);
        tiles.strided(
            groupFrom(group + 1, rows) - first,
            width,
            depth,
            interleaved,
            (group * inputs + q) * LANES,
            1,
            LANES,
            w,
            from + q * width,
            width,
            q == 0 ? bias : null,
            biasAt,
            y,
            column,
            yRow,
            first);
      }
    }
  }

  /**
   * Copies a panel of dY for {@link #backwardWeights}.
   *
   * @param panel which
   * @param rows rows of the batch
   * @param dy dY
   * @param packed {@link #packedSize()} floats, the panel's part overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such panel
   */
  public void pack(int panel, int rows, float[] dy, float[] packed) {
    Check.index("panel", panel, panels());
    Check.index("rows", rows, maxRows + 1);
    Check.range("dy", dy.length, 0, rows * outputs);
    Check.range("packed", packed.length, 0, packedSize());
    int width = width(panel);
    int to = panel * PANEL * maxRows;
    for (int n = 0; n < rows; n++) {
      System.arraycopy(dy, n * outputs + panel * PANEL, packed, to + n * width, width);
    }
  }

  /**
   * Computes a block of the gradient of W.
   *
   * @param block which
   * @param rows rows of the batch
   * @param x X
   * @param packed dY, all its panels packed
   * @param dw gradient of W, the block's inputs overwritten
   * @param dwOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such block
   */
  public void backwardWeights(
      int block, int rows, float[] x, float[] packed, float[] dw, int dwOff, float[] scratch) {
    Check.index("block", block, blocks());
    Check.index("rows", rows, maxRows + 1);
    Check.range("x", x.length, 0, rows * inputs);
    Check.range("packed", packed.length, 0, packedSize());
    Check.range("dw", dw.length, dwOff, weightSize());
    Check.range("scratch", scratch.length, 0, scratchSize());
    TileKernels tiles = Backend.kernels().tiles();
    int from = block * BLOCK;
    int count = Math.min(BLOCK, inputs - from);
    for (int p = 0; p == 0 || p < rows; p += DEPTH) {
      int depth = Math.min(DEPTH, rows - p);
      // a row of X is a page or more; the block's part of them fills cache lines side by side
      for (int n = 0; n < depth; n++) {
        System.arraycopy(x, (p + n) * inputs + from, scratch, n * BLOCK, count);
      }
      float[] start = p == 0 ? zeros : null;
      for (int panel = 0; panel < panels(); panel++) {
        int width = width(panel);
        int[] at = rowsOf(width);
        tiles.strided(
            count,
            width,
            depth,
            scratch,
            0,
            1,
            BLOCK,
            packed,
            panel * PANEL * maxRows + p * width,
            width,
            start,
            0,
            dw,
            dwOff + panel * PANEL * inputs,
            at,
            from);
      }
    }
  }

  /**
   * Computes a block of the gradient of X.
   *
   * @param block which
   * @param rows rows of the batch
   * @param interleaved dY, all its groups interleaved
   * @param w W
   * @param wOff where it starts
   * @param dx gradient of X, the block's columns overwritten
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such block
   */
  public void backwardInput(
      int block, int rows, float[] interleaved, float[] w, int wOff, float[] dx, float[] scratch) {
    Check.index("block", block, blocks());
    Check.index("rows", rows, maxRows + 1);
    Check.range("interleaved", interleaved.length, 0, interleavedGradientSize());
    Check.range("w", w.length, wOff, weightSize());
    Check.range("dx", dx.length, 0, rows * inputs);
    Check.range("scratch", scratch.length, 0, scratchSize());
    int to = Math.min(inputs, (block + 1) * BLOCK);
    for (int i = block * BLOCK; i < to; i += PANEL) {
      int width = Math.min(PANEL, to - i);
      for (int o = 0; o < outputs; o += DEPTH) {
        int depth = Math.min(DEPTH, outputs - o);
        transpose(i, width, o, depth, w, wOff, scratch);
        multiplyTransposed(rows, i, width, o, depth, interleaved, scratch, dx);
      }
    }
  }

  /** Weights of some inputs side by side, for some outputs one behind the other. */
  private void transpose(
      int input, int width, int output, int depth, float[] w, int wOff, float[] to) {
    TileKernels tiles = Backend.kernels().tiles();
    for (int o = output; o < output + depth; o += PANEL) {
      int panelWidth = width(o / PANEL);
      int[] lane = panelWidth == PANEL ? wholeLane : unitLane;
      for (int i = 0; i < width; i += LANES) {
        int from = wOff + weightIndex(input + i, o);
        tiles.interleave(panelWidth, w, from, lane, to, (o - output) * width + i, width);
      }
    }
  }

  private void multiplyTransposed(
      int rows,
      int input,
      int width,
      int output,
      int depth,
      float[] interleaved,
      float[] w,
      float[] dx) {
    TileKernels tiles = Backend.kernels().tiles();
    for (int group = 0; group < groups(rows); group++) {
      int first = groupFrom(group, rows);
      tiles.strided(
          groupFrom(group + 1, rows) - first,
          width,
          depth,
          interleaved,
          (group * outputs + output) * LANES,
          1,
          LANES,
          w,
          0,
          width,
          output == 0 ? zeros : null,
          0,
          dx,
          input,
          xRow,
          first);
    }
  }
}
