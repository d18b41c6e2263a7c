package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.util.Objects;

/**
 * The content of config.json.
 *
 * @param options every option in force
 * @param data the images
 * @param environment where the run was computed
 * @param imported where the weights come from; null, and not in the file, for a run trained here,
 *     else the training options are the model's usual ones and were not used
 */
public record RunConfig(
    TrainingConfig options,
    DataFacts data,
    Environment environment,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @JacksonInject(value = Json.ABSENT, useInput = OptBoolean.TRUE)
        Imported imported) {
  /** Checks that nothing is missing. */
  public RunConfig {
    Objects.requireNonNull(options, "there are no options");
    Objects.requireNonNull(data, "there are no data facts");
    Objects.requireNonNull(environment, "there is no environment");
  }

  /**
   * Describes a run trained here.
   *
   * @param options every option in force
   * @param data the images
   * @param environment where the run was computed
   */
  public RunConfig(TrainingConfig options, DataFacts data, Environment environment) {
    this(options, data, environment, null);
  }

  /**
   * Returns the options as config.json has them.
   *
   * @return JSON of several lines
   */
  public String optionsText() {
    return Json.text(options);
  }
}
