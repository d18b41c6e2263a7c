package dev.gmr.data;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;

/**
 * Pixels in a mapped file, which may be larger than the heap: the system reads a page when it is
 * first used and drops it when memory is short.
 *
 * <p>Image i begins at byte {@code first + i * stride}; its channels are interleaved, or one plane
 * after the other. Loops over planes write to every C-th place, so that the file is read in order.
 */
final class MappedPixels implements Pixels {
  /** The smallest page of any system: touching one byte in each brings all of them in. */
  private static final int PAGE = 4096;

  private final MappedFile file;
  private final MemorySegment bytes;
  private final int images;
  private final long first;
  private final long stride;
  private final int imageLength;

  /** Planes of an image: 1 for interleaved channels. */
  private final int planes;

  private final int planeLength;

  /** What touching read: a field, so that the compiler cannot leave the reads out. */
  private volatile int unusedSum;

  /**
   * Describes the layout; all images must lie within the file.
   *
   * @param first where image 0 begins
   * @param stride from an image to the next, in bytes
   * @param planes of an image, each {@code imageLength / planes} bytes
   */
  MappedPixels(MappedFile file, int images, long first, long stride, int imageLength, int planes) {
    this.file = file;
    this.bytes = file.bytes();
    this.images = images;
    this.first = first;
    this.stride = stride;
    this.imageLength = imageLength;
    this.planes = planes;
    this.planeLength = imageLength / planes;
  }

  @Override
  public int images() {
    return images;
  }

  private long start(int image) {
    return first + image * stride;
  }

  @Override
  public int get(int image, int index) {
    try {
      long place = (long) (index % planes) * planeLength + index / planes;
      return bytes.get(JAVA_BYTE, start(image) + place) & 0xff;
    } catch (InternalError e) {
      throw file.changed(e);
    }
  }

  @Override
  public void copyInto(int image, byte[] out, int offset) {
    long from = start(image);
    try {
      if (planes == 1) {
        MemorySegment.copy(bytes, JAVA_BYTE, from, out, offset, imageLength);
        return;
      }
      for (int p = 0; p < planes; p++, from += planeLength) {
        for (int i = 0, to = offset + p; i < planeLength; i++, to += planes) {
          out[to] = bytes.get(JAVA_BYTE, from + i);
        }
      }
    } catch (InternalError e) {
      throw file.changed(e);
    }
  }

  @Override
  public void normalizedInto(int image, Normalization norm, float[] out, int offset) {
    long from = start(image);
    try {
      if (planes == 1) {
        int channels = norm.channels();
        for (int c = 0; c < channels; c++) {
          norm.applyInto(c, bytes, from + c, channels, out, offset + c, imageLength / channels);
        }
        return;
      }
      for (int p = 0; p < planes; p++, from += planeLength) {
        norm.applyInto(p, bytes, from, 1, out, offset + p, planeLength);
      }
    } catch (InternalError e) {
      throw file.changed(e);
    }
  }

  @Override
  public void update(MessageDigest digest, int image, byte[] scratch) {
    copyInto(image, scratch, 0);
    digest.update(scratch, 0, imageLength);
  }

  @Override
  public void touch(int image) {
    long from = start(image);
    int sum = 0;
    for (int i = 0; i < imageLength; i += PAGE) {
      sum += bytes.get(JAVA_BYTE, from + i);
    }
    unusedSum = sum + bytes.get(JAVA_BYTE, from + imageLength - 1);
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  @Override
  public long mappedBytes() {
    return bytes.byteSize();
  }

  @Override
  public void requireUnchanged() {
    file.requireUnchanged();
  }
}
