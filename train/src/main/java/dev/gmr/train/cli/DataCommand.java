package dev.gmr.train.cli;

import dev.gmr.train.report.TextTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gmr data: the data sets that can be trained on. */
final class DataCommand {
  private DataCommand() {}

  /** The command that holds the three below. */
  @Command(
      name = "data",
      description = "Lists, downloads and checks data sets.",
      synopsisSubcommandLabel = "list | fetch NAME | verify NAME",
      footer = {
        "",
        "Your own images: --data idx --data-dir DIR reads from DIR, raw or gzipped,",
        "  train-images-idx3-ubyte   bytes (N, H, W), or train-images-idx4-ubyte (N, H, W, C)",
        "  train-labels-idx1-ubyte   bytes (N), classes from 0",
        "  test-images-idx..., test-labels-idx1-ubyte   the same; t10k- will do for test-",
        "  classes.txt               optional: a name a line",
        "  normalization.csv         optional: a row mean,std a channel (default: 0.5,0.5)",
        "A file begins with the bytes 0, 0, 8 and its number of dimensions, then each of them as a",
        "big-endian 32-bit integer, then the values, the last dimension innermost. Images are square,",
        "up to 1024 x 1024. Raw files may be larger than memory; leave them alone during a run.",
        "",
        "Examples:",
        "  gmr data list",
        "  gmr data fetch mnist",
        "  gmr data verify idx --data-dir DIR"
      })
  static final class Group {}

  /** Where the files are. */
  static final class Dir {
    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "folder of data sets (default: the usual place, which list prints)")
    private Path dir;
  }

  /** gmr data list. */
  @Command(name = "list", description = "Lists the data sets and where they stand.")
  static final class ListSets implements Callable<Integer> {
    private final Session session;
    @Mixin private Dir where;

    ListSets(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      TextTable table = new TextTable().row("name", "images", "state");
      for (Engine.DataSetEntry entry : session.engine().dataSets(where.dir)) {
        table.row(entry.name(), entry.description(), entry.state());
      }
      session.out().print(table);
      return 0;
    }
  }

  /** gmr data fetch. */
  @Command(
      name = "fetch",
      description =
          "Downloads a data set from its publisher and checks it; goes on where an"
              + " earlier download stopped.")
  static final class Fetch implements Callable<Integer> {
    private final Session session;
    @Mixin private Dir where;

    @Parameters(
        paramLabel = "NAME",
        completionCandidates = Choices.DataCandidates.class,
        description = "the data set")
    private String name;

    Fetch(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Engine engine = session.engine();
      DataChoice.check(engine, name);
      Optional<Path> folder = engine.fetch(name, where.dir, new Progress(session)::show);
      session
          .out()
          .println(
              folder
                  .map(place -> name + " is in " + place)
                  .orElse(name + " is built in: there is nothing to fetch"));
      return 0;
    }
  }

  /** gmr data verify. */
  @Command(
      name = "verify",
      description =
          "Checks the files of a data set against their published checksums; idx is read whole.")
  static final class Verify implements Callable<Integer> {
    private final Session session;
    @Mixin private Dir where;

    @Parameters(
        paramLabel = "NAME",
        completionCandidates = Choices.DataCandidates.class,
        description = "the data set")
    private String name;

    Verify(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Engine engine = session.engine();
      DataChoice.check(engine, name);
      engine.verify(name, where.dir).forEach(session.out()::println);
      return 0;
    }
  }

  /** Shows a download: a line redrawn on a terminal, a line a file elsewhere. */
  private static final class Progress {
    private final Session session;
    private String file = "";
    private long shownPercent = -1;

    Progress(Session session) {
      this.session = session;
    }

    void show(String name, long bytes, long totalBytes) {
      long percent = totalBytes > 0 ? 100 * bytes / totalBytes : bytes >> 20;
      boolean sameFile = name.equals(file);
      if (sameFile && (!session.terminal() || percent == shownPercent)) {
        return;
      }
      String line =
          totalBytes > 0
              ? String.format(Locale.ROOT, "%s: %3d %% of %.1f MB", name, percent, totalBytes / 1e6)
              : String.format(Locale.ROOT, "%s: %.1f MB", name, bytes / 1e6);
      boolean done = bytes == totalBytes;
      session.err().print(session.terminal() ? "\r" + line + (done ? "\n" : "") : line + "\n");
      file = name;
      shownPercent = percent;
    }
  }
}
