package dev.gmr.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
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

  /**
   * Writes a suite's results.
   *
   * @param runs what JMH found, the suite {@code peak} of the same run included
   */
  SuiteResults write(Suite suite, List<RunResult> runs) {
    String json = json(runs);
    SuiteResults results = of(suite, json);
    writeEnvironment(suite);
    write(SuiteResults.file(folder, suite), json);
    write(folder.resolve(suite.title() + ".md"), results.markdown());
    return results;
  }

  /** Takes JMH's results apart without writing them. */
  SuiteResults of(Suite suite, List<RunResult> runs) {
    return of(suite, json(runs));
  }

  private SuiteResults of(Suite suite, String json) {
    try {
      return SuiteResults.of(suite, machine, SuiteResults.JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JMH's results are not JSON", e);
    }
  }

  private void writeEnvironment(Suite suite) {
    try {
      String text = SuiteResults.JSON.writeValueAsString(machine) + "\n";
      write(SuiteResults.environment(folder, suite), text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the environment is not JSON", e);
    }
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

  private static void write(Path file, String text) {
    AtomicFiles.writeText(file, GO_ON, text);
  }
}
