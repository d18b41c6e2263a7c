package dev.gmr.kernels.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The oracle against 40 digits from mpmath: {@code reference.py} in the test resources wrote {@code
 * reference.csv} with formulas of its own and 200 digits.
 */
class OracleTest {
  private static final double TOLERANCE = 1e-26;
  private static final MathContext DIGITS = new MathContext(50);

  private static final Map<String, Function<double[], DoubleDouble>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", x -> Oracle.exp(x[0])),
          Map.entry("log", x -> Oracle.log(x[0])),
          Map.entry("pdf", x -> Oracle.pdf(x[0])),
          Map.entry("cdf", x -> Oracle.cdf(x[0])),
          Map.entry("survival", x -> Oracle.survival(x[0])),
          Map.entry("logCdf", x -> Oracle.logCdf(x[0])),
          Map.entry("erf", x -> Oracle.erf(x[0])),
          Map.entry("erfc", x -> Oracle.erfc(x[0])),
          Map.entry("erfcx", x -> Oracle.erfcx(x[0])),
          Map.entry("mills", x -> Oracle.mills(x[0])),
          Map.entry("loss", x -> Oracle.loss(x[0])),
          Map.entry("squaredLoss", x -> Oracle.squaredLoss(x[0])),
          Map.entry("inverseCdf", x -> Oracle.inverseCdf(x[0])),
          Map.entry("reluMean", x -> Oracle.reluMean(x[0], x[1])),
          Map.entry("reluVariance", x -> Oracle.reluVariance(x[0], x[1])),
          Map.entry("reluSecondMoment", x -> Oracle.reluSecondMoment(x[0], x[1])),
          Map.entry("reluMeanByMu", x -> Oracle.reluMeanByMu(x[0], x[1])),
          Map.entry("reluMeanBySigma", x -> Oracle.reluMeanBySigma(x[0], x[1])),
          Map.entry("reluVarianceByMu", x -> Oracle.reluVarianceByMu(x[0], x[1])),
          Map.entry("reluVarianceByVariance", x -> Oracle.reluVarianceByVariance(x[0], x[1])),
          Map.entry("reluVarianceBySigma", x -> Oracle.reluVarianceBySigma(x[0], x[1])),
          Map.entry("geluMean", x -> Oracle.geluMean(x[0], x[1])),
          Map.entry("geluVariance", x -> Oracle.geluVariance(x[0], x[1])),
          Map.entry("clippedMean", x -> Oracle.clippedMean(x[0], x[1], x[2], x[3])),
          Map.entry("clippedVariance", x -> Oracle.clippedVariance(x[0], x[1], x[2], x[3])),
          Map.entry("owensT", x -> Oracle.owensT(x[0], x[1])),
          Map.entry("bivariateCdf", x -> Oracle.bivariateCdf(x[0], x[1], x[2])),
          Map.entry("reluCovariance", x -> Oracle.reluCovariance(x[0], x[1], x[2], x[3], x[4])),
          Map.entry("maxMean", x -> Oracle.maxMean(x[0], x[1], x[2], x[3], x[4])),
          Map.entry("maxVariance", x -> Oracle.maxVariance(x[0], x[1], x[2], x[3], x[4])));

  /** One line of the reference. */
  private record Point(String function, List<Double> arguments, BigDecimal value) {
    static Point of(String line) {
      List<String> fields = List.of(line.split(",", -1));
      int last = fields.size() - 1;
      List<Double> arguments = fields.subList(1, last).stream().map(Double::valueOf).toList();
      return new Point(fields.getFirst(), arguments, new BigDecimal(fields.get(last)));
    }

    double[] array() {
      return arguments.stream().mapToDouble(x -> x).toArray();
    }

    /** The relative error; against 0 any result but 0 is infinitely wrong. */
    double error(DoubleDouble got) {
      if (value.signum() == 0 || got.signum() == 0) {
        return value.signum() == got.signum() ? 0 : Double.POSITIVE_INFINITY;
      }
      BigDecimal difference = got.toBigDecimal(DIGITS).subtract(value, DIGITS);
      return difference.divide(value, DIGITS).abs().doubleValue();
    }
  }

  @TestFactory
  List<DynamicTest> agreesWithMpmath() throws IOException {
    Map<String, List<Point>> points = points().collect(Collectors.groupingBy(Point::function));
    assertThat(points.keySet()).isEqualTo(FUNCTIONS.keySet());
    return points.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> compare(e.getKey(), e.getValue())))
        .toList();
  }

  private static void compare(String name, List<Point> points) {
    double worst = -1;
    Point at = null;
    for (Point point : points) {
      double error = point.error(FUNCTIONS.get(name).apply(point.array()));
      if (!(error <= worst)) {
        worst = error;
        at = point;
      }
    }
    String where = at.arguments().toString();
    System.out.printf(
        Locale.ROOT,
        "oracle %s: relative error at most %.1e at %s (%d points)%n",
        name,
        worst,
        where,
        points.size());
    assertThat(points).hasSizeGreaterThanOrEqualTo(20);
    assertThat(worst).as(name + " at " + where).isLessThan(TOLERANCE);
  }

  private static Stream<Point> points() throws IOException {
    try (InputStream in = OracleTest.class.getResourceAsStream("reference.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Point::of);
    }
  }
}
