package dev.gmr.kernels;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The largest errors that this run's accuracy tests measured. */
final class AccuracyTable {
  private static final Map<Contract, Double> FLOATS = new EnumMap<>(Contract.class);
  private static final Map<Contract, Double> DOUBLES = new EnumMap<>(Contract.class);

  private AccuracyTable() {}

  static synchronized void add(Contract row, boolean floats, double ulps) {
    (floats ? FLOATS : DOUBLES).merge(row, ulps, Math::max);
  }

  /** Whether every row was measured. */
  static synchronized boolean complete() {
    return FLOATS.size() == Contract.values().length && DOUBLES.size() == FLOATS.size();
  }

  static synchronized String markdown() {
    StringBuilder text =
        new StringBuilder(
            """
            | function | float, at most | measured | double, at most | measured |
            | --- | ---: | ---: | ---: | ---: |
            """);
    for (Contract row : Contract.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.3f | %s | %.2f |%n",
              row.title,
              row.floatUlps,
              FLOATS.getOrDefault(row, Double.NaN),
              row.doubleUlps,
              DOUBLES.getOrDefault(row, Double.NaN)));
    }
    return text.toString();
  }
}
