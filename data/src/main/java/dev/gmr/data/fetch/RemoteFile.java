package dev.gmr.data.fetch;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A file that a publisher offers.
 *
 * @param name its name, without folders
 * @param content what it must hold
 * @param uncompressed for a gzipped file: what it must hold once unpacked, where that is known. A
 *     file that somebody unpacked, or compressed again, is recognised by it.
 * @param mirrors where it is offered, the best first
 */
public record RemoteFile(
    String name, Content content, Optional<Content> uncompressed, List<URI> mirrors) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no mirror or the name contains a folder
   */
  public RemoteFile {
    mirrors = List.copyOf(mirrors);
    if (mirrors.isEmpty() || name.isEmpty() || name.contains("/") || name.contains("\\")) {
      throw new IllegalArgumentException("no mirror, or not a plain name: " + name);
    }
  }
}
