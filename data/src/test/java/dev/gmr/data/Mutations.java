package dev.gmr.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages files, the same way for the same seed. */
public final class Mutations {
  private static final int[] INTS = {
    0,
    1,
    -1,
    2,
    7,
    28,
    255,
    256,
    1024,
    1025,
    65_535,
    1 << 24,
    1 << 28,
    0x7fffffff,
    0x80000000,
    0x801,
    0x803,
    0x804
  };

  private final SplittableRandom random;

  /**
   * Begins a series.
   *
   * @param seed decides it
   */
  public Mutations(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Draws a number.
   *
   * @param bound above it
   * @return 0 to bound - 1
   */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /**
   * Damages a file in one to four ways: bits and bytes changed, numbers in its header replaced, cut
   * short, pieces inserted, taken out or doubled.
   *
   * @param file any bytes; left alone
   * @param header bytes at the beginning that are changed more often than the rest
   * @return other bytes, or by chance the same
   */
  public byte[] of(byte[] file, int header) {
    byte[] bytes = file;
    for (int i = 1 + below(4); i > 0; i--) {
      bytes = one(bytes, Math.min(header, bytes.length));
    }
    return bytes;
  }

  private byte[] one(byte[] file, int header) {
    if (file.length == 0) {
      return new byte[] {(byte) below(256)};
    }
    byte[] bytes = file.clone();
    int at = random.nextBoolean() && header > 0 ? below(header) : below(bytes.length);
    switch (below(8)) {
      case 0 -> bytes[at] ^= (byte) (1 << below(8));
      case 1 -> bytes[at] = (byte) below(256);
      case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + below(64)), (byte) below(256));
      case 3, 4 -> {
        int value = INTS[below(INTS.length)];
        int start = at & ~3;
        for (int i = 0; i < 4 && start + i < bytes.length; i++) {
          bytes[start + i] = (byte) (value >>> (24 - 8 * i));
        }
      }
      case 5 -> bytes = Arrays.copyOf(bytes, at);
      case 6 -> bytes = splice(bytes, at, at + below(40), at + below(40));
      default -> bytes = splice(bytes, at, at, at + 1 + below(40));
    }
    return bytes;
  }

  /** Takes [at, end) out and puts a copy of [at, copied) there. */
  private static byte[] splice(byte[] bytes, int at, int end, int copied) {
    byte[] piece = Arrays.copyOfRange(bytes, at, copied);
    int rest = Math.min(end, bytes.length);
    byte[] result = Arrays.copyOf(bytes, at + piece.length + bytes.length - rest);
    System.arraycopy(piece, 0, result, at, piece.length);
    System.arraycopy(bytes, rest, result, at + piece.length, bytes.length - rest);
    return result;
  }
}
