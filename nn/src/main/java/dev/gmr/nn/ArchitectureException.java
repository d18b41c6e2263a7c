package dev.gmr.nn;

/** A description of a network that cannot be used; the message is one line that names the place. */
public final class ArchitectureException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message what is wrong where
   */
  ArchitectureException(String message) {
    super(message);
  }
}
