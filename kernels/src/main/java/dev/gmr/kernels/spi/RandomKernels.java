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
  /** Raw words. */
  void bits(int key0, int key1, int stream, int[] out, int off, int n);

  /** Uniform floats in (0, 1]: {@code ((word >>> 8) + 1) * 2^-24}. */
  void uniform(int key0, int key1, int stream, float[] out, int off, int n);

  /** Standard normal floats by Box and Muller from the two words of a lane. */
  void normal(int key0, int key1, int stream, float[] out, int off, int n);
}
