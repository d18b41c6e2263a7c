package dev.gmr.train.cli;

import dev.gmr.data.DataException;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line on standard error and an exit code. */
final class Failures {
  private final PrintStream err;
  private final boolean debug;

  Failures(PrintStream err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Reports arguments that cannot be parsed. */
  int usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + decapitalize(message(e)) + "; see " + command + " --help");
    return 2;
  }

  private static String message(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return firstLine(e.getMessage());
    }
    // What follows an unknown option is mostly its value: only the first one is named.
    String word = unmatched.getUnmatched().get(0);
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (word.startsWith("-")) {
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return "unknown option " + name + question(name, command.optionsMap().keySet());
    }
    if (!command.subcommands().isEmpty()) {
      return "unknown command '" + word + "'" + question(word, command.subcommands().keySet());
    }
    return "unexpected argument '" + word + "'";
  }

  private static String question(String word, Collection<String> known) {
    return Suggestions.nearest(word, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /** Reports what a command threw. */
  int execution(Throwable thrown, String command) {
    if (debug) {
      thrown.printStackTrace(err);
    }
    if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
      // The kernels refuse a backend that this JVM cannot run when they are first used.
      return report(command, firstLine(thrown.getCause().getMessage()), 2);
    }
    return switch (thrown) {
      case UserError e -> report(command, e.getMessage(), e.exitCode());
      case DataException e -> report(command, firstLine(e.getMessage()), 3);
      case IllegalArgumentException e -> report(command, firstLine(e.getMessage()), 2);
      case OutOfMemoryError e -> report(command, outOfMemory(e, command), 1);
      default -> report(command, unexpected(thrown), 1);
    };
  }

  private static String outOfMemory(OutOfMemoryError e, String command) {
    if (firstLine(e.getMessage()).contains("native thread")) {
      return "the system starts no more threads; take a smaller --threads or raise the limit of"
          + " processes (ulimit -u)";
    }
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    String smaller =
        switch (command) {
          case "gmr train" -> "take a smaller --batch-size, --augmentation or --limit, or ";
          case "gmr evaluate" -> "take a smaller --limit, or ";
          default -> "";
        };
    return "out of memory; %sgive Java more than its %d MB by GMR_JAVA_OPTIONS=-Xmx%dg"
        .formatted(smaller, megabytes, Math.max(2, 2 * ((megabytes + 512) >> 10)));
  }

  /**
   * Looks whether all results reached standard output, which print streams do not tell.
   *
   * @param exitCode of the command that printed them
   * @return the exit code of the process
   */
  int output(ResultStream results, int exitCode) {
    Optional<IOException> fault = results.fault();
    if (exitCode != 0 || fault.isEmpty()) {
      return exitCode;
    }
    String why = IoFaults.describe(fault.get());
    // A reader that has seen enough, such as head, closes its end: that is no fault.
    return why.equals("broken pipe")
        ? exitCode
        : report("gmr", "cannot write to standard output: " + why + "; send it elsewhere", 3);
  }

  private int report(String command, String message, int exitCode) {
    err.println(command + ": " + message);
    return exitCode;
  }

  private static String unexpected(Throwable thrown) {
    String what = thrown.getClass().getSimpleName() + ": " + firstLine(thrown.getMessage());
    try {
      Path log = Files.createTempFile("gmr-", ".log");
      try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
        thrown.printStackTrace(writer);
      }
      return "a defect of gmr: " + what + "; please report it with " + log;
    } catch (IOException e) {
      return "a defect of gmr: " + what + "; GMR_DEBUG=1 shows where";
    }
  }

  static String firstLine(String message) {
    return message == null ? "no message" : message.lines().findFirst().orElse("no message");
  }

  private static String decapitalize(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Routes what picocli catches to this object. */
  void attach(CommandLine line) {
    line.setParameterExceptionHandler((e, args) -> usage(e));
    line.setExecutionExceptionHandler(
        (e, failed, parsed) -> execution(e, failed.getCommandSpec().qualifiedName()));
  }
}
