package dev.gmr.train.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that somebody probably meant. */
final class Suggestions {
  private Suggestions() {}

  /** Returns "'x' is unknown; did you mean y? (y, z)", without the question where none is near. */
  static String unknown(String word, Collection<String> known) {
    return "'%s' is unknown; %sexpected %s"
        .formatted(
            word,
            nearest(word, known).map(near -> "did you mean " + near + "? ").orElse(""),
            String.join(", ", known));
  }

  /** Returns the nearest of the words unless more than a third of its letters differ. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> distance(lower, k) <= Math.max(1, (k.length() + 1) / 3) || isPrefix(lower, k))
        .min(Comparator.comparingInt(k -> distance(lower, k)));
  }

  private static boolean isPrefix(String word, String known) {
    return word.length() >= 2 && known.startsWith(word);
  }

  /** Counts the letters to insert, remove, replace or swap with their neighbour. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
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
}
