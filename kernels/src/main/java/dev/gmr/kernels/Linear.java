package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;

/**
 * A linear layer for a batch: {@code Y = X W + bias} and its gradients, in parts that may run on
 * different threads.
 *
 * <p>X is (rows, inputs) and Y is (rows, outputs), row major; outputs are a multiple of {@link
 * #UNIT}. W lies in panels of {@link #PANEL} outputs, the last one perhaps of half as many: within
 * a panel inputs are rows, see {@link #weightIndex}. So the forward product reads it as it lies;
 * and the gradient of the input is computed as {@code dX' = W dY'}, which reads it as it lies too:
 * a batch is smaller than W, and cheaper to transpose.
 *
 * <p>Every element of a result is one chain of fused multiply-adds: of Y from the bias over inputs,
 * of dW from zero over rows, of dX from zero over outputs, each in order. NaN and infinities
 * propagate. Results must not overlap operands.
 *
 * <p>A plan is immutable and may be shared by threads. Nothing is allocated after construction.
 */
public final class Linear {
  /** Outputs of a panel, and rows of a chunk. */
  public static final int PANEL = 32;

  /** Numbers of outputs are multiples of this. */
  public static final int UNIT = TileKernels.COLUMNS;

  /**
   * Terms of one pass; fewer keep the right operand in the first cache, but cost more than that
   * gains.
   */
  private static final int DEPTH = 512;

  /** Inputs of a block of {@link #backwardWeights} and {@link #backwardInput}. */
  private static final int BLOCK = 112;

  private final int inputs;
  private final int outputs;
  private final int maxRows;
  private final float[] zeros = new float[PANEL];

  /** Rows of X and of Y. */
  private final int[] xRow;

  private final int[] yRow;

  /**
   * Multiples of 1, of {@link #PANEL} and of {@link #UNIT}: inputs in a row of X and in a panel.
   */
  private final int[] steps;

  private final int[] wholeRow;
  private final int[] unitRow;

  /** Multiples of {@link #BLOCK}: rows of a block's part of X. */
  private final int[] blockRow;

  /** Outputs as terms of an input's weights. */
  private final int[] wTerm;

  /**
   * Plans a layer.
   *
   * @param inputs columns of X, at least 1
   * @param outputs columns of Y, a multiple of {@link #UNIT}
   * @param maxRows rows that a batch may have, at least 1
   * @throws IllegalArgumentException if a size is not as said
   */
  public Linear(int inputs, int outputs, int maxRows) {
    Check.atLeast("inputs", inputs, 1);
    Check.atLeast("outputs", outputs, 1);
    Check.atLeast("maxRows", maxRows, 1);
    if (outputs % UNIT != 0) {
      throw new IllegalArgumentException(
          "outputs is " + outputs + "; expected a multiple of " + UNIT);
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.maxRows = maxRows;
    int longest = Math.max(Math.max(inputs, outputs), maxRows);
    steps = table(longest, 1);
    wholeRow = table(longest, PANEL);
    unitRow = table(longest, UNIT);
    blockRow = table(Math.min(DEPTH, maxRows), BLOCK);
    xRow = table(maxRows, inputs);
    yRow = table(maxRows, outputs);
    wTerm = new int[outputs];
    Arrays.setAll(wTerm, o -> Math.multiplyExact(inputs, o / PANEL * PANEL) + o % PANEL);
  }

  private static int[] table(int count, int step) {
    int[] at = new int[count + TileKernels.SPARE];
    Arrays.setAll(at, i -> Math.multiplyExact(Math.min(i, count - 1), step));
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
   * Returns the number of chunks of a batch.
   *
   * @param rows rows of the batch
   * @return {@code ceil(rows / 32)}
   */
  public int chunks(int rows) {
    return (rows + PANEL - 1) / PANEL;
  }

  /**
   * Returns the floats that {@link #pack} and {@link #transpose} fill.
   *
   * @return the length, enough for maxRows
   */
  public int packedSize() {
    return Math.multiplyExact(chunks(maxRows) * PANEL, outputs);
  }

  /**
   * Returns the floats of scratch that {@link #backwardWeights} and {@link #backwardInput} need.
   *
   * @return the length
   */
  public int scratchSize() {
    return BLOCK * Math.max(PANEL, Math.min(DEPTH, maxRows));
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
   * @param w W
   * @param wOff where it starts
   * @param bias outputs floats
   * @param biasOff where they start
   * @param y Y, the panel's columns overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such panel
   */
  public void forward(
      int panel, int rows, float[] x, float[] w, int wOff, float[] bias, int biasOff, float[] y) {
    Check.index("panel", panel, panels());
    checkRows(rows, x, y);
    Check.range("w", w.length, wOff, weightSize());
    Check.range("bias", bias.length, biasOff, outputs);
    TileKernels tiles = Backend.kernels().tiles();
    int width = width(panel);
    int column = panel * PANEL;
    for (int p = 0; p < inputs; p += DEPTH) {
      int depth = Math.min(DEPTH, inputs - p);
      float[] start = p == 0 ? bias : null;
      tiles.gemm(
          x,
          0,
          xRow,
          yRow,
          0,
          rows,
          steps,
          rowsOf(width),
          p,
          depth,
          w,
          wOff + column * inputs,
          start,
          biasOff + column,
          y,
          column,
          width);
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
        tiles.gemm(
            scratch,
            -from,
            steps,
            at,
            from,
            count,
            blockRow,
            at,
            0,
            depth,
            packed,
            panel * PANEL * maxRows + p * width,
            start,
            0,
            dw,
            dwOff + panel * PANEL * inputs,
            width);
      }
    }
  }

  /**
   * Transposes a chunk of dY for {@link #backwardInput}.
   *
   * @param chunk which
   * @param rows rows of the batch
   * @param dy dY
   * @param transposed {@link #packedSize()} floats, the chunk's part overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such chunk
   */
  public void transpose(int chunk, int rows, float[] dy, float[] transposed) {
    Check.index("rows", rows, maxRows + 1);
    Check.index("chunk", chunk, chunks(rows));
    Check.range("dy", dy.length, 0, rows * outputs);
    Check.range("transposed", transposed.length, 0, packedSize());
    int to = chunk * PANEL * outputs;
    int count = Math.min(PANEL, rows - chunk * PANEL);
    for (int n = 0; n < PANEL; n++) {
      int from = (chunk * PANEL + n) * outputs;
      for (int o = 0; o < outputs; o++) {
        transposed[to + o * PANEL + n] = n < count ? dy[from + o] : 0f;
      }
    }
  }

  /**
   * Computes a block of the gradient of X.
   *
   * @param block which
   * @param rows rows of the batch
   * @param transposed dY, all its chunks transposed
   * @param w W
   * @param wOff where it starts
   * @param dx gradient of X, the block's columns overwritten
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such block
   */
  public void backwardInput(
      int block, int rows, float[] transposed, float[] w, int wOff, float[] dx, float[] scratch) {
    Check.index("block", block, blocks());
    Check.index("rows", rows, maxRows + 1);
    Check.range("transposed", transposed.length, 0, packedSize());
    Check.range("w", w.length, wOff, weightSize());
    Check.range("dx", dx.length, 0, rows * inputs);
    Check.range("scratch", scratch.length, 0, scratchSize());
    TileKernels tiles = Backend.kernels().tiles();
    int from = block * BLOCK;
    int count = Math.min(BLOCK, inputs - from);
    for (int chunk = 0; chunk < chunks(rows); chunk++) {
      int images = Math.min(PANEL, rows - chunk * PANEL);
      int columns = images <= UNIT ? UNIT : PANEL;
      int at = chunk * PANEL * outputs;
      int whole = outputs / PANEL * PANEL;
      float[] start = zeros;
      for (int o = 0; o < whole; o += DEPTH) {
        int depth = Math.min(DEPTH, whole - o);
        tiles.gemm(
            w,
            wOff,
            wholeRow,
            wholeRow,
            from,
            count,
            wTerm,
            wholeRow,
            o,
            depth,
            transposed,
            at,
            start,
            0,
            scratch,
            -from * PANEL,
            columns);
        start = null;
      }
      if (whole < outputs) {
        tiles.gemm(
            w,
            wOff,
            unitRow,
            wholeRow,
            from,
            count,
            wTerm,
            wholeRow,
            whole,
            UNIT,
            transposed,
            at,
            start,
            0,
            scratch,
            -from * PANEL,
            columns);
      }
      for (int n = 0; n < images; n++) {
        int to = (chunk * PANEL + n) * inputs + from;
        for (int i = 0; i < count; i++) {
          dx[to + i] = scratch[i * PANEL + n];
        }
      }
    }
  }
}
