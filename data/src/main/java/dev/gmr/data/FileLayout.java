package dev.gmr.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the files of a data set may lie: in one of several folders, each file under one of several
 * spellings.
 *
 * @param set the name of the data set
 * @param folders below the data folder, the likeliest first; "" is the data folder itself
 * @param files the spellings of each file, the likeliest first
 */
record FileLayout(String set, List<String> folders, List<List<String>> files) {
  /** The four files of MNIST and its relatives: training images and labels, test images, labels. */
  static FileLayout idx(String set, String... folders) {
    List<List<String>> files = new ArrayList<>();
    for (String part : List.of("train", "t10k")) {
      for (String kind : List.of("images-idx3-ubyte", "labels-idx1-ubyte")) {
        String name = part + "-" + kind;
        String dotted = name.replace("-idx", ".idx");
        files.add(List.of(name + ".gz", name, dotted + ".gz", dotted));
      }
    }
    return new FileLayout(set, List.of(folders), List.copyOf(files));
  }

  /**
   * The four files of a user's own set, in the folder itself: raw before gzipped, since only raw
   * files may be larger than the heap.
   */
  static FileLayout own(String set) {
    List<List<String>> files = new ArrayList<>();
    for (List<String> parts : List.of(List.of("train"), List.of("test", "t10k"))) {
      for (List<String> kinds :
          List.of(List.of("images-idx3", "images-idx4"), List.of("labels-idx1"))) {
        List<String> spellings = new ArrayList<>();
        for (String end : List.of("", ".gz")) {
          for (String part : parts) {
            for (String kind : kinds) {
              String name = part + "-" + kind + "-ubyte" + end;
              spellings.add(name);
              spellings.add(name.replace("-idx", ".idx"));
            }
          }
        }
        files.add(List.copyOf(spellings));
      }
    }
    return new FileLayout(set, List.of(""), List.copyOf(files));
  }

  /** Files of one spelling each. */
  static FileLayout plain(String set, List<String> folders, String... names) {
    List<List<String>> files = new ArrayList<>();
    for (String name : names) {
      files.add(List.of(name));
    }
    return new FileLayout(set, folders, List.copyOf(files));
  }

  /**
   * Finds the files: all in the first folder that has any of them.
   *
   * @return their paths, in the order of {@link #files}
   * @throws DataException if there are none, or not all
   */
  List<Path> locate(Path dir) {
    for (String folder : folders) {
      List<Path> found = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (List<String> spellings : files) {
        Path path = choose(dir.resolve(folder), spellings);
        if (path == null) {
          missing.add(spellings.getFirst());
        } else {
          found.add(path);
        }
      }
      if (missing.isEmpty()) {
        return found;
      }
      if (!found.isEmpty()) {
        throw new DataException(
            set + ": " + dir.resolve(folder) + " lacks " + String.join(", ", missing) + remedy());
      }
    }
    throw new DataException(
        set + ": found none of " + String.join(", ", names()) + " in " + searched(dir) + remedy());
  }

  /** A file before a folder of the same name, which some unpackers make around the file. */
  private static Path choose(Path folder, List<String> spellings) {
    Path directory = null;
    for (String spelling : spellings) {
      Path path = folder.resolve(spelling);
      if (Files.isDirectory(path)) {
        directory = directory == null ? path : directory;
      } else if (Files.exists(path)) {
        return path;
      }
    }
    return directory;
  }

  private List<String> names() {
    return files.stream()
        .map(spellings -> spellings.getFirst().replaceFirst("\\.gz$", "[.gz]"))
        .toList();
  }

  private String searched(Path dir) {
    if (!Files.exists(dir)) {
      return dir + " (which does not exist)";
    }
    if (!Files.isDirectory(dir)) {
      return dir + " (which is not a folder)";
    }
    Set<String> places = new LinkedHashSet<>();
    for (String folder : folders) {
      places.add(dir.resolve(folder).toString());
    }
    return String.join(" or ", places);
  }

  private String remedy() {
    if (set.equals(DataSets.OWN)) {
      return "; name their folder by --data-dir (gmr data --help describes the files)";
    }
    return "; run \"gmr data fetch " + set + "\" or pass --data-dir";
  }
}
