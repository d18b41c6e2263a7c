package dev.gmr.train.run;

import java.util.Objects;

/**
 * The content of config.json.
 *
 * @param options every option in force
 * @param data the images
 * @param environment where the run was computed
 */
public record RunConfig(TrainingConfig options, DataFacts data, Environment environment) {
  /** Checks that nothing is missing. */
  public RunConfig {
    Objects.requireNonNull(options, "there are no options");
    Objects.requireNonNull(data, "there are no data facts");
    Objects.requireNonNull(environment, "there is no environment");
  }
}
