package dev.gmr.data;

import java.security.MessageDigest;

/**
 * Where the pixels of a set of images lie: unsigned bytes, read as if in layout (N, H, W, C).
 *
 * <p>Images are numbered from 0. The callers check numbers and room; many threads may read at once,
 * and reading an image allocates nothing.
 */
interface Pixels {
  /** Returns the number of images. */
  int images();

  /** Returns one value: {@code index} counts within the image, channels last. */
  int get(int image, int index);

  /** Copies an image's bytes. */
  void copyInto(int image, byte[] out, int offset);

  /** Writes an image as {@code norm} maps it, which has this set's channels. */
  void normalizedInto(int image, Normalization norm, float[] out, int offset);

  /** Adds an image's bytes to a digest; {@code scratch} has room for one. */
  void update(MessageDigest digest, int image, byte[] scratch);

  /** Returns the bytes on Java's heap that this takes. */
  long heapBytes();

  /** Returns the bytes of mapped files, which the system keeps in memory as it sees fit. */
  default long mappedBytes() {
    return 0;
  }

  /** Makes sure that an image is in memory, not only on disk. */
  default void touch(int image) {}

  /**
   * Makes sure that mapped files are what they were when they were opened.
   *
   * @throws DataException if one is not
   */
  default void requireUnchanged() {}
}
