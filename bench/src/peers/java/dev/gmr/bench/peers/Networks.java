package dev.gmr.bench.peers;

import dev.gmr.bench.peers.Child.Malloc;
import dev.gmr.bench.peers.Footprint.Result;
import dev.gmr.bench.peers.Footprint.Side;
import dev.gmr.bench.peers.Footprint.Work;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Speed and memory of training all networks, gmr and PyTorch each in a process of its own. */
final class Networks implements Program {
  private static final String PLAIN = "plain";
  private static final String REGULARIZED = "regularized";

  /** Steps of the processes that only show their memory. */
  private static final int FEW = 3;

  @Override
  public String name() {
    return "networks";
  }

  @Override
  public String description() {
    return "speed and memory of training each built-in network, gmr and PyTorch";
  }

  @Override
  public String help() {
    return """
    Usage: peers networks [OPTION]...

    Trains each built-in network on random images of 32 x 32 x 3 (lenet also on 28 x 28) and
    ten classes, plain and regularized, with the optimizer of its recipe, in a process for
    each: gmr, with the flags of train/bin/gmr and those of GMR_JAVA_OPTIONS; eager PyTorch,
    channels first and channels last, of which the table has the faster. Prints images a
    second, by the median of the steps, and the peak of resident memory in MiB. PyTorch's
    speed is taken with malloc as bin/peers sets it up, which makes it faster; its memory in
    one more process with malloc as it comes, which makes it smaller. From the same weights;
    ends with exit code 1 if the first losses differ.

      --networks A,B    which (default: all)
      --losses L,M      plain, regularized (default: both)
      --batch-size B    images a step (default: 100, 64 for vgg16)
      --threads N       threads (default: all cores)
      --seconds T       time of the steps measured, and of those before (default: 10)
      -h, --help        shows this

    Examples:
      peers networks
      peers networks --networks lenet,resnet8 --losses plain --seconds 3
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options =
        new Options(
            List.of("--networks", "--losses", "--batch-size", "--threads", "--seconds"), words);
    List<String> networks = options.choices("--networks", Architecture.builtInNames());
    List<String> losses = options.choices("--losses", List.of(PLAIN, REGULARIZED));
    int threads = options.count("--threads", Runtime.getRuntime().availableProcessors(), 1);
    int seconds = options.count("--seconds", 10, 1);
    TextTable table =
        new TextTable()
            .row(
                "network",
                "images",
                "loss",
                "batch",
                "gmr/s",
                "PyTorch/s",
                "channels",
                "speed",
                "gmr MiB",
                "PyTorch MiB",
                "memory");
    List<String> faults = new ArrayList<>(); // of one network, and the hour's others are shown
    for (String network : networks) {
      int batch = options.count("--batch-size", network.equals("vgg16") ? 64 : 100, 1);
      boolean both = network.equals("lenet");
      for (ImageShape shape : both ? List.of(Model.GREY, Model.COLOUR) : List.of(Model.COLOUR)) {
        for (String loss : losses) {
          boolean regularized = loss.equals(REGULARIZED);
          Work work = new Work(network, shape, regularized, batch, threads, FEW, seconds);
          try {
            row(table, work);
          } catch (UserError e) {
            faults.add("%s, %s: %s".formatted(network, loss, e.getMessage()));
          }
        }
      }
    }
    out.printf("images a second and peak of resident memory, %d threads%n%n", threads);
    out.print(table);
    out.println("\nspeed: gmr's by PyTorch's; memory: PyTorch's by gmr's; above 1 gmr is ahead");
    if (!faults.isEmpty()) {
      throw UserError.run(String.join("; ", faults));
    }
  }

  private static void row(TextTable table, Work work) {
    Result gmr = Child.run(Side.GMR, work, Malloc.PLAIN);
    Result first = Child.run(Side.TORCH, work, Malloc.AS_HERE);
    Result last = Child.run(Side.CHANNELS_LAST, work, Malloc.AS_HERE);
    boolean lastWins = last.rate() > first.rate();
    Result small =
        Child.run(lastWins ? Side.CHANNELS_LAST : Side.TORCH, work.untimed(), Malloc.PLAIN);
    for (Result theirs : List.of(first, last, small)) {
      Steps.requireSame(gmr.loss(), theirs.loss());
    }
    double rate = Math.max(first.rate(), last.rate());
    ImageShape shape = work.shape();
    table.row(
        work.network(),
        "%dx%dx%d".formatted(shape.height(), shape.width(), shape.channels()),
        work.regularized() ? REGULARIZED : PLAIN,
        String.valueOf(work.batch()),
        "%.0f".formatted(gmr.rate()),
        "%.0f".formatted(rate),
        lastWins ? "last" : "first",
        "%.2f".formatted(gmr.rate() / rate),
        "%.0f".formatted(gmr.peak() / 1024.0),
        "%.0f".formatted(small.peak() / 1024.0),
        "%.2f".formatted((double) small.peak() / gmr.peak()));
  }
}
