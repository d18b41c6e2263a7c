package dev.gmr.bench.peers;

import dev.gmr.data.Normalization;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerOptions;

/**
 * What both programs train.
 *
 * @param model the network
 * @param noise what is done about noise
 * @param normalization of the images, which turns sigma into their units
 * @param optimizer how weights are updated
 */
record Task(
    Model model, NoiseOptions noise, Normalization normalization, OptimizerOptions optimizer) {
  /** Returns the network's own recipe. */
  static Task of(Model model, NoiseOptions noise, Normalization normalization) {
    return new Task(model, noise, normalization, model.optimizer());
  }

  boolean regularized() {
    return noise.expectation() > 0;
  }

  /** Returns the standard deviation of each channel's noise. */
  float[] sigmas() {
    float[] sigmas = normalization.std();
    for (int c = 0; c < sigmas.length; c++) {
      sigmas[c] = (float) (noise.sigma() / sigmas[c]);
    }
    return sigmas;
  }
}
