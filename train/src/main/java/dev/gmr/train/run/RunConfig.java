package dev.gmr.train.run;

/**
 * The content of config.json.
 *
 * @param options every option in force
 * @param data the images
 * @param environment where the run was computed
 */
public record RunConfig(TrainingConfig options, DataFacts data, Environment environment) {}
