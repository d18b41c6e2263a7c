package dev.gmr.data.fetch;

import java.util.List;

/**
 * What checking a data set on disk brought to light.
 *
 * @param name the data set
 * @param files each of its files; none for digits, which are drawn
 * @param readable whether it can be read
 * @param reading what was read, or why not: one line
 */
public record Verification(String name, List<FileCheck> files, boolean readable, String reading) {
  /** Copies the list. */
  public Verification {
    files = List.copyOf(files);
  }

  /**
   * Tells whether all is as published.
   *
   * @return true if it can be read and every file holds the published data
   */
  public boolean good() {
    return readable && files.stream().allMatch(FileCheck::good);
  }
}
