package dev.gmr.train.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A finished run in a few numbers: the content of summary.json.
 *
 * @param accuracy share of clean test images classified correctly; null when not evaluated
 * @param robustnessPrediction mean share of predictions that noise leaves as they are; null when
 *     not evaluated
 * @param robustnessLabel mean share of right predictions under noise; null when not evaluated
 * @param bestEpoch the epoch whose weights are kept in best.safetensors, from 1; 0 when imported
 * @param epochs epochs trained; 0 when imported
 * @param trainSeconds wall time of all epochs
 * @param weightsSha256 checksum of best.safetensors
 */
public record Summary(
    @JsonProperty("accuracy") Double accuracy,
    @JsonProperty("robustness_prediction") Double robustnessPrediction,
    @JsonProperty("robustness_label") Double robustnessLabel,
    @JsonProperty("best_epoch") int bestEpoch,
    @JsonProperty("epochs") int epochs,
    @JsonProperty("train_seconds") double trainSeconds,
    @JsonProperty("weights_sha256") String weightsSha256) {

  /**
   * Returns the summary of imported weights, not evaluated.
   *
   * @param weightsSha256 checksum of best.safetensors
   * @return the summary
   */
  public static Summary imported(String weightsSha256) {
    return new Summary(null, null, null, 0, 0, 0, weightsSha256);
  }

  /**
   * Returns this summary with the figures of an evaluation.
   *
   * @param evaluation the evaluation of best.safetensors
   * @return a copy
   */
  public Summary with(Evaluation evaluation) {
    return new Summary(
        evaluation.accuracy(),
        evaluation.robustnessPrediction(),
        evaluation.robustnessLabel(),
        bestEpoch,
        epochs,
        trainSeconds,
        weightsSha256);
  }

  /**
   * Returns whether the run was evaluated.
   *
   * @return true when accuracy and robustness are known
   */
  public boolean evaluated() {
    return accuracy != null && robustnessPrediction != null && robustnessLabel != null;
  }
}
