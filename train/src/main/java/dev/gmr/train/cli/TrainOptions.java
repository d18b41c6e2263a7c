package dev.gmr.train.cli;

import dev.gmr.nn.ExpectedLoss;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.LossOptions;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RateOptions;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.Recipe;
import dev.gmr.train.run.ScheduleOptions;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TransformOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The options that decide what a run computes. Fields are null where an option was not given: the
 * model's recipe then decides.
 */
final class TrainOptions {
  @ArgGroup(validate = false, heading = "%nWhat is trained:%n", order = 1)
  private final What what = new What();

  @ArgGroup(validate = false, heading = "%nNoise:%n", order = 2)
  private final Noise noise = new Noise();

  @ArgGroup(validate = false, heading = "%nLoss and images:%n", order = 3)
  private final Variants variants = new Variants();

  @ArgGroup(validate = false, heading = "%nUpdates:%n", order = 4)
  private final Updates updates = new Updates();

  @ArgGroup(validate = false, heading = "%nDuration:%n", order = 5)
  private final Duration duration = new Duration();

  /** Network and images. */
  static final class What {
    @Option(
        names = "--model",
        paramLabel = "NAME",
        converter = Choices.ModelConverter.class,
        completionCandidates = Choices.ModelCandidates.class,
        description =
            "network: ${COMPLETION-CANDIDATES}, or a FILE.json that describes one (default: lenet)")
    private String model;

    @Option(
        names = "--data",
        paramLabel = "NAME",
        completionCandidates = Choices.DataCandidates.class,
        description = "data set: ${COMPLETION-CANDIDATES} (default: digits)")
    private String data;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "folder with the data set's files (default: where gmr data fetch puts them)")
    private Path dataDir;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "take the first N training images; 0 takes all (default: 0)")
    private Integer limit;

    @Option(
        names = "--test-limit",
        paramLabel = "N",
        description = "take the first N test images; 0 takes all (default: 0)")
    private Integer testLimit;

    @Option(
        names = "--valid-fraction",
        paramLabel = "F",
        description = "share of the training images held out for validation (default: 0.1)")
    private Double validFraction;

    @Option(
        names = "--seed",
        paramLabel = "K",
        description = "decides initial weights, split, order and noise (default: 0)")
    private Long seed;
  }

  /** What is done about noise. */
  static final class Noise {
    @Option(
        names = "--sigma",
        paramLabel = "S",
        description =
            "standard deviation of the noise, in units of the [0, 1] pixel range (default: 0)")
    private Double sigma;

    @Option(
        names = "--expectation",
        paramLabel = "A",
        description = "weight of the loss at the expected logits: the regularizer (default: 0)")
    private Double expectation;

    @Option(
        names = "--empirical",
        paramLabel = "A",
        description = "weight of the loss at the clean logits (default: 1)")
    private Double empirical;

    @Option(
        names = "--alpha",
        paramLabel = "A",
        description =
            "both weights at once, A of 0 to 1: --empirical 1 - A and --expectation A (default: none)")
    private Double alpha;

    @Option(
        names = "--augmentation",
        paramLabel = "N",
        description =
            "noisy copies of each image an epoch, instead of the regularizer (default: 0)")
    private Integer augmentation;

    @Option(
        names = "--noise",
        paramLabel = "MODE",
        converter = Choices.NoiseConverter.class,
        completionCandidates = Choices.NoiseCandidates.class,
        description =
            "noise of the copies: fresh each time, or one frozen image a copy (default: fresh)")
    private NoiseMode mode;

    NoiseOptions options() {
      if (alpha != null) {
        checkAlpha();
      }
      return new NoiseOptions(
          or(sigma, 0.0),
          alpha == null ? or(expectation, 0.0) : alpha,
          alpha == null ? or(empirical, 1.0) : oneLess(alpha),
          or(augmentation, 0),
          or(mode, NoiseMode.FRESH));
    }

    private void checkAlpha() {
      if (expectation != null || empirical != null) {
        throw UserError.usage(
            "--alpha sets both weights; leave %s away"
                .formatted(expectation == null ? "--empirical" : "--expectation"));
      }
      if (!(alpha >= 0 && alpha <= 1)) {
        throw UserError.usage("--alpha is %s; expected a number from 0 to 1".formatted(alpha));
      }
      if (alpha > 0 && or(sigma, 0.0) == 0) {
        throw UserError.usage(
            "--alpha %s needs noise; add --sigma, for example --sigma 0.5".formatted(alpha));
      }
    }

    /** In decimals, so that 0.9 leaves 0.1. */
    private static double oneLess(double x) {
      return BigDecimal.ONE.subtract(BigDecimal.valueOf(x)).doubleValue();
    }
  }

  /** Variants of the loss, and random changes of the images. */
  static final class Variants {
    @Option(
        names = "--expected-loss",
        paramLabel = "NAME",
        converter = Choices.ExpectedLossConverter.class,
        completionCandidates = Choices.ExpectedLossCandidates.class,
        description =
            "loss at the expected logits: ce, cross entropy to the label; mse, squared "
                + "difference from the clean logits; pseudo, cross entropy to their class "
                + "(default: ce)")
    private ExpectedLoss expectedLoss;

    @Option(
        names = "--label-smoothing",
        paramLabel = "E",
        description =
            "share of each label that goes to all classes alike, in the validation loss too "
                + "(default: 0)")
    private Double labelSmoothing;

    @Option(
        names = "--crop",
        paramLabel = "P",
        description = "pad each training image by P black pixels and crop at random (default: 0)")
    private Integer crop;

    @Option(names = "--flip", description = "flip half of the training images left to right")
    private boolean flip;
  }

  /** How weights are updated. */
  static final class Updates {
    @Option(
        names = "--optimizer",
        paramLabel = "NAME",
        converter = Choices.OptimizerConverter.class,
        completionCandidates = Choices.OptimizerCandidates.class,
        description =
            "adam, or sgd with Nesterov momentum (lenet and FILE.json: adam, others: sgd)")
    private OptimizerKind optimizer;

    @Option(
        names = "--lr",
        paramLabel = "R",
        description =
            "learning rate at the start (lenet and FILE.json: 1e-4, with sgd 0.01; others: 0.1, with adam 1e-4)")
    private Double learningRate;

    @Option(names = "--momentum", paramLabel = "M", description = "momentum of sgd (0.9)")
    private Double momentum;

    @Option(
        names = "--weight-decay",
        paramLabel = "W",
        description = "weight of the L2 penalty (with adam 0, with sgd 5e-4)")
    private Double weightDecay;

    @Option(
        names = "--batch-size",
        paramLabel = "B",
        description = "images a step (lenet: 1000, vgg16: 256, others: 128)")
    private Integer batchSize;
  }

  /** How long a run lasts. */
  static final class Duration {
    @Option(
        names = "--epochs",
        paramLabel = "E",
        description = "the most epochs; can be raised with --resume, but for cosine (100)")
    private Integer epochs;

    @Option(
        names = "--schedule",
        paramLabel = "NAME",
        converter = Choices.ScheduleConverter.class,
        completionCandidates = Choices.ScheduleCandidates.class,
        description =
            "course of the learning rate: plateau, lowered by the validation loss; cosine, "
                + "step by step to 0 at the last epoch's end (default: plateau)")
    private RateSchedule schedule;

    @Option(
        names = "--warmup",
        paramLabel = "E",
        description =
            "epochs, or a part of one, in which the learning rate rises from 0 (default: 0)")
    private Double warmup;

    @Option(
        names = "--patience",
        paramLabel = "P",
        description =
            "epochs without a better validation loss before the learning rate falls; 0: never"
                + " (lenet and FILE.json: 3, others: 5; cosine: 0)")
    private Integer patience;

    @Option(
        names = "--lr-factor",
        paramLabel = "F",
        description =
            "what the learning rate is then multiplied by (lenet and FILE.json: 0.9, others: 0.5)")
    private Double lrFactor;

    @Option(
        names = "--stop-patience",
        paramLabel = "P",
        description =
            "epochs without a better validation loss before the run ends; 0: never (lenet and"
                + " FILE.json: 10, others: 20; cosine: 0)")
    private Integer stopPatience;
  }

  /** Returns the data set asked for, or the default one. */
  String data() {
    return or(what.data, "digits");
  }

  /** Returns a run's configuration with the files where --data-dir says, if it was given. */
  TrainingConfig movedData(TrainingConfig config) {
    DataOptions own = config.data();
    return what.dataDir == null
        ? config
        : config.withData(
            new DataOptions(
                own.name(),
                what.dataDir.toString(),
                own.validFraction(),
                own.limit(),
                own.testLimit()));
  }

  /** Returns --epochs if it was given. */
  Optional<Integer> epochs() {
    return Optional.ofNullable(duration.epochs);
  }

  /** Returns the configuration of a new run: the options, and the recipe where they are silent. */
  TrainingConfig config() {
    String model = or(what.model, "lenet");
    Recipe recipe = Recipe.of(model);
    OptimizerOptions usual = recipe.optimizer(Optional.ofNullable(updates.optimizer));
    RateOptions rate =
        new RateOptions(or(duration.schedule, RateSchedule.PLATEAU), or(duration.warmup, 0.0));
    ScheduleOptions schedule = recipe.schedule(rate.schedule());
    return new TrainingConfig(
        model,
        ModelChoice.own(model),
        or(what.seed, 0L),
        new DataOptions(
            data(),
            what.dataDir == null ? null : what.dataDir.toString(),
            or(what.validFraction, Recipe.VALID_FRACTION),
            or(what.limit, 0),
            or(what.testLimit, 0)),
        noise.options(),
        new OptimizerOptions(
            usual.kind(),
            or(updates.learningRate, usual.learningRate()),
            or(updates.momentum, usual.momentum()),
            or(updates.weightDecay, usual.weightDecay()),
            or(updates.batchSize, usual.batchSize())),
        new ScheduleOptions(
            or(duration.epochs, schedule.epochs()),
            or(duration.patience, schedule.patience()),
            or(duration.lrFactor, schedule.lrFactor()),
            or(duration.stopPatience, schedule.stopPatience())),
        new LossOptions(
            or(variants.expectedLoss, ExpectedLoss.CE), or(variants.labelSmoothing, 0.0)),
        rate,
        new TransformOptions(or(variants.crop, 0), variants.flip));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
