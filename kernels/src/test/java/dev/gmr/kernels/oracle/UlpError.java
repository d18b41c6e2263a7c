package dev.gmr.kernels.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.StringJoiner;

/**
 * Keeps the largest error of a function in units in the last place of the exact result ({@link
 * DoubleDouble#ulps}), and where it was.
 */
public final class UlpError {
  private final String function;
  private double worst;
  private String where = "nowhere";
  private long count;

  public UlpError(String function) {
    this.function = function;
  }

  /** Takes a double result at these arguments. */
  public void add(double got, DoubleDouble exact, double... arguments) {
    keep(exact.ulps(got), Double.toString(got), exact, arguments);
  }

  /** Takes a float result; its units are those of float. */
  public void addFloat(float got, DoubleDouble exact, double... arguments) {
    keep(exact.floatUlps(got), Float.toString(got), exact, arguments);
  }

  private void keep(double error, String got, DoubleDouble exact, double... arguments) {
    count++;
    if (!(error <= worst)) {
      worst = error;
      StringJoiner at = new StringJoiner(", ", "(", ")");
      for (double x : arguments) {
        at.add(x + " = " + Double.toHexString(x));
      }
      where = at + ": " + got + ", exact " + exact;
    }
  }

  public double worst() {
    return worst;
  }

  public long count() {
    return count;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: at most %.4f ulp of %,d at %s", function, worst, count, where);
  }

  /** Prints the largest error and holds it to a bound. No result at all is a failure too. */
  public void assertAtMost(double bound) {
    System.out.println(this);
    assertThat(count).as(function + ": results compared").isPositive();
    assertThat(worst).as(function + " at " + where).isLessThanOrEqualTo(bound);
  }
}
