package dev.gmr.train.run;

import dev.gmr.train.io.UserError;
import java.util.Objects;

/**
 * How weights are updated.
 *
 * @param kind the method
 * @param learningRate step size at the start, above 0
 * @param momentum Nesterov momentum of SGD, in [0, 1); 0 for Adam
 * @param weightDecay weight of the L2 penalty that is added to the gradients, 0 or more
 * @param batchSize images a step, at least 1
 */
public record OptimizerOptions(
    OptimizerKind kind, double learningRate, double momentum, double weightDecay, int batchSize) {
  /** Checks the ranges. */
  public OptimizerOptions {
    Objects.requireNonNull(kind, "there is no optimizer");
    Checks.positive("--lr", learningRate);
    Checks.fraction("--momentum", momentum);
    if ((float) momentum == 1) {
      throw Checks.wrong("--momentum", momentum, "at most 0.9999999");
    }
    Checks.atLeastZero("--weight-decay", weightDecay);
    Checks.atLeast(1, "--batch-size", batchSize);
    if (kind == OptimizerKind.ADAM && momentum != 0) {
      throw UserError.usage(
          "--momentum %s belongs to --optimizer sgd; leave it away with adam".formatted(momentum));
    }
  }
}
