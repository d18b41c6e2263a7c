package dev.gmr.bench.peers;

import dev.gmr.data.DataSet;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Evaluation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Trains LeNet on MNIST in PyTorch and measures its accuracy and robustness. */
final class Mnist implements Program {
  private static final String GMR = "gmr";

  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public String description() {
    return "accuracy and robustness of LeNet on MNIST, trained in PyTorch";
  }

  @Override
  public String help() {
    return """
    Usage: peers mnist [OPTION]...

    Trains LeNet in PyTorch, no training image held out, and prints for each seed a
    line: accuracy and robustness (mean over noise of sigma 0 to 0.5) on the test images
    with the weights of the last epoch, and the mean loss of that epoch. gmr's part:
    gmr train --data mnist --limit 20000 --test-limit 2000 --valid-fraction 0 --epochs 3
    --batch-size 100 --lr 1e-3 --seed K

    """
        + Setting.HELP
        + """
          --seeds K,...     seeds, a run each (default: 0,1,2)
          --random WHOSE    torch: initial values, order and noise are PyTorch's own;
                            gmr: those of gmr train --seed K, so that only roundings differ
                            (default: torch)
          --init FILE       initial values from a file that gmr wrote, such as
                            RUN/last.safetensors; with --epochs 0 it is only measured
          -h, --help        shows this

        Examples:
          peers mnist --data-dir DIR
          peers mnist --data-dir DIR --what regularizer --sigma 1 --seeds 0
          peers mnist --data-dir DIR --random gmr --seeds 0 --epochs 0 --init RUN/best.safetensors
        """;
  }

  /** A line's figures. */
  private record Run(Evaluation evaluation, double loss) {}

  @Override
  public void run(List<String> words, PrintStream out) {
    List<String> known =
        Stream.concat(Setting.OPTIONS.stream(), Stream.of("--seeds", "--random", "--init"))
            .toList();
    Options options = new Options(known, words);
    Setting setting = Setting.of(options);
    List<Long> seeds = options.numbers("--seeds", "0,1,2");
    boolean ours = options.choice("--random", List.of("torch", GMR)).equals(GMR);
    Path init = Setting.folder(options, "--init");
    if (setting.epochs() == 0 && init == null) {
      throw UserError.usage("--epochs 0 leaves nothing to measure; add --init FILE");
    }
    DataSet data = setting.data();
    Model model = Model.of("lenet", data.train());
    Map<String, float[]> values = init == null ? null : Values.read(init, model);
    torch.set_num_threads(setting.threads());
    List<Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      long start = System.nanoTime();
      Randomness random = ours ? new GmrRandomness(seed) : new TorchRandomness(seed);
      Run run = train(setting, model, data, random, values);
      runs.add(run);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(
          "%s seed %d: accuracy %.4f, R label %.4f, R prediction %.4f%s, %.0f s%n",
          setting,
          seed,
          run.evaluation.accuracy(),
          run.evaluation.robustnessLabel(),
          run.evaluation.robustnessPrediction(),
          setting.epochs() == 0 ? "" : ", loss %.4f".formatted(run.loss),
          seconds);
    }
    if (runs.size() > 1) {
      out.printf(
          "%s, %d seeds: accuracy %s, R label %s, R prediction %s%n",
          setting,
          runs.size(),
          spread(runs, Evaluation::accuracy),
          spread(runs, Evaluation::robustnessLabel),
          spread(runs, Evaluation::robustnessPrediction));
    }
  }

  private static String spread(List<Run> runs, ToDoubleFunction<Evaluation> figure) {
    double[] x = runs.stream().map(Run::evaluation).mapToDouble(figure).sorted().toArray();
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return "%.4f (%.4f to %.4f)".formatted(sum / x.length, x[0], x[x.length - 1]);
  }

  private static Run train(
      Setting setting,
      Model model,
      DataSet data,
      Randomness random,
      Map<String, float[]> valuesOrNull) {
    TorchNetwork network =
        valuesOrNull == null
            ? random.network(model)
            : TorchNetwork.of(model, valuesOrNull, ScalarType.Float);
    Batches batches =
        new Batches(data.train(), data.normalization(), setting.noise(), setting.batch(), random);
    TorchTraining training = new TorchTraining(network, setting.task(model, data.normalization()));
    double loss = Double.NaN;
    for (int epoch = 1; epoch <= setting.epochs(); epoch++) {
      int[] order = batches.order(epoch);
      double sum = 0;
      for (int step = 0; step < batches.steps(); step++) {
        Batches.Batch batch = batches.batch(epoch, order, step);
        sum += training.step(batch) * batch.count();
      }
      loss = sum / batches.items();
    }
    Evaluation evaluation =
        new Robustness(network, data.test(), data.normalization(), random).measure();
    return new Run(evaluation, loss);
  }
}
