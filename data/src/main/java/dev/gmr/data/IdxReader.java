package dev.gmr.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads the IDX files of MNIST, its relatives and a user's own images, raw or gzipped. The pixels
 * of a raw file are mapped, those of a gzipped one unpacked into memory.
 *
 * <p>An IDX file of bytes begins with 0, 0, 8 and the number of dimensions, then each dimension as
 * a big-endian 32-bit integer, then the bytes: images have three dimensions (N, H, W) or four (N,
 * H, W, C), labels one.
 */
final class IdxReader {
  /** More rows or columns than this is no image for these networks, but a broken header. */
  static final int MAX_SIDE = 1024;

  /** The most values of a pixel. */
  static final int MAX_CHANNELS = 256;

  private static final int LABELS = 0x801;
  private static final int GREY = 0x803;
  private static final int COLOUR = 0x804;

  /** Images and their labels, which are still to be compared with the number of classes. */
  static final class Part {
    private final SourceFile marks;
    private final int[] shape;
    private final Pixels pixels;
    private final byte[] labels;

    private Part(SourceFile marks, int[] shape, Pixels pixels, byte[] labels) {
      this.marks = marks;
      this.shape = shape;
      this.pixels = pixels;
      this.labels = labels;
    }

    /** Returns N, H, W, C. */
    int[] shape() {
      return shape.clone();
    }

    int largestLabel() {
      int largest = 0;
      for (byte label : labels) {
        largest = Math.max(largest, label & 0xff);
      }
      return largest;
    }

    /**
     * Makes the set.
     *
     * @throws DataException if a label is not below {@code classes}
     */
    ImageSet set(int classes) {
      for (int i = 0; i < labels.length; i++) {
        int label = labels[i] & 0xff;
        if (label >= classes) {
          throw marks.bad("label " + i + " is " + label + ", expected 0 to " + (classes - 1));
        }
      }
      return new ImageSet(shape[1], shape[2], shape[3], classes, pixels, labels);
    }
  }

  private IdxReader() {}

  /**
   * Reads a file of images and the file of their labels.
   *
   * @param side the height and width that the images must have, with one channel
   * @param classes the number of classes; labels must be below
   * @throws DataException if a file is not what it should be
   */
  static ImageSet read(Path images, Path labels, int side, int classes) {
    return read(new SourceFile(images), new SourceFile(labels), side, classes);
  }

  static ImageSet read(SourceFile images, SourceFile labels, int side, int classes) {
    Part part = part(images, labels);
    int[] shape = part.shape();
    if (shape[1] != side || shape[2] != side || shape[3] != 1) {
      throw new DataException(
          images.path()
              + ": holds images of "
              + size(shape)
              + ", expected "
              + side
              + "x"
              + side
              + "; is it of another data set?");
    }
    return part.set(classes);
  }

  /**
   * Reads a file of images of any shape and the file of their labels.
   *
   * @throws DataException if a file is not what it should be
   */
  static Part part(SourceFile images, SourceFile labels) {
    int[] shape = new int[4];
    Pixels pixels = pixels(images, shape);
    byte[] marks = labels(labels);
    if (shape[0] != marks.length) {
      throw new DataException(
          labels.path()
              + ": holds "
              + marks.length
              + " labels, but "
              + images.path()
              + " holds "
              + shape[0]
              + " images; take both files from the same set");
    }
    return new Part(labels, shape, pixels, marks);
  }

  private static Pixels pixels(SourceFile file, int[] shape) {
    try (InputStream in = file.open()) {
      int magic = magic(file, in, "images", GREY, COLOUR);
      int[] header = shape(file, in, magic & 0xff, "images");
      System.arraycopy(header, 0, shape, 0, header.length);
      shape[3] = header.length < 4 ? 1 : header[3];
      int imageLength = shape[1] * shape[2] * shape[3];
      long length = (long) shape[0] * imageLength;
      String what = shape[0] + " images of " + size(header);
      if (!file.gzipped()) {
        long first = Integer.BYTES * (1L + header.length);
        file.requireBody(file.size() - first, length, what);
        return new MappedPixels(file.map(), shape[0], first, imageLength, imageLength, 1);
      }
      if (length > SourceFile.MAX_BYTES) {
        throw new DataException(
            file.path()
                + ": promises "
                + length
                + " bytes ("
                + what
                + "), but at most "
                + SourceFile.MAX_BYTES
                + " are unpacked in memory; unpack the file (gunzip)");
      }
      return new ArrayPixels(file.body(in, (int) length, what), imageLength);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private static byte[] labels(SourceFile file) {
    try (InputStream in = file.open()) {
      int magic = magic(file, in, "labels", LABELS);
      int count = shape(file, in, magic & 0xff, "labels")[0];
      return file.body(in, count, count + " labels");
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private static int magic(SourceFile file, InputStream in, String wanted, int... known)
      throws IOException {
    int magic = ByteBuffer.wrap(header(file, in, Integer.BYTES)).getInt();
    if (Arrays.stream(known).anyMatch(m -> m == magic)) {
      return magic;
    }
    if (magic == LABELS || magic == GREY || magic == COLOUR) {
      throw new DataException(
          file.path()
              + ": holds "
              + (magic == LABELS ? "labels" : "images")
              + ", expected "
              + wanted
              + "; are the two files swapped?");
    }
    throw file.bad(
        String.format(
            Locale.ROOT,
            "is not an IDX file of %s: begins with 0x%08x, expected %s",
            wanted,
            magic,
            Arrays.stream(known)
                .mapToObj("0x%08x"::formatted)
                .collect(Collectors.joining(" or "))));
  }

  /** Reads the dimensions; within their limits no product of them overflows a long. */
  private static int[] shape(SourceFile file, InputStream in, int dimensions, String plural)
      throws IOException {
    ByteBuffer header = ByteBuffer.wrap(header(file, in, dimensions * Integer.BYTES));
    int[] most = {(int) SourceFile.MAX_BYTES, MAX_SIDE, MAX_SIDE, MAX_CHANNELS};
    int[] shape = new int[dimensions];
    boolean sensible = true;
    for (int i = 0; i < dimensions; i++) {
      shape[i] = header.getInt();
      sensible &= shape[i] > 0 && shape[i] <= most[i];
    }
    if (!sensible) {
      throw file.bad(
          "its header promises "
              + Integer.toUnsignedString(shape[0])
              + " "
              + plural
              + (dimensions == 1 ? "" : " of " + size(shape))
              + ", expected 1 to "
              + SourceFile.MAX_BYTES
              + (dimensions == 1
                  ? ""
                  : " of 1x1 to "
                      + MAX_SIDE
                      + "x"
                      + MAX_SIDE
                      + ", at most "
                      + MAX_CHANNELS
                      + " channels"));
    }
    return shape;
  }

  /** Writes height, width and, where there are several, channels. */
  private static String size(int[] shape) {
    return Arrays.stream(shape, 1, shape.length == 4 && shape[3] == 1 ? 3 : shape.length)
        .mapToObj(Integer::toUnsignedString)
        .collect(Collectors.joining("x"));
  }

  private static byte[] header(SourceFile file, InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw file.bad("is truncated: ends within its header");
    }
    return bytes;
  }
}
