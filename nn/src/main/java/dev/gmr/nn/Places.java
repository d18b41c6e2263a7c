package dev.gmr.nn;

/** Places of tensors whose order is PyTorch's. */
final class Places {
  private Places() {}

  /** The first {@code n} ones, in order. */
  static int[] first(Memory memory, int n) {
    int[] place = memory.ints(n);
    for (int i = 0; i < place.length; i++) {
      place[i] = i;
    }
    return place;
  }
}
