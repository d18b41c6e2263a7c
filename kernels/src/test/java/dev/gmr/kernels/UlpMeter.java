package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

/** Keeps the largest error of a float function in units in the last place of the exact result. */
final class UlpMeter {
  private final String function;
  private double worst;
  private String where = "nowhere";
  private long count;

  UlpMeter(String function) {
    this.function = function;
  }

  void add(float got, double exact, float x, float y) {
    count++;
    double error = error(got, exact);
    if (error > worst) {
      worst = error;
      where = "(%a, %a) = (%s, %s): %s, exact %s".formatted(x, y, x, y, got, exact);
    }
  }

  void add(float got, double exact, float x) {
    add(got, exact, x, Float.NaN);
  }

  double worst() {
    return worst;
  }

  /** Prints the largest error and holds it to the bound that the facade's Javadoc states. */
  void assertAtMost(double bound) {
    System.out.printf(
        Locale.ROOT, "%s: at most %.3f ulp of %,d at %s%n", function, worst, count, where);
    assertThat(worst).as(function + " at " + where).isLessThanOrEqualTo(bound);
  }

  static double error(float got, double exact) {
    if (Double.isNaN(exact)) {
      return Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
    }
    // Half a unit above the largest float rounds to infinity.
    if (Float.isInfinite(got) && Math.abs(exact) > 0x1.fffffep127) {
      double reach = Math.abs(exact) >= 0x1.ffffffp127 ? 0 : 1;
      return got > 0 == exact > 0 ? reach : Double.POSITIVE_INFINITY;
    }
    if (Float.isNaN(got) || Double.isInfinite(exact)) {
      return (double) got == exact ? 0 : Double.POSITIVE_INFINITY;
    }
    int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
    return Math.abs(got - exact) / Math.scalb(1.0, exponent - 23);
  }
}
