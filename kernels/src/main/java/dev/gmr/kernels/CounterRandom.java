package dev.gmr.kernels;

import dev.gmr.kernels.scalar.Threefry;

/**
 * Random numbers as a function of (key, stream, index): Threefry-2x32-20, the same bits on every
 * CPU and at every vector width.
 *
 * <p>Nothing is remembered between calls: the same key and stream give the same numbers again, and
 * fewer of them are a prefix of more. A stream holds 2^32 words; array lengths end far below. Keys
 * make a tree: {@code CounterRandom.of(seed).child(purpose).child(epoch).child(fold)} is
 * independent of every other path, so any sample's noise can be computed alone and in any order.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class CounterRandom {
  /** Keys are derived under a key of their own, so that no child's key shows up among bits. */
  private static final int DERIVATION = 0x6b657973;

  private final int key0;
  private final int key1;

  private CounterRandom(long key) {
    key0 = (int) key;
    key1 = (int) (key >>> 32);
  }

  /**
   * Returns the root of a seed.
   *
   * @param seed any number; it is the key
   * @return the generator
   */
  public static CounterRandom of(long seed) {
    return new CounterRandom(seed);
  }

  /**
   * Returns an independent generator, always the same one for the same purpose.
   *
   * @param purpose any number: a use, an epoch, a sample, a fold
   * @return the child, whose key is the purpose encrypted
   */
  public CounterRandom child(long purpose) {
    int high = (int) (purpose >>> 32);
    return new CounterRandom(Threefry.encrypt(key0, key1 ^ DERIVATION, (int) purpose, high));
  }

  /**
   * Writes n random words.
   *
   * @param stream the stream
   * @param out receives them
   * @param off index of the first
   * @param n how many
   * @throws IllegalArgumentException if the range does not lie in {@code out}
   */
  public void bitsInto(int stream, int[] out, int off, int n) {
    Check.range("out", out.length, off, n);
    Backend.kernels().random().bits(key0, key1, stream, out, off, n);
  }

  /**
   * Writes n floats uniform in (0, 1], multiples of 2^-24.
   *
   * @param stream the stream
   * @param out receives them
   * @param off index of the first
   * @param n how many
   * @throws IllegalArgumentException if the range does not lie in {@code out}
   */
  public void uniformInto(int stream, float[] out, int off, int n) {
    Check.range("out", out.length, off, n);
    Backend.kernels().random().uniform(key0, key1, stream, out, off, n);
  }

  /**
   * Writes n standard normal floats, at most 5.77 in magnitude.
   *
   * @param stream the stream
   * @param out receives them
   * @param off index of the first
   * @param n how many
   * @throws IllegalArgumentException if the range does not lie in {@code out}
   */
  public void normalInto(int stream, float[] out, int off, int n) {
    Check.range("out", out.length, off, n);
    Backend.kernels().random().normal(key0, key1, stream, out, off, n);
  }
}
