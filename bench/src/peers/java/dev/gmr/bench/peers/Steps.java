package dev.gmr.bench.peers;

import dev.gmr.nn.Architecture;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.NoiseOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Training steps of a network, gmr and PyTorch by turns. */
final class Steps implements Program {
  /** Odd, for a median. */
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "step";
  }

  @Override
  public String description() {
    return "time of a network's training step, gmr and PyTorch by turns";
  }

  @Override
  public String help() {
    return """
    Usage: peers step [OPTION]...

    Trains a network on random images with gmr and with eager PyTorch, its activations
    channels first and channels last: forward, backward, the optimizer of the network's
    recipe; plain and with the regularizer. From the same weights, whose losses are compared
    first. PyTorch gets the images as a tensor that is ready. Each gets its turn, five
    rounds; prints the medians in milliseconds and how long the faster PyTorch takes beside
    gmr.

      --model NAME      a built-in network (default: lenet, on images of 28 x 28; the
                        others take 32 x 32 x 3)
      --batch-size B,C  images a step (default: 100,1000 for lenet, 128 for the others)
      --threads N,M     threads (default: 1 and all cores)
      --millis T        time of each of the five measurements (default: 1500)
      -h, --help        shows this

    Examples:
      peers step
      peers step --model alexnet
      peers step --batch-size 100 --threads 2 --millis 300
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options =
        new Options(List.of("--model", "--batch-size", "--threads", "--millis"), words);
    int cores = Runtime.getRuntime().availableProcessors();
    Model model = Model.of(options.choice("--model", Architecture.builtInNames()));
    String usual = model.name().equals("lenet") ? "100,1000" : "128";
    List<Integer> batches = options.counts("--batch-size", usual, 1 << 16);
    List<Integer> threads = options.counts("--threads", cores == 1 ? "1" : "1," + cores, 1024);
    int millis = options.count("--millis", 1500, 1);
    TextTable table =
        new TextTable()
            .row(
                model.name(),
                "batch",
                "threads",
                "gmr ms",
                "PyTorch ms",
                "channels last",
                "PyTorch/gmr");
    Map<String, float[]> values = new GmrRandomness(0).initialValues(model);
    List<NoiseOptions> losses = List.of(NoiseOptions.plain(), NoiseOptions.regularized(0.5, 1));
    for (NoiseOptions noise : losses) {
      Task task = Task.of(model, noise, RandomImages.normalization(model.shape()));
      for (int batch : batches) {
        for (int t : threads) {
          Native.scoped(
              () -> {
                measure(table, task, values, batch, t, millis);
                return batch;
              });
        }
      }
    }
    out.print(table);
  }

  private static void measure(
      TextTable table, Task task, Map<String, float[]> values, int size, int threads, int millis) {
    torch.set_num_threads(threads);
    Model model = task.model();
    Batches.Batch batch = RandomImages.batch(model, size);
    TorchTraining first =
        new TorchTraining(TorchNetwork.of(model, values, ScalarType.Float, false), task);
    TorchTraining last =
        new TorchTraining(TorchNetwork.of(model, values, ScalarType.Float, true), task);
    TorchTraining.Ready imagesFirst = first.ready(batch);
    TorchTraining.Ready imagesLast = last.ready(batch);
    try (GmrTraining gmr = new GmrTraining(task, values, size, threads)) {
      double loss = gmr.step(batch);
      requireSame(loss, first.step(imagesFirst));
      requireSame(loss, last.step(imagesLast));
      List<Runnable> turns =
          List.of(
              () -> gmr.step(batch), () -> first.step(imagesFirst), () -> last.step(imagesLast));
      double[] medians = Turns.medians(turns, ROUNDS, millis);
      table.row(
          task.regularized() ? "regularized" : "plain",
          String.valueOf(size),
          String.valueOf(threads),
          "%.1f".formatted(medians[0] / 1e6),
          "%.1f".formatted(medians[1] / 1e6),
          "%.1f".formatted(medians[2] / 1e6),
          "%.2f".formatted(Math.min(medians[1], medians[2]) / medians[0]));
    }
  }

  /**
   * Sees that both do the same work; how exactly is for {@link Lockstep} to tell. Roundings grow
   * with the layers behind them, to 4e-5 of the regularized loss of ResNet-56; another function is
   * off by percents.
   *
   * @throws UserError if first losses differ
   */
  static void requireSame(double ours, double theirs) {
    if (!(Math.abs(ours - theirs) <= 1e-3 * Math.abs(theirs))) {
      throw UserError.run("first losses are %s and %s; expected the same".formatted(ours, theirs));
    }
  }
}
