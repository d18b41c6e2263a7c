package dev.gmr.bench.peers;

import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.nn.Architecture;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Lets gmr and PyTorch make the same steps: same initial values, same batches. PyTorch runs in
 * double too, as the truth from which both float programs stray by roundings.
 */
final class Lockstep implements Program {
  private static final String RANDOM = "random";

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public String description() {
    return "losses, gradients and weights of gmr and PyTorch on the same batches";
  }

  @Override
  public String help() {
    return """
    Usage: peers lockstep [OPTION]...

    Trains a network for some steps with gmr and, from the same initial values (gmr's, handed
    over in a safetensors file) and on the same batches, with PyTorch in float and in double;
    plain and regularized, by the network's recipe. Prints the worst relative differences: of
    losses; of the first batch's gradients and running statistics and of the weights after
    the last step, each as a part of its tensor's largest element; and of the weights' way,
    as norms; and in which tensor gmr is farthest from PyTorch's doubles. gmr's trainer makes
    the steps once more, to the same bits.

    Where the two largest values of a pooling window, or a value and 0, are nearer than their
    roundings, a gradient takes another way in one program than in the other, and from then
    on the weights drift apart: by percents on smooth images and in deep networks. How far,
    show PyTorch in float, and in double with every sum shaken by eight roundings of float,
    the farthest of three. Ends with exit code 1 if gmr is off from PyTorch's doubles in

    """
        + Tolerances.HELP
        + """

          --model NAME      a built-in network (default: lenet)
          --data NAME       a data set that gmr data lists, or random, images of noise: 28 x 28
                            for lenet, 32 x 32 x 3 for the others (default: random)
          --data-dir DIR    folder of the set's files (default: data-sets)
          --batch-size B    images a step (default: the recipe's, or what the set has for all)
          --steps N         steps (default: 10)
          --sigma S         standard deviation of the noise, in pixels of [0, 1] (default: 0.5)
          --expectation A   weight of the regularizer's loss (default: 1)
          --lr R            learning rate (default: the recipe's)
          --seed K          seed (default: 0)
          --threads N       threads (default: all cores)
          -h, --help        shows this

        Examples:
          peers lockstep
          peers lockstep --model alexnet --data cifar10 --data-dir DIR
          peers lockstep --model resnet8 --batch-size 32
        """;
  }

  private static final List<String> OPTIONS =
      List.of(
          "--model",
          "--data",
          "--data-dir",
          "--batch-size",
          "--steps",
          "--sigma",
          "--expectation",
          "--lr",
          "--seed",
          "--threads");

  @Override
  public void run(List<String> words, PrintStream out) {
    Options options = new Options(OPTIONS, words);
    int threads = options.count("--threads", Runtime.getRuntime().availableProcessors(), 1);
    int steps = options.count("--steps", 10, 1);
    List<Long> seeds = options.numbers("--seed", "0");
    if (seeds.size() > 1) {
      throw UserError.usage("--seed takes one number");
    }
    double sigma = options.positive("--sigma", 0.5);
    NoiseOptions regularized =
        NoiseOptions.regularized(sigma, options.positive("--expectation", 1));
    torch.set_num_threads(threads);
    String name = options.choice("--model", Architecture.builtInNames());
    DataSet data = data(options, name, steps);
    Model model = Model.of(name, data.train());
    int batch = data.train().size() / steps;
    OptimizerOptions optimizer = optimizer(options, model, batch);
    GmrRandomness random = new GmrRandomness(seeds.getFirst());
    Map<String, float[]> initial = handedOver(random, model);
    out.printf(
        "%s on %s, %d steps of %d, %s %s, seed %d%n%n",
        name,
        data.name(),
        steps,
        batch,
        optimizer.kind().name().toLowerCase(Locale.ROOT),
        optimizer.learningRate(),
        seeds.getFirst());
    TextTable table = Tolerances.table();
    List<String> faults = new ArrayList<>();
    for (NoiseOptions noise : List.of(NoiseOptions.plain(), regularized)) {
      Task task = new Task(model, noise, data.normalization(), optimizer);
      List<Batches.Batch> batches = batches(data, task, random);
      Walk gmr = Walk.ofGmr(task, initial, batches, threads);
      TrainerSteps.requireSame(task, data, seeds.getFirst(), threads, gmr.weights());
      Walk floats = Walk.ofTorch(task, initial, batches, ScalarType.Float);
      Walk doubles = Walk.ofTorch(task, initial, batches, ScalarType.Double);
      String title = task.regularized() ? "regularized" : "plain";
      Tolerances tolerances = new Tolerances(model, title, initial, gmr, floats, doubles);
      for (int i = 0; i < Tolerances.SHAKEN; i++) {
        tolerances.shaken(Walk.shaken(task, initial, batches, i));
      }
      faults.addAll(tolerances.check(table));
    }
    out.print(table);
    if (!faults.isEmpty()) {
      throw UserError.run(String.join("; ", faults));
    }
  }

  /** Returns as many images as the steps take. */
  private static DataSet data(Options options, String name, int steps) {
    List<String> sets = Stream.concat(Stream.of(RANDOM), DataSets.names().stream()).toList();
    String set = options.choice("--data", sets);
    Path dir = Setting.folder(options, "--data-dir");
    Model usual = Model.of(name);
    int wanted = options.count("--batch-size", usual.optimizer().batchSize(), 1);
    if (set.equals(RANDOM)) {
      return RandomImages.set(usual.shape(), usual.classes(), Math.multiplyExact(steps, wanted));
    }
    DataSet whole = DataSets.load(set, dir);
    int most = whole.train().size() / steps;
    if (most < 1 || (wanted > most && options.given("--batch-size"))) {
      throw UserError.usage(
          "%d steps of %d images are more than the %d images of %s"
              .formatted(steps, wanted, whole.train().size(), set));
    }
    return new DataSet(
        whole.name(),
        whole.train().head(steps * Math.min(wanted, most)),
        whole.test(),
        whole.classNames(),
        whole.normalization());
  }

  private static OptimizerOptions optimizer(Options options, Model model, int batch) {
    OptimizerOptions recipe = model.optimizer();
    return new OptimizerOptions(
        recipe.kind(),
        options.positive("--lr", recipe.learningRate()),
        recipe.momentum(),
        recipe.weightDecay(),
        batch);
  }

  private static List<Batches.Batch> batches(DataSet data, Task task, GmrRandomness random) {
    Batches all =
        new Batches(
            data.train(), data.normalization(), task.noise(), task.optimizer().batchSize(), random);
    int[] order = all.order(1);
    return IntStream.range(0, all.steps()).mapToObj(step -> all.batch(1, order, step)).toList();
  }

  /** Writes gmr's initial values and reads them as another program's would be. */
  private static Map<String, float[]> handedOver(GmrRandomness random, Model model) {
    try (TemporaryFolder folder = new TemporaryFolder("lockstep")) {
      Path file = folder.path().resolve("initial.safetensors");
      Values.write(model, random.initialValues(model), file);
      return Values.read(file, model);
    }
  }
}
