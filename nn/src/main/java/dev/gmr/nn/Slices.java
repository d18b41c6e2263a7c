package dev.gmr.nn;

/**
 * How a batch is cut for the threads: into {@value #COUNT} runs of samples, whatever the machine.
 * The gradients of a slice are summed on their own and the slices' sums added in order.
 */
final class Slices {
  static final int COUNT = 1 << 4;

  private Slices() {}

  /**
   * A task for every slice in the order of their numbers' bits reversed: slices s and s + COUNT / 2
   * follow each other, as long as each other where the samples are even. In their own order long
   * and short ones take turns, and two threads in step would each get all of one kind.
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
