package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The matrices of Winograd's minimal filtering (Toom-Cook) for tiles of {@value #OUTPUTS} x {@value
 * #OUTPUTS} results and kernels of 3 x 3 or 5 x 5: {@code y = A' ((G w G') * (B' x B)) A}, where x
 * is a tile of {@code size} x {@code size} pixels and {@code *} the product of elements.
 *
 * <p>A polynomial's product is interpolated from its values at 0, 1, -1, 1/2, -2, for 5 x 5 at 2
 * and -1/2 too, and at infinity. For 3 x 3 these points round less than the usual 0, 1, -1, 2, -2
 * (Barabasz, Anderson, Soodhalter and Gregg, arXiv 1803.10986). Elements of B' and A' are exact.
 *
 * @param size pixels of a tile along a side, {@code OUTPUTS + kernel - 1}
 * @param image B', size x size
 * @param weights G, size x kernel
 * @param weightsGradient G'
 * @param results by the results that a tile has on the map less 1, the first rows of A'
 * @param resultGradients their transposes
 */
record Winograd(
    int size,
    TileMatrix image,
    TileMatrix weights,
    TileMatrix weightsGradient,
    List<TileMatrix> results,
    List<TileMatrix> resultGradients) {
  /** Results of a tile along a side. */
  static final int OUTPUTS = 4;

  private static final double[] POINTS = {0, 1, -1, 0.5, -2, 2, -0.5};

  private static final Winograd THREE = make(3);
  private static final Winograd FIVE = make(5);

  /** The matrices for a kernel of 3 or 5 a side. */
  static Winograd of(int kernel) {
    return kernel == 3 ? THREE : FIVE;
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

  private static Winograd make(int kernel) {
    int size = OUTPUTS + kernel - 1;
    List<TileMatrix> results =
        IntStream.rangeClosed(1, OUTPUTS)
            .mapToObj(n -> TileMatrix.of(n, size, (i, p) -> power(p, i, OUTPUTS, size)))
            .toList();
    TileMatrix weights =
        TileMatrix.of(size, kernel, (p, k) -> power(p, k, kernel, size) / divisor(p, size));
    return new Winograd(
        size,
        TileMatrix.of(size, size, (p, j) -> coefficients(p, size)[j] * scale(p, size)),
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

  /** The product of a point's distances from the other finite ones, scaled like its row of B'. */
  private static double divisor(int point, int size) {
    double product = scale(point, size);
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
