package dev.gmr.train;

import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.TrainingConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which options to lower when a training became NaN or infinite: those in force that lie above
 * what is usual. Which one it was cannot be read off the numbers, since a weight that has blown up
 * makes every term of the loss infinite alike; but before the first update it cannot have been one
 * that only updates use.
 */
final class Divergence {
  /** The largest sigma and weight of a loss in the recipes' grid. */
  private static final Number USUAL_NOISE = 20;

  /** Two hundred times the recipes'. */
  private static final Number USUAL_DECAY = 0.1;

  private static final Number USUAL_MOMENTUM = 0.99;

  /** The largest of the recipes. */
  private static final Number USUAL_SGD_RATE = 0.1;

  /** Ten times PyTorch's default; Adam's step is about the rate itself, whatever the gradient. */
  private static final Number USUAL_ADAM_RATE = 0.01;

  private final List<String> options = new ArrayList<>();

  private Divergence() {}

  /**
   * Proposes other options.
   *
   * @param rate learning rate in force
   * @param updated whether any update was made
   * @return such as "a smaller --sigma (usually at most 20)"
   */
  static String remedy(TrainingConfig config, double rate, boolean updated) {
    Divergence d = new Divergence();
    NoiseOptions noise = config.noise();
    OptimizerOptions updates = config.optimizer();
    d.check("--sigma", noise.sigma(), USUAL_NOISE);
    d.check("--expectation", noise.expectation(), USUAL_NOISE);
    d.check("--empirical", noise.empirical(), USUAL_NOISE);
    if (updated) {
      d.check("--weight-decay", updates.weightDecay(), USUAL_DECAY);
      d.check("--momentum", updates.momentum(), USUAL_MOMENTUM);
      d.check(
          "--lr", rate, updates.kind() == OptimizerKind.ADAM ? USUAL_ADAM_RATE : USUAL_SGD_RATE);
    }
    return "a smaller " + (d.options.isEmpty() ? "--lr" : String.join(" and ", d.options));
  }

  private void check(String option, double value, Number usual) {
    if (value > usual.doubleValue()) {
      options.add("%s (usually at most %s)".formatted(option, usual));
    }
  }
}
