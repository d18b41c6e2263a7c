package dev.gmr.train.run;

import dev.gmr.train.io.UserError;
import java.util.Objects;

/**
 * What a run does about noise: nothing, the regularizer, or augmentation, never both.
 *
 * @param sigma standard deviation of the noise in units of the [0, 1] pixel range; 0 exactly when
 *     the run has neither the regularizer nor augmentation
 * @param expectation weight of the loss at the expected logits, the regularizer; 0 for none
 * @param empirical weight of the loss at the clean logits
 * @param augmentation number of noisy copies of each image in an epoch, beside the clean one
 * @param mode which noise the copies get
 */
public record NoiseOptions(
    double sigma, double expectation, double empirical, int augmentation, NoiseMode mode) {
  /** Checks the ranges and that the options agree. */
  public NoiseOptions {
    Objects.requireNonNull(mode, "there is no noise mode");
    Checks.atLeastZero("--sigma", sigma);
    Checks.atLeastZero("--expectation", expectation);
    Checks.atLeastZero("--empirical", empirical);
    Checks.atLeast(0, "--augmentation", augmentation);
    if (expectation > 0 && augmentation > 0) {
      throw UserError.usage(
          "--expectation %s and --augmentation %d exclude each other; keep one of them"
              .formatted(expectation, augmentation));
    }
    if (sigma == 0 && expectation > 0) {
      throw UserError.usage(
          "--expectation %s needs noise; add --sigma, for example --sigma 0.5"
              .formatted(expectation));
    }
    if (sigma == 0 && augmentation > 0) {
      throw UserError.usage(
          "--augmentation %d needs noise; add --sigma, for example --sigma 0.5"
              .formatted(augmentation));
    }
    if (sigma > 0 && expectation == 0 && augmentation == 0) {
      throw UserError.usage(
          "--sigma %s has no effect alone; add --expectation (for example 1) or --augmentation"
                  .formatted(sigma)
              + " (for example 5), or leave --sigma away");
    }
    if (mode == NoiseMode.FROZEN && augmentation == 0) {
      throw UserError.usage(
          "--noise frozen has no effect alone; add --augmentation, for example --augmentation 5");
    }
    if (empirical == 0 && expectation == 0) {
      throw UserError.usage(
          "--empirical 0 leaves nothing to minimise; raise it or add --expectation");
    }
  }

  /**
   * Returns the options of a run that does nothing about noise.
   *
   * @return sigma, expectation and augmentation 0, empirical 1
   */
  public static NoiseOptions plain() {
    return new NoiseOptions(0, 0, 1, 0, NoiseMode.FRESH);
  }

  /**
   * Returns the options of a run with the regularizer.
   *
   * @param sigma standard deviation of the noise, above 0
   * @param expectation weight of the loss at the expected logits, above 0
   * @return empirical 1, augmentation 0
   */
  public static NoiseOptions regularized(double sigma, double expectation) {
    return new NoiseOptions(sigma, expectation, 1, 0, NoiseMode.FRESH);
  }

  /**
   * Returns the options of a run with augmentation.
   *
   * @param sigma standard deviation of the noise, above 0
   * @param folds noisy copies of each image, at least 1
   * @param mode which noise they get
   * @return empirical 1, expectation 0
   */
  public static NoiseOptions augmented(double sigma, int folds, NoiseMode mode) {
    return new NoiseOptions(sigma, 0, 1, folds, mode);
  }
}
