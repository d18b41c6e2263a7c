package dev.gmr.bench;

import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/** The program {@code bench}: runs suites by name and tabulates them against the limits. */
public final class Bench {
  private static final String HELP =
      """
      Usage: bench SUITE... [--quick] [--out DIR]
             bench --list
             bench --report DIR

      Runs JMH suites; all runs every one. Prints a table of each and writes SUITE.json
      (JMH's results, those of peak included), SUITE.environment.json and SUITE.md to
      bench/results/DATE-CPU-JDK, and bench.log. FMA peak and memory bandwidth are
      measured first in every run, and each figure is held against them; above 100% of
      memory means that a cache holds part of the arrays. Times are medians of all
      iterations, +-% half the distance between their quartiles; cases that take turns
      are compared iteration by iteration. B/call is what the heap gave for a call: near
      0 unless a kernel was not compiled whole, or not yet.

        --quick     one short fork each, to see that it works; the figures are rough
                    and go to a folder that ends in -quick
        --list      lists the suites
        --out DIR   writes the results there, quick or not
        --report DIR
                    makes DIR/*.md, summary.md included, and DIR/augmentation.png
                    anew from the results in DIR/*.json, whose cases should be
                    those of this revision
        -h, --help  shows this

      Exit codes: 0 done, 1 a benchmark failed, 2 wrong arguments, 3 files.

      Examples:
        bench conv gemm
        bench step --quick
        bench all --out /tmp/here
        bench --report /tmp/here
      """;

  private final PrintStream out;
  private final PrintStream err;

  Bench(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the program.
   *
   * @param args see {@code bench --help}
   */
  public static void main(String[] args) {
    System.exit(new Bench(System.out, System.err).run(args));
  }

  int run(String... args) {
    try {
      Arguments arguments = Arguments.parse(args);
      if (arguments.help()) {
        out.print(HELP);
      } else if (arguments.list()) {
        out.print(list());
      } else if (arguments.report().isPresent()) {
        Report.write(arguments.report().get()).forEach(file -> out.println("made: " + file));
      } else {
        measure(arguments);
      }
      return 0;
    } catch (UserError e) {
      err.println("bench: " + e.getMessage());
      return e.exitCode();
    }
  }

  private static TextTable list() {
    TextTable table = new TextTable();
    for (Suite suite : Suite.ALL) {
      table.row(suite.title(), suite.description());
    }
    return table;
  }

  private void measure(Arguments arguments) {
    Effort effort = arguments.quick() ? Effort.QUICK : Effort.FULL;
    Machine machine = Machine.current(effort.toString());
    Results results = new Results(folder(arguments, machine), machine);
    try (PrintStream log = results.openLog()) {
      measure(arguments, new SuiteRunner(effort, log, err), results);
    } catch (UserError e) {
      throw e.kind() == UserError.Kind.RUN
          ? UserError.run(e.getMessage() + "; see " + results.folder().resolve("bench.log"))
          : e;
    }
    out.println("results: " + results.folder());
  }

  private static Path folder(Arguments arguments, Machine machine) {
    String name = machine.folderName() + (arguments.quick() ? "-quick" : "");
    return arguments
        .out()
        .orElseGet(() -> Path.of(System.getProperty("gmr.bench.results", "results"), name));
  }

  private void measure(Arguments arguments, SuiteRunner runner, Results results) {
    List<RunResult> peak = runner.run(Suite.PEAK);
    out.println(results.of(Suite.PEAK, peak).limits());
    for (Suite suite : arguments.suites()) {
      List<RunResult> runs = suite.equals(Suite.PEAK) ? peak : runner.run(suite);
      List<RunResult> kept = new ArrayList<>(peak);
      if (!suite.equals(Suite.PEAK)) {
        kept.addAll(runs);
      }
      SuiteTable table = results.write(suite, kept).table();
      out.printf("%n%s: %s%n%s", suite.title(), suite.description(), table.text());
      out.flush();
    }
    out.println();
  }
}
