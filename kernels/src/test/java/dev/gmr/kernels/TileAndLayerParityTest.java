package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LayerKernels.Pool;
import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.kernels.spi.TileMatrix;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SIMD tiles and layers give the bits of the scalar ones at the width in force. */
class TileAndLayerParityTest {
  private static final KernelSet SCALAR = Backend.scalar();
  private static final KernelSet SIMD = Backend.simd().orElseThrow();

  @Test
  void runsAtTheForcedWidth() {
    String bits = System.getProperty("gmr.simd.bits");
    assertThat(SIMD.name()).isEqualTo("simd");
    if (bits != null) {
      assertThat(SIMD.lanes() * 32).isEqualTo(Integer.parseInt(bits));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,16",
    "1,9,64",
    "2,5,32",
    "4,9,64",
    "15,4,32",
    "5,9,16",
    "6,1,32",
    "7,25,48",
    "8,3,64",
    "12,7,80",
    "13,100,96",
    "17,2,112",
    "19,4,32",
    "20,3,32",
    "26,6,64",
    "31,5,128",
    "0,3,16",
    "3,0,16"
  })
  void gemm(int m, int k, int n) {
    Random random = new Random(m * 1000 + k * 100 + n);
    float[] a = values(random, 4000);
    float[] b = values(random, 3 + 1500 + n);
    int[] aRow = random.ints(m + 2 + TileKernels.SPARE, -40, 1500).toArray();
    int[] cRow =
        IntStream.range(0, m + 2 + TileKernels.SPARE).map(i -> (m + 1 - i) * (n + 3)).toArray();
    int[] aTerm = random.ints(k + 3, 40, 1500).toArray();
    int[] bTerm = random.ints(k + 3, -1, 1500).toArray();
    float[] bias = values(random, n + 1);
    for (float[] start : new float[][] {null, bias}) {
      float[] c = values(random, 2 + (m + 2) * (n + 3));
      float[] d = c.clone();
      SCALAR.tiles().gemm(a, 7, aRow, cRow, 2, m, aTerm, bTerm, 3, k, b, 3, start, 1, c, 2, n);
      SIMD.tiles().gemm(a, 7, aRow, cRow, 2, m, aTerm, bTerm, 3, k, b, 3, start, 1, d, 2, n);
      assertBits(d, c);
    }
  }

  /** Rows at one distance, in places, have tiles of their own. */
  @ParameterizedTest
  @CsvSource({"15,9,16,16", "40,30,16,16", "16,9,16,1", "53,30,48,1", "64,7,16,3"})
  void gemmOfRowsAtOneDistance(int m, int k, int n, int distance) {
    Random random = new Random(m);
    int[] aRow = IntStream.range(0, m + TileKernels.SPARE).map(i -> i * distance).toArray();
    if (m > 50) {
      aRow[20]++;
    }
    int[] cRow = IntStream.range(0, m + TileKernels.SPARE).map(i -> i * n).toArray();
    int[] aTerm = random.ints(k, 0, 500).toArray();
    int[] bTerm = random.ints(k, 0, 500).toArray();
    float[] a = values(random, 2000);
    float[] b = values(random, 600);
    for (float[] start : new float[][] {null, values(random, n)}) {
      float[] c = values(random, m * n);
      float[] d = c.clone();
      SCALAR.tiles().gemm(a, 0, aRow, cRow, 0, m, aTerm, bTerm, 0, k, b, 0, start, 0, c, 0, n);
      SIMD.tiles().gemm(a, 0, aRow, cRow, 0, m, aTerm, bTerm, 0, k, b, 0, start, 0, d, 0, n);
      assertBits(d, c);
    }
  }

  /** Every height of a tile, one more, and loops longer than one; none at all. */
  @ParameterizedTest
  @CsvSource({
    "1,16,5,1,16,32",
    "2,32,96,1,16,32",
    "3,48,97,1,16,48",
    "4,32,1,32,1,32",
    "5,32,7,1,16,32",
    "6,32,7,1,16,32",
    "7,32,7,1,16,32",
    "8,32,7,1,16,32",
    "9,32,7,1,16,32",
    "10,32,7,1,16,32",
    "11,32,7,1,32,32",
    "12,32,7,1,16,32",
    "13,32,7,1,16,32",
    "14,32,200,1,16,32",
    "15,32,192,1,16,32",
    "29,16,0,1,16,16",
    "12,32,0,1,16,32",
    "100,64,33,3,1,64"
  })
  void strided(int m, int n, int k, int aRow, int aTerm, int bTerm) {
    strided(TileKernels.Strides.of(aRow, aTerm, bTerm), m, n, k);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 33})
  void gemv(int k) {
    Random random = new Random(k);
    int columns = TileKernels.PANELS * TileKernels.PANEL;
    int panel = k * TileKernels.PANEL + 5;
    float[] a = values(random, 7 + k);
    float[] b = values(random, 3 + TileKernels.PANELS * panel);
    float[] bias = values(random, 1 + columns);
    float[] c = values(random, 4 + columns);
    float[] d = c.clone();
    SCALAR.tiles().gemv(k, a, 7, b, 3, panel, bias, 1, c, 2);
    SIMD.tiles().gemv(k, a, 7, b, 3, panel, bias, 1, d, 2);
    assertBits(d, c);
  }

  @ParameterizedTest
  @CsvSource({
    "1,32,1,1,32,5,5,40,160",
    "14,32,1,1,32,5,5,32,160",
    "15,16,16,1,16,48,3,512,768",
    "31,48,3,2,48,9,2,7,1000",
    "13,64,1,3,70,1,4,0,64"
  })
  void runs(int m, int n, int aRow, int aTerm, int bTerm, int run, int runs, int aRun, int bRun) {
    strided(new TileKernels.Strides(aRow, aTerm, bTerm, run, runs, aRun, bRun), m, n, run * runs);
  }

  private static void strided(TileKernels.Strides strides, int m, int n, int k) {
    int run = k / strides.runs();
    int aRuns = (strides.runs() - 1) * strides.aRun();
    int bRuns = (strides.runs() - 1) * strides.bRun();
    Random random = new Random(m);
    int[] cRow = IntStream.range(0, 2 + m + TileKernels.SPARE).map(i -> i * (n + 1)).toArray();
    float[] a = values(random, 7 + m * strides.aRow() + run * strides.aTerm() + aRuns);
    float[] b = values(random, 3 + run * strides.bTerm() + bRuns + n);
    for (float[] start : new float[][] {null, values(random, n + 1)}) {
      float[] c = values(random, 2 + (m + 2) * (n + 1));
      float[] d = c.clone();
      SCALAR.tiles().strided(strides, m, n, k, a, 7, b, 3, start, 1, c, 2, cRow, 2);
      SIMD.tiles().strided(strides, m, n, k, a, 7, b, 3, start, 1, d, 2, cRow, 2);
      assertBits(d, c);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 48, 384})
  void interleave(int n) {
    Random random = new Random(n);
    float[] from = values(random, 3 + 20 * n);
    int[] row = random.ints(TileKernels.LANES, 0, 1 + 19 * n).toArray();
    for (int step : new int[] {TileKernels.LANES, 40}) {
      float[] c = values(random, 2 + step * n);
      float[] d = c.clone();
      SCALAR.tiles().interleave(n, from, 3, row, c, 1, step);
      SIMD.tiles().interleave(n, from, 3, row, d, 1, step);
      assertBits(d, c);
    }
  }

  @ParameterizedTest
  @CsvSource({"8,8,3,32", "6,3,1,48", "4,8,9,16", "1,6,2,64", "8,4,1,16", "5,1,4,32", "3,6,1,160"})
  void combine(int rows, int columns, int runs, int n) {
    Random random = new Random(rows);
    int[] elements = random.ints(-2, 3).limit((long) rows * columns).toArray();
    TileMatrix matrix =
        TileMatrix.of(
            rows,
            columns,
            (i, j) -> i == rows - 1 && i > 0 ? 0 : elements[i * columns + j] * (i == 0 ? 0.7 : 1));
    int run = columns * n + 5;
    float[] from = values(random, 3 + runs * run);
    float[] c = values(random, 2 + runs * rows * (n + 1));
    float[] d = c.clone();
    SCALAR.tiles().combine(matrix, runs, n, from, 3, run, n, c, 2, rows * (n + 1), n + 1);
    SIMD.tiles().combine(matrix, runs, n, from, 3, run, n, d, 2, rows * (n + 1), n + 1);
    assertBits(d, c);
    if (rows <= 4 && rows <= columns) {
      float[] inPlace = from.clone();
      float[] apart = from.clone();
      SCALAR.tiles().combine(matrix, runs, n, from, 3, run, n, apart, 3, run, n);
      SIMD.tiles().combine(matrix, runs, n, inPlace, 3, run, n, inPlace, 3, run, n);
      assertBits(inPlace, apart);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 65, 1000})
  void elementwise(int n) {
    Random random = new Random(n);
    float[] x = values(random, n + 9);
    float[] y = values(random, n + 9);
    for (int off : new int[] {0, 1, 5}) {
      both((k, out) -> k.relu(x, off, out, 3, n), n);
      both((k, out) -> k.reluBackward(x, off, y, 2, out, 1, n), n);
      both((k, out) -> k.multiply(x, off, y, 4, out, 0, n), n);
      both((k, out) -> k.add(x, off, out, 2, n), n);
      both((k, out) -> k.scale(x, off, 0.7f, out, 2, n), n);
      both((k, out) -> k.addRows(x, off, 2, n / 2, out, 2, n / 2), n);
      both((k, out) -> k.relu(out, off, out, off, n), n);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,16", "1,16", "3,48", "49,32", "5,512"})
  void batchNorm(int rows, int n) {
    Random random = new Random(rows + n);
    float[] x = values(random, rows * n + 3);
    float[] g = values(random, rows * n + 3);
    float[][] c = {values(random, n), values(random, n), values(random, n), values(random, n + 1)};
    both((k, out) -> k.addSquaredDeviations(x, 1, rows, n, c[0], out), n);
    both((k, out) -> k.addCodeviations(g, 2, x, 1, rows, n, c[0], out), n);
    for (boolean relu : new boolean[] {false, true}) {
      for (float[] skip : new float[][] {null, g}) {
        both(
            (k, out) -> k.normalize(x, 2, rows, n, c[0], c[1], c[3], 1, skip, 3, relu, out, 1),
            rows * n);
      }
    }
    both(
        (k, out) -> k.normalizeBackward(g, 1, x, 2, rows, n, c[0], c[1], c[2], c[3], out, 3),
        rows * n);
    both(
        (k, out) -> k.normalizeBackward(out, 0, x, 2, rows, n, c[0], c[1], c[2], c[3], out, 0),
        rows * n);
  }

  @ParameterizedTest
  @CsvSource({"2,2,16,2,2", "28,28,32,2,2", "7,5,48,2,2", "9,9,16,3,2", "6,7,16,3,1", "5,5,16,1,2"})
  void pooling(int height, int width, int channels, int window, int stride) {
    Random random = new Random(height);
    Pool pool = new Pool(height, width, channels, window, stride);
    float[] x = values(random, pool.inSize() + 1);
    float[] v = values(random, pool.inSize() + 1);
    int size = pool.outSize();
    for (boolean relu : new boolean[] {false, true}) {
      float[] y = new float[size + 2];
      float[] z = new float[size + 2];
      int[] arg = new int[size + 3];
      int[] brg = new int[size + 3];
      SCALAR.layers().maxPool(pool, x, 1, y, 2, arg, 3, relu);
      SIMD.layers().maxPool(pool, x, 1, z, 2, brg, 3, relu);
      assertBits(z, y);
      assertThat(brg).isEqualTo(arg);
      both((k, out) -> k.maxPoolGather(pool, v, 1, arg, 3, out, 2), size);
      both((k, out) -> k.maxPoolBackward(pool, y, 2, arg, 3, out, 1), pool.inSize());
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 4, 2, 2", "5, 7, 2, 2", "7, 7, 3, 2", "6, 6, 3, 3", "5, 4, 1, 1"})
  void theGradientBehindBothPoolingsIsThatOfTheirParts(
      int height, int width, int side, int stride) {
    Pool pool = new Pool(height, width, 48, side, stride);
    Random random = new Random(height * 31L + side);
    int size = pool.outSize();
    float[] dy = values(random, 2 * size + 3);
    float[] cdf = values(random, size + 4);
    float[] pdf = values(random, size + 4);
    int places = side * side;
    int[] arg = new int[2 * size + 5];
    Arrays.setAll(arg, i -> i < size + 5 ? random.nextInt(-1, places) : random.nextInt(places));
    float[] start = values(random, pool.inSize() + 6);
    for (KernelSet kernels : new KernelSet[] {SCALAR, SIMD}) {
      LayerKernels k = kernels.layers();
      float[] mu = start.clone();
      float[] sigma = start.clone();
      k.maxPoolBackward(pool, dy, 3, arg, 5, mu, 6);
      for (int p = 0; p < size; p++) {
        int window = p / 48;
        int corner = (window / pool.outWidth() * width + window % pool.outWidth()) * stride;
        int place = arg[5 + size + p];
        int at = (corner + place / side * width + place % side) * 48 + p % 48;
        mu[6 + at] += dy[3 + size + p] * cdf[4 + p];
        sigma[at] += dy[3 + size + p] * pdf[4 + p];
      }
      float[] dMu = start.clone();
      float[] dSigma = start.clone();
      k.expectedPoolBackward(pool, dy, 3, 3 + size, arg, 5, 5 + size, cdf, pdf, 4, dMu, 6, dSigma);
      assertBits(dMu, mu);
      assertBits(dSigma, sigma);
    }
  }

  @Test
  void poolingTakesTheFirstOfEqualsAndLetsNaNWin() {
    Pool pool = new Pool(2, 2, 16, 2, 2);
    float[] x = new float[64];
    x[16] = x[32] = 5;
    x[1] = -1;
    x[17] = x[33] = x[49] = -2;
    x[34] = Float.NaN;
    x[50] = 9;
    for (KernelSet k : new KernelSet[] {SCALAR, SIMD}) {
      float[] y = new float[16];
      int[] arg = new int[16];
      k.layers().maxPool(pool, x, 0, y, 0, arg, 0, true);
      assertThat(Arrays.copyOf(y, 4)).containsExactly(5, 0, Float.NaN, 0);
      assertThat(Arrays.copyOf(arg, 4)).containsExactly(1, -1, 2, -1);
    }
  }

  private interface Step {
    void run(LayerKernels kernels, float[] out);
  }

  /** Runs a step on both backends over equal output arrays and compares all of these. */
  private static void both(Step step, int n) {
    float[] a = values(new Random(n), n + 9);
    float[] b = a.clone();
    step.run(SCALAR.layers(), a);
    step.run(SIMD.layers(), b);
    assertBits(b, a);
  }

  static void assertBits(float[] actual, float[] expected) {
    assertThat(IntStream.range(0, actual.length).map(i -> Float.floatToIntBits(actual[i])))
        .containsExactlyElementsOf(
            IntStream.range(0, expected.length)
                .mapToObj(i -> Float.floatToIntBits(expected[i]))
                .toList());
  }

  /** Mostly ordinary numbers, with every kind of special one between them. */
  static float[] values(Random random, int n) {
    float[] special = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      1e-30f,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          random.nextInt(50) == 0
              ? special[random.nextInt(special.length)]
              : (float) random.nextGaussian();
    }
    return x;
  }
}
