package dev.gmr.bench.peers;

import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Means of rectified Gaussians, gmr's kernels and PyTorch's composite by turns. */
final class Moments implements Program {
  /** Of floats of up to 2: PyTorch's cancel where mu is far below 0, absolutely by that much. */
  private static final double TOLERANCE = 1e-6;

  /** Elements that are compared with doubles; as many as a cache holds. */
  private static final int COMPARED = 25_088;

  /** Odd, for a median. */
  private static final int ROUNDS = 7;

  @Override
  public String name() {
    return "moments";
  }

  @Override
  public String description() {
    return "time and error of ReLU means and their gradients, gmr and PyTorch by turns";
  }

  @Override
  public String help() {
    return """
    Usage: peers moments [OPTION]...

    Computes the mean of max(X, 0) for Gaussians X of many means and deviations, floats,
    on one thread: gmr's fused kernels, and in eager PyTorch
        mu (1/2 + erf(mu/(sigma sqrt 2))/2) + sigma exp(-(mu/sigma)^2/2)/sqrt(2 pi)
    forward alone without recording gradients, and forward with backward to mu and sigma.
    First compares both with PyTorch in double; then times them by turns, seven rounds, and
    prints the medians in ns an element. Ends with exit code 1 if a result is wrong.

      --elements N,M    elements (default: 25088,16777216)
      --millis T        time of each of the seven measurements (default: 500)
      -h, --help        shows this

    Examples:
      peers moments
      peers moments --elements 25088 --millis 50
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options = new Options(List.of("--elements", "--millis"), words);
    List<Integer> sizes = options.counts("--elements", "25088,16777216", 1 << 26);
    int millis = options.count("--millis", 500, 1);
    torch.set_num_threads(1);
    out.println(compare());
    TextTable table =
        new TextTable().row("one thread", "elements", "gmr ns", "PyTorch ns", "PyTorch/gmr");
    for (int n : sizes) {
      measure(table, n, millis);
    }
    out.print(table);
  }

  private static float[] uniform(int seed, int n, float from, float to) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat(from, to);
    }
    return x;
  }

  private static float[] mu(int n) {
    return uniform(1, n, -2, 2);
  }

  private static float[] sigma(int n) {
    return uniform(2, n, 0.1f, 1);
  }

  /**
   * Compares results with PyTorch's doubles.
   *
   * @throws UserError if one is wrong
   */
  static TextTable compare() {
    float[] mu = mu(COMPARED);
    float[] sigma = sigma(COMPARED);
    double[][] truth = new TorchMean(mu, sigma, ScalarType.Double).results();
    double[][] floats = new TorchMean(mu, sigma, ScalarType.Float).results();
    double[][] gmr = new GmrMean(mu, sigma).results();
    TextTable table = new TextTable().row("largest error", "gmr", "PyTorch");
    List<String> names = List.of("mean", "d/dmu", "d/dsigma");
    for (int i = 0; i < names.size(); i++) {
      double ours = error(gmr[i], truth[i]);
      double theirs = error(floats[i], truth[i]);
      table.row(names.get(i), "%.1e".formatted(ours), "%.1e".formatted(theirs));
      if (!(ours <= TOLERANCE && theirs <= TOLERANCE)) {
        throw UserError.run(
            "%s: gmr is off by %.1e, PyTorch by %.1e; at most %.0e is rounding"
                .formatted(names.get(i), ours, theirs, TOLERANCE));
      }
    }
    return table;
  }

  private static double error(double[] x, double[] truth) {
    double error = 0;
    for (int i = 0; i < truth.length; i++) {
      double e = Math.abs(x[i] - truth[i]);
      error = e <= error ? error : e; // NaN stays
    }
    return error;
  }

  private static void measure(TextTable table, int n, int millis) {
    float[] mu = mu(n);
    float[] sigma = sigma(n);
    GmrMean gmr = new GmrMean(mu, sigma);
    gmr.warmUp();
    Supplier<Object> body =
        () -> {
          TorchMean theirs = new TorchMean(mu, sigma, ScalarType.Float);
          row(table, "forward", n, millis, gmr::forward, theirs::forward);
          row(
              table,
              "forward and backward",
              n,
              millis,
              gmr::forwardAndBackward,
              theirs::forwardAndBackward);
          return n;
        };
    Native.scoped(body);
  }

  private static void row(
      TextTable table, String what, int n, int millis, Runnable gmr, Runnable torchs) {
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    Turns.nanos(gmr, millis);
    Turns.nanos(torchs, millis);
    for (int i = 0; i < ROUNDS; i++) {
      ours[i] = Turns.nanos(gmr, millis) / n;
      theirs[i] = Turns.nanos(torchs, millis) / n;
    }
    double a = Turns.median(ours);
    double b = Turns.median(theirs);
    table.row(
        what, String.valueOf(n), "%.3f".formatted(a), "%.3f".formatted(b), "%.1f".formatted(b / a));
  }
}
