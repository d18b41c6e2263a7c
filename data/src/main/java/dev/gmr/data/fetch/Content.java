package dev.gmr.data.fetch;

/**
 * What a file must hold.
 *
 * @param size its bytes
 * @param sha256 its SHA-256: 64 lower-case hexadecimal digits
 */
public record Content(long size, String sha256) {
  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is not a size and a digest
   */
  public Content {
    if (size < 1 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a size and a SHA-256: " + size + ", " + sha256);
    }
  }
}
