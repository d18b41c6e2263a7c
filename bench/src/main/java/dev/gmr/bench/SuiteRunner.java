package dev.gmr.bench;

import dev.gmr.train.io.UserError;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs suites in JVMs of their own, method by method, and says which is at work. */
final class SuiteRunner {
  /** Flags of every JVM that measures. */
  static final List<String> FLAGS =
      List.of("--add-modules", "jdk.incubator.vector", "-Xmx3g", "-XX:+UseParallelGC");

  private final Effort effort;
  private final PrintStream log;
  private final PrintStream progress;

  /** Keeps what JMH says in a log, which the caller closes. */
  SuiteRunner(Effort effort, PrintStream log, PrintStream progress) {
    this.effort = effort;
    this.log = log;
    this.progress = progress;
  }

  List<RunResult> run(Suite suite) {
    List<RunResult> results = new ArrayList<>();
    List<String> methods = suite.benchmarks().stream().flatMap(SuiteRunner::methods).toList();
    for (int i = 0; i < methods.size(); i++) {
      String method = methods.get(i);
      progress.printf(
          "bench: %s, %d of %d: %s%n",
          suite.title(), i + 1, methods.size(), method.substring(method.lastIndexOf('.') + 1));
      results.addAll(run(suite, method));
    }
    return results;
  }

  private static Stream<String> methods(Class<?> benchmarks) {
    return Arrays.stream(benchmarks.getMethods())
        .filter(m -> m.isAnnotationPresent(Benchmark.class))
        .sorted(Comparator.comparing(Method::getName))
        .map(m -> benchmarks.getName() + "." + m.getName());
  }

  private List<RunResult> run(Suite suite, String method) {
    ChainedOptionsBuilder options =
        effort
            .applyTo(new OptionsBuilder(), suite)
            .include("^" + Pattern.quote(method) + "$")
            .jvmArgs(FLAGS.toArray(String[]::new))
            .timeUnit(suite.unit())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (effort == Effort.QUICK) {
      suite.quickParams().forEach(options::param);
    }
    try {
      return List.copyOf(
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL))
              .run());
    } catch (RunnerException e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw UserError.run(method + " failed: " + reason.getMessage());
    }
  }
}
