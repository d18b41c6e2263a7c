package dev.gmr.data;

/**
 * A small counter-based random number generator (SplitMix64 of Steele, Lea and Flood 2014).
 *
 * <p>Number i of a stream is a bijective mix of {@code start + i * odd constant}; the start is a
 * mix of a purpose and a key. Hence streams of different purpose or key are independent for all
 * practical use, any of them can be made alone, and integer arithmetic makes them the same on every
 * machine. Not for cryptography, not safe for use by several threads.
 */
public final class SplitMix64 {
  /** What random numbers are for. No two purposes share a stream. */
  public enum Purpose {
    /** Which images are held out for validation. */
    SPLIT(0x53504c4954L),
    /** The order of the images in an epoch. */
    SHUFFLE(0x53485546464c45L),
    /** The training images of the embedded digits. */
    DIGITS_TRAIN(0x4449474954535f54L),
    /** The test images of the embedded digits. */
    DIGITS_TEST(0x4449474954535f45L);

    /** Part of the published results: never to be changed, hence not the ordinal. */
    private final long code;

    Purpose(long code) {
      this.code = code;
    }
  }

  /** The golden ratio's 64 bits: odd, so the counter visits every state. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private long state;

  /**
   * Opens the stream of a purpose and a key.
   *
   * @param purpose what the numbers are for
   * @param key what else sets this stream apart: seed, epoch, image
   */
  public SplitMix64(Purpose purpose, long... key) {
    long h = mix(purpose.code);
    for (long k : key) {
      // Multiply between the parts, so that (1, 0) and (0, 1) differ.
      h = mix(h * 0xd1342543de82ef95L + mix(k + STEP));
    }
    state = h;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * Returns the next 64 random bits.
   *
   * @return any long, all equally likely
   */
  public long nextLong() {
    state += STEP;
    return mix(state);
  }

  /**
   * Returns a random integer, without bias (Lemire 2019: multiply, and reject the few values that
   * would make some results likelier).
   *
   * @param bound the number of possible results, at least 1
   * @return 0 to bound - 1
   * @throws IllegalArgumentException if bound is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, got " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xffffffffL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xffffffffL;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * Returns a random number from an interval.
   *
   * @param from the lower end
   * @param to the upper end
   * @return from + (to - from) * u, u a multiple of 2^-53 in [0, 1)
   */
  public double uniform(double from, double to) {
    double u = (nextLong() >>> 11) * 0x1p-53;
    return from + (to - from) * u;
  }
}
