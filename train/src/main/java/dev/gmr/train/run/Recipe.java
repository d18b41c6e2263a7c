package dev.gmr.train.run;

import dev.gmr.nn.Architecture;
import dev.gmr.train.io.UserError;
import java.util.List;
import java.util.Optional;

/**
 * How a model is trained when no option says otherwise: for lenet, alexnet and vgg16 the recipes of
 * Alfadly, Bibi and Ghanem 2019. They give none for residual networks, for which we choose
 * alexnet's, nor for descriptions of somebody's own, for which we choose lenet's, as the one that
 * diverges least, with batches of 128.
 *
 * @param model the model's name, or the file of its description
 * @param optimizer how weights are updated
 * @param schedule how long training lasts
 */
public record Recipe(String model, OptimizerOptions optimizer, ScheduleOptions schedule) {
  /** Share of the training images held out for validation, in every recipe. */
  public static final double VALID_FRACTION = 0.1;

  private static final String SUFFIX = ".json";
  private static final ScheduleOptions ADAM_SCHEDULE = new ScheduleOptions(100, 3, 0.9, 10);
  private static final ScheduleOptions SGD_SCHEDULE = new ScheduleOptions(100, 5, 0.5, 20);

  /** What a run takes when it asks for another optimizer than its model's recipe has. */
  private static final List<OptimizerOptions> FALLBACKS =
      List.of(
          new OptimizerOptions(OptimizerKind.ADAM, 1e-4, 0, 0, 1000),
          new OptimizerOptions(OptimizerKind.SGD, 0.01, 0.9, 5e-4, 128));

  /**
   * Returns the recipe of a model.
   *
   * @param model the model's name, or the file of its description
   * @return its recipe
   * @throws UserError when there is no such model and the name is no file's
   */
  public static Recipe of(String model) {
    if (isFile(model)) {
      return adam(model, 128);
    }
    return switch (model) {
      case "lenet" -> adam(model, 1000);
      case "vgg16" -> sgd(model, 256);
      case "alexnet", "resnet8", "resnet20", "resnet56", "resnet110" -> sgd(model, 128);
      default ->
          throw Checks.wrong(
              "--model", model, String.join(", ", models()) + " or a file ending in " + SUFFIX);
    };
  }

  private static Recipe adam(String model, int batchSize) {
    return new Recipe(
        model, new OptimizerOptions(OptimizerKind.ADAM, 1e-4, 0, 0, batchSize), ADAM_SCHEDULE);
  }

  private static Recipe sgd(String model, int batchSize) {
    return new Recipe(
        model, new OptimizerOptions(OptimizerKind.SGD, 0.1, 0.9, 5e-4, batchSize), SGD_SCHEDULE);
  }

  /**
   * Returns whether a model is somebody's own description.
   *
   * @param model what --model was given
   * @return true if it ends in .json, as no model does that is built in
   */
  public static boolean isFile(String model) {
    return model.endsWith(SUFFIX);
  }

  /**
   * Returns the names of the models that are built in.
   *
   * @return the names
   */
  public static List<String> models() {
    return Architecture.builtInNames();
  }

  /**
   * Returns the optimizer's options for the method asked for.
   *
   * @param kind the method, or empty for the recipe's own
   * @return the recipe's options, or usual ones of the other method
   */
  public OptimizerOptions optimizer(Optional<OptimizerKind> kind) {
    OptimizerKind wanted = kind.orElse(optimizer.kind());
    if (wanted == optimizer.kind()) {
      return optimizer;
    }
    OptimizerOptions usual =
        FALLBACKS.stream().filter(o -> o.kind() == wanted).findFirst().orElseThrow();
    return new OptimizerOptions(
        wanted, usual.learningRate(), usual.momentum(), usual.weightDecay(), optimizer.batchSize());
  }
}
