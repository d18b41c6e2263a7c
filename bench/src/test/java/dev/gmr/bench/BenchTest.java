package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return new Bench(print(out), print(err)).run(args);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream from) {
    return from.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cnov           | unknown suite \"cnov\"; did you mean conv?",
        "conv gem       | unknown suite \"gem\"; did you mean gemm?",
        "everything     | unknown suite \"everything\" (known: peak,",
        "conv --quik    | unknown option \"--quik\"; did you mean --quick?",
        "conv --out     | --out needs a folder",
        "--report       | --report needs a folder",
        "--quick        | name a suite, or all; see bench --help"
      })
  void wrongArgumentsGetOneLineAndExitCode2(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(text(err)).startsWith("bench: " + message).hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeGetsOneLineAndExitCode3(@TempDir Path temporary) throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThat(run("peak", "--out", file.resolve("sub").toString())).isEqualTo(3);
    assertThat(text(err)).startsWith("bench: cannot make the folder " + file).hasLineCount(1);
  }

  /** A run of JMH's JSON with an iteration each of two forks. */
  private static String run(String benchmark, String params, double first, double second) {
    return """
        {"benchmark": "dev.gmr.bench.%s", "params": {%s},
         "primaryMetric": {"scoreUnit": "ms/op", "rawData": [[%s], [%s]]}}"""
        .formatted(benchmark, params, first, second);
  }

  private static void write(Path folder, String suite, String... runs) throws Exception {
    Files.writeString(folder.resolve(suite + ".json"), "[" + String.join(",", runs) + "]");
    String machine = SuiteResults.JSON.writeValueAsString(Machine.current("two forks"));
    Files.writeString(folder.resolve(suite + ".environment.json"), machine);
  }

  @Test
  void reportsWhatTheSuitesWrote(@TempDir Path temporary) throws Exception {
    String lenet = "\"network\": \"lenet\", \"threads\": \"1\"";
    write(
        temporary,
        "augmentation",
        run("AugmentationBench.regularizer", lenet, 7, 9),
        run("AugmentationBench.augmentation", lenet + ", \"folds\": \"0\"", 3, 5),
        run("AugmentationBench.augmentation", lenet + ", \"folds\": \"1\"", 8, 9.6));
    // a product of 1024 cubed is 2.147 GFLOP
    write(
        temporary,
        "gemm",
        run("PeakBench.fma", "\"threads\": \"1\"", 1, 1),
        run("GemmBench.forward", "\"shape\": \"1024x1024x1024\"", 20, 22));

    assertThat(run("--report", temporary.toString())).as(text(err)).isZero();

    assertThat(text(out).lines())
        .containsExactly(
            "made: " + temporary.resolve("gemm.md"),
            "made: " + temporary.resolve("augmentation.md"),
            "made: " + temporary.resolve("summary.md"),
            "made: " + temporary.resolve("augmentation.png"));
    assertThat(temporary.resolve("augmentation.png")).isNotEmptyFile();
    assertThat(temporary.resolve("gemm.md")).content().contains("| forward shape=1024x1024x1024 |");
    double peak = PeakBench.work(new Case("fma", Map.of("threads", "1"))).flops() / 1e6;
    assertThat(temporary.resolve("summary.md"))
        .content()
        .contains(
            "| 1024x1024x1024 | 102; %.0f | - | - |".formatted(100 * 102.26 / peak),
            "| LeNet, 1 thread | 4; 1.00 | 8; 2.00 | 9; 2.20 | - | - | - |");
  }

  @Test
  void resultsThatAreNotThereGetOneLineAndExitCode3(@TempDir Path temporary) throws Exception {
    assertThat(run("--report", temporary.toString())).isEqualTo(3);
    assertThat(text(err)).startsWith("bench: " + temporary + " holds no results").hasLineCount(1);

    Files.writeString(temporary.resolve("augmentation.json"), "{");
    assertThat(run("--report", temporary.toString())).isEqualTo(3);
    Files.writeString(temporary.resolve("augmentation.json"), "[]");
    assertThat(run("--report", temporary.toString())).isEqualTo(3);
    write(temporary, "augmentation");
    assertThat(run("--report", temporary.toString())).isEqualTo(3);
    assertThat(text(err).lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("holds no results"),
            line -> assertThat(line).contains("augmentation.json is not what bench writes"),
            line -> assertThat(line).contains("augmentation.environment.json"),
            line -> assertThat(line).contains("holds no results of this suite"));
    assertThat(temporary.resolve("augmentation.md")).doesNotExist();
  }

  @Test
  void casesThatAreNotKnownGetOneLineAndExitCode3(@TempDir Path temporary) throws Exception {
    write(temporary, "conv", run("ConvBench.forward", "\"layer\": \"lenet9\"", 1, 1));
    assertThat(run("--report", temporary.toString())).isEqualTo(3);
    write(temporary, "conv", run("ConvBench.forward", "", 1, 1));
    assertThat(run("--report", temporary.toString())).isEqualTo(3);
    assertThat(text(err).lines())
        .hasSize(2)
        .allMatch(line -> line.contains("conv.json has a case that this revision does not know"));
  }

  @Test
  void listNamesEverySuite() {
    assertThat(run("--list")).isZero();
    assertThat(text(out).lines().map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(Suite.names());
  }

  @Test
  void helpHasExamples() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).contains("Examples:", "--quick", "--out DIR");
  }

  @Test
  void allIsEverySuite() {
    assertThat(Arguments.parse("all").suites()).isEqualTo(Suite.ALL);
  }

  @Test
  void folderNamesAreWordsAndDashes() {
    Machine here = Machine.current("");
    Machine there =
        new Machine(
            "2026-01-31",
            "abc",
            "",
            "Intel(R) Xeon(R) Platinum 8488C @ 2.40GHz (family 6, model 143)",
            2,
            List.of(),
            here.program());

    assertThat(there.folderName())
        .isEqualTo(
            "2026-01-31-intel-xeon-platinum-8488c-family-6-model-143-jdk"
                + System.getProperty("java.version"));
    assertThat(here.folderName()).matches("[a-z0-9.-]+");
  }

  @Test
  void processorsOfOneNameAreToldApart() {
    List<String> info =
        List.of("vendor_id\t: AuthenticAMD", "cpu family\t: 25", "model\t\t: 17", "flags\t\t: fpu");
    List<String> named = new ArrayList<>(info);
    named.add("model name\t: AMD EPYC");

    assertThat(Machine.cpuModel(named)).contains("AMD EPYC (family 25, model 17)");
    assertThat(Machine.cpuModel(List.of("model name\t: AMD EPYC"))).contains("AMD EPYC");
    assertThat(Machine.cpuModel(info)).isEmpty();
  }
}
