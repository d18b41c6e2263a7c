package dev.gmr.nn;

/**
 * How a batch is cut for the threads: into {@value #COUNT} runs of samples, whatever the machine.
 * The gradients of a slice are summed on their own and the slices' sums added in order.
 */
final class Slices {
  static final int COUNT = 16;

  private Slices() {}

  /**
   * A task for every slice, those of one length in turn: they differ by a sample, and two threads
   * that took even and odd ones would not end together.
   */
  static Workers.Task task(Workers.Task body) {
    return (i, worker) ->
        body.run(Integer.reverse(i) >>> Integer.numberOfLeadingZeros(COUNT - 1), worker);
  }

  /** First sample of slice s; the last one ends at {@code from(COUNT, samples)}. */
  static int from(int s, int samples) {
    return (int) ((long) s * samples / COUNT);
  }

  /** The largest number of samples in a slice. */
  static int most(int samples) {
    return (samples + COUNT - 1) / COUNT;
  }
}
