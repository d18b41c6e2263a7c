package dev.gmr.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the machine gave in the same run.
 *
 * @param gflops FMA peak by number of threads, GFLOP/s
 * @param bandwidth memory bandwidth by number of threads, GB/s moved: a store's line is read first,
 *     hence 4/3 of what the STREAM benchmark would state
 */
record Limits(Map<Integer, Double> gflops, Map<Integer, Double> bandwidth) {
  /** Reads them from the results of the suite {@code peak}. */
  static Limits of(List<Measurement> peak) {
    Limits limits = new Limits(new TreeMap<>(), new TreeMap<>());
    for (Measurement m : peak) {
      Work work = PeakBench.work(m.subject());
      if (work.memoryBound()) {
        limits.bandwidth.put(work.threads(), work.bytes() / m.nanos());
      } else {
        limits.gflops.put(work.threads(), work.flops() / m.nanos());
      }
    }
    return limits;
  }

  /** Share of the FMA peak of as many threads; NaN where operations do not count. */
  double shareOfPeak(Work work, double nanos) {
    return work.flops() / nanos / gflops.getOrDefault(work.threads(), Double.NaN);
  }

  /** Share of the memory's bandwidth; NaN where the arrays lie in a cache. */
  double shareOfBandwidth(Work work, double nanos) {
    return work.memoryBound()
        ? work.bytes() / nanos / bandwidth.getOrDefault(work.threads(), Double.NaN)
        : Double.NaN;
  }

  @Override
  public String toString() {
    return "limits in this run: FMA peak "
        + list(gflops, "GFLOP/s")
        + "; memory (triad, 16 bytes an element) "
        + list(bandwidth, "GB/s");
  }

  private static String list(Map<Integer, Double> byThreads, String unit) {
    StringBuilder text = new StringBuilder();
    byThreads.forEach(
        (threads, value) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(String.format(Locale.ROOT, "%.1f %s (%d ", value, unit, threads))
                .append(threads == 1 ? "thread)" : "threads)"));
    return text.toString();
  }
}
