package dev.gmr.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the binary batches of CIFAR-10 and CIFAR-100: records of one label byte (CIFAR-100: coarse
 * label, then fine label; the fine one counts) and three planes of 32x32 bytes: red, green, blue.
 */
final class CifarReader {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int CHANNELS = 3;

  private CifarReader() {}

  /**
   * Reads batches into one set.
   *
   * @param files the batches, in order
   * @param labelBytes bytes before the pixels of a record; the last one is the label
   * @param classes the number of classes; labels must be below
   * @throws DataException if a file is not what it should be
   */
  static ImageSet read(List<Path> files, int labelBytes, int classes) {
    List<SourceFile> sources = files.stream().map(SourceFile::new).toList();
    int images = 0;
    for (SourceFile source : sources) {
      images += count(source, labelBytes);
    }
    if ((long) images * CHANNELS * PLANE > SourceFile.MAX_BYTES) {
      throw new DataException(
          files.getFirst().toAbsolutePath().getParent()
              + ": its batches hold "
              + images
              + " images, more than any CIFAR set; check --data-dir");
    }
    byte[] pixels = new byte[images * CHANNELS * PLANE];
    byte[] labels = new byte[images];
    int done = 0;
    for (SourceFile source : sources) {
      done = append(source, labelBytes, classes, pixels, labels, done);
    }
    return ImageSet.wrap(SIDE, SIDE, CHANNELS, classes, pixels, labels);
  }

  private static int count(SourceFile source, int labelBytes) {
    int record = labelBytes + CHANNELS * PLANE;
    if (source.size() % record != 0) {
      int other = CHANNELS * PLANE + (labelBytes == 1 ? 2 : 1);
      String hint =
          source.size() % other == 0
              ? " (a batch of CIFAR-" + (labelBytes == 1 ? "100" : "10") + "?)"
              : "";
      throw source.bad(
          "its "
              + source.size()
              + " bytes are not a whole number of records of "
              + record
              + " bytes: truncated, or with trailing bytes"
              + hint);
    }
    if (source.size() > SourceFile.MAX_BYTES) {
      throw source.bad(
          "its "
              + source.size()
              + " bytes are more than any CIFAR batch, expected at most "
              + SourceFile.MAX_BYTES);
    }
    return (int) (source.size() / record);
  }

  private static int append(
      SourceFile source, int labelBytes, int classes, byte[] pixels, byte[] labels, int done) {
    byte[] record = new byte[labelBytes + CHANNELS * PLANE];
    int images = (int) (source.size() / record.length);
    try (InputStream in = Files.newInputStream(source.path())) {
      for (int i = 0; i < images; i++) {
        if (in.readNBytes(record, 0, record.length) < record.length) {
          throw source.bad("became shorter while it was read");
        }
        int label = record[labelBytes - 1] & 0xff;
        if (label >= classes) {
          throw source.bad(
              "the label of image " + i + " is " + label + ", expected 0 to " + (classes - 1));
        }
        labels[done] = (byte) label;
        interleave(record, labelBytes, pixels, done * CHANNELS * PLANE);
        done++;
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    return done;
  }

  private static void interleave(byte[] planes, int from, byte[] out, int offset) {
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < CHANNELS; c++) {
        out[offset + i * CHANNELS + c] = planes[from + c * PLANE + i];
      }
    }
  }
}
