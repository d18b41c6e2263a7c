package dev.gmr.bench;

import java.util.function.UnaryOperator;

/**
 * A comparison with another case of the same suite.
 *
 * @param title what the column is called
 * @param baseline the case to compare with; the case itself where there is nothing to compare
 * @param speed whether speeds are divided instead of times
 */
record Ratio(String title, UnaryOperator<Case> baseline, boolean speed) {
  static final Ratio THREADS = new Ratio("speed/1 thread", c -> c.with("threads", "1"), true);

  double of(Measurement measured, Measurement base) {
    double times = measured.nanos() / base.nanos();
    return speed ? 1 / times : times;
  }
}
