package dev.gmr.train.io;

/** Words of a command line that a message proposes, to be copied into a POSIX shell. */
public final class ShellWords {
  private ShellWords() {}

  /**
   * Quotes a word unless it is plain.
   *
   * @param word any text
   * @return the text that a shell reads as this one word
   */
  public static String quote(String word) {
    return word.matches("[A-Za-z0-9_./,:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
