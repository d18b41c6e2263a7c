package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every case passes its own check and runs, and the table knows what it does. */
class BenchmarksTest {
  @TempDir private Path temporary;

  @BeforeAll
  static void letOthersMeasure() {
    System.setProperty("jmh.ignoreLock", "true"); // a lock is for timing; nothing is timed here
  }

  static List<Suite> suites() {
    return Suite.ALL;
  }

  @ParameterizedTest
  @MethodSource("suites")
  void everyCaseRunsOnce(Suite suite) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    for (Class<?> benchmarks : suite.benchmarks()) {
      options.include("^" + Pattern.quote(benchmarks.getName() + "."));
    }
    suite.quickParams().forEach(options::param);
    Collection<RunResult> runs =
        new Runner(
                options
                    .mode(Mode.SingleShotTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(runs.stream().map(run -> Case.of(run.getParams()).method()).distinct())
        .containsExactlyInAnyOrderElementsOf(methods(suite));
    SuiteResults written =
        new Results(temporary, Machine.current("")).write(suite, List.copyOf(runs));
    assertThat(written.measurements())
        .isNotEmpty()
        .allSatisfy(
            m -> {
              assertThat(m.nanos()).isPositive();
              Work work = suite.work(m.subject());
              assertThat(Double.isNaN(work.flops())).isNotEqualTo(Double.isNaN(work.elements()));
            });
    assertThat(SuiteResults.read(temporary, suite)).isEqualTo(written);
  }

  private static List<String> methods(Suite suite) {
    return suite.benchmarks().stream()
        .flatMap(c -> Arrays.stream(c.getMethods()))
        .filter(m -> m.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .toList();
  }
}
