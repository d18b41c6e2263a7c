package dev.gmr.nn;

/**
 * Memory for the gradients of several blocks' results, of which one is in use at a time. It becomes
 * as large as the largest asks for.
 */
final class GradientBuffer {
  private long length;
  private float[] array;

  /** Asks for room. */
  void require(long floats) {
    length = Math.max(length, floats);
  }

  /** Allocates; called once, when all have asked. */
  void allocate(Memory memory) {
    array = memory.floats(length);
  }

  float[] array() {
    return array;
  }
}
