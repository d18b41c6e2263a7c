package dev.gmr.bench;

import java.util.List;
import java.util.Map;

/** What the cases of the suite {@code moments} do, and what they are compared with. */
final class MomentWork {
  static final List<Ratio> RATIOS =
      List.of(
          new Ratio("% of copy", MomentWork::copy, Ratio.Form.PERCENT_OF_SPEED),
          new Ratio("% of cached", MomentWork::cached, Ratio.Form.PERCENT_OF_SPEED),
          new Ratio("speed/scalar", c -> c.with("backend", "scalar"), Ratio.Form.SPEED),
          new Ratio("speed/Commons", MomentWork::commons, Ratio.Form.SPEED),
          new Ratio("speed/quadrature", MomentWork::quadrature, Ratio.Form.SPEED),
          new Ratio("speed/128 bits", MomentWork::narrow, Ratio.Form.SPEED));

  private static final String MEAN = "fusedMean";
  private static final String PAIRS = "reluCovariance";
  private static final String MATRIX = "exactMatrix";
  private static final String COPY = "copy";

  private MomentWork() {}

  /** The copy of as many elements. */
  private static Case copy(Case c) {
    return c.method().equals(MEAN) ? new Case(COPY, Map.of("n", c.param("n"))) : c;
  }

  /** The same from cache, where computing is the limit. */
  private static Case cached(Case c) {
    return c.method().equals(MEAN) ? c.with("n", String.valueOf(MeanBench.CACHED)) : c;
  }

  private static Case commons(Case c) {
    return c.method().equals(MEAN) ? new Case("commonsMean", Map.of("n", c.param("n"))) : c;
  }

  private static Case quadrature(Case c) {
    return c.method().equals(PAIRS) || c.method().equals(MATRIX)
        ? new Case("quadrature", Map.of())
        : c;
  }

  private static Case narrow(Case c) {
    String kernel = widthKernel(c.method());
    return kernel.equals(c.method()) ? c : c.ofMethod(kernel + "128");
  }

  /** The method's name without a width at its end. */
  private static String widthKernel(String method) {
    return method.replaceFirst("(128|256|512)$", "");
  }

  /**
   * Counts each array that a call reads or writes once; beyond the caches a written line is read
   * first, as in the triad that the memory is measured by.
   */
  static Work of(Case c) {
    return switch (widthKernel(c.method())) {
      case MEAN, COPY, "commonsMean" -> mean(c);
      case "function" -> Work.elements(FunctionBench.N, 2 * size(c), 1);
      case "moment" -> {
        int results = GaussianFormulas.moments(c.param("kernel"), 1, 1).length;
        yield Work.elements(MomentBench.N, (2 + results) * size(c), 1);
      }
      case PAIRS -> pairs(size(c));
      case "floatPairs" -> pairs(Float.BYTES);
      case "doublePairs", "quadrature" -> pairs(Double.BYTES);
      // of a pair one element is read and two are written
      case MATRIX, "seriesMatrix" ->
          Work.elements(CovarianceBench.N * (CovarianceBench.N - 1) / 2, 3 * size(c), 1).ofPairs();
      default -> throw new IllegalArgumentException(c.name());
    };
  }

  private static Work mean(Case c) {
    int n = c.params().containsKey("n") ? c.number("n") : MeanBench.CACHED;
    return n == MeanBench.CACHED
        ? Work.elements(n, 5 * Float.BYTES, 1)
        : Work.elements(n, 8 * Float.BYTES, 1).boundByMemory();
  }

  private static Work pairs(int size) {
    return Work.elements(PairArrays.N, 6 * size, 1).ofPairs();
  }

  private static int size(Case c) {
    return c.param("type").equals("float") ? Float.BYTES : Double.BYTES;
  }
}
