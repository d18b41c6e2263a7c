package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The offset tables of a product whose rows do not all have the same terms: rows with the same ones
 * are a group and run through {@link TileKernels} together. In a convolution a group is the output
 * pixels whose windows are cut alike by the border, so that nothing is multiplied with padding.
 */
final class Contraction {
  private final int[] aRow;
  private final int[] cRow;
  private final int[] aTerm;
  private final int[] bTerm;
  private final int[] rowFrom;
  private final int[] termFrom;
  private final int maxRepeats;
  private final int maxTermRepeats;

  /** A term of a sum along one axis: steps from the row's place in a, and place in b. */
  record Tap(int a, int b) {}

  /** A row's terms along one axis, and its place in a. */
  record Taps(int base, List<Tap> taps) {}

  /** The terms of a group of rows in two dimensions. */
  private record Terms(List<Tap> y, List<Tap> x) {}

  private Contraction(Builder builder) {
    maxRepeats = builder.repeats;
    maxTermRepeats = builder.termRepeats;
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
    for (int g = 0; g + 1 < rowFrom.length; g++) {
      int rows = (rowFrom[g + 1] - rowFrom[g]) / maxRepeats * repeats;
      run(g, rowFrom[g], rows, termRepeats, a, aOff, b, bOff, bias, biasOff, c, cOff, n);
    }
  }

  private void run(
      int group,
      int rowStart,
      int rows,
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
    int start = termFrom[group];
    int terms = (termFrom[group + 1] - start) / maxTermRepeats * termRepeats;
    Backend.kernels()
        .tiles()
        .gemm(
            a, aOff, aRow, cRow, rowStart, rows, aTerm, bTerm, start, terms, b, bOff, bias, biasOff,
            c, cOff, n);
  }
}
