package dev.gmr.bench.peers;

import dev.gmr.kernels.Backend;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Products of matrices; gmr, OpenBLAS and PyTorch's library by turns. */
final class Gemm implements Program {
  /** Odd, for a median. */
  private static final int ROUNDS = 7;

  /** Largest error as a part of the largest element: roundings of sums of some thousand terms. */
  private static final double TOLERANCE = 1e-5;

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,5})");
  private static final int MOST = 1 << 13;

  /** Outputs of gmr's layers are multiples of this. */
  private static final int UNIT = 16;

  private static final int CHAIN = 100_000;

  /** Small, for the compiler: interpreted, a large product takes a minute. */
  private static final Layer FIRST = new Layer(40, 64, 96);

  @Override
  public String name() {
    return "gemm";
  }

  @Override
  public String description() {
    return "speed of a linear layer's products: gmr, OpenBLAS and PyTorch's MKL by turns";
  }

  @Override
  public String help() {
    return """
    Usage: peers gemm [OPTION]...

    Multiplies the matrices of a linear layer's training on one thread, floats: Y = X W,
    dW = X' dY, dX = dY W'. By gmr's kernels, packing included; by OpenBLAS's cblas_sgemm;
    and by PyTorch's mm, which calls the MKL in it. W lies in gmr as in its networks, for
    the others as PyTorch's layers keep it. First compares all three with a product in
    double; then times them by turns, seven rounds, with chains of multiply-adds that show
    the peak of the core. Prints medians in GFLOP/s, gmr's share of the peak, and how fast
    gmr is beside the faster of the two. Ends with exit code 1 if a result is wrong.

    MKL takes its fastest kernels on Intel's CPUs alone.

      --shapes S,T      sizes of layers, ROWSxOUTPUTSxINPUTS, outputs in sixteens
                        (default: 1024x1024x1024,1000x1024x3136,100x1024x3136)
      --millis T        time of each of the seven measurements (default: 300)
      -h, --help        shows this

    Examples:
      peers gemm
      peers gemm --shapes 200x1024x3136 --millis 1000
    """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options = new Options(List.of("--shapes", "--millis"), words);
    List<Layer> layers =
        layers(options.text("--shapes", "1024x1024x1024,1000x1024x3136,100x1024x3136"));
    int millis = options.count("--millis", 300, 1);
    BlasProducts.oneThread();
    out.println("OpenBLAS: " + BlasProducts.openBlas());
    out.println("PyTorch:  " + BlasProducts.torchs());
    out.println();
    TextTable table =
        new TextTable()
            .row(
                "one thread, GFLOP/s",
                "layer",
                "peak",
                "gmr",
                "OpenBLAS",
                "PyTorch",
                "gmr % of peak",
                "gmr/faster peer");
    new GmrProducts(FIRST).warmUp();
    for (Layer layer : layers) {
      Native.scoped(
          () -> {
            measure(table, layer, millis);
            return layer;
          });
    }
    out.print(table);
  }

  private static List<Layer> layers(String text) {
    List<Layer> layers = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      Matcher shape = SHAPE.matcher(word.strip());
      if (!shape.matches()) {
        throw UserError.usage(
            "--shapes has \"%s\"; expected ROWSxOUTPUTSxINPUTS".formatted(word.strip()));
      }
      Layer layer = new Layer(size(shape, 1), size(shape, 2), size(shape, 3));
      if (layer.outputs() % UNIT != 0) {
        throw UserError.usage(
            "--shapes has %d outputs; expected a multiple of %d".formatted(layer.outputs(), UNIT));
      }
      layers.add(layer);
    }
    return layers;
  }

  private static int size(Matcher shape, int group) {
    int size = Integer.parseInt(shape.group(group));
    if (size < 1 || size > MOST) {
      throw UserError.usage("--shapes has %d; expected 1 to %d".formatted(size, MOST));
    }
    return size;
  }

  private static void measure(TextTable table, Layer layer, int millis) {
    GmrProducts gmr = new GmrProducts(layer);
    BlasProducts blas = new BlasProducts(layer);
    for (Product product : Product.values()) {
      compare(layer, product, gmr, blas);
    }
    gmr.warmUp();
    for (Product product : Product.values()) {
      row(table, layer, product, gmr, blas, millis);
    }
  }

  /**
   * Compares each element with the product in double.
   *
   * @throws UserError if one is wrong
   */
  private static void compare(Layer layer, Product product, GmrProducts gmr, BlasProducts blas) {
    double[] truth = blas.truth(product);
    check("gmr", layer, product, gmr.result(product), truth);
    blas.openBlas(product);
    check("OpenBLAS", layer, product, blas.result(product), truth);
    blas.torch(product);
    check("PyTorch", layer, product, blas.result(product), truth);
  }

  private static void check(String who, Layer layer, Product product, float[] x, double[] truth) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < truth.length; i++) {
      largest = Math.max(largest, Math.abs(truth[i]));
      double e = Math.abs(x[i] - truth[i]);
      error = e <= error ? error : e; // NaN stays
    }
    if (!(error <= TOLERANCE * largest)) {
      throw UserError.run(
          "%s of %s: %s is off by %.1e of the largest; at most %.0e is rounding"
              .formatted(product, layer, who, error / largest, TOLERANCE));
    }
  }

  private static void row(
      TextTable table,
      Layer layer,
      Product product,
      GmrProducts gmr,
      BlasProducts blas,
      int millis) {
    List<Runnable> turns =
        List.of(
            Gemm::chain,
            () -> gmr.run(product),
            () -> blas.openBlas(product),
            () -> blas.torch(product));
    double[] medians = Turns.medians(turns, ROUNDS, millis);
    double peak = 24.0 * Backend.kernels().lanes() * CHAIN / medians[0];
    double ours = layer.flops() / medians[1];
    double openBlas = layer.flops() / medians[2];
    double torchs = layer.flops() / medians[3];
    table.row(
        product.toString(),
        layer.toString(),
        "%.1f".formatted(peak),
        "%.1f".formatted(ours),
        "%.1f".formatted(openBlas),
        "%.1f".formatted(torchs),
        "%.0f".formatted(100 * ours / peak),
        "%.2f".formatted(ours / Math.max(openBlas, torchs)));
  }

  /** Multiply-adds in registers, 24 operations a lane and round. */
  private static void chain() {
    float sum = Backend.kernels().tiles().fmaChains(CHAIN);
    if (!(sum >= 0)) {
      throw new IllegalStateException("the chains end at " + sum);
    }
  }
}
