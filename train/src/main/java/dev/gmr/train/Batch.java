package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.nn.Workers;

/**
 * Normalised images and labels for one step, loaded by all workers. An item is an image in one of
 * its copies: copy 0 is clean, copy f + 1 carries the noise of fold f.
 */
final class Batch {
  private final ImageSet set;
  private final Normalization normalization;
  private final Workers workers;
  private final float[] images;
  private final int[] labels;
  private final float[][] scratch;
  private final Workers.Task load = this::loadItem;
  private final ReadAhead ahead;
  private Noise noise;
  private int copies;
  private int[] indices;
  private int[] order;
  private int from;

  Batch(ImageSet set, Normalization normalization, int capacity, Workers workers) {
    this.set = set;
    this.normalization = normalization;
    this.workers = workers;
    ahead = new ReadAhead(set);
    images = new float[Math.multiplyExact(capacity, set.imageLength())];
    labels = new int[capacity];
    scratch = new float[workers.size()][set.imageLength()];
  }

  /**
   * Says what items there are.
   *
   * @param imageIndices images in use
   * @param itemOrder order of the items, of which each image has {@code copyCount}
   * @param noiseOfCopies noise of the copies beyond the first; may be null with one copy
   */
  void source(int[] imageIndices, int[] itemOrder, int copyCount, Noise noiseOfCopies) {
    indices = imageIndices;
    order = itemOrder;
    copies = copyCount;
    noise = noiseOfCopies;
  }

  /** Loads {@code count} items from position {@code first} of the order. */
  void load(int first, int count) {
    from = first;
    workers.run(count, load);
    ahead.batch(indices, order, copies, first + count, count);
  }

  private void loadItem(int i, int worker) {
    int item = order[from + i];
    int image = indices[item / copies];
    int copy = item % copies;
    int at = i * set.imageLength();
    set.normalizedInto(image, normalization, images, at);
    if (copy > 0) {
      noise.add(copy - 1, image, images, at, scratch[worker]);
    }
    labels[i] = set.label(image);
  }

  /** Whether item i of the last load is clean. */
  boolean clean(int i) {
    return order[from + i] % copies == 0;
  }

  float[] images() {
    return images;
  }

  int[] labels() {
    return labels;
  }
}
