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
   * Tells whether nothing is wrong.
   *
   * @return true if the set can be read and no file differs from what was published
   */
  public boolean good() {
    return readable && files.stream().noneMatch(FileCheck::wrong);
  }

  /**
   * Tells whether all is as published for sure.
   *
   * @return true if the set can be read and the sum of every file is known and right
   */
  public boolean certain() {
    return readable && files.stream().allMatch(FileCheck::good);
  }
}
