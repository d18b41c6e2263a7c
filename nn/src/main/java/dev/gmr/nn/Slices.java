package dev.gmr.nn;

/**
 * How a batch is cut for the threads: into {@value #COUNT} runs of samples, whatever the machine.
 * The gradients of a slice are summed on their own and the slices' sums added in order.
 */
final class Slices {
  static final int COUNT = 1 << 4;

  private Slices() {}

  /** First sample of slice s; the last one ends at {@code from(COUNT, samples)}. */
  static int from(int s, int samples) {
    return (int) ((long) s * samples / COUNT);
  }

  /** The largest number of samples in a slice. */
  static int most(int samples) {
    return (samples + COUNT - 1) / COUNT;
  }
}
