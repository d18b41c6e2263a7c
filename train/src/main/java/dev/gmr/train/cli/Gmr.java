package dev.gmr.train.cli;

import dev.gmr.train.run.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The program gmr. */
public final class Gmr {
  private static final Map<String, String> EXIT_CODES = exitCodes();

  private Gmr() {}

  /** The command that holds all others. */
  @Command(
      name = "gmr",
      description = "Trains image classifiers that withstand noise.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  gmr quickstart",
        "  gmr train --data mnist --sigma 0.5 --expectation 1 --out runs/regularized",
        "  gmr evaluate runs/regularized",
        "  gmr export runs/regularized",
        "",
        "gmr COMMAND --help tells more. source <(gmr generate-completion) completes options in"
            + " bash and zsh.",
        "Variables: GMR_JAVA_HOME (a JDK 25), GMR_JAVA_OPTIONS (for the JVM), GMR_DEBUG=1 (stack"
            + " traces)."
      })
  static final class Root {}

  /** Version for --version. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "gmr " + Version.current() + " on Java " + System.getProperty("java.version")
      };
    }
  }

  /**
   * Runs the program and ends the process.
   *
   * @param args command and options
   */
  public static void main(String[] args) {
    boolean debug = "1".equals(System.getenv("GMR_DEBUG"));
    ResultStream results = new ResultStream(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(results, true, System.out.charset());
    int exitCode = execute(Session.ofProcess(LocalEngine::new, out), debug, args);
    System.exit(new Failures(System.err, debug).output(results, exitCode));
  }

  /** Runs a command and returns the exit code. */
  static int execute(Session session, boolean debug, String... args) {
    Failures failures = new Failures(session.err(), debug);
    try {
      CommandLine line = commandLine(session);
      failures.attach(line);
      line.setExecutionStrategy(parsed -> executeOnce(parsed, failures));
      return line.execute(args.length == 0 ? new String[] {"--help"} : args);
    } catch (RuntimeException | Error e) {
      return failures.execution(e, "gmr");
    }
  }

  /**
   * Runs what was parsed, unless an option was given twice: in a group of options that makes
   * picocli begin a new group and forget the options of the first one.
   */
  private static int executeOnce(ParseResult parsed, Failures failures) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Set<String> seen = new HashSet<>();
    for (String word : parsed.originalArgs()) {
      String name = word.startsWith("--") ? word.split("=", 2)[0] : "";
      if (name.length() > 2 && !seen.add(name)) {
        throw new ParameterException(
            last.commandSpec().commandLine(), name + " is given twice; keep one of them");
      }
    }
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) { // picocli hands on exceptions alone
      return failures.execution(e, last.commandSpec().qualifiedName());
    }
  }

  static CommandLine commandLine(Session session) {
    CommandLine data =
        new CommandLine(new DataCommand.Group())
            .addSubcommand(new DataCommand.ListSets(session))
            .addSubcommand(new DataCommand.Fetch(session))
            .addSubcommand(new DataCommand.Verify(session));
    CommandLine root =
        new CommandLine(new Root())
            .addSubcommand(new TrainCommand(session))
            .addSubcommand(new EvaluateCommand(session))
            .addSubcommand(new ExportCommand(session))
            .addSubcommand(new ImportCommand(session))
            .addSubcommand(new QuickstartCommand(session))
            .addSubcommand(new ModelsCommand(session))
            .addSubcommand(new InfoCommand(session))
            .addSubcommand(data)
            .addSubcommand(new AutoComplete.GenerateCompletion());
    dress(root);
    // A folder's name may begin with @, and a file of that name is not a list of arguments.
    root.setExpandAtFiles(false);
    root.registerConverter(Path.class, Choices::path);
    root.registerConverter(Integer.class, Choices::integer);
    root.registerConverter(Long.class, Choices::longInteger);
    root.registerConverter(long.class, Choices::longInteger);
    root.registerConverter(Double.class, Choices::number);
    root.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8));
    return root;
  }

  /** Gives every command the same help: standard options, sorted as declared, exit codes. */
  private static void dress(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getCommandSpec().versionProvider(new VersionProvider());
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.sortOptions(false);
    usage.width(100);
    usage.abbreviateSynopsis(true);
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(EXIT_CODES);
    line.getSubcommands().values().forEach(Gmr::dress);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("1", "the run failed");
    codes.put("2", "a wrong command or option");
    codes.put("3", "a file or data set is missing, damaged or cannot be written");
    codes.put("4", "the loss became NaN");
    codes.put("130, 143", "stopped by Ctrl-C or SIGTERM; a training was saved first");
    return codes;
  }
}
