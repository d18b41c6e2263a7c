package dev.gmr.train.run;

import dev.gmr.nn.ExpectedLoss;
import dev.gmr.train.io.UserError;
import java.util.Objects;

/**
 * Variants of the minimised loss; the defaults are cross entropies to the labels as they are.
 *
 * @param expectedLoss what the regularizer holds the expected logits to
 * @param labelSmoothing share of the true labels that goes to all classes alike, in [0, 1); the
 *     validation loss has it too
 */
public record LossOptions(ExpectedLoss expectedLoss, double labelSmoothing) {
  /** Checks the ranges. */
  public LossOptions {
    Objects.requireNonNull(expectedLoss, "there is no loss of the expected logits");
    Checks.fraction("--label-smoothing", labelSmoothing);
    if ((float) labelSmoothing == 1) {
      throw Checks.wrong("--label-smoothing", labelSmoothing, "at most 0.9999999");
    }
  }

  /**
   * Returns the usual loss.
   *
   * @return cross entropy, labels not smoothed
   */
  public static LossOptions plain() {
    return new LossOptions(ExpectedLoss.CE, 0);
  }

  /** Refuses a loss of expected logits that the run does not have, or that a constant minimises. */
  void check(NoiseOptions noise) {
    if (expectedLoss == ExpectedLoss.CE) {
      return;
    }
    String word = expectedLoss == ExpectedLoss.MSE ? "mse" : "pseudo";
    if (noise.expectation() == 0) {
      throw UserError.usage(
          ("--expected-loss %s has no effect without the regularizer; add --sigma and --expectation,"
                  + " for example --sigma 0.5 --expectation 1")
              .formatted(word));
    }
    if (noise.empirical() == 0) {
      throw UserError.usage(
          "--expected-loss %s with no weight on the clean logits sees no label; raise --empirical"
              .formatted(word));
    }
  }
}
