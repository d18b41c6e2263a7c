package dev.gmr.kernels.simd;

/**
 * What kernels of several passes keep between them: a slot of one chunk for each vector variable.
 */
final class Scratch {
  /** Elements of a chunk: slots of a kernel together stay in the first-level cache. */
  static final int CHUNK = 128;

  private static final int SLOTS = 32;
  private static final ThreadLocal<double[]> THREADS =
      ThreadLocal.withInitial(() -> new double[SLOTS * CHUNK]);

  private Scratch() {}

  /** Returns this thread's array; its contents do not outlive a kernel. */
  static double[] of(int slots) {
    if (slots > SLOTS) {
      throw new IllegalArgumentException(slots + " slots; a thread has " + SLOTS);
    }
    return THREADS.get();
  }
}
