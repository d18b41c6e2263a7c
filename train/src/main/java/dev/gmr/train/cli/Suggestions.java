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
        .filter(
            k ->
                dev.gmr.data.Suggestions.distance(lower, k) <= Math.max(1, (k.length() + 1) / 3)
                    || isPrefix(lower, k))
        .min(Comparator.comparingInt(k -> dev.gmr.data.Suggestions.distance(lower, k)));
  }

  private static boolean isPrefix(String word, String known) {
    return word.length() >= 2 && known.startsWith(word);
  }
}
