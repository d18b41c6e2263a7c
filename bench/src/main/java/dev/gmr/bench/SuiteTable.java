package dev.gmr.bench;

import dev.gmr.train.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The results of a suite as a table; columns that say nothing about it are left out. */
final class SuiteTable {
  private static final String NOTHING = "-";

  private final List<String> header = new ArrayList<>(List.of("case"));
  private final List<List<String>> rows = new ArrayList<>();

  SuiteTable(Suite suite, List<Measurement> measurements, Limits limits) {
    for (Measurement m : measurements) {
      rows.add(new ArrayList<>(List.of(m.subject().name())));
    }
    double unit = suite.unit().toNanos(1);
    String time = suite.unit() == TimeUnit.MILLISECONDS ? "ms/call" : "us/call";
    add(time, 3, measurements, m -> m.nanos() / unit);
    add("+-%", 1, measurements, m -> 100 * m.spread() / m.nanos());
    add("GFLOP/s", 1, measurements, m -> suite.work(m.subject()).flops() / m.nanos());
    add("ns/element", 3, measurements, m -> m.nanos() / suite.work(m.subject()).elements());
    add("GB/s", 1, measurements, m -> suite.work(m.subject()).bytes() / m.nanos());
    add(
        "% of FMA peak",
        1, measurements, m -> 100 * limits.shareOfPeak(suite.work(m.subject()), m.nanos()));
    add(
        "% of memory",
        1, measurements, m -> 100 * limits.shareOfBandwidth(suite.work(m.subject()), m.nanos()));
    add("M pairs/s", 1, measurements, m -> 1e3 * suite.work(m.subject()).pairs() / m.nanos());
    for (Ratio ratio : suite.ratios()) {
      add(ratio.title(), 2, measurements, m -> ratio(suite, ratio, m, measurements));
    }
    add("B/call", 0, measurements, Measurement::allocated);
  }

  private static double ratio(Suite suite, Ratio ratio, Measurement m, List<Measurement> all) {
    Case base = ratio.baseline().apply(m.subject());
    if (base.equals(m.subject())) {
      return Double.NaN;
    }
    return all.stream()
        .filter(other -> other.subject().equals(base))
        .mapToDouble(
            other ->
                suite.byTurns()
                    ? ratio.byTurns(m, other)
                    : ratio.of(cost(suite, m), cost(suite, other)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Time of an element, since a baseline may have fewer; of a call where none are counted. */
  private static double cost(Suite suite, Measurement m) {
    double elements = suite.work(m.subject()).elements();
    return Double.isNaN(elements) ? m.nanos() : m.nanos() / elements;
  }

  private void add(
      String title, int decimals, List<Measurement> from, ToDoubleFunction<Measurement> value) {
    if (from.stream().mapToDouble(value).allMatch(Double::isNaN)) {
      return;
    }
    header.add(title);
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).add(format(value.applyAsDouble(from.get(i)), decimals));
    }
  }

  private static String format(double value, int decimals) {
    return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Returns aligned text for the terminal. */
  String text() {
    TextTable table = new TextTable().row(header.toArray(String[]::new));
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return table.toString();
  }

  /** Returns a table in Markdown, numbers to the right. */
  String markdown() {
    return MarkdownTable.of(header, rows);
  }
}
