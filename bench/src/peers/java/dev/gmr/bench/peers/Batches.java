package dev.gmr.bench.peers;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.train.run.NoiseOptions;

/**
 * The batches of an epoch: each image once clean and once in every fold of augmentation, all of
 * them shuffled together. Item i is image {@code i / copies} in its copy {@code i % copies}, of
 * which 0 is clean.
 */
final class Batches {
  /** Normalised images and their labels, made for one step; nobody compares them. */
  @SuppressWarnings("ArrayRecordComponent")
  record Batch(float[] images, long[] labels) {
    int count() {
      return labels.length;
    }
  }

  private final ImageSet set;
  private final Normalization normalization;
  private final float sigma;
  private final int copies;
  private final int size;
  private final Randomness random;
  private final float[] scratch;

  Batches(
      ImageSet set, Normalization normalization, NoiseOptions noise, int size, Randomness random) {
    this.set = set;
    this.normalization = normalization;
    this.sigma = (float) (noise.sigma() / normalization.std()[0]);
    this.copies = noise.augmentation() + 1;
    this.size = size;
    this.random = random;
    this.scratch = new float[set.imageLength()];
  }

  int items() {
    return set.size() * copies;
  }

  int steps() {
    return (items() + size - 1) / size;
  }

  int[] order(int epoch) {
    return random.order(items(), epoch);
  }

  /** Returns the batch of a step (from 0) in an epoch (from 1) of this order. */
  Batch batch(int epoch, int[] order, int step) {
    int first = step * size;
    int count = Math.min(size, items() - first);
    float[] images = new float[count * scratch.length];
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      int image = order[first + i] / copies;
      int copy = order[first + i] % copies;
      int at = i * scratch.length;
      set.normalizedInto(image, normalization, images, at);
      if (copy > 0) {
        random.trainingNoise(epoch, copy - 1, image, scratch);
        for (int j = 0; j < scratch.length; j++) {
          images[at + j] = Math.fma(sigma, scratch[j], images[at + j]);
        }
      }
      labels[i] = set.label(image);
    }
    return new Batch(images, labels);
  }
}
