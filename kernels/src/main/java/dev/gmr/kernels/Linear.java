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
 * a register tile. A part of Y takes no more of them than about fill the second cache while it goes
 * through its panels.
 *
 * <p>Every element of a result is one chain of fused multiply-adds: of Y from the bias over inputs,
 * of dW from zero, or from what is there, over rows, of dX from zero over outputs, each in order.
 * NaN and infinities propagate. Results must not overlap operands.
 *
 * <p>A plan is immutable and may be shared by threads. Nothing is allocated after construction but
 * the code of tiles, when they are first used.
 */
public final class Linear {
  /** Outputs of a panel. */
  public static final int PANEL = TileKernels.PANEL;

  /** Numbers of inputs and of outputs are multiples of this. */
  public static final int UNIT = TileKernels.COLUMNS;

  /**
   * Terms of one pass; fewer keep the right operand in the first cache, but what a tile costs
   * beside its loop, most of it for rows of Y, is more than that gains. Three passes for 3136
   * terms.
   */
  private static final int DEPTH = 1056;

  /**
   * Inputs of a block of {@link #backwardWeights}, and of {@link #backwardInput} for fewer rows.
   */
  private static final int BLOCK = 96;

  /**
   * Inputs of a block of {@link #backwardInput} at most, where the rows of dY do not fit in the
   * second cache and come from further away once for each block.
   */
  private static final int WIDE_BLOCK = 256;

  /** Such blocks that there are at least for each thread. */
  private static final int WIDE_BLOCKS = 4;

  /**
   * Inputs below which there are few blocks; they are smaller, so that a team shares them evenly.
   */
  private static final int FEW_INPUTS = 768;

  private static final int SMALL_BLOCK = 64;

  /** Panels of W whose pieces are fetched side by side before they are transposed. */
  private static final int FETCHED_PANELS = 8;

  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** Rows of X that are copied to one group after the other, while they are in the first cache. */
  private static final int COPIED_ROWS = 8;

  /** Outputs of a part of {@link #forward} that has all rows: parts enough for a team. */
  private static final int PART_OUTPUTS = TileKernels.PANELS * PANEL;

  /** And of one that has some of the rows: the wider, the fewer times rows come from memory. */
  private static final int WIDE_PART_OUTPUTS = 8 * PANEL;

  /** Groups of rows of a part at most: what a pass reads of them takes a megabyte. */
  private static final int PART_GROUPS = 16;

  /** Parts of some rows each where one would have all columns. */
  private static final int NARROW_PARTS = 4;

  /** Rows of a group at most. */
  private static final int GROUP = TileKernels.SAFE_ROWS;

  private static final int LANES = TileKernels.LANES;

  /** Elements of a matrix at most; interleaved, rows take up to twice as much room. */
  private static final int MAX_SIZE = 1 << 30;

  /** A row as it lies, and rows interleaved. */
  private static final PanelStrides SINGLE = PanelStrides.of(1, 1);

  private static final PanelStrides INTERLEAVED = PanelStrides.of(1, LANES);

  private final int inputs;
  private final int outputs;
  private final int maxRows;
  private final int blockInputs;
  private final int wideBlockInputs;
  private final float[] zeros = new float[PANEL];

  /** Rows of X and of Y. */
  private final int[] xRow;

  private final int[] yRow;

  /** Multiples of {@link #PANEL} and of {@link #UNIT}: inputs in a panel. */
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
   * @param threads how many will share the parts of a product, at least 1: no result depends on it
   * @throws IllegalArgumentException if a size is not as said, or a matrix is too large for an
   *     array
   */
  public Linear(int inputs, int outputs, int maxRows, int threads) {
    checkUnits("inputs", inputs);
    checkUnits("outputs", outputs);
    Check.atLeast("maxRows", maxRows, 1);
    Check.atLeast("threads", threads, 1);
    checkSize("W", inputs, outputs);
    checkSize("X", maxRows, inputs);
    checkSize("Y", maxRows, outputs);
    this.inputs = inputs;
    this.outputs = outputs;
    this.maxRows = maxRows;
    blockInputs = inputs < FEW_INPUTS ? SMALL_BLOCK : BLOCK;
    int shared = inputs / PANEL / WIDE_BLOCKS / threads * PANEL;
    wideBlockInputs = Math.max(blockInputs, Math.min(WIDE_BLOCK, shared));
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

  private static void checkSize(String name, int rows, int columns) {
    if ((long) rows * columns > MAX_SIZE) {
      throw new IllegalArgumentException(
          "%s has %d x %d elements; expected at most %d".formatted(name, rows, columns, MAX_SIZE));
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
   * Returns the number of blocks of inputs of {@link #backwardWeights}.
   *
   * @return the number
   */
  public int weightBlocks() {
    return Math.ceilDiv(inputs, blockInputs);
  }

  /**
   * Returns the number of blocks of inputs of {@link #backwardInput}.
   *
   * @param rows rows of the batch
   * @return the number
   */
  public int inputBlocks(int rows) {
    return Math.ceilDiv(inputs, inputBlock(rows));
  }

  /** Inputs of each of them. */
  private int inputBlock(int rows) {
    return rows > PART_GROUPS * GROUP ? wideBlockInputs : blockInputs;
  }

  /**
   * Returns the number of groups of a batch's rows; a block's inputs are grouped alike.
   *
   * @param rows rows of the batch
   * @return {@code ceil(rows / 13)}
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
    return (int) ((long) group * rows / Math.max(1, groups(rows)));
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
    int copied = groups(blockInputs) * LANES * Math.min(DEPTH, maxRows);
    return Math.max(copied, inputBlock(maxRows) * Math.min(DEPTH, outputs));
  }

  /**
   * Returns whether {@link #forward} reads X interleaved; a single row it takes as it lies.
   *
   * @param rows rows of the batch
   * @return whether there are several
   */
  public static boolean interleaves(int rows) {
    return rows > 1;
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

  private int width(int panel) {
    return Math.min(PANEL, outputs - panel * PANEL);
  }

  private int[] rowsOf(int width) {
    return width == PANEL ? wholeRow : unitRow;
  }

  /**
   * Returns the number of parts of Y, some rows by some columns each.
   *
   * @param rows rows of the batch
   * @return the number
   */
  public int parts(int rows) {
    return rowParts(rows) * columnParts(rows);
  }

  private int rowParts(int rows) {
    int groups = groups(rows);
    int parts = Math.ceilDiv(groups, PART_GROUPS);
    return outputs > PART_OUTPUTS ? parts : Math.max(parts, Math.min(groups, NARROW_PARTS));
  }

  private int columnParts(int rows) {
    return Math.ceilDiv(outputs, partOutputs(rows));
  }

  private int partOutputs(int rows) {
    return rowParts(rows) > 1 ? WIDE_PART_OUTPUTS : PART_OUTPUTS;
  }

  /**
   * Computes a part of Y, of max(Y, 0) if a ReLU follows.
   *
   * @param part which
   * @param rows rows of the batch, 0 to maxRows
   * @param x X
   * @param interleaved X, all its groups interleaved; only read if {@link #interleaves}
   * @param w W
   * @param wOff where it starts
   * @param bias outputs floats
   * @param biasOff where they start
   * @param relu whether a ReLU follows
   * @param y Y, the part overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such part
   */
  public void forward(
      int part,
      int rows,
      float[] x,
      float[] interleaved,
      float[] w,
      int wOff,
      float[] bias,
      int biasOff,
      boolean relu,
      float[] y) {
    Check.index("rows", rows, maxRows + 1);
    Check.index("part", part, parts(rows));
    Check.range("x", x.length, 0, rows * inputs);
    Check.range("y", y.length, 0, rows * outputs);
    Check.range("w", w.length, wOff, weightSize());
    Check.range("bias", bias.length, biasOff, outputs);
    int width = partOutputs(rows);
    int from = part % columnParts(rows) * width;
    int to = Math.min(from + width, outputs);
    int rowPart = part / columnParts(rows);
    int firstGroup = partGroup(rowPart, rows);
    int endGroup = partGroup(rowPart + 1, rows);
    if (interleaves(rows)) {
      Check.range("interleaved", interleaved.length, 0, interleavedInputSize());
      forwardGroups(firstGroup, endGroup, rows, from, to, interleaved, w, wOff, bias, biasOff, y);
    } else {
      forwardRow(from, to, x, w, wOff, bias, biasOff, y);
    }
    if (relu) {
      for (int n = groupFrom(firstGroup, rows); n < groupFrom(endGroup, rows); n++) {
        int at = n * outputs + from;
        Backend.kernels().layers().relu(y, at, y, at, to - from);
      }
    }
  }

  private int partGroup(int rowPart, int rows) {
    return rowPart * groups(rows) / rowParts(rows);
  }

  /** Some groups of rows by some outputs: a pass of inputs after another. */
  private void forwardGroups(
      int firstGroup,
      int endGroup,
      int rows,
      int from,
      int to,
      float[] interleaved,
      float[] w,
      int wOff,
      float[] bias,
      int biasOff,
      float[] y) {
    TileKernels tiles = Backend.kernels().tiles();
    int step = depth(inputs);
    for (int q = 0; q < inputs; q += step) {
      int depth = Math.min(step, inputs - q);
      for (int j = from; j < to; j += PANEL) {
        int width = width(j / PANEL);
        for (int group = firstGroup; group < endGroup; group++) {
          int first = groupFrom(group, rows);
          tiles.strided(
              INTERLEAVED.of(width),
              groupFrom(group + 1, rows) - first,
              width,
              depth,
              interleaved,
              (group * inputs + q) * LANES,
              w,
              wOff + weightIndex(q, j),
              q == 0 ? bias : null,
              biasOff + j,
              y,
              j,
              yRow,
              first);
        }
      }
    }
  }

  /** A single row by some outputs. */
  private void forwardRow(
      int from, int to, float[] x, float[] w, int wOff, float[] bias, int biasOff, float[] y) {
    TileKernels tiles = Backend.kernels().tiles();
    if (to - from == TileKernels.PANELS * PANEL) {
      int at = wOff + weightIndex(0, from);
      tiles.gemv(inputs, x, 0, w, at, PANEL * inputs, bias, biasOff + from, y, from);
      return;
    }
    for (int j = from; j < to; j += PANEL) {
      int width = width(j / PANEL);
      int at = wOff + weightIndex(0, j);
      tiles.strided(
          SINGLE.of(width), 1, width, inputs, x, 0, w, at, bias, biasOff + j, y, j, yRow, 0);
    }
  }

  /** Terms of a pass, at least one, so that all have about as many. */
  private static int depth(int terms) {
    int passes = Math.ceilDiv(terms, DEPTH);
    return passes == 0 ? PANEL : Math.ceilDiv(Math.ceilDiv(terms, passes), PANEL) * PANEL;
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
   * @param accumulate whether the sums go on from what is there, instead of beginning from zero
   * @param dw gradient of W, the block's inputs added to or overwritten
   * @param dwOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such block
   */
  public void backwardWeights(
      int block,
      int rows,
      float[] x,
      float[] packed,
      boolean accumulate,
      float[] dw,
      int dwOff,
      float[] scratch) {
    Check.index("block", block, weightBlocks());
    Check.index("rows", rows, maxRows + 1);
    Check.range("x", x.length, 0, rows * inputs);
    Check.range("packed", packed.length, 0, packedSize());
    Check.range("dw", dw.length, dwOff, weightSize());
    Check.range("scratch", scratch.length, 0, scratchSize());
    TileKernels tiles = Backend.kernels().tiles();
    int from = block * blockInputs;
    int count = Math.min(blockInputs, inputs - from);
    int step = depth(rows);
    for (int p = 0; p == 0 || p < rows; p += step) {
      int depth = Math.min(step, rows - p);
      copy(from, count, p, depth, x, scratch);
      float[] start = p == 0 && !accumulate ? zeros : null;
      for (int panel = 0; panel < panels(); panel++) {
        int width = width(panel);
        int[] at = rowsOf(width);
        for (int group = 0; group < groups(count); group++) {
          int first = groupFrom(group, count);
          int some = groupFrom(group + 1, count) - first;
          if (start != null) {
            claim(dw, dwOff + weightIndex(from + first, panel * PANEL), some * width);
          }
          tiles.strided(
              INTERLEAVED.of(width),
              some,
              width,
              depth,
              scratch,
              group * depth * LANES + first - copied(group, count),
              packed,
              panel * PANEL * maxRows + p * width,
              start,
              0,
              dw,
              dwOff + panel * PANEL * inputs,
              at,
              from + first);
        }
      }
    }
  }

  /**
   * Writes a float of every line that a tile will overwrite. A store that waits for its line holds
   * up nothing behind it, so that memory has brought the lines when the sums are there.
   */
  private static void claim(float[] dw, int at, int n) {
    for (int i = at; i < at + n; i += LINE) {
      dw[i] = 0f;
    }
  }

  /** First input of a block that is copied for a group: the last group's inputs come last. */
  private int copied(int group, int count) {
    return Math.min(groupFrom(group, count), count - LANES);
  }

  /** Some rows of a block of X, group by group: what a tile reads lies side by side. */
  private void copy(int from, int count, int row, int depth, float[] x, float[] to) {
    TileKernels tiles = Backend.kernels().tiles();
    for (int n = 0; n < depth; n += COPIED_ROWS) {
      int some = Math.min(COPIED_ROWS, depth - n);
      for (int group = 0; group < groups(count); group++) {
        int at = (row + n) * inputs + from + copied(group, count);
        int toOff = (group * depth + n) * LANES;
        tiles.gather(1, some, LANES, x, at, 0, inputs, to, toOff);
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
    Check.index("rows", rows, maxRows + 1);
    Check.index("block", block, inputBlocks(rows));
    Check.range("interleaved", interleaved.length, 0, interleavedGradientSize());
    Check.range("w", w.length, wOff, weightSize());
    Check.range("dx", dx.length, 0, rows * inputs);
    Check.range("scratch", scratch.length, 0, scratchSize());
    int from = block * inputBlock(rows);
    int count = Math.min(inputBlock(rows), inputs - from);
    int step = depth(outputs);
    for (int o = 0; o < outputs; o += step) {
      int depth = Math.min(step, outputs - o);
      transpose(from, count, o, depth, w, wOff, scratch);
      for (int group = 0; group < groups(rows); group++) {
        for (int i = 0; i < count; i += PANEL) {
          int width = Math.min(PANEL, count - i);
          multiplyTransposed(
              group, rows, from + i, width, o, depth, interleaved, scratch, i * depth, dx);
        }
      }
    }
  }

  /**
   * Panels of inputs, in each a row of weights for every output. All inputs of a panel of W first:
   * so it is read in long pieces.
   */
  private void transpose(
      int input, int count, int output, int depth, float[] w, int wOff, float[] to) {
    TileKernels tiles = Backend.kernels().tiles();
    for (int o = output; o < output + depth; o += PANEL) {
      int panelWidth = width(o / PANEL);
      int[] lane = panelWidth == PANEL ? wholeLane : unitLane;
      if ((o - output) % (FETCHED_PANELS * PANEL) == 0) {
        int panels = Math.min(FETCHED_PANELS, (output + depth - o) / PANEL);
        int overwritten = (o - output) * Math.min(PANEL, count);
        to[overwritten] = fetch(panels, count, w, wOff + weightIndex(input, o));
      }
      for (int i = 0; i < count; i += LANES) {
        int panel = i / PANEL * PANEL;
        int width = Math.min(PANEL, count - panel);
        int from = wOff + weightIndex(input + i, o);
        int at = panel * depth + (o - output) * width + i - panel;
        tiles.interleave(panelWidth, w, from, lane, to, at, width);
      }
    }
  }

  /**
   * Reads a float of every line of some inputs of whole panels, so that all is in a cache. A core
   * waits for one line of memory as long as for twenty that it asks for at a time, and follows
   * several pieces at once faster than one after the other.
   *
   * @return any float, or this would not be read
   */
  private float fetch(int panels, int count, float[] w, int at) {
    int bits = 0;
    for (int i = 0; i < count * PANEL; i += LINE) {
      for (int panel = 0; panel < panels; panel++) {
        bits ^= Float.floatToRawIntBits(w[at + panel * PANEL * inputs + i]);
      }
    }
    return Float.intBitsToFloat(bits);
  }

  private void multiplyTransposed(
      int group,
      int rows,
      int input,
      int width,
      int output,
      int depth,
      float[] interleaved,
      float[] w,
      int wAt,
      float[] dx) {
    int first = groupFrom(group, rows);
    Backend.kernels()
        .tiles()
        .strided(
            INTERLEAVED.of(width),
            groupFrom(group + 1, rows) - first,
            width,
            depth,
            interleaved,
            (group * outputs + output) * LANES,
            w,
            wAt,
            output == 0 ? zeros : null,
            0,
            dx,
            input,
            xRow,
            first);
  }
}
