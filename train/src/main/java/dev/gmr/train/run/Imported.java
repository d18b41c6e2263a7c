package dev.gmr.train.run;

import java.util.Objects;

/**
 * Where the weights of a run come from that gmr did not train.
 *
 * @param file name of the file, without its folder
 * @param sha256 checksum of the file
 * @param prefix what was stripped from the tensors' names; empty for nothing
 */
public record Imported(String file, String sha256, String prefix) {
  /** Checks that nothing is missing. */
  public Imported {
    Objects.requireNonNull(file, "the imported file has no name");
    Objects.requireNonNull(sha256, "the imported file has no checksum");
    Objects.requireNonNull(prefix, "there is no prefix");
  }
}
