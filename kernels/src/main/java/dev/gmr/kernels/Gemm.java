package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;

/**
 * Single-precision matrix multiplication, row major: {@code C = A' B' + start}, where A' (m x k) is
 * A or its transpose and B' (k x n) likewise.
 *
 * <p>An instance is a plan for one shape. It cuts C into panels of {@link #PANEL} columns that may
 * be computed by different threads. Within a panel, B is packed {@link #DEPTH} rows at a time into
 * the caller's scratch (64 KB, half of a small L2 cache), which also transposes it where asked; A
 * is read in place.
 *
 * <p>Each element of C is one chain {@code fma(a[i][p], b[p][j], c)} over p in order. It does not
 * depend on panels, blocks, threads or the backend. NaN and infinities propagate. C must not
 * overlap A or B.
 */
public final class Gemm {
  /** Columns of a panel. */
  public static final int PANEL = 64;

  private static final int DEPTH = 256;
  private static final int EDGE_ROWS = 6;
  private static final int UNIT = TileKernels.COLUMNS;

  private final boolean transposeB;
  private final int m;
  private final int n;
  private final int k;
  private final int lda;
  private final int ldb;
  private final int ldc;
  private final int[] aRow;
  private final int[] cRow;
  private final int[] edgeRow;
  private final int[] aTerm;
  private final int[] bTerm;
  private final boolean transposeA;

  /**
   * Plans a product.
   *
   * @param transposeA whether A is stored transposed, k x m
   * @param transposeB whether B is stored transposed, n x k
   * @param m rows of C, at least 0
   * @param n columns of C, at least 0
   * @param k terms of each sum, at least 0
   * @param lda floats between rows of A as stored
   * @param ldb floats between rows of B as stored
   * @param ldc floats between rows of C, at least n
   * @throws IllegalArgumentException if a size is negative or a row longer than its distance
   */
  public Gemm(
      boolean transposeA, boolean transposeB, int m, int n, int k, int lda, int ldb, int ldc) {
    Check.notNegative("m", m);
    Check.notNegative("n", n);
    Check.notNegative("k", k);
    Check.atLeast("lda", lda, transposeA ? m : k);
    Check.atLeast("ldb", ldb, transposeB ? k : n);
    Check.atLeast("ldc", ldc, n);
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.m = m;
    this.n = n;
    this.k = k;
    this.lda = lda;
    this.ldb = ldb;
    this.ldc = ldc;
    this.aRow = rows(m, transposeA ? 1 : lda);
    this.cRow = rows(m, ldc);
    this.edgeRow = rows(n % UNIT == 0 ? 0 : m, UNIT);
    this.aTerm = steps(k, transposeA ? lda : 1);
    this.bTerm = steps(k, PANEL);
  }

  private static int[] rows(int count, int step) {
    return Arrays.copyOf(steps(count, step), count + TileKernels.SPARE);
  }

  private static int[] steps(int count, int step) {
    int[] at = new int[count];
    Arrays.setAll(at, i -> Math.multiplyExact(i, step));
    return at;
  }

  /**
   * Computes {@code C = alpha A' B' + beta C}, the whole of it on the calling thread; it allocates
   * a plan and scratch, which repeated calls save by keeping a {@code Gemm}.
   *
   * <p>C is scaled by beta first (0 overwrites, NaN included); alpha scales B.
   *
   * @param transposeA whether A is stored transposed, k x m
   * @param transposeB whether B is stored transposed, n x k
   * @param m rows of C
   * @param n columns of C
   * @param k terms of each sum
   * @param alpha factor of the product
   * @param a left operand
   * @param aOff where it starts
   * @param lda floats between its rows
   * @param b right operand
   * @param bOff where it starts
   * @param ldb floats between its rows
   * @param beta factor of what C holds
   * @param c result
   * @param cOff where it starts
   * @param ldc floats between its rows
   * @throws IllegalArgumentException if an array is too short or a size does not fit
   */
  public static void sgemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float beta,
      float[] c,
      int cOff,
      int ldc) {
    Gemm plan = new Gemm(transposeA, transposeB, m, n, k, lda, ldb, ldc);
    plan.check(m, k, a, aOff, b, bOff, c, cOff);
    for (int i = 0; i < m; i++) {
      int at = cOff + i * ldc;
      if (beta == 0) {
        Arrays.fill(c, at, at + n, 0f);
      } else if (beta != 1) {
        for (int j = 0; j < n; j++) {
          c[at + j] *= beta;
        }
      }
    }
    float[] scratch = new float[plan.scratchSize()];
    for (int p = 0; p < plan.panels(); p++) {
      plan.panel(p, m, k, alpha, a, aOff, b, bOff, null, 0, c, cOff, scratch);
    }
  }

  /**
   * Returns the number of panels.
   *
   * @return {@code ceil(n / 64)}
   */
  public int panels() {
    return (n + PANEL - 1) / PANEL;
  }

  /**
   * Returns the floats of scratch that one call of {@link #run} needs.
   *
   * @return the length
   */
  public int scratchSize() {
    return Math.min(DEPTH, k) * PANEL + EDGE_ROWS * UNIT;
  }

  /**
   * Computes one panel of C, or the first rows of it from the first terms: a plan serves every
   * smaller batch. Different panels may run at the same time on different threads, each with
   * scratch of its own.
   *
   * @param panel index, from 0
   * @param rows rows of C to compute, at most m
   * @param terms terms of each sum, at most k
   * @param a left operand
   * @param aOff where it starts
   * @param b right operand
   * @param bOff where it starts
   * @param start n floats that every row of C starts from, or null to add to what C holds
   * @param startOff where they start
   * @param c result
   * @param cOff where it starts
   * @param scratch at least {@link #scratchSize()} floats, overwritten
   * @throws IllegalArgumentException if an array is too short or there is no such panel
   */
  public void run(
      int panel,
      int rows,
      int terms,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] start,
      int startOff,
      float[] c,
      int cOff,
      float[] scratch) {
    Check.index("panel", panel, panels());
    Check.index("rows", rows, m + 1);
    Check.index("terms", terms, k + 1);
    check(rows, terms, a, aOff, b, bOff, c, cOff);
    if (start != null) {
      Check.range("start", start.length, startOff, n);
    }
    Check.range("scratch", scratch.length, 0, scratchSize());
    panel(panel, rows, terms, 1f, a, aOff, b, bOff, start, startOff, c, cOff, scratch);
  }

  private void check(int m, int k, float[] a, int aOff, float[] b, int bOff, float[] c, int cOff) {
    Check.matrix("a", a.length, aOff, transposeA ? k : m, transposeA ? m : k, lda);
    Check.matrix("b", b.length, bOff, transposeB ? n : k, transposeB ? k : n, ldb);
    Check.matrix("c", c.length, cOff, m, n, ldc);
  }

  private void panel(
      int panel,
      int m,
      int k,
      float alpha,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] start,
      int startOff,
      float[] c,
      int cOff,
      float[] scratch) {
    int j = panel * PANEL;
    int columns = Math.min(PANEL, n - j);
    int whole = columns / UNIT * UNIT;
    TileKernels tiles = Backend.kernels().tiles();
    for (int p = 0; p == 0 || p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      pack(b, bOff, p, depth, j, columns, alpha, scratch);
      float[] from = p == 0 ? start : null;
      if (whole > 0) {
        tiles.gemm(
            a,
            aOff,
            aRow,
            cRow,
            0,
            m,
            aTerm,
            bTerm,
            p,
            depth,
            scratch,
            -p * PANEL,
            from,
            startOff + j,
            c,
            cOff + j,
            whole);
      }
      if (whole < columns) {
        edge(
            tiles,
            m,
            a,
            aOff,
            p,
            depth,
            j + whole,
            columns - whole,
            from,
            startOff,
            c,
            cOff,
            scratch);
      }
    }
  }

  /** Rows p..p+depth-1, columns j.. of B' into scratch, 64 floats a row, zeros behind the last. */
  private void pack(
      float[] b, int bOff, int p, int depth, int j, int columns, float alpha, float[] to) {
    if (transposeB) {
      for (int q = 0; q < columns; q++) {
        int from = bOff + (j + q) * ldb + p;
        for (int r = 0; r < depth; r++) {
          to[r * PANEL + q] = b[from + r];
        }
      }
    } else {
      for (int r = 0; r < depth; r++) {
        System.arraycopy(b, bOff + (p + r) * ldb + j, to, r * PANEL, columns);
      }
    }
    if (columns < PANEL) {
      for (int r = 0; r < depth; r++) {
        Arrays.fill(to, r * PANEL + columns, (r + 1) * PANEL, 0f);
      }
    }
    if (alpha != 1) {
      for (int i = 0; i < depth * PANEL; i++) {
        to[i] *= alpha;
      }
    }
  }

  /** The last columns of C, fewer than a unit: six rows at a time through a copy. */
  private void edge(
      TileKernels tiles,
      int m,
      float[] a,
      int aOff,
      int p,
      int depth,
      int j,
      int columns,
      float[] start,
      int startOff,
      float[] c,
      int cOff,
      float[] scratch) {
    int copy = Math.min(DEPTH, k) * PANEL;
    for (int i = 0; i < m; i += EDGE_ROWS) {
      int rows = Math.min(EDGE_ROWS, m - i);
      for (int r = 0; r < rows; r++) {
        if (start == null) {
          System.arraycopy(c, cOff + (i + r) * ldc + j, scratch, copy + r * UNIT, columns);
        } else {
          System.arraycopy(start, startOff + j, scratch, copy + r * UNIT, columns);
        }
      }
      tiles.gemm(
          a,
          aOff,
          aRow,
          edgeRow,
          i,
          rows,
          aTerm,
          bTerm,
          p,
          depth,
          scratch,
          j % PANEL - p * PANEL,
          null,
          0,
          scratch,
          copy - i * UNIT,
          UNIT);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(scratch, copy + r * UNIT, c, cOff + (i + r) * ldc + j, columns);
      }
    }
  }
}
