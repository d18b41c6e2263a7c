package dev.gmr.train.run;

import dev.gmr.nn.Architecture;
import dev.gmr.train.io.UserError;
import java.util.Objects;

/**
 * Every option that decides what a run computes: two runs of equal configuration on equal data end
 * in equal weights, whatever the machine and the number of threads.
 *
 * @param model the network's name, or the file that its description was read from
 * @param architecture the description, where it was read from a file; null where it is built in
 * @param seed decides initial weights, split, order and noise
 * @param data the images
 * @param noise what is done about noise
 * @param optimizer how weights are updated
 * @param schedule how long the run lasts
 */
public record TrainingConfig(
    String model,
    Architecture architecture,
    long seed,
    DataOptions data,
    NoiseOptions noise,
    OptimizerOptions optimizer,
    ScheduleOptions schedule) {
  /** Checks that nothing is missing. */
  public TrainingConfig {
    Objects.requireNonNull(model, "there is no model");
    Recipe.of(model); // refuses unknown names
    if (Recipe.isFile(model) && architecture == null) {
      throw UserError.usage("--model is %s, but its architecture is missing".formatted(model));
    }
    if (!Recipe.isFile(model) && architecture != null) {
      throw UserError.usage(
          "--model is %s, which is built in, but has an architecture".formatted(model));
    }
    Objects.requireNonNull(data, "there are no data options");
    Objects.requireNonNull(noise, "there are no noise options");
    Objects.requireNonNull(optimizer, "there are no optimizer options");
    Objects.requireNonNull(schedule, "there are no schedule options");
  }

  /**
   * Returns the recipe of a model that is built in on a data set, without noise and with seed 0.
   *
   * @param model the model's name
   * @param data the data set's name
   * @return the configuration
   * @throws dev.gmr.train.io.UserError when there is no such model
   */
  public static TrainingConfig recipe(String model, String data) {
    Recipe recipe = Recipe.of(model);
    return new TrainingConfig(
        model,
        null,
        0,
        new DataOptions(data, null, Recipe.VALID_FRACTION, 0, 0),
        NoiseOptions.plain(),
        recipe.optimizer(),
        recipe.schedule());
  }

  /**
   * Returns what the network is made of.
   *
   * @return the description of its own, or that of the model built in
   */
  public Architecture network() {
    return architecture == null ? Architecture.builtIn(model) : architecture;
  }

  /**
   * Returns this configuration with another number of epochs.
   *
   * @param epochs the most epochs
   * @return a copy
   */
  public TrainingConfig withEpochs(int epochs) {
    return withSchedule(
        new ScheduleOptions(
            epochs, schedule.patience(), schedule.lrFactor(), schedule.stopPatience()));
  }

  /**
   * Returns this configuration with another seed.
   *
   * @param other the seed
   * @return a copy
   */
  public TrainingConfig withSeed(long other) {
    return new TrainingConfig(model, architecture, other, data, noise, optimizer, schedule);
  }

  /**
   * Returns this configuration with other images.
   *
   * @param other the images
   * @return a copy
   */
  public TrainingConfig withData(DataOptions other) {
    return new TrainingConfig(model, architecture, seed, other, noise, optimizer, schedule);
  }

  /**
   * Returns this configuration with something else done about noise.
   *
   * @param other what is done
   * @return a copy
   */
  public TrainingConfig withNoise(NoiseOptions other) {
    return new TrainingConfig(model, architecture, seed, data, other, optimizer, schedule);
  }

  /**
   * Returns this configuration with other updates.
   *
   * @param other how weights are updated
   * @return a copy
   */
  public TrainingConfig withOptimizer(OptimizerOptions other) {
    return new TrainingConfig(model, architecture, seed, data, noise, other, schedule);
  }

  /**
   * Returns this configuration with another schedule.
   *
   * @param other how long the run lasts
   * @return a copy
   */
  public TrainingConfig withSchedule(ScheduleOptions other) {
    return new TrainingConfig(model, architecture, seed, data, noise, optimizer, other);
  }
}
