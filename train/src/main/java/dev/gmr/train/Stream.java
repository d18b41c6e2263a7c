package dev.gmr.train;

import dev.gmr.kernels.CounterRandom;

/**
 * What random numbers are drawn for; each purpose has a stream of its own under the run's seed.
 * Public, so that other programs can draw a run's numbers again; the order of the images comes from
 * {@link dev.gmr.data.Shuffle}.
 */
public enum Stream {
  /** Initial values of the parameters, as {@code Parameters.initialize} draws them. */
  INITIAL_VALUES(1),
  /** Fresh augmentation noise: children epoch (from 1) and fold (from 0), stream image. */
  FRESH_NOISE(2),
  /** Frozen augmentation noise: child fold, stream 0. */
  FROZEN_NOISE(3),
  /** Noise on validation images: child fold, stream image; the same in every epoch. */
  VALIDATION_NOISE(4),
  /** Strength of the test noise: child point (from 0), stream image, one uniform number. */
  TEST_STRENGTH(5),
  /** Direction of the test noise: child point, stream image. */
  TEST_DIRECTION(6),
  /**
   * Crop and flip of a training image: children epoch (from 1) and copy (0 clean), stream image.
   */
  TRANSFORM(7),
  /** Noise of the sampled loss that an evaluation compares: child draw (from 0), stream image. */
  GAP_NOISE(8);

  private final int number;

  Stream(int number) {
    this.number = number;
  }

  /**
   * Opens the stream of a run.
   *
   * @param seed the run's seed
   * @return the generator; see each constant for its children and streams
   */
  public CounterRandom of(long seed) {
    return CounterRandom.of(seed).child(number);
  }
}
