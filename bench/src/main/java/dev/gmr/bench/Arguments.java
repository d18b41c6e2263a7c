package dev.gmr.bench;

import dev.gmr.data.Suggestions;
import dev.gmr.train.io.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user wrote.
 *
 * @param suites what to run, in the order of {@link Suite#ALL}
 * @param quick whether figures may be rough
 * @param list whether only to list the suites
 * @param help whether only to show the help
 * @param out folder of the results, if named
 * @param report folder of results whose tables and picture are to be made, if named
 */
record Arguments(
    List<Suite> suites,
    boolean quick,
    boolean list,
    boolean help,
    Optional<Path> out,
    Optional<Path> report) {
  private static final String ALL = "all";
  private static final List<String> OPTIONS =
      List.of("--quick", "--list", "--out", "--report", "--help", "-h");

  /**
   * Reads them.
   *
   * @throws UserError if a word is unknown or none names what to do
   */
  static Arguments parse(String... words) {
    Set<String> names = new HashSet<>();
    boolean quick = false;
    boolean list = false;
    boolean help = false;
    Path out = null;
    Path report = null;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      switch (word) {
        case "--quick" -> quick = true;
        case "--list" -> list = true;
        case "--help", "-h" -> help = true;
        case "--out" -> out = folder(word, ++i < words.length ? words[i] : "");
        case "--report" -> report = folder(word, ++i < words.length ? words[i] : "");
        default -> {
          if (word.startsWith("--out=")) {
            out = folder("--out", word.substring("--out=".length()));
          } else if (word.startsWith("--report=")) {
            report = folder("--report", word.substring("--report=".length()));
          } else {
            names.addAll(suites(word));
          }
        }
      }
    }
    List<Suite> suites = Suite.ALL.stream().filter(s -> names.contains(s.title())).toList();
    if (suites.isEmpty() && !list && !help && report == null) {
      throw UserError.usage("name a suite, or all; see bench --help");
    }
    return new Arguments(
        suites, quick, list, help, Optional.ofNullable(out), Optional.ofNullable(report));
  }

  private static Path folder(String option, String name) {
    if (name.isEmpty() || name.startsWith("--")) {
      throw UserError.usage(option + " needs a folder, as in " + option + " results");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw UserError.usage(option + " \"" + name + "\" cannot be a folder: " + e.getReason());
    }
  }

  private static List<String> suites(String word) {
    if (word.startsWith("-")) {
      throw UserError.usage(Suggestions.unknown("option", word, OPTIONS));
    }
    if (word.equals(ALL)) {
      return Suite.names();
    }
    List<String> known = new ArrayList<>(Suite.names());
    known.add(ALL);
    if (!known.contains(word)) {
      throw UserError.usage(Suggestions.unknown("suite", word, known));
    }
    return List.of(word);
  }
}
