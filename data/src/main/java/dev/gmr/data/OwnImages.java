package dev.gmr.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Reads a user's own images: four IDX files in a folder and, where they differ from the defaults,
 * {@value #CLASSES} with a name a line and {@value #NORMALIZATION} with a row "mean,std" a channel.
 */
final class OwnImages {
  static final String CLASSES = "classes.txt";
  static final String NORMALIZATION = "normalization.csv";

  private static final float DEFAULT = .5f;
  private static final int MAX_CLASSES = 256;

  /** Both small files hold at most 256 short lines. */
  private static final long MAX_TEXT = 1 << 16;

  private OwnImages() {}

  /**
   * Reads a folder.
   *
   * @param name the data set's name, for the result
   * @param files training images and labels, test images and labels
   * @throws DataException if a file is not what it should be
   */
  static DataSet read(String name, List<Path> files) {
    SourceFile testImages = source(files.get(2));
    IdxReader.Part train = IdxReader.part(source(files.get(0)), source(files.get(1)));
    IdxReader.Part test = IdxReader.part(testImages, source(files.get(3)));
    int[] shape = train.shape();
    int[] other = test.shape();
    if (shape[1] != shape[2]) {
      throw new DataException(
          files.getFirst()
              + ": holds images of "
              + size(shape)
              + ", but the networks take square ones; crop or pad them");
    }
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] != other[i]) {
        throw new DataException(
            testImages.path()
                + ": holds images of "
                + size(other)
                + ", but "
                + files.getFirst()
                + " of "
                + size(shape)
                + "; make them alike");
      }
    }
    Path folder = files.getFirst().toAbsolutePath().getParent();
    List<String> classes = classes(folder.resolve(CLASSES), train);
    return new DataSet(
        name,
        train.set(classes.size()),
        test.set(classes.size()),
        classes,
        normalization(folder.resolve(NORMALIZATION), shape[3]));
  }

  private static SourceFile source(Path file) {
    return new SourceFile(file, "; write the file again (gmr data --help describes it)");
  }

  private static String size(int[] shape) {
    return shape[1] + "x" + shape[2] + "x" + shape[3];
  }

  private static List<String> classes(Path file, IdxReader.Part train) {
    if (!Files.exists(file)) {
      List<String> numbers = new ArrayList<>();
      // At least two: a single class is nothing to be told apart, but a name for it harms nobody.
      for (int c = 0; c <= Math.max(1, train.largestLabel()); c++) {
        numbers.add(Integer.toString(c));
      }
      return numbers;
    }
    List<String> names = lines(file);
    if (names.size() < 2
        || names.size() > MAX_CLASSES
        || names.stream().anyMatch(String::isEmpty)
        || new HashSet<>(names).size() < names.size()) {
      throw new DataException(
          file
              + ": holds "
              + names.size()
              + " lines, expected 2 to "
              + MAX_CLASSES
              + " different names, one a line, in the order of the labels");
    }
    return names;
  }

  private static Normalization normalization(Path file, int channels) {
    float[] mean = new float[channels];
    float[] std = new float[channels];
    if (!Files.exists(file)) {
      Arrays.fill(mean, DEFAULT);
      Arrays.fill(std, DEFAULT);
      return new Normalization(mean, std);
    }
    List<String> rows = lines(file);
    if (!rows.isEmpty() && rows.getFirst().replace(" ", "").equals("mean,std")) {
      rows = rows.subList(1, rows.size());
    }
    if (rows.size() != channels) {
      throw wrong(file, rows.size() + " rows", channels);
    }
    for (int c = 0; c < channels; c++) {
      String[] fields = rows.get(c).split(",", -1);
      try {
        mean[c] = Float.parseFloat(fields[0]);
        std[c] = Float.parseFloat(fields.length == 2 ? fields[1] : "");
      } catch (NumberFormatException e) {
        throw wrong(file, "\"" + rows.get(c) + "\"", channels);
      }
      if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || !(std[c] > 0)) {
        throw wrong(file, "\"" + rows.get(c) + "\"", channels);
      }
    }
    return new Normalization(mean, std);
  }

  private static DataException wrong(Path file, String found, int channels) {
    return new DataException(
        file
            + ": holds "
            + found
            + ", expected a row \"mean,std\" for each of "
            + channels
            + " channels, such as 0.5,0.25, in units of the [0, 1] pixel range");
  }

  private static List<String> lines(Path file) {
    SourceFile source = source(file);
    if (source.size() > MAX_TEXT) {
      throw new DataException(
          file
              + ": holds "
              + source.size()
              + " bytes, expected a few lines; put a text file there");
    }
    try {
      return Files.readAllLines(file).stream().map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw new DataException(file + ": is not text in UTF-8; save it as such", e);
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }
}
