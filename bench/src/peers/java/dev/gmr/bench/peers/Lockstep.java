package dev.gmr.bench.peers;

import dev.gmr.data.DataSet;
import dev.gmr.nn.Workers;
import dev.gmr.train.Trainer;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Lets gmr's trainer and PyTorch make the same steps: same initial values, same batches. PyTorch
 * runs in double too, as the truth from which both float programs stray by roundings.
 */
final class Lockstep implements Program {
  /** Largest error of a gradient, of its tensor's largest: a few hundred roundings of 2^-24. */
  private static final double GRADIENT_TOLERANCE = 1e-5;

  /** Largest error of the first loss: the logits carry the roundings of sums of 800 and more. */
  private static final double LOSS_TOLERANCE = 2e-6;

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public String description() {
    return "gradients and losses of gmr and PyTorch on the same batches";
  }

  @Override
  public String help() {
    return """
    Usage: peers lockstep [OPTION]...

    Trains LeNet on MNIST for one epoch with gmr's trainer and, from the same initial
    values and on the same batches, with PyTorch in float and in double. Prints the losses
    on the way, and for the first batch at the initial weights and for the last one at
    PyTorch's final weights each tensor's largest error of the gradient against PyTorch's
    doubles, as a part of the tensor's largest element.

    Where the two largest values of a pooling window, or the largest and 0, are nearer than
    their roundings, a gradient takes another way in one program than in the other: errors
    of a gradient jump to some 1e-4 for a step, and from then on the weights drift apart.
    Ends with exit code 1 if the first gradients or losses differ by more than roundings.

    """
        + Setting.HELP
        + """
          --seed K          seed (default: 0)
          -h, --help        shows this

        Examples:
          peers lockstep --data-dir DIR
          peers lockstep --data-dir DIR --what regularizer --sigma 0.5
        """;
  }

  @Override
  public void run(List<String> words, PrintStream out) {
    List<String> known =
        Stream.concat(Setting.OPTIONS.stream(), Stream.of("--seed"))
            .filter(o -> !o.equals("--epochs"))
            .toList();
    Options options = new Options(known, words);
    Setting setting = Setting.of(options);
    List<Long> seeds = options.numbers("--seed", "0");
    if (seeds.size() > 1) {
      throw UserError.usage("--seed takes one number");
    }
    torch.set_num_threads(setting.threads());
    DataSet data = setting.data();
    GmrRandomness random = new GmrRandomness(seeds.getFirst());
    Map<String, float[]> initial = random.initialValues();
    Batches batches =
        new Batches(data.train(), data.normalization(), setting.noise(), setting.batch(), random);
    int[] order = batches.order(1);

    GradientCheck first =
        new GradientCheck(setting + ", first batch", setting, batches.batch(1, order, 0), initial);
    out.println(first);
    double[] gmr = gmrLosses(setting, data, seeds.getFirst(), batches);
    TorchLenet network = TorchLenet.of(initial, ScalarType.Float);
    double[] floats = torchLosses(setting, batches, order, network);
    double[] doubles =
        torchLosses(setting, batches, order, TorchLenet.of(initial, ScalarType.Double));
    out.println(lossTable(gmr, floats, doubles));
    Batches.Batch last = batches.batch(1, order, batches.steps() - 1);
    out.print(new GradientCheck(setting + ", last batch", setting, last, network.values()));

    if (!(first.worst() <= GRADIENT_TOLERANCE)) {
      throw UserError.run(
          "the first gradients differ by %.1e of the largest; see whether another --seed's do"
              .formatted(first.worst()));
    }
    if (!(Math.abs(gmr[0] - doubles[0]) <= LOSS_TOLERANCE)) {
      throw UserError.run(
          "the first losses are %s and %s; initial values or batches differ"
              .formatted(gmr[0], doubles[0]));
    }
  }

  private static double[] torchLosses(
      Setting setting, Batches batches, int[] order, TorchLenet network) {
    TorchTraining training = new TorchTraining(network, setting.noise(), setting.rate());
    double[] losses = new double[batches.steps()];
    for (int step = 0; step < losses.length; step++) {
      losses[step] = training.step(batches.batch(1, order, step));
    }
    return losses;
  }

  /** The losses of gmr's own trainer, taken back out of the running means that it tells. */
  private static double[] gmrLosses(Setting setting, DataSet data, long seed, Batches batches) {
    double[] losses = new double[batches.steps()];
    TrainingListener listener =
        new TrainingListener() {
          private double sum;
          private long seen;

          @Override
          public void step(int epoch, int step, int steps, double mean, double rate) {
            long now = Math.min((long) step * setting.batch(), batches.items());
            losses[step - 1] = (mean * now - sum) / (now - seen);
            sum = mean * now;
            seen = now;
          }
        };
    TrainingConfig config =
        TrainingConfig.recipe("lenet", "mnist")
            .withSeed(seed)
            .withData(new DataOptions("mnist", null, 0, setting.limit(), setting.testLimit()))
            .withNoise(setting.noise())
            .withOptimizer(
                new OptimizerOptions(OptimizerKind.ADAM, setting.rate(), 0, 0, setting.batch()))
            .withEpochs(1);
    Path root = temporaryFolder();
    try (Workers workers = new Workers(setting.threads());
        RunFolder folder = RunFolder.create(root)) {
      Trainer trainer = new Trainer(config, data, folder, workers, listener, StopSignal.manual());
      trainer.initialize();
      trainer.run();
    } finally {
      remove(root);
    }
    return losses;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("lockstep");
    } catch (IOException e) {
      throw UserError.files("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw UserError.files("cannot remove %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static TextTable lossTable(double[] gmr, double[] floats, double[] doubles) {
    TextTable table = new TextTable();
    table.row("loss of step", "gmr", "PyTorch", "in double", "gmr's error", "PyTorch's");
    TreeSet<Integer> steps = new TreeSet<>(List.of(1, 2, 5, 10, 20, 50, 100, gmr.length));
    for (int step : steps.headSet(gmr.length, true)) {
      row(table, "" + step, gmr[step - 1], floats[step - 1], doubles[step - 1]);
    }
    row(table, "mean of all", mean(gmr), mean(floats), mean(doubles));
    return table;
  }

  private static void row(TextTable table, String name, double gmr, double floats, double doubles) {
    table.row(
        name,
        "%.7f".formatted(gmr),
        "%.7f".formatted(floats),
        "%.7f".formatted(doubles),
        "%.1e".formatted(Math.abs(gmr - doubles)),
        "%.1e".formatted(Math.abs(floats - doubles)));
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }
}
