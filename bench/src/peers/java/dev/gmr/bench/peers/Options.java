package dev.gmr.bench.peers;

import dev.gmr.data.Suggestions;
import dev.gmr.train.io.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words of the form {@code --name value} or {@code --name=value}. */
final class Options {
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads them.
   *
   * @param known the names that may be given, each with its dashes
   * @throws UserError if a name is unknown, given twice or without a value
   */
  Options(List<String> known, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!known.contains(name)) {
        throw UserError.usage(Suggestions.unknown("option", name, known));
      }
      if (equals < 0 && ++i == words.size()) {
        throw UserError.usage(name + " needs a value");
      }
      String value = equals < 0 ? words.get(i) : word.substring(equals + 1);
      if (values.put(name, value) != null) {
        throw UserError.usage(name + " is given twice; keep one");
      }
    }
  }

  boolean given(String name) {
    return values.containsKey(name);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Returns one of the choices. */
  String choice(String name, List<String> choices) {
    String value = text(name, choices.getFirst());
    if (!choices.contains(value)) {
      throw UserError.usage(Suggestions.unknown("value of " + name, value, choices));
    }
    return value;
  }

  /** Returns some of the choices, given with commas between them; all if none is given. */
  List<String> choices(String name, List<String> choices) {
    List<String> chosen = List.of(text(name, String.join(",", choices)).split(",", -1));
    for (String value : chosen) {
      if (!choices.contains(value)) {
        throw UserError.usage(Suggestions.unknown("value of " + name, value, choices));
      }
    }
    return chosen;
  }

  int count(String name, int otherwise, int least) {
    List<Long> numbers = numbers(name, String.valueOf(otherwise));
    if (numbers.size() != 1 || numbers.getFirst() < least || numbers.getFirst() > 1 << 30) {
      throw wrong(name, "a whole number of at least " + least);
    }
    return (int) (long) numbers.getFirst();
  }

  /** Returns whole numbers that stand between commas. */
  List<Long> numbers(String name, String otherwise) {
    List<Long> numbers = new ArrayList<>();
    for (String word : text(name, otherwise).split(",", -1)) {
      try {
        numbers.add(Long.valueOf(word.strip()));
      } catch (NumberFormatException e) {
        throw wrong(name, "whole numbers with commas between them");
      }
    }
    return numbers;
  }

  /** Returns whole numbers of 1 to a most. */
  List<Integer> counts(String name, String otherwise, int most) {
    List<Integer> counts = new ArrayList<>();
    for (long n : numbers(name, otherwise)) {
      if (n < 1 || n > most) {
        throw UserError.usage("%s has %d; expected 1 to %d".formatted(name, n, most));
      }
      counts.add((int) n);
    }
    return counts;
  }

  double positive(String name, double otherwise) {
    try {
      double value = Double.parseDouble(text(name, String.valueOf(otherwise)));
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong(name, "a number above 0");
  }

  private UserError wrong(String name, String expected) {
    return UserError.usage("%s is \"%s\"; expected %s".formatted(name, values.get(name), expected));
  }
}
