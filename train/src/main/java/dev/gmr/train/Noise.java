package dev.gmr.train;

import dev.gmr.data.Normalization;
import dev.gmr.kernels.CounterRandom;

/**
 * Gaussian noise on normalised images, channels last. Its strength is given in units of the [0, 1]
 * pixel range: channel c of a normalised image gets {@code sigma / std_c}.
 */
final class Noise {
  private final CounterRandom[] folds;
  private final float[] sigmas;
  private final boolean frozen;

  private Noise(CounterRandom base, int folds, float[] sigmas, boolean frozen) {
    this.folds = new CounterRandom[folds];
    for (int f = 0; f < folds; f++) {
      this.folds[f] = base.child(f);
    }
    this.sigmas = sigmas;
    this.frozen = frozen;
  }

  /** New noise for every image, fold and, through the base, epoch. */
  static Noise fresh(CounterRandom base, int folds, float[] sigmas) {
    return new Noise(base, folds, sigmas, false);
  }

  /** One noise image a fold, the same for all images. */
  static Noise frozen(CounterRandom base, int folds, float[] sigmas) {
    return new Noise(base, folds, sigmas, true);
  }

  /** Returns the standard deviation of each normalised channel. */
  static float[] sigmas(double sigma, Normalization normalization) {
    float[] s = normalization.std();
    for (int c = 0; c < s.length; c++) {
      s[c] = (float) (sigma / s[c]);
    }
    return s;
  }

  /**
   * Adds the noise of a fold to an image.
   *
   * @param fold 0 to folds - 1
   * @param image number of the image in its set
   * @param scratch as long as an image
   */
  void add(int fold, int image, float[] x, int at, float[] scratch) {
    folds[fold].normalInto(frozen ? 0 : image, scratch, 0, scratch.length);
    int channels = sigmas.length;
    for (int i = 0; i < scratch.length; i++) {
      x[at + i] = Math.fma(sigmas[i % channels], scratch[i], x[at + i]);
    }
  }
}
