package dev.gmr.kernels.simd;

import dev.gmr.kernels.spi.TileKernels;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The tiles for one set of distances, each made of {@link StridedTile} when it is first asked for.
 */
final class StridedTiles {
  /** A tile of the rows and vectors that it was made for. */
  interface Tile {
    /**
     * Computes a tile of c.
     *
     * @param terms how many
     * @param aOff where the first row's first term lies
     * @param bOff where the first term's columns lie
     * @param bias what every row starts from, or null to start from c
     * @param cOff what the offsets of c's rows count from
     * @param cRow those offsets
     * @param i the first row's place among them
     */
    void run(
        int terms,
        float[] a,
        int aOff,
        float[] b,
        int bOff,
        float[] bias,
        int biasOff,
        float[] c,
        int cOff,
        int[] cRow,
        int i);
  }

  private static final byte[] TEMPLATE = Templates.file(StridedTile.class);

  private final TileKernels.Strides strides;

  /** By rows, of one vector and of two. */
  private final AtomicReferenceArray<Tile> tiles = new AtomicReferenceArray<>(2 * mostRows(1));

  StridedTiles(TileKernels.Strides strides) {
    this.strides = strides;
  }

  /** Rows of the tallest tile: what fits into 32 registers. */
  static int mostRows(int vectors) {
    return vectors == 1 ? 15 : 14;
  }

  /** The tile of so many rows and of one vector or two. */
  Tile of(int rows, int vectors) {
    int at = (rows - 1) * 2 + vectors - 1;
    Tile tile = tiles.get(at);
    if (tile == null) {
      tiles.compareAndSet(at, null, make(rows, vectors));
      tile = tiles.get(at);
    }
    return tile;
  }

  private Tile make(int rows, int vectors) {
    StridedTile.Shape shape = new StridedTile.Shape(rows, vectors, strides);
    return Templates.load(TEMPLATE, shape.constants(), Tile.class);
  }
}
