package dev.gmr.train.run;

import dev.gmr.train.io.UserError;
import java.util.List;
import java.util.Optional;

/**
 * How a model is trained when no option says otherwise: the recipes of Alfadly, Bibi and Ghanem
 * 2019.
 *
 * @param model the model's name
 * @param optimizer how weights are updated
 * @param schedule how long training lasts
 */
public record Recipe(String model, OptimizerOptions optimizer, ScheduleOptions schedule) {
  /** Share of the training images held out for validation, in every recipe. */
  public static final double VALID_FRACTION = 0.1;

  private static final List<Recipe> ALL =
      List.of(
          new Recipe(
              "lenet",
              new OptimizerOptions(OptimizerKind.ADAM, 1e-4, 0, 0, 1000),
              new ScheduleOptions(100, 3, 0.9, 10)),
          new Recipe(
              "alexnet",
              new OptimizerOptions(OptimizerKind.SGD, 0.1, 0.9, 5e-4, 128),
              new ScheduleOptions(100, 5, 0.5, 20)));

  /** What a run takes when it asks for another optimizer than its model's recipe has. */
  private static final List<OptimizerOptions> FALLBACKS =
      List.of(
          new OptimizerOptions(OptimizerKind.ADAM, 1e-4, 0, 0, 1000),
          new OptimizerOptions(OptimizerKind.SGD, 0.01, 0.9, 5e-4, 128));

  /**
   * Returns the recipe of a model.
   *
   * @param model the model's name
   * @return its recipe
   * @throws UserError when there is no such model
   */
  public static Recipe of(String model) {
    return ALL.stream()
        .filter(recipe -> recipe.model.equals(model))
        .findFirst()
        .orElseThrow(() -> Checks.wrong("--model", model, String.join(" or ", models())));
  }

  /**
   * Returns the names of the models that have a recipe.
   *
   * @return the names, in the order of their size
   */
  public static List<String> models() {
    return ALL.stream().map(Recipe::model).toList();
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

  /**
   * Returns the duration under a course of the learning rate.
   *
   * @param kind how the learning rate falls
   * @return the recipe's own; with cosine its epochs alone, since no plateau lowers the rate and an
   *     early end would cut the cosine
   */
  public ScheduleOptions schedule(RateSchedule kind) {
    return kind == RateSchedule.PLATEAU
        ? schedule
        : new ScheduleOptions(schedule.epochs(), 0, 1, 0);
  }
}
