package dev.gmr.data;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the binary batches of CIFAR-10 and CIFAR-100: records of one label byte (CIFAR-100: coarse
 * label, then fine label; the fine one counts) and three planes of 32x32 bytes: red, green, blue.
 * The files are mapped; an image's channels are interleaved when it is read.
 */
final class CifarReader {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int IMAGE = CHANNELS * SIDE * SIDE;

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
    return readSources(files.stream().map(SourceFile::new).toList(), labelBytes, classes);
  }

  static ImageSet readSources(List<SourceFile> sources, int labelBytes, int classes) {
    int images = 0;
    for (SourceFile source : sources) {
      images += count(source, labelBytes);
    }
    if ((long) images * IMAGE > SourceFile.MAX_BYTES) {
      throw new DataException(
          sources.getFirst().path().toAbsolutePath().getParent()
              + ": its batches hold "
              + images
              + " images, more than any CIFAR set; check --data-dir");
    }
    byte[] labels = new byte[images];
    List<MappedPixels> parts = new ArrayList<>();
    int done = 0;
    for (SourceFile source : sources) {
      int record = labelBytes + IMAGE;
      int count = (int) (source.size() / record);
      MappedFile file = source.map();
      for (int i = 0; i < count; i++) {
        labels[done++] = (byte) label(source, file, i, (i + 1L) * record - IMAGE - 1, classes);
      }
      parts.add(new MappedPixels(file, count, labelBytes, record, IMAGE, CHANNELS));
    }
    return new ImageSet(SIDE, SIDE, CHANNELS, classes, new JoinedPixels(parts), labels);
  }

  private static int label(SourceFile source, MappedFile file, int image, long at, int classes) {
    int label;
    try {
      label = file.bytes().get(JAVA_BYTE, at) & 0xff;
    } catch (InternalError e) {
      throw file.changed(e);
    }
    if (label >= classes) {
      throw source.bad(
          "the label of image " + image + " is " + label + ", expected 0 to " + (classes - 1));
    }
    return label;
  }

  private static int count(SourceFile source, int labelBytes) {
    int record = labelBytes + IMAGE;
    if (source.size() % record != 0) {
      int other = IMAGE + (labelBytes == 1 ? 2 : 1);
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
}
