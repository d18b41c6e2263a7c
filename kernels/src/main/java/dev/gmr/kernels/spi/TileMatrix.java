package dev.gmr.kernels.spi;

/**
 * A small matrix that {@link TileKernels#transform} applies to both sides of tiles. Instances are
 * compared by identity: a kernel is compiled for each.
 */
public final class TileMatrix {
  /** Rows and columns at most. */
  public static final int MOST = 8;

  private final int rows;
  private final int columns;
  private final float[] elements;

  private TileMatrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.elements = new float[rows * columns];
  }

  /** An element in double precision, rounded once. */
  @FunctionalInterface
  public interface Elements {
    /**
     * Gives an element.
     *
     * @param row 0 to rows - 1
     * @param column 0 to columns - 1
     * @return its value
     */
    double at(int row, int column);
  }

  /**
   * Makes a matrix.
   *
   * @param rows 1 to {@link #MOST}
   * @param columns 1 to {@link #MOST}
   * @param elements what it holds
   * @return the matrix
   */
  public static TileMatrix of(int rows, int columns, Elements elements) {
    TileMatrix matrix = new TileMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.elements[i * columns + j] = (float) elements.at(i, j);
      }
    }
    return matrix;
  }

  /**
   * Returns the transpose.
   *
   * @return a new matrix
   */
  public TileMatrix transposed() {
    return of(columns, rows, (i, j) -> at(j, i));
  }

  /**
   * Returns the number of rows.
   *
   * @return 1 to {@link #MOST}
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the number of columns.
   *
   * @return 1 to {@link #MOST}
   */
  public int columns() {
    return columns;
  }

  /**
   * Returns an element.
   *
   * @param row 0 to rows - 1
   * @param column 0 to columns - 1
   * @return its value
   */
  public float at(int row, int column) {
    return elements[row * columns + column];
  }
}
