package dev.gmr.bench.peers;

import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.NoiseOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Training steps of LeNet, gmr and PyTorch by turns. */
final class Steps implements Program {
  /** Odd, for a median. */
  private static final int ROUNDS = 5;

  private static final double RATE = 1e-4;

  /** First losses agree to roundings of sums of 800 and more. */
  private static final double TOLERANCE = 2e-6;

  @Override
  public String name() {
    return "step";
  }

  @Override
  public String description() {
    return "time of LeNet's training step, gmr and PyTorch by turns";
  }

  @Override
  public String help() {
    return """
    Usage: peers step [OPTION]...

    Trains LeNet on random images with gmr and with eager PyTorch, its activations channels
    first and channels last: forward, backward, Adam; plain and with the regularizer. From
    the same weights, whose losses are compared first. Each gets its turn, five rounds;
    prints the medians in milliseconds and how long the faster PyTorch takes beside gmr.

      --batch-size B,C  images a step (default: 100,1000)
      --threads N,M     threads (default: 1 and all cores)
      --millis T        time of each of the five measurements (default: 1500)
      -h, --help        shows this

    Examples:
      peers step
      peers step --batch-size 100 --threads 2 --millis 300
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options = new Options(List.of("--batch-size", "--threads", "--millis"), words);
    int cores = Runtime.getRuntime().availableProcessors();
    List<Integer> batches = options.counts("--batch-size", "100,1000", 1 << 16);
    List<Integer> threads = options.counts("--threads", cores == 1 ? "1" : "1," + cores, 1024);
    int millis = options.count("--millis", 1500, 1);
    TextTable table =
        new TextTable()
            .row(
                "loss", "batch", "threads", "gmr ms", "PyTorch ms", "channels last", "PyTorch/gmr");
    List<NoiseOptions> losses = List.of(NoiseOptions.plain(), NoiseOptions.regularized(0.5, 1));
    for (NoiseOptions noise : losses) {
      for (int batch : batches) {
        for (int t : threads) {
          measure(table, noise, batch, t, millis);
        }
      }
    }
    out.print(table);
  }

  static Batches.Batch batch(int count) {
    Random random = new Random(1);
    float[] images = new float[count * TorchLenet.SIDE * TorchLenet.SIDE];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat() - 0.5f;
    }
    return new Batches.Batch(images, random.longs(count, 0, TorchLenet.CLASSES).toArray());
  }

  private static void measure(
      TextTable table, NoiseOptions noise, int size, int threads, int millis) {
    torch.set_num_threads(threads);
    Batches.Batch batch = batch(size);
    Map<String, float[]> weights = new GmrRandomness(0).initialValues();
    TorchTraining first = new TorchTraining(TorchLenet.of(weights, ScalarType.Float), noise, RATE);
    TorchTraining last =
        new TorchTraining(TorchLenet.channelsLast(weights, ScalarType.Float), noise, RATE);
    try (GmrTraining gmr = new GmrTraining(weights, noise, RATE, size, threads)) {
      double loss = gmr.step(batch);
      for (double theirs : new double[] {first.step(batch), last.step(batch)}) {
        if (!(Math.abs(loss - theirs) <= TOLERANCE * Math.abs(theirs))) {
          throw UserError.run(
              "first losses are %s and %s; expected the same".formatted(loss, theirs));
        }
      }
      double[][] times = new double[3][ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        double a = Turns.nanos(() -> gmr.step(batch), millis);
        double b = Turns.nanos(() -> first.step(batch), millis);
        double c = Turns.nanos(() -> last.step(batch), millis);
        if (round >= 0) { // before, everything warms up
          times[0][round] = a;
          times[1][round] = b;
          times[2][round] = c;
        }
      }
      double ours = Turns.median(times[0]);
      double nchw = Turns.median(times[1]);
      double nhwc = Turns.median(times[2]);
      table.row(
          noise.expectation() > 0 ? "regularized" : "plain",
          String.valueOf(size),
          String.valueOf(threads),
          "%.1f".formatted(ours / 1e6),
          "%.1f".formatted(nchw / 1e6),
          "%.1f".formatted(nhwc / 1e6),
          "%.2f".formatted(Math.min(nchw, nhwc) / ours));
    }
  }
}
