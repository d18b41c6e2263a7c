package dev.gmr.train;

import dev.gmr.kernels.CounterRandom;

/** What random numbers are drawn for; each purpose has a stream of its own under the run's seed. */
enum Stream {
  /** Initial values of the parameters. */
  INITIAL_VALUES(1),
  /** Fresh augmentation noise, by epoch, fold and image. */
  FRESH_NOISE(2),
  /** Frozen augmentation noise, by fold. */
  FROZEN_NOISE(3),
  /** Noise on validation images, by fold and image; the same in every epoch. */
  VALIDATION_NOISE(4),
  /** Strength of the test noise, by point and image. */
  TEST_STRENGTH(5),
  /** Direction of the test noise, by point and image. */
  TEST_DIRECTION(6);

  private final int number;

  Stream(int number) {
    this.number = number;
  }

  CounterRandom of(long seed) {
    return CounterRandom.of(seed).child(number);
  }
}
