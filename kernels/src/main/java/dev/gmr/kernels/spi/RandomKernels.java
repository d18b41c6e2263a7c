package dev.gmr.kernels.spi;

/**
 * Counter-based random numbers: Threefry-2x32-20 (Salmon et al. 2011), key and counter of 64 bits.
 *
 * <p>Element layout, the same at every width: elements come in blocks of 32. Lane {@code i} (0..15)
 * of block {@code j} encrypts the counter {@code (16 j + i, stream)}; its first word makes element
 * {@code 32 j + i}, its second word element {@code 32 j + 16 + i}. So any element can be computed
 * alone, and a shorter array is a prefix of a longer one.
 */
public interface RandomKernels {
  /**
   * Writes raw words.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param stream the stream: the second word of every counter
   * @param out receives the numbers
   * @param off index of the first
   * @param n how many
   */
  void bits(int key0, int key1, int stream, int[] out, int off, int n);

  /**
   * Writes uniform floats in (0, 1]: {@code ((word >>> 8) + 1) * 2^-24}.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param stream the stream: the second word of every counter
   * @param out receives the numbers
   * @param off index of the first
   * @param n how many
   */
  void uniform(int key0, int key1, int stream, float[] out, int off, int n);

  /**
   * Writes standard normal floats by Box and Muller from the two words of a lane.
   *
   * @param key0 the key's first word
   * @param key1 the key's second word
   * @param stream the stream: the second word of every counter
   * @param out receives the numbers
   * @param off index of the first
   * @param n how many
   */
  void normal(int key0, int key1, int stream, float[] out, int off, int n);
}
