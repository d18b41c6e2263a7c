package dev.gmr.bench;

import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the tables and the picture of a run's folder anew from its results. Rates are of what a
 * case does in this revision: the folder's should do the same.
 */
final class Report {
  private static final String GO_ON = "run bench --report again";

  private Report() {}

  /**
   * Writes SUITE.md for each suite with results, summary.md and augmentation.png.
   *
   * @return the files
   * @throws UserError if there are no results, or they are not what bench writes
   */
  static List<Path> write(Path folder) {
    List<SuiteResults> results = read(folder);
    if (results.isEmpty()) {
      throw UserError.files(folder + " holds no results; run bench --out " + folder, null);
    }
    List<Path> made = new ArrayList<>();
    for (SuiteResults suite : results) {
      made.add(write(folder.resolve(suite.suite().title() + ".md"), suite.markdown()));
    }
    String summary = Summary.markdown(results);
    if (!summary.isEmpty()) {
      made.add(write(folder.resolve("summary.md"), summary));
    }
    for (SuiteResults suite : results) {
      if (suite.suite().equals(Suite.AUGMENTATION)) {
        made.add(CostChart.draw(suite, folder));
      }
    }
    return made;
  }

  /** Reads the results of every suite that a folder has. */
  static List<SuiteResults> read(Path folder) {
    return Suite.ALL.stream()
        .filter(suite -> Files.exists(SuiteResults.file(folder, suite)))
        .map(suite -> SuiteResults.read(folder, suite))
        .toList();
  }

  private static Path write(Path file, String text) {
    AtomicFiles.writeText(file, GO_ON, text);
    return file;
  }
}
