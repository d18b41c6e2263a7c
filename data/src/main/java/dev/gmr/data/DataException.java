package dev.gmr.data;

/**
 * A problem with a user's data: a file, a folder, a name or a download.
 *
 * <p>The message is one line that names the thing, what was found, what was expected and what to
 * do. It is meant to be printed as it is, without a stack trace.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports a problem.
   *
   * @param message one line for the user
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Reports a problem that something else brought to light.
   *
   * @param message one line for the user, complete without the cause's own message
   * @param cause what brought it to light
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
