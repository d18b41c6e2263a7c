package dev.gmr.nn;

/**
 * Hands out a network's arrays and counts them. A dry one only counts, and gives empty arrays: a
 * network built on it tells how much memory it would take.
 */
final class Memory {
  private final boolean dry;
  private long bytes;

  Memory(boolean dry) {
    this.dry = dry;
  }

  boolean dry() {
    return dry;
  }

  long bytes() {
    return bytes;
  }

  float[] floats(long length) {
    return new float[count(length)];
  }

  float[][] floats(int arrays, long length) {
    float[][] x = new float[arrays][];
    for (int i = 0; i < arrays; i++) {
      x[i] = floats(length);
    }
    return x;
  }

  int[] ints(long length) {
    return new int[count(length)];
  }

  private int count(long length) {
    bytes = Math.addExact(bytes, Math.multiplyExact(length, Integer.BYTES));
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a layer's results of one batch are %,d numbers, more than an array holds; take smaller batches"
              .formatted(length));
    }
    return dry ? 0 : (int) length;
  }
}
