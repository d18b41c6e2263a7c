package dev.gmr.bench.peers;

import dev.gmr.bench.peers.Footprint.Result;
import dev.gmr.bench.peers.Footprint.Side;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.NoiseOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of training steps, gmr and PyTorch each in a process of its own. */
final class Memory implements Program {
  static final NoiseOptions NOISE = NoiseOptions.regularized(0.5, 1);

  /** First losses agree to roundings of sums of 800 and more. */
  private static final double TOLERANCE = 2e-6;

  /** What {@code train/bin/gmr} gives the JVM. */
  static final List<String> GMR_FLAGS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseParallelGC",
          "-Xmn64m",
          "-XX:MaxRAMPercentage=60",
          "-XX:-UsePerfData",
          "-Djava.awt.headless=true");

  /** The least that a JVM takes around PyTorch. */
  private static final List<String> TORCH_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData");

  /** Where the child finds PyTorch. */
  private static final List<String> PLACES =
      List.of(
          "org.bytedeco.javacpp.cachedir", "org.bytedeco.javacpp.pathsFirst", "java.library.path");

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "resident memory of LeNet's regularized training step, gmr and PyTorch";
  }

  @Override
  public String help() {
    return """
    Usage: peers memory [OPTION]...

    Makes some regularized steps of LeNet on random images, in a process for each: gmr, its
    JVM with the flags of train/bin/gmr and those of GMR_JAVA_OPTIONS; eager PyTorch,
    activations channels first; and channels last. PyTorch's processes have a small JVM
    around and glibc's malloc as it comes. Prints what Linux says of each in MiB: resident
    memory with all code loaded and the batch made, then with the network and Adam, then the
    peak; what the peak has over the first; and each against gmr. From the same weights;
    ends with exit code 1 if the first losses differ.

      --batch-size B    images a step (default: 1000)
      --threads N       threads (default: all cores)
      --steps N         steps (default: 5)
      -h, --help        shows this

    Examples:
      peers memory
      peers memory --batch-size 100 --threads 1
      GMR_JAVA_OPTIONS=-Xmn256m peers memory
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options = new Options(List.of("--batch-size", "--threads", "--steps"), words);
    int batch = options.count("--batch-size", 1000, 1);
    int threads = options.count("--threads", Runtime.getRuntime().availableProcessors(), 1);
    int steps = options.count("--steps", 5, 1);
    TextTable table =
        new TextTable()
            .row(
                "MiB, batch " + batch,
                "loaded",
                "built",
                "peak",
                "peak/gmr",
                "peak - loaded",
                "of it/gmr");
    Result gmr = measure(Side.GMR, batch, threads, steps);
    row(table, Side.GMR, gmr, gmr);
    for (Side side : List.of(Side.TORCH, Side.CHANNELS_LAST)) {
      Result theirs = measure(side, batch, threads, steps);
      if (!(Math.abs(gmr.loss() - theirs.loss()) <= TOLERANCE * Math.abs(theirs.loss()))) {
        throw UserError.run(
            "first losses are %s and %s; expected the same".formatted(gmr.loss(), theirs.loss()));
      }
      row(table, side, theirs, gmr);
    }
    out.print(table);
  }

  private static void row(TextTable table, Side side, Result result, Result gmr) {
    long grown = result.peak() - result.loaded();
    table.row(
        side.toString(),
        mebibytes(result.loaded()),
        mebibytes(result.built()),
        mebibytes(result.peak()),
        "%.2f".formatted((double) result.peak() / gmr.peak()),
        mebibytes(grown),
        "%.2f".formatted((double) grown / (gmr.peak() - gmr.loaded())));
  }

  private static String mebibytes(long kibibytes) {
    return "%.0f".formatted(kibibytes / 1024.0);
  }

  private static Result measure(Side side, int batch, int threads, int steps) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (side == Side.GMR) {
      command.addAll(GMR_FLAGS);
      String more = System.getenv().getOrDefault("GMR_JAVA_OPTIONS", "").strip();
      if (!more.isEmpty()) {
        command.addAll(List.of(more.split("\\s+", -1)));
      }
    } else {
      command.addAll(TORCH_FLAGS);
      for (String place : PLACES) {
        if (System.getProperty(place) != null) {
          command.add("-D" + place + "=" + System.getProperty(place));
        }
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Peers.class.getName()));
    command.addAll(List.of(Footprint.NAME, side.name(), "" + batch, "" + threads, "" + steps));
    return Result.parse(lastLine(side, command));
  }

  /** Runs a process to its end and returns the last line that it prints. */
  private static String lastLine(Side side, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // those of bin/peers make PyTorch faster, and larger by a third
    builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    Process process = null;
    try {
      process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw UserError.run("the process of %s ended with exit code %d".formatted(side, code));
      }
      return text.lines().reduce("", (first, second) -> second);
    } catch (IOException e) {
      throw UserError.run("cannot run %s: %s".formatted(command.getFirst(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserError.run("interrupted");
    } finally {
      if (process != null) {
        process.destroy();
      }
    }
  }
}
