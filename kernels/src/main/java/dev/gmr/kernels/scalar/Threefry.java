package dev.gmr.kernels.scalar;

/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of 64-bit counters (Salmon, Moraes, Dror, Shaw:
 * "Parallel random numbers: as easy as 1, 2, 3", 2011).
 */
public final class Threefry {
  /** The Skein parity of the key schedule. */
  public static final int PARITY = 0x1bd11bda;

  private Threefry() {}

  /**
   * Encrypts a counter.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param counter0 the counter's first word
   * @param counter1 the counter's second word
   * @return the two words, the first in the low half
   */
  public static long encrypt(int key0, int key1, int counter0, int counter1) {
    int key2 = PARITY ^ key0 ^ key1;
    int x0 = counter0 + key0;
    int x1 = counter1 + key1;
    int injected0 = key1;
    int injected1 = key2;
    int next = key0;
    for (int group = 1; group <= 5; group++) {
      boolean odd = (group & 1) == 1;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 13 : 17) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 15 : 29) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 26 : 16) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 6 : 24) ^ x0;

      x0 += injected0;
      x1 += injected1 + group;
      int used = injected0;
      injected0 = injected1;
      injected1 = next;
      next = used;
    }
    return ((long) x1 << 32) | (x0 & 0xffffffffL);
  }
}
