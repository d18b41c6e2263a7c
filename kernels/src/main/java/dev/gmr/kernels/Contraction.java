package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The offset tables of a product whose rows do not all have the same terms: rows with the same ones
 * are a group and run through {@link TileKernels} together. In a convolution a group is the output
 * pixels whose windows are cut alike by the border, so that nothing is multiplied with padding.
 *
 * <p>Where the terms of a group are equal runs at constant distances, its rows that lie at one
 * distance too, such as pixels side by side, need no tables: {@link TileKernels#strided} takes them
 * as they lie.
 */
final class Contraction {
  /** Rows at one distance, on average, that calls of their own are worth. */
  private static final int LEAST_ROWS = 3;

  private final int[] aRow;
  private final int[] cRow;
  private final int[] aTerm;
  private final int[] bTerm;
  private final int[] rowFrom;
  private final int[] termFrom;

  /** By group, its rows and terms at constant distances; null where they go by the tables. */
  private final Regular[] regular;

  private final int maxRepeats;
  private final int maxTermRepeats;
  private final int aTermRepeat;
  private final int bTermRepeat;

  /** A term of a sum along one axis: steps from the row's place in a, and place in b. */
  record Tap(int a, int b) {}

  /** A row's terms along one axis, and its place in a. */
  record Taps(int base, List<Tap> taps) {}

  /** The terms of a group of rows in two dimensions. */
  private record Terms(List<Tap> y, List<Tap> x) {}

  /** The runs of a group's terms, and its rows: pieces of one repetition. */
  private record Regular(Runs runs, List<Piece> pieces) {}

  /**
   * Rows at one distance from each other, the first one's place in the group, and the distances.
   */
  private record Piece(int row, int count, TileKernels.Strides strides) {}

  private Contraction(Builder builder) {
    maxRepeats = builder.repeats;
    maxTermRepeats = builder.termRepeats;
    aTermRepeat = builder.aTermRepeat;
    bTermRepeat = builder.bTermRepeat;
    int groups = builder.groups.size();
    rowFrom = new int[groups + 1];
    termFrom = new int[groups + 1];
    aRow = new int[Math.multiplyExact(builder.rows, maxRepeats) + TileKernels.SPARE];
    cRow = new int[aRow.length];
    List<Integer> a = new ArrayList<>();
    List<Integer> b = new ArrayList<>();
    int g = 0;
    int row = 0;
    for (Map.Entry<Terms, List<int[]>> group : builder.groups.entrySet()) {
      for (int r = 0; r < maxRepeats; r++) {
        for (int[] at : group.getValue()) {
          aRow[row] = Math.addExact(at[0], Math.multiplyExact(r, builder.aRepeat));
          cRow[row++] = Math.addExact(at[1], Math.multiplyExact(r, builder.cRepeat));
        }
      }
      builder.terms(group.getKey(), a, b);
      g++;
      rowFrom[g] = row;
      termFrom[g] = a.size();
    }
    aTerm = ints(a);
    bTerm = ints(b);
    regular = new Regular[groups];
    Arrays.setAll(regular, this::regular);
  }

  /** What a group's rows and terms have of regularity, or null if they need the tables. */
  private Regular regular(int group) {
    int from = rowFrom[group];
    int to = from + (rowFrom[group + 1] - from) / maxRepeats;
    Runs runs = Runs.of(aTerm, bTerm, termFrom[group], termFrom[group] + terms(group));
    if (runs == null) {
      return null;
    }
    List<Piece> pieces = new ArrayList<>();
    int next;
    for (int row = from; row < to; row = next) {
      int step = row + 1 < to ? aRow[row + 1] - aRow[row] : 1;
      next = row + 1;
      while (next < to && aRow[next] - aRow[next - 1] == step) {
        next++;
      }
      pieces.add(new Piece(row - from, next - row, runs.strides(step)));
    }
    return to - from < LEAST_ROWS * pieces.size() ? null : new Regular(runs, pieces);
  }

  /** Terms of one repetition of a group's. */
  private int terms(int group) {
    return (termFrom[group + 1] - termFrom[group]) / maxTermRepeats;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Gathers rows. */
  static final class Builder {
    private final Map<Terms, List<int[]>> groups = new LinkedHashMap<>();
    private final int repeats;
    private final int aRepeat;
    private final int cRepeat;
    private final int channels;
    private final int[] aSteps;
    private final int[] bSteps;
    private int rows;
    private int termRepeats = 1;
    private int aTermRepeat;
    private int bTermRepeat;

    /**
     * A term of the taps (y, x) and channel c is at {@code (y.a aSteps[0] + x.a aSteps[1] + c)}
     * from its row in a, and at {@code (y.b bSteps[0] + x.b bSteps[1] + c bSteps[2])} in b.
     *
     * @param repeats how often the rows are repeated at most, such as images
     * @param aRepeat floats of a from one repetition to the next
     * @param cRepeat floats of c from one repetition to the next
     * @param channels terms of each pair of taps
     */
    Builder(int repeats, int aRepeat, int cRepeat, int channels, int[] aSteps, int[] bSteps) {
      this.repeats = repeats;
      this.aRepeat = aRepeat;
      this.cRepeat = cRepeat;
      this.channels = channels;
      this.aSteps = aSteps;
      this.bSteps = bSteps;
    }

    /**
     * Repeats every row's terms.
     *
     * @param count how often at most, such as images
     * @param a floats of a from one repetition to the next
     * @param b floats of b from one repetition to the next
     */
    Builder repeatTerms(int count, int a, int b) {
      termRepeats = count;
      aTermRepeat = a;
      bTermRepeat = b;
      return this;
    }

    /** Adds {@code count} rows that lie side by side in a, and {@code cStep} apart in c. */
    void add(Taps y, Taps x, int count, int c, int cStep) {
      List<int[]> group =
          groups.computeIfAbsent(new Terms(y.taps, x.taps), terms -> new ArrayList<>());
      int a = y.base * aSteps[0] + x.base * aSteps[1];
      for (int i = 0; i < count; i++) {
        group.add(new int[] {a + i, c + i * cStep});
      }
      rows += count;
    }

    private void terms(Terms terms, List<Integer> a, List<Integer> b) {
      for (int r = 0; r < termRepeats; r++) {
        int aFrom = Math.multiplyExact(r, aTermRepeat);
        int bFrom = Math.multiplyExact(r, bTermRepeat);
        for (Tap y : terms.y) {
          for (Tap x : terms.x) {
            for (int i = 0; i < channels; i++) {
              a.add(aFrom + y.a * aSteps[0] + x.a * aSteps[1] + i);
              b.add(bFrom + y.b * bSteps[0] + x.b * bSteps[1] + i * bSteps[2]);
            }
          }
        }
      }
    }

    Contraction build() {
      return new Contraction(this);
    }
  }

  /**
   * Computes the first {@code repeats} repetitions of the rows from the first {@code termRepeats}
   * of their terms; other arguments as of the kernel.
   */
  void run(
      int repeats,
      int termRepeats,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int n) {
    for (int g = 0; g < regular.length; g++) {
      if (regular[g] == null) {
        tabled(g, repeats, termRepeats, a, aOff, b, bOff, bias, biasOff, c, cOff, n);
        continue;
      }
      for (int r = 0; r < repeats; r++) {
        float[] start = bias;
        for (int q = 0; q < termRepeats; q++) {
          int aAt = aOff + q * aTermRepeat;
          int bAt = bOff + q * bTermRepeat;
          strided(g, r, a, aAt, b, bAt, start, biasOff, c, cOff, n);
          start = null;
        }
      }
    }
  }

  private void strided(
      int group,
      int repeat,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int n) {
    TileKernels tiles = Backend.kernels().tiles();
    Runs runs = regular[group].runs;
    int rows = rowFrom[group] + (rowFrom[group + 1] - rowFrom[group]) / maxRepeats * repeat;
    int aAt = aOff + aTerm[termFrom[group]];
    int bAt = bOff + bTerm[termFrom[group]];
    List<Piece> pieces = regular[group].pieces;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      int row = rows + piece.row;
      float[] start = bias;
      for (int call = 0; call < runs.calls(); call++) {
        tiles.strided(
            piece.strides,
            piece.count,
            n,
            runs.terms(),
            a,
            aAt + aRow[row] + call * runs.aRun(),
            b,
            bAt + call * runs.bRun(),
            start,
            biasOff,
            c,
            cOff,
            cRow,
            row);
        start = null;
      }
    }
  }

  private void tabled(
      int group,
      int repeats,
      int termRepeats,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff,
      int n) {
    int rows = (rowFrom[group + 1] - rowFrom[group]) / maxRepeats * repeats;
    int terms = terms(group) * termRepeats;
    Backend.kernels()
        .tiles()
        .gemm(
            a,
            aOff,
            aRow,
            cRow,
            rowFrom[group],
            rows,
            aTerm,
            bTerm,
            termFrom[group],
            terms,
            b,
            bOff,
            bias,
            biasOff,
            c,
            cOff,
            n);
  }
}
