package dev.gmr.bench.peers;

import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Logits of LeNet; gmr, PyTorch and ONNX Runtime by turns. */
final class Inference implements Program {
  /** Odd, for a median. */
  private static final int ROUNDS = 7;

  /** Largest difference of a logit, of the largest. */
  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "inference";
  }

  @Override
  public String description() {
    return "time of LeNet's logits; gmr, PyTorch and ONNX Runtime by turns";
  }

  @Override
  public String help() {
    return """
    Usage: peers inference [OPTION]...

    Computes LeNet's logits of random images, 28 x 28, with gmr; with eager PyTorch in its
    inference mode, activations channels first and channels last; and with ONNX Runtime from
    the file that gmr exports, threads of one operator. From the same weights; the logits are
    compared first. The others get the images as a tensor that is ready. Each gets its turn,
    seven rounds; prints the medians in milliseconds and how long the faster PyTorch and ONNX
    Runtime take beside gmr. Ends with exit code 1 if logits differ by 1e-4 of the largest.

      --batch-size B,C  images a call (default: 1,100,1000)
      --threads N,M     threads (default: 1,2)
      --millis T        time of each of the seven measurements (default: 500)
      -h, --help        shows this

    Examples:
      peers inference
      peers inference --batch-size 1 --threads 1 --millis 100
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options = new Options(List.of("--batch-size", "--threads", "--millis"), words);
    List<Integer> batches = options.counts("--batch-size", "1,100,1000", 1 << 16);
    List<Integer> threads = options.counts("--threads", "1,2", 1024);
    int millis = options.count("--millis", 500, 1);
    TextTable table =
        new TextTable()
            .row(
                "batch",
                "threads",
                "gmr ms",
                "PyTorch ms",
                "channels last",
                "ORT ms",
                "PyTorch/gmr",
                "ORT/gmr");
    Model model = Model.of("lenet");
    Map<String, float[]> weights = new GmrRandomness(0).initialValues(model);
    for (int batch : batches) {
      for (int t : threads) {
        Native.scoped(
            () -> {
              measure(table, model, weights, batch, t, millis);
              return batch;
            });
      }
    }
    out.print(table);
  }

  private static void measure(
      TextTable table,
      Model model,
      Map<String, float[]> weights,
      int size,
      int threads,
      int millis) {
    torch.set_num_threads(threads);
    float[] images = RandomImages.batch(model, size).images();
    TorchInference first =
        new TorchInference(TorchNetwork.of(model, weights, ScalarType.Float, false), images, size);
    TorchInference last =
        new TorchInference(TorchNetwork.of(model, weights, ScalarType.Float, true), images, size);
    try (GmrInference gmr = new GmrInference(model, weights, size, threads);
        OrtInference ort = new OrtInference(model, weights, images, size, threads)) {
      gmr.run(images, size);
      float[] logits = gmr.logits(size);
      compare(logits, first.logits());
      compare(logits, last.logits());
      compare(logits, ort.logits());
      gmr.warmUp(images, size);
      List<Runnable> turns = List.of(() -> gmr.run(images, size), first::run, last::run, ort::run);
      double[] medians = Turns.medians(turns, ROUNDS, millis);
      table.row(
          String.valueOf(size),
          String.valueOf(threads),
          "%.3f".formatted(medians[0] / 1e6),
          "%.3f".formatted(medians[1] / 1e6),
          "%.3f".formatted(medians[2] / 1e6),
          "%.3f".formatted(medians[3] / 1e6),
          "%.2f".formatted(Math.min(medians[1], medians[2]) / medians[0]),
          "%.2f".formatted(medians[3] / medians[0]));
    }
  }

  /**
   * Compares logits.
   *
   * @throws UserError if they differ by more than roundings
   */
  static void compare(float[] ours, float[] theirs) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < theirs.length; i++) {
      largest = Math.max(largest, Math.abs(theirs[i]));
      double d = Math.abs(ours[i] - theirs[i]);
      difference = d <= difference ? difference : d; // NaN stays
    }
    if (!(difference <= TOLERANCE * largest)) {
      throw UserError.run(
          "logits differ by %.1e of the largest; at most %.0e is rounding"
              .formatted(difference / largest, TOLERANCE));
    }
  }
}
