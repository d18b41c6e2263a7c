package dev.gmr.nn;

/**
 * Memory for what several blocks need, one at a time, such as the gradients of their results. It
 * becomes as large as the largest asks for.
 */
final class SharedBuffer {
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
