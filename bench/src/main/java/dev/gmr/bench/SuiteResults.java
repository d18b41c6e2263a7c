package dev.gmr.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A suite's results as a run of it left them.
 *
 * @param suite which
 * @param machine where and of what
 * @param limits of the same run
 * @param measurements a case each
 */
record SuiteResults(Suite suite, Machine machine, Limits limits, List<Measurement> measurements) {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Takes JMH's JSON apart, which holds the suite {@code peak} too. */
  static SuiteResults of(Suite suite, Machine machine, JsonNode runs) {
    List<JsonNode> peak = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode run : runs) {
      boolean ofPeak = run.path("benchmark").asText().startsWith(PeakBench.class.getName() + ".");
      (ofPeak ? peak : others).add(run);
    }
    List<JsonNode> own = suite.equals(Suite.PEAK) ? peak : others;
    return new SuiteResults(
        suite, machine, Limits.of(Suite.PEAK.measurements(peak)), suite.measurements(own));
  }

  /** The file of a suite's results in a folder. */
  static Path file(Path folder, Suite suite) {
    return folder.resolve(suite.title() + ".json");
  }

  /** The file that tells where they were measured. */
  static Path environment(Path folder, Suite suite) {
    return folder.resolve(suite.title() + ".environment.json");
  }

  /**
   * Reads a suite's results from the folder of a run.
   *
   * @throws UserError if a file is missing or is not what such a run writes
   */
  static SuiteResults read(Path folder, Suite suite) {
    Path file = file(folder, suite);
    JsonNode runs = read(file, JsonNode.class);
    Machine machine = read(environment(folder, suite), Machine.class);
    SuiteResults results = of(suite, machine, runs);
    for (Measurement m : results.measurements) {
      try {
        suite.work(m.subject());
      } catch (IllegalArgumentException e) {
        throw UserError.files(
            "%s has a case that this revision does not know: %s; run bench again"
                .formatted(file, m.subject().name()),
            e);
      }
    }
    if (results.measurements.isEmpty()) {
      throw UserError.files(
          file + " holds no results of this suite; run bench " + suite.title(), null);
    }
    return results;
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(Files.readAllBytes(file), type);
    } catch (JsonProcessingException e) {
      throw UserError.files(
          "%s is not what bench writes: %s; run bench again"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw IoFaults.unreadable(file, e);
    }
  }

  /** The measurement of a case; one without times where it was not measured. */
  Measurement find(Case subject) {
    return measurements.stream()
        .filter(m -> m.subject().equals(subject))
        .findFirst()
        .orElse(new Measurement(subject, List.of(), Double.NaN));
  }

  SuiteTable table() {
    return new SuiteTable(suite, measurements, limits);
  }

  /** Returns the table in Markdown, and what it is a table of. */
  String markdown() {
    return """
        # %s: %s

        %s; JVM flags `%s`; %s.
        %s.
        Times are medians of all iterations; +-%% is half the distance between their quartiles.

        """
            .formatted(
                suite.title(),
                suite.description(),
                machine.headline(),
                String.join(" ", machine.flags()),
                machine.effort(),
                limits)
        + table().markdown();
  }
}
