package dev.gmr.data.fetch;

import java.util.List;

/**
 * A data set that can be downloaded.
 *
 * @param name its name, as on the command line
 * @param description one line about it
 * @param folder the folder for its files, below the data folder; an archive's entries begin with it
 * @param files what to download
 * @param members empty if the files are used as they come; otherwise {@code files} is one tar.gz
 *     archive, and these are the files wanted out of it
 */
public record RemoteSet(
    String name, String description, String folder, List<RemoteFile> files, List<Member> members) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are members, but not exactly one archive
   */
  public RemoteSet {
    files = List.copyOf(files);
    members = List.copyOf(members);
    if (!members.isEmpty() && files.size() != 1) {
      throw new IllegalArgumentException(name + ": members of " + files.size() + " archives");
    }
  }

  /**
   * Tells whether the download is an archive to unpack.
   *
   * @return true if there are members
   */
  public boolean isArchive() {
    return !members.isEmpty();
  }

  /**
   * Returns how much there is to download.
   *
   * @return bytes of all files
   */
  public long downloadBytes() {
    return files.stream().mapToLong(file -> file.content().size()).sum();
  }
}
