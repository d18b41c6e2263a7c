package dev.gmr.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads the IDX files of MNIST and its relatives, raw or gzipped.
 *
 * <p>An IDX file of bytes begins with 0, 0, 8 and the number of dimensions, then each dimension as
 * a big-endian 32-bit integer, then the bytes: images have three dimensions (N, H, W), labels one.
 */
final class IdxReader {
  private enum Kind {
    IMAGES(0x803, 3, "images"),
    LABELS(0x801, 1, "labels");

    final int magic;
    final int dimensions;
    final String plural;

    Kind(int magic, int dimensions, String plural) {
      this.magic = magic;
      this.dimensions = dimensions;
      this.plural = plural;
    }

    Kind other() {
      return this == IMAGES ? LABELS : IMAGES;
    }
  }

  /** What a file holds. */
  private static final class Content {
    final int[] shape;
    final byte[] bytes;

    Content(int[] shape, byte[] bytes) {
      this.shape = shape;
      this.bytes = bytes;
    }

    int count() {
      return shape[0];
    }
  }

  private IdxReader() {}

  /**
   * Reads a file of images and the file of their labels.
   *
   * @param side the height and width that the images must have
   * @param classes the number of classes; labels must be below
   * @throws DataException if a file is not what it should be
   */
  static ImageSet read(Path images, Path labels, int side, int classes) {
    Content pixels = content(new SourceFile(images), Kind.IMAGES);
    SourceFile labelFile = new SourceFile(labels);
    Content marks = content(labelFile, Kind.LABELS);
    int[] shape = pixels.shape;
    if (shape[1] != side || shape[2] != side) {
      throw new DataException(
          images
              + ": holds images of "
              + shape[1]
              + "x"
              + shape[2]
              + ", expected "
              + side
              + "x"
              + side
              + "; is it of another data set?");
    }
    if (pixels.count() != marks.count()) {
      throw new DataException(
          labels
              + ": holds "
              + marks.count()
              + " labels, but "
              + images
              + " holds "
              + pixels.count()
              + " images; take both files from the same set");
    }
    for (int i = 0; i < marks.count(); i++) {
      int label = marks.bytes[i] & 0xff;
      if (label >= classes) {
        throw labelFile.bad("label " + i + " is " + label + ", expected 0 to " + (classes - 1));
      }
    }
    return ImageSet.wrap(side, side, 1, classes, pixels.bytes, marks.bytes);
  }

  private static Content content(SourceFile file, Kind kind) {
    try (InputStream in = file.open()) {
      int magic = ByteBuffer.wrap(header(file, in, Integer.BYTES)).getInt();
      if (magic == kind.other().magic) {
        throw new DataException(
            file.path()
                + ": holds "
                + kind.other().plural
                + ", expected "
                + kind.plural
                + "; are the two files swapped?");
      }
      if (magic != kind.magic) {
        throw file.bad(
            String.format(
                Locale.ROOT,
                "is not an IDX file of %s: begins with 0x%08x, expected 0x%08x",
                kind.plural,
                magic,
                kind.magic));
      }
      int[] shape = shape(file, in, kind);
      int length = 1;
      for (int dimension : shape) {
        length *= dimension;
      }
      return new Content(shape, file.body(in, length, describe(shape, kind)));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private static int[] shape(SourceFile file, InputStream in, Kind kind) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(header(file, in, kind.dimensions * Integer.BYTES));
    int[] shape = new int[kind.dimensions];
    long length = 1;
    boolean sensible = true;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = header.getInt();
      // Both factors are below 2^32, and the product stops growing at the limit: no overflow.
      length = Math.min(length * Integer.toUnsignedLong(shape[i]), SourceFile.MAX_BYTES + 1);
      sensible &= shape[i] > 0;
    }
    if (!sensible || length > SourceFile.MAX_BYTES) {
      throw file.bad(
          "its header promises "
              + describe(shape, kind)
              + ", expected at least one and at most "
              + SourceFile.MAX_BYTES
              + " bytes");
    }
    return shape;
  }

  private static String describe(int[] shape, Kind kind) {
    String text = Integer.toUnsignedString(shape[0]) + " " + kind.plural;
    return kind == Kind.LABELS
        ? text
        : text
            + " of "
            + Integer.toUnsignedString(shape[1])
            + "x"
            + Integer.toUnsignedString(shape[2]);
  }

  private static byte[] header(SourceFile file, InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw file.bad("is truncated: ends within its header");
    }
    return bytes;
  }
}
