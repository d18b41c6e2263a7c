package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.gmr.nn.Architecture;
import dev.gmr.train.io.UserError;
import java.util.Objects;

/**
 * Every option that decides what a run computes: two runs of equal configuration on equal data end
 * in equal weights, whatever the machine and the number of threads. Loss, rate and transform may be
 * null, as in a config.json of the time before them, and are then the defaults.
 *
 * @param model the network's name, or the file that its description was read from
 * @param architecture the description, where it was read from a file; null where it is built in
 * @param seed decides initial weights, split, order and noise
 * @param data the images
 * @param noise what is done about noise
 * @param optimizer how weights are updated
 * @param schedule how long the run lasts
 * @param loss variants of the loss
 * @param rate the course of the learning rate
 * @param transform random changes of the training images
 */
public record TrainingConfig(
    String model,
    @JsonProperty(isRequired = OptBoolean.FALSE) Architecture architecture,
    long seed,
    DataOptions data,
    NoiseOptions noise,
    OptimizerOptions optimizer,
    ScheduleOptions schedule,
    @JsonProperty(isRequired = OptBoolean.FALSE) LossOptions loss,
    @JsonProperty(isRequired = OptBoolean.FALSE) RateOptions rate,
    @JsonProperty(isRequired = OptBoolean.FALSE) TransformOptions transform) {
  /** Checks that nothing is missing and that the options agree. */
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
    loss = Objects.requireNonNullElseGet(loss, LossOptions::plain);
    rate = Objects.requireNonNullElseGet(rate, RateOptions::plateau);
    transform = Objects.requireNonNullElseGet(transform, TransformOptions::none);
    loss.check(noise);
    rate.check(schedule);
  }

  /**
   * Makes a configuration with the usual loss, rate and images.
   *
   * @param model the network's name
   * @param seed decides initial weights, split, order and noise
   * @param data the images
   * @param noise what is done about noise
   * @param optimizer how weights are updated
   * @param schedule how long the run lasts
   */
  public TrainingConfig(
      String model,
      long seed,
      DataOptions data,
      NoiseOptions noise,
      OptimizerOptions optimizer,
      ScheduleOptions schedule) {
    this(model, null, seed, data, noise, optimizer, schedule, null, null, null);
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
    return recipe(model, null, data);
  }

  /**
   * Returns the recipe of any model on a data set, without noise and with seed 0.
   *
   * @param model the model's name, or the file that its description was read from
   * @param architecture the description; null where it is built in
   * @param data the data set's name
   * @return the configuration
   * @throws dev.gmr.train.io.UserError when there is no such model
   */
  public static TrainingConfig recipe(String model, Architecture architecture, String data) {
    Recipe recipe = Recipe.of(model);
    return new TrainingConfig(
        model,
        architecture,
        0,
        new DataOptions(data, null, Recipe.VALID_FRACTION, 0, 0),
        NoiseOptions.plain(),
        recipe.optimizer(),
        recipe.schedule(),
        null,
        null,
        null);
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
   * Returns this configuration for others to read: without the folders of data and description.
   *
   * @return a copy
   */
  public TrainingConfig shareable() {
    String file = model.substring(1 + Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')));
    return new TrainingConfig(
        file,
        architecture,
        seed,
        data.withDir(null),
        noise,
        optimizer,
        schedule,
        loss,
        rate,
        transform);
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
    return new TrainingConfig(
        model, architecture, other, data, noise, optimizer, schedule, loss, rate, transform);
  }

  /**
   * Returns this configuration with other images.
   *
   * @param other the images
   * @return a copy
   */
  public TrainingConfig withData(DataOptions other) {
    return new TrainingConfig(
        model, architecture, seed, other, noise, optimizer, schedule, loss, rate, transform);
  }

  /**
   * Returns this configuration with something else done about noise.
   *
   * @param other what is done
   * @return a copy
   */
  public TrainingConfig withNoise(NoiseOptions other) {
    return new TrainingConfig(
        model, architecture, seed, data, other, optimizer, schedule, loss, rate, transform);
  }

  /**
   * Returns this configuration with other updates.
   *
   * @param other how weights are updated
   * @return a copy
   */
  public TrainingConfig withOptimizer(OptimizerOptions other) {
    return new TrainingConfig(
        model, architecture, seed, data, noise, other, schedule, loss, rate, transform);
  }

  /**
   * Returns this configuration with another schedule.
   *
   * @param other how long the run lasts
   * @return a copy
   */
  public TrainingConfig withSchedule(ScheduleOptions other) {
    return new TrainingConfig(
        model, architecture, seed, data, noise, optimizer, other, loss, rate, transform);
  }

  /**
   * Returns this configuration with another loss.
   *
   * @param other variants of the loss
   * @return a copy
   */
  public TrainingConfig withLoss(LossOptions other) {
    return new TrainingConfig(
        model, architecture, seed, data, noise, optimizer, schedule, other, rate, transform);
  }

  /**
   * Returns this configuration with another course of the learning rate.
   *
   * @param other the course
   * @return a copy
   */
  public TrainingConfig withRate(RateOptions other) {
    return new TrainingConfig(
        model, architecture, seed, data, noise, optimizer, schedule, loss, other, transform);
  }

  /**
   * Returns this configuration with other changes of the training images.
   *
   * @param other the changes
   * @return a copy
   */
  public TrainingConfig withTransform(TransformOptions other) {
    return new TrainingConfig(
        model, architecture, seed, data, noise, optimizer, schedule, loss, rate, other);
  }
}
