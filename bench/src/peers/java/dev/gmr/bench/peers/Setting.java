package dev.gmr.bench.peers;

import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training on MNIST is made of, beside its seed.
 *
 * @param what plain, regularizer or augmentation
 * @param noise what that does about noise
 * @param dir folder of the images; null for the usual place
 * @param limit training images, the first ones; 0 for all
 * @param testLimit test images, likewise
 * @param epochs epochs
 * @param batch images a step
 * @param rate Adam's learning rate
 * @param threads threads
 */
record Setting(
    String what,
    NoiseOptions noise,
    Path dir,
    int limit,
    int testLimit,
    int epochs,
    int batch,
    double rate,
    int threads) {
  private static final String PLAIN = "plain";
  private static final String REGULARIZER = "regularizer";
  private static final String AUGMENTATION = "augmentation";

  /** The options that {@link #of} reads. */
  static final List<String> OPTIONS =
      List.of(
          "--what",
          "--sigma",
          "--expectation",
          "--folds",
          "--data-dir",
          "--limit",
          "--test-limit",
          "--epochs",
          "--batch-size",
          "--lr",
          "--threads");

  /** What the programs' help says of them. */
  static final String HELP =
      """
        --what W          plain, regularizer or augmentation (default: plain)
        --sigma S         standard deviation of the noise, in pixels of [0, 1] (default: 0.5)
        --expectation A   weight of the regularizer's loss (default: 1)
        --folds N         noisy copies of each image (default: 1)
        --data-dir DIR    folder of MNIST's files (default: data-sets)
        --limit N         training images, the first ones; 0 takes all (default: 20000)
        --test-limit N    test images, likewise (default: 2000)
        --epochs N        epochs (default: 3)
        --batch-size B    images a step (default: 100)
        --lr R            Adam's learning rate (default: 1e-3)
        --threads N       threads (default: all cores)
      """;

  /**
   * Reads it.
   *
   * @throws UserError if an option is wrong or does not go with the others
   */
  static Setting of(Options options) {
    String what = options.choice("--what", List.of(PLAIN, REGULARIZER, AUGMENTATION));
    requireOnlyWith(options, what, "--expectation", REGULARIZER);
    requireOnlyWith(options, what, "--folds", AUGMENTATION);
    if (what.equals(PLAIN) && options.given("--sigma")) {
      throw UserError.usage("--sigma has no effect on plain; add --what regularizer");
    }
    double sigma = options.positive("--sigma", 0.5);
    return new Setting(
        what,
        switch (what) {
          case REGULARIZER -> NoiseOptions.regularized(sigma, options.positive("--expectation", 1));
          case AUGMENTATION ->
              NoiseOptions.augmented(sigma, options.count("--folds", 1, 1), NoiseMode.FRESH);
          default -> NoiseOptions.plain();
        },
        folder(options, "--data-dir"),
        options.count("--limit", 20_000, 0),
        options.count("--test-limit", 2000, 0),
        options.count("--epochs", 3, 0),
        options.count("--batch-size", 100, 1),
        options.positive("--lr", 1e-3),
        options.count("--threads", Runtime.getRuntime().availableProcessors(), 1));
  }

  private static void requireOnlyWith(Options options, String what, String option, String wanted) {
    if (options.given(option) && !what.equals(wanted)) {
      throw UserError.usage(
          "%s has no effect on %s; add --what %s".formatted(option, what, wanted));
    }
  }

  /** Returns the path that an option names, or null. */
  static Path folder(Options options, String name) {
    String text = options.text(name, null);
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw UserError.usage("%s \"%s\" is no path: %s".formatted(name, text, e.getReason()));
    }
  }

  /** Loads the images, limits applied. */
  DataSet data() {
    DataSet whole = DataSets.load("mnist", dir);
    return new DataSet(
        whole.name(),
        head(whole.train(), limit, "--limit"),
        head(whole.test(), testLimit, "--test-limit"),
        whole.classNames(),
        whole.normalization());
  }

  /** Returns what a network is trained to. */
  Task task(Model model, Normalization normalization) {
    OptimizerOptions adam = new OptimizerOptions(OptimizerKind.ADAM, rate, 0, 0, batch);
    return new Task(model, noise, normalization, adam);
  }

  private static ImageSet head(ImageSet set, int n, String option) {
    if (n == 0) {
      return set;
    }
    if (n > set.size()) {
      throw UserError.usage("%s %d is more than the %d images".formatted(option, n, set.size()));
    }
    return set.head(n);
  }

  @Override
  public String toString() {
    return switch (what) {
      case REGULARIZER -> "%s %s/%s".formatted(what, noise.sigma(), noise.expectation());
      case AUGMENTATION -> "%s %s x%d".formatted(what, noise.sigma(), noise.augmentation());
      default -> what;
    };
  }
}
