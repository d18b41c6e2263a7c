package dev.gmr.data;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a user may have meant by a name that does not exist. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * Returns the known name nearest to a word, if it is near enough to be a slip of the finger: at
   * most a third of its characters (at least one, at most three) changed, added or left out, case
   * ignored.
   *
   * @param word what the user wrote
   * @param known the names that exist; among equally near ones the first wins
   * @return the nearest name, or nothing
   */
  public static Optional<String> closest(String word, Collection<String> known) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(lower(word), lower(name));
      if (distance <= Math.clamp(name.length() / 3, 1, 3) && distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Returns the message for an unknown name: {@code unknown data set "minst"; did you mean mnist?
   * (known: digits, mnist)}.
   *
   * @param what the kind of thing, such as "data set"
   * @param word what the user wrote
   * @param known the names that exist
   * @return one line
   */
  public static String unknown(String what, String word, Collection<String> known) {
    return "unknown "
        + what
        + " \""
        + word
        + "\""
        + closest(word, known).map(name -> "; did you mean " + name + "?").orElse("")
        + " (known: "
        + String.join(", ", known)
        + ")";
  }

  /**
   * Returns the edit distance in which a swap of neighbours counts as one edit
   * (Damerau-Levenshtein, optimal string alignment): "minst" is one slip away from "mnist".
   *
   * @param a one word
   * @param b another
   * @return the least number of characters changed, added, left out, or swapped with a neighbour
   */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static String lower(String s) {
    return s.toLowerCase(Locale.ROOT);
  }
}
