package dev.gmr.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable set of labelled images of one shape.
 *
 * <p>Pixels are unsigned bytes, 0 to 255, in layout (N, H, W, C): channels last. Labels are 0 to
 * classes - 1. {@link #head} and {@link #select} give views: they share the pixels.
 *
 * <p>The pixels of plain files are read from the mapped files where they are used, so a set may be
 * far larger than the heap. Such a file must stay as it is. Reading behind the end of one that was
 * cut short is a {@link DataException} that names it or, since the JVM reports the fault a moment
 * late, an {@link InternalError} out of the caller's own code; {@link #requireUnchanged} then names
 * the file, and finds other changes too. Reading is for any number of threads at once and allocates
 * nothing.
 */
public final class ImageSet {
  private final int height;
  private final int width;
  private final int channels;
  private final int classes;
  private final Pixels pixels;
  private final byte[] labels;

  /** Image i of this set is image rows[i] of the arrays. */
  private final int[] rows;

  private ImageSet(ImageSet all, int[] rows) {
    height = all.height;
    width = all.width;
    channels = all.channels;
    classes = all.classes;
    pixels = all.pixels;
    labels = all.labels;
    this.rows = rows;
  }

  ImageSet(int height, int width, int channels, int classes, Pixels pixels, byte[] labels) {
    this.height = positive("height", height);
    this.width = positive("width", width);
    this.channels = positive("channels", channels);
    this.classes = positive("classes", classes);
    this.pixels = pixels;
    this.labels = labels;
    if (classes > 256) {
      throw new IllegalArgumentException("classes must be at most 256, got " + classes);
    }
    if (labels.length != pixels.images()) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + pixels.images() + " images");
    }
    rows = new int[labels.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
      if ((labels[i] & 0xff) >= classes) {
        throw new IllegalArgumentException(
            "label " + (labels[i] & 0xff) + " of image " + i + " is not below " + classes);
      }
    }
  }

  /**
   * Makes a set of the arrays themselves: they are handed over, the caller must not write to them
   * any more. (A copy would double the 150 MB of a large set.)
   *
   * @param height rows of an image, at least 1
   * @param width columns of an image, at least 1
   * @param channels channels of a pixel, at least 1
   * @param classes number of classes, 1 to 256
   * @param pixels N * height * width * channels unsigned bytes, layout (N, H, W, C)
   * @param labels N unsigned bytes below {@code classes}; N may be 0
   * @return the set
   * @throws IllegalArgumentException if the numbers do not fit or a label is out of range
   */
  public static ImageSet wrap(
      int height, int width, int channels, int classes, byte[] pixels, byte[] labels) {
    long length = (long) positive("height", height) * positive("width", width);
    length *= positive("channels", channels);
    if (length * labels.length != pixels.length) {
      throw new IllegalArgumentException(
          labels.length
              + " labels and "
              + pixels.length
              + " pixels do not make images of "
              + height
              + "x"
              + width
              + "x"
              + channels);
    }
    Pixels source = new ArrayPixels(pixels, (int) Math.min(length, Integer.MAX_VALUE));
    return new ImageSet(height, width, channels, classes, source, labels);
  }

  private static int positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + value);
    }
    return value;
  }

  /**
   * Returns the number of images.
   *
   * @return N, 0 or more
   */
  public int size() {
    return rows.length;
  }

  /**
   * Returns the rows of an image.
   *
   * @return H
   */
  public int height() {
    return height;
  }

  /**
   * Returns the columns of an image.
   *
   * @return W
   */
  public int width() {
    return width;
  }

  /**
   * Returns the channels of a pixel: 1 for grey, 3 for R, G, B.
   *
   * @return C
   */
  public int channels() {
    return channels;
  }

  /**
   * Returns the number of classes.
   *
   * @return the number of classes, 1 to 256
   */
  public int classes() {
    return classes;
  }

  /**
   * Returns the number of values of one image.
   *
   * @return H * W * C
   */
  public int imageLength() {
    return height * width * channels;
  }

  /**
   * Returns the label of an image.
   *
   * @param image 0 to size() - 1
   * @return the class, 0 to classes() - 1
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public int label(int image) {
    return labels[row(image)] & 0xff;
  }

  /**
   * Returns one value of an image.
   *
   * @param image 0 to size() - 1
   * @param y the row, from the top
   * @param x the column, from the left
   * @param channel the channel
   * @return the pixel, 0 to 255
   * @throws IndexOutOfBoundsException if an argument is out of range
   */
  public int pixel(int image, int y, int x, int channel) {
    Objects.checkIndex(y, height);
    Objects.checkIndex(x, width);
    Objects.checkIndex(channel, channels);
    return pixels.get(row(image), (y * width + x) * channels + channel);
  }

  /**
   * Copies an image: imageLength() unsigned bytes, layout (H, W, C).
   *
   * @param image 0 to size() - 1
   * @param out receives the bytes
   * @param offset where in {@code out} they begin
   * @throws IndexOutOfBoundsException if there is no such image, or no room
   */
  public void copyInto(int image, byte[] out, int offset) {
    int row = row(image);
    Objects.checkFromIndexSize(offset, imageLength(), out.length);
    pixels.copyInto(row, out, offset);
  }

  /**
   * Writes an image as {@code pixel * scale}: imageLength() floats, layout (H, W, C).
   *
   * @param image 0 to size() - 1
   * @param scale the factor; 1/255f gives the [0, 1] pixel range
   * @param out receives the floats
   * @param offset where in {@code out} they begin
   * @throws IndexOutOfBoundsException if there is no such image, or no room
   */
  public void copyInto(int image, float scale, float[] out, int offset) {
    int row = row(image);
    Objects.checkFromIndexSize(offset, imageLength(), out.length);
    for (int i = 0; i < imageLength(); i++) {
      out[offset + i] = pixels.get(row, i) * scale;
    }
  }

  /**
   * Writes an image as a network's input, {@code (pixel / 255 - mean) / std}: imageLength() floats,
   * layout (H, W, C).
   *
   * @param image 0 to size() - 1
   * @param norm the normalization; as many channels as this set
   * @param out receives the floats
   * @param offset where in {@code out} they begin
   * @throws IllegalArgumentException if the channels differ
   * @throws IndexOutOfBoundsException if there is no such image, or no room
   */
  public void normalizedInto(int image, Normalization norm, float[] out, int offset) {
    if (norm.channels() != channels) {
      throw new IllegalArgumentException(
          "images of " + channels + " channels, normalization of " + norm.channels());
    }
    int row = row(image);
    Objects.checkFromIndexSize(offset, imageLength(), out.length);
    pixels.normalizedInto(row, norm, out, offset);
  }

  /**
   * Reads an image from disk if it is not in memory, so that whoever reads it next need not wait.
   * Does nothing for pixels on the heap.
   *
   * @param image 0 to size() - 1
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public void touch(int image) {
    pixels.touch(row(image));
  }

  /**
   * Returns what the pixels take of Java's heap. Views share them.
   *
   * @return bytes of the whole set that this is a view of
   */
  public long heapBytes() {
    return pixels.heapBytes();
  }

  /**
   * Returns how much of the pixels lies in mapped files, of which the system keeps in memory what
   * fits.
   *
   * @return bytes of the whole set that this is a view of; 0 if no file is mapped
   */
  public long mappedBytes() {
    return pixels.mappedBytes();
  }

  /**
   * Makes sure that mapped files were not written to since they were opened.
   *
   * @throws DataException if one was
   */
  public void requireUnchanged() {
    pixels.requireUnchanged();
  }

  /**
   * Returns the first images.
   *
   * @param n how many; all images if there are fewer
   * @return a view of the first min(n, size()) images
   * @throws IllegalArgumentException if n is negative
   */
  public ImageSet head(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n must not be negative, got " + n);
    }
    return n >= size() ? this : new ImageSet(this, Arrays.copyOf(rows, n));
  }

  /**
   * Returns chosen images, in the order given.
   *
   * @param indices images of this set; any order, repetition allowed
   * @return a view of them
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public ImageSet select(int[] indices) {
    int[] chosen = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = row(indices[i]);
    }
    return new ImageSet(this, chosen);
  }

  /**
   * Returns the SHA-256 of the data: N, H, W, C and classes as big-endian 32-bit integers, then the
   * pixels, then the labels, all in the order of this set.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String sha256() {
    MessageDigest digest = Digests.sha256();
    ByteBuffer shape = ByteBuffer.allocate(5 * Integer.BYTES);
    shape.putInt(size()).putInt(height).putInt(width).putInt(channels).putInt(classes);
    digest.update(shape.array());
    byte[] scratch = new byte[imageLength()];
    for (int row : rows) {
      pixels.update(digest, row, scratch);
    }
    for (int row : rows) {
      digest.update(labels[row]);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private int row(int image) {
    return rows[Objects.checkIndex(image, rows.length)];
  }

  @Override
  public String toString() {
    return size()
        + " images of "
        + height
        + "x"
        + width
        + "x"
        + channels
        + ", "
        + classes
        + " classes";
  }
}
