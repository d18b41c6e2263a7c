package dev.gmr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gmr.train.io.UserError;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What JMH found for a case.
 *
 * @param subject the case
 * @param times nanoseconds of a call, for each iteration of every fork
 * @param allocated bytes allocated by a call; NaN where not measured
 */
record Measurement(Case subject, List<Double> times, double allocated) {
  Measurement {
    times = List.copyOf(times);
  }

  /** Reads a run from JMH's JSON. */
  static Measurement of(JsonNode run) {
    Case subject = Case.of(run);
    JsonNode time = run.path("primaryMetric");
    double unit = nanos(subject, time.path("scoreUnit").asText());
    List<Double> times = values(time).stream().map(t -> t * unit).toList();
    return new Measurement(subject, times, allocated(run));
  }

  private static double nanos(Case subject, String unit) {
    return switch (unit) {
      case "ns/op" -> 1;
      case "us/op" -> 1e3;
      case "ms/op" -> 1e6;
      default ->
          throw UserError.files(
              "times of %s are in \"%s\"; expected ns/op, us/op or ms/op"
                  .formatted(subject.name(), unit),
              null);
    };
  }

  /** A metric's value in each iteration of every fork. */
  static List<Double> values(JsonNode metric) {
    List<Double> values = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      fork.forEach(value -> values.add(value.asDouble()));
    }
    return values;
  }

  /** Bytes allocated by a call; NaN where not measured. */
  static double allocated(JsonNode run) {
    return run.path("secondaryMetrics")
        .path("gc.alloc.rate.norm")
        .path("score")
        .asDouble(Double.NaN);
  }

  /** The median time of a call; NaN without any. */
  double nanos() {
    return percentile(times, 50);
  }

  /** Half the distance between the times' quartiles; NaN of fewer than two. */
  double spread() {
    return times.size() < 2 ? Double.NaN : (percentile(times, 75) - percentile(times, 25)) / 2;
  }

  /** NaN of none. */
  static double percentile(List<Double> values, double rank) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    ListStatistics statistics = new ListStatistics();
    values.forEach(statistics::addValue);
    return statistics.getPercentile(rank);
  }
}
