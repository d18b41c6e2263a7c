package dev.gmr.bench.peers;

import dev.gmr.bench.peers.Footprint.Result;
import dev.gmr.bench.peers.Footprint.Side;
import dev.gmr.bench.peers.Footprint.Work;
import dev.gmr.nn.Architecture;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.util.List;

/** Resident memory of training steps, gmr and PyTorch each in a process of its own. */
final class Memory implements Program {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "resident memory of a network's regularized training step, gmr and PyTorch";
  }

  @Override
  public String help() {
    return """
    Usage: peers memory [OPTION]...

    Makes some regularized steps of a network on random images, in a process for each: gmr,
    its JVM with the flags of train/bin/gmr and those of GMR_JAVA_OPTIONS; eager PyTorch,
    activations channels first; and channels last. PyTorch's processes have a small JVM
    around and glibc's malloc as it comes. Prints what Linux says of each in MiB: resident
    memory with all code loaded and the batch made, then with the network and its optimizer,
    then the peak; what the peak has over the first; and each against gmr. From the same
    weights; ends with exit code 1 if the first losses differ.

      --model NAME      a built-in network (default: lenet, on images of 28 x 28; the
                        others take 32 x 32 x 3)
      --batch-size B    images a step (default: the recipe's)
      --threads N       threads (default: all cores)
      --steps N         steps (default: 5)
      -h, --help        shows this

    Examples:
      peers memory
      peers memory --model alexnet
      peers memory --batch-size 100 --threads 1
      GMR_JAVA_OPTIONS=-Xmn256m peers memory
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options =
        new Options(List.of("--model", "--batch-size", "--threads", "--steps"), words);
    Model model = Model.of(options.choice("--model", Architecture.builtInNames()));
    int batch = options.count("--batch-size", model.optimizer().batchSize(), 1);
    int threads = options.count("--threads", Runtime.getRuntime().availableProcessors(), 1);
    int steps = options.count("--steps", 5, 1);
    TextTable table =
        new TextTable()
            .row(
                "MiB, %s, batch %d".formatted(model.name(), batch),
                "loaded",
                "built",
                "peak",
                "peak/gmr",
                "peak - loaded",
                "of it/gmr");
    Work work = new Work(model.name(), model.shape(), true, batch, threads, steps, 0);
    Result gmr = Child.run(Side.GMR, work, Child.Malloc.PLAIN);
    row(table, Side.GMR, gmr, gmr);
    for (Side side : List.of(Side.TORCH, Side.CHANNELS_LAST)) {
      Result theirs = Child.run(side, work, Child.Malloc.PLAIN);
      Steps.requireSame(gmr.loss(), theirs.loss());
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
}
