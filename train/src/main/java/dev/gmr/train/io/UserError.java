package dev.gmr.train.io;

import java.util.regex.Pattern;

/**
 * Something the user can mend: one line that names the thing, what was wrong with it and what to
 * do. The command line prints the message without a stack trace and exits with {@link #exitCode()}.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069]");

  /** What went wrong, as far as the exit code tells. */
  public enum Kind {
    /** The run failed; exit code 1. */
    RUN(1),
    /** A command or option is wrong; exit code 2. */
    USAGE(2),
    /** A file or a data set is missing, damaged or cannot be written; exit code 3. */
    FILES(3),
    /** The loss became NaN or infinite; exit code 4. */
    DIVERGED(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  /** What went wrong, coarsely. */
  private final Kind kind;

  private UserError(Kind kind, String message, Throwable cause) {
    super(oneLine(message), cause);
    this.kind = kind;
  }

  /** Names out of files may hold what moves a terminal's cursor or turns its text around. */
  private static String oneLine(String message) {
    String joined = message.lines().reduce((a, b) -> a + " " + b.strip()).orElse(message);
    return UNPRINTABLE.matcher(joined).replaceAll("?");
  }

  /**
   * Makes the error of a run that failed.
   *
   * @param message one line
   * @return the error, to be thrown
   */
  public static UserError run(String message) {
    return new UserError(Kind.RUN, message, null);
  }

  /**
   * Makes the error of a wrong command or option.
   *
   * @param message one line
   * @return the error, to be thrown
   */
  public static UserError usage(String message) {
    return new UserError(Kind.USAGE, message, null);
  }

  /**
   * Makes the error of a missing, damaged or unwritable file or data set.
   *
   * @param message one line
   * @return the error, to be thrown
   */
  public static UserError files(String message) {
    return new UserError(Kind.FILES, message, null);
  }

  /**
   * Makes the error of a missing, damaged or unwritable file or data set.
   *
   * @param message one line
   * @param cause what the system said, for the debug log
   * @return the error, to be thrown
   */
  public static UserError files(String message, Throwable cause) {
    return new UserError(Kind.FILES, message, cause);
  }

  /**
   * Makes the error of a training in which something became NaN or infinite.
   *
   * @param message one line
   * @return the error, to be thrown
   */
  public static UserError diverged(String message) {
    return new UserError(Kind.DIVERGED, message, null);
  }

  /**
   * Returns what went wrong, coarsely.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the exit code of a process that ends with this error.
   *
   * @return 1 to 4
   */
  public int exitCode() {
    return kind.exitCode;
  }
}
