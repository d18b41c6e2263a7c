package dev.gmr.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.UserError;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The folder of a run: for each suite SUITE.json in JMH's own form, SUITE.environment.json and
 * SUITE.md; bench.log.
 */
final class Results {
  private static final String GO_ON = "run bench again";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path folder;
  private final Machine machine;

  Results(Path folder, Machine machine) {
    this.folder = folder;
    this.machine = machine;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw UserError.files(
          "cannot make the folder %s: %s; choose another by --out".formatted(folder, e), e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Opens the log that JMH writes to. */
  PrintStream openLog() {
    Path log = folder.resolve("bench.log");
    try {
      return new PrintStream(
          new BufferedOutputStream(Files.newOutputStream(log)), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw UserError.files("cannot write %s: %s; choose --out".formatted(log, e), e);
    }
  }

  private void writeEnvironment(Suite suite) {
    try {
      write(suite.title() + ".environment.json", JSON.writeValueAsString(machine) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the environment is not JSON", e);
    }
  }

  /** Writes a suite's results; the runs hold the limits of the same run too. */
  void write(Suite suite, List<RunResult> runs, SuiteTable table, Limits limits) {
    writeEnvironment(suite);
    write(suite.title() + ".json", json(runs));
    String head =
        """
        # %s: %s

        %s; JVM flags `%s`; %s.
        %s.

        """
            .formatted(
                suite.title(),
                suite.description(),
                machine.headline(),
                String.join(" ", machine.flags()),
                machine.effort(),
                limits);
    write(suite.title() + ".md", head + table.markdown());
  }

  /** JMH's JSON, without the folder of this machine's JVM. */
  private static String json(List<RunResult> runs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream text = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, text).writeOut(runs);
    text.flush();
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replaceAll("(?m)^( *\"jvm\" : )\".*\"", "$1\"java\"");
  }

  private void write(String name, String text) {
    AtomicFiles.writeText(folder.resolve(name), GO_ON, text);
  }
}
