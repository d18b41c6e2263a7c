package dev.gmr.nn;

import java.util.regex.Pattern;

/** Range checks of what a description says; the messages begin with the key at fault. */
final class LayerChecks {
  static final int MAX_CHANNELS = 1 << 16;
  static final int MAX_SIDE = 1 << 10;
  private static final int MAX_NAME = 200;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*", Pattern.DOTALL);

  private LayerChecks() {}

  static void range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; expected %d to %d".formatted(key, value, least, most));
    }
  }

  /** Checks a name of tensors, or of a network. */
  static void name(String name) {
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "name has %d characters; expected at most %d".formatted(name.length(), MAX_NAME));
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is \"%s\"; expected letters, digits, _ and -, in words divided by dots"
              .formatted(printable(name)));
    }
  }

  /** Returns the text on one line, without what a terminal would not print, and not too long. */
  static String printable(String text) {
    int most = 60;
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(c -> Character.isISOControl(c) || isHidden(Character.getType(c)) ? '?' : c)
        .forEach(line::appendCodePoint);
    return text.codePoints().skip(most).findAny().isPresent() ? line + "..." : line.toString();
  }

  private static boolean isHidden(int type) {
    return type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED;
  }
}
