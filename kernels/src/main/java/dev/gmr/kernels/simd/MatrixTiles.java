package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.spi.TileMatrix;
import java.util.ArrayList;
import java.util.List;

/** The kernels for a small matrix, made of {@link MatrixTile}. */
final class MatrixTiles {
  /** A kernel of the matrix that it was made for. */
  interface Tile {
    /**
     * Computes some vectors.
     *
     * @param vectors how many
     * @param fromOff where the first one's operands start
     * @param fromVector from one vector to the next
     * @param fromStep from one element of a column to the next
     * @param toOff where the first one's results start
     * @param toVector from one vector to the next
     * @param toStep from one element of a column to the next
     */
    void run(
        int vectors,
        float[] from,
        int fromOff,
        int fromVector,
        int fromStep,
        float[] to,
        int toOff,
        int toVector,
        int toStep);
  }

  private static final byte[] TEMPLATE = Templates.file(MatrixTile.class);

  /** Rows of a matrix that one kernel takes: more would be too much for C2 to inline. */
  static final int ROWS = 4;

  /** By part of the rows. */
  private final List<Tile> dense = new ArrayList<>();

  private final List<Tile> apart = new ArrayList<>();

  /** The rows of each part but the last. */
  private final int rows;

  MatrixTiles(TileMatrix matrix) {
    int parts = Math.ceilDiv(matrix.rows(), ROWS);
    rows = Math.ceilDiv(matrix.rows(), parts);
    for (int row = 0; row < matrix.rows(); row += rows) {
      dense.add(Templates.load(TEMPLATE, constants(matrix, row, 1), Tile.class));
      apart.add(Templates.load(TEMPLATE, constants(matrix, row, 0), Tile.class));
    }
  }

  /** What a kernel is compiled for: sizes, whether dense, and the elements of its rows. */
  private List<Number> constants(TileMatrix matrix, int row, int dense) {
    int count = Math.min(rows, matrix.rows() - row);
    List<Number> constants = new ArrayList<>(List.of(count, matrix.columns(), dense));
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < TileMatrix.MOST; j++) {
        boolean inside = i < count && j < matrix.columns();
        constants.add(inside ? matrix.at(row + i, j) : 0f);
      }
    }
    return constants;
  }

  /** As {@code TileKernels.combine}: along the runs or across them, whichever takes longer. */
  void run(
      int runs,
      int n,
      float[] from,
      int fromOff,
      int fromRun,
      int fromStep,
      float[] to,
      int toOff,
      int toRun,
      int toStep) {
    for (int part = 0; part < dense.size(); part++) {
      int out = toOff + part * rows * toStep;
      if (runs * L > n) {
        Tile tile = apart.get(part);
        for (int c = 0; c < n; c += L) {
          tile.run(runs, from, fromOff + c, fromRun, fromStep, to, out + c, toRun, toStep);
        }
      } else {
        Tile tile = dense.get(part);
        for (int r = 0; r < runs; r++) {
          int at = fromOff + r * fromRun;
          tile.run(n / L, from, at, L, fromStep, to, out + r * toRun, L, toStep);
        }
      }
    }
  }
}
