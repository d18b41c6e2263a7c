package dev.gmr.bench;

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

  static final Ratio THREADS = new Ratio("speed/1 thread", c -> c.with("threads", "1"), Form.SPEED);

  /** Compares times of the same work. */
  double of(double measured, double base) {
    return switch (form) {
      case TIME -> measured / base;
      case SPEED -> base / measured;
      case PERCENT_OF_SPEED -> 100 * base / measured;
    };
  }
}
