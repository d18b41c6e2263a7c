package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The matrices of Winograd's minimal filtering (Toom-Cook) for kernels of 3 x 3 or 5 x 5: {@code y
 * = A' ((G w G') * (B' x B)) A}, where x is a tile of pixels and {@code *} the product of elements.
 *
 * <p>Tiles of {@value #OUTPUTS} x {@value #OUTPUTS} results overlap in their pixels, {@code OUTPUTS
 * + kernel - 1} a side. A polynomial's product is interpolated from its values at 0, 1, -1, 1/2,
 * -2, for 5 x 5 at 2 and -1/2 too, and at infinity. For 3 x 3 these points round less than the
 * usual 0, 1, -1, 2, -2 (Barabasz, Anderson, Soodhalter and Gregg, arXiv 1803.10986). Elements of
 * B' and A' are exact.
 *
 * <p>A map of {@value #MAP} x {@value #MAP} pixels with as many results by 3 x 3 is one tile: along
 * a side the results are a Toeplitz matrix of the 3 weights times the pixels. The same algorithm
 * with pixels and weights in each other's place has the points 0, 1 and infinity: 9 products
 * instead of 16 (as Karatsuba multiplies). All its elements are 0, 1 or -1.
 *
 * @param size points along a side
 * @param pixels of a tile along a side
 * @param outputs results of a tile along a side
 * @param image B', size x pixels
 * @param weights G, size x kernel
 * @param weightsGradient G'
 * @param results by the results that a tile has on the map less 1, the first rows of A'
 * @param resultGradients their transposes
 */
record Winograd(
    int size,
    int pixels,
    int outputs,
    TileMatrix image,
    TileMatrix weights,
    TileMatrix weightsGradient,
    List<TileMatrix> results,
    List<TileMatrix> resultGradients) {
  /** Results along a side of a tile that overlaps others. */
  static final int OUTPUTS = 4;

  /** Pixels along a side of a map that is one tile. */
  static final int MAP = 2;

  private static final double[] POINTS = {0, 1, -1, 0.5, -2, 2, -0.5};

  private static final Winograd TILES_OF_3 = tiles(3);
  private static final Winograd TILES_OF_5 = tiles(5);
  private static final Winograd MAPS = map();

  /** The matrices for tiles of maps and a kernel of 3 or 5 a side. */
  static Winograd tilesOf(int kernel) {
    return kernel == 3 ? TILES_OF_3 : TILES_OF_5;
  }

  /** The matrices for whole maps and a kernel of 3 a side, with a border of 1. */
  static Winograd maps() {
    return MAPS;
  }

  /** Whether there are matrices for a kernel. */
  static boolean has(int kernel) {
    return kernel == 3 || kernel == 5;
  }

  /** Points of both dimensions: multiplications of a tile. */
  int points() {
    return size * size;
  }

  /**
   * The point where all results have the factor 1: what is added to its products is added to them
   * all.
   */
  int one() {
    return size + 1;
  }

  /** A', of so many results along a side. */
  TileMatrix result(int outputs) {
    return results.get(outputs - 1);
  }

  /** A, of so many results along a side. */
  TileMatrix resultGradient(int outputs) {
    return resultGradients.get(outputs - 1);
  }

  private static Winograd tiles(int kernel) {
    int size = OUTPUTS + kernel - 1;
    return make(
        OUTPUTS,
        TileMatrix.of(size, size, (p, j) -> coefficients(p, size)[j] * scale(p, size)),
        TileMatrix.of(
            size,
            kernel,
            (p, k) -> power(p, k, kernel, size) / (scale(p, size) * distances(p, size))),
        (i, p) -> power(p, i, OUTPUTS, size));
  }

  private static Winograd map() {
    int size = 2 * MAP - 1;
    return make(
        MAP,
        TileMatrix.of(size, MAP, (p, j) -> power(p, j, MAP, size)),
        TileMatrix.of(size, size, (p, k) -> coefficients(p, size)[k] / distances(p, size)),
        (i, p) -> power(p, MAP - 1 - i, MAP, size));
  }

  private static Winograd make(
      int outputs, TileMatrix image, TileMatrix weights, TileMatrix.Elements result) {
    int size = image.rows();
    List<TileMatrix> results =
        IntStream.rangeClosed(1, outputs).mapToObj(n -> TileMatrix.of(n, size, result)).toList();
    return new Winograd(
        size,
        image.columns(),
        outputs,
        image,
        weights,
        weights.transposed(),
        results,
        results.stream().map(TileMatrix::transposed).toList());
  }

  /** A point to a power; at infinity, the last one, only the leading power counts. */
  private static double power(int point, int exponent, int count, int size) {
    if (point == size - 1) {
      return exponent == count - 1 ? 1 : 0;
    }
    return Math.pow(POINTS[point], exponent);
  }

  /** The product of a finite point's distances from the others; 1 for infinity. */
  private static double distances(int point, int size) {
    double product = 1;
    for (int q = 0; q < size - 1 && point < size - 1; q++) {
      product *= q == point ? 1 : POINTS[point] - POINTS[q];
    }
    return product;
  }

  /** A power of 2 that lets a row of B' begin with 1, which costs no operation. */
  private static double scale(int point, int size) {
    double[] c = coefficients(point, size);
    return 1 / (c[0] == 0 ? c[1] : c[0]);
  }

  /** The product of {@code x - q} over the finite points but one, by powers of x. */
  private static double[] coefficients(int point, int size) {
    double[] c = new double[size];
    c[0] = 1;
    for (int q = 0; q < size - 1; q++) {
      if (q != point) {
        for (int k = size - 1; k > 0; k--) {
          c[k] = c[k - 1] - POINTS[q] * c[k];
        }
        c[0] = -POINTS[q] * c[0];
      }
    }
    return c;
  }
}
