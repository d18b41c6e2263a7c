package dev.gmr.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A comparison with another case of the same suite.
 *
 * @param title what the column is called
 * @param baseline the case to compare with; the case itself where there is nothing to compare
 * @param form what is divided by what
 */
record Ratio(String title, UnaryOperator<Case> baseline, Form form) {
  /** How the two are compared. */
  enum Form {
    /** The case's time by the baseline's. */
    TIME,
    /** The case's speed by the baseline's. */
    SPEED,
    /** The same in percent. */
    PERCENT_OF_SPEED
  }

  /** A regularized step's time by a plain one's, where methods are so called. */
  static final Ratio PLAIN = new Ratio("time/plain", c -> c.ofMethod("plain"), Form.TIME);

  static final Ratio THREADS = new Ratio("speed/1 thread", c -> c.with("threads", "1"), Form.SPEED);

  /** The median of the ratios that iterations have where both take turns in each. */
  double byTurns(Measurement measured, Measurement base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(measured.times().size(), base.times().size()); i++) {
      ratios.add(of(measured.times().get(i), base.times().get(i)));
    }
    return Measurement.percentile(ratios, 50);
  }

  /** Compares times of the same work. */
  double of(double measured, double base) {
    return switch (form) {
      case TIME -> measured / base;
      case SPEED -> base / measured;
      case PERCENT_OF_SPEED -> 100 * base / measured;
    };
  }
}
