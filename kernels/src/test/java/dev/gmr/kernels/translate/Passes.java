package dev.gmr.kernels.translate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts a long loop body into several loops over the same small chunk of elements. Vectors that a
 * later loop needs are kept in a scratch array, a slot of one chunk for each.
 */
final class Passes {
  /**
   * The most work of one loop, in vector operations. Beyond about twice as many, C1 runs out of
   * virtual registers, or C2 out of nodes, and the loop may run on boxed vectors for good.
   */
  static final int MOST_WORK = 100;

  /** The same for loops that C2 was seen to give up on earlier. */
  static final int LITTLE_WORK = 50;

  private static final Pattern OPERATION = Pattern.compile("\\.(\\w+)\\(");
  private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w*\\b");
  private static final Pattern DEFINITION =
      Pattern.compile("^(?:[\\w<>]+ )?(\\w+) = ", Pattern.MULTILINE);

  private final List<String> statements;
  private final List<List<String>> parts;
  private final Map<String, String> types;
  private final String index;
  private final int mostWork;

  Passes(List<String> statements, Map<String, String> types, String index, int mostWork) {
    this.statements = statements;
    this.types = types;
    this.index = index;
    this.mostWork = mostWork;
    parts =
        statements.stream().anyMatch(s -> s.contains(".allTrue()")) ? List.of(statements) : cut();
  }

  /** Whether there is anything to cut. */
  boolean several() {
    return parts.size() > 1;
  }

  /** Operations; an access to an array brings checks, a conversion several nodes. */
  private static int work(String statement) {
    return OPERATION
        .matcher(statement)
        .results()
        .mapToInt(
            r ->
                switch (r.group(1)) {
                  case "broadcast" -> 0;
                  case "fromArray", "intoArray" -> 3;
                  case "convertShape" -> 4;
                  default -> 1;
                })
        .sum();
  }

  String write(String name, String signature, String bound, String tail) {
    Map<String, String> parameterTypes = new LinkedHashMap<>();
    for (String parameter : signature.split(", ", -1)) {
      int space = parameter.lastIndexOf(' ');
      parameterTypes.put(parameter.substring(space + 1), parameter.substring(0, space));
    }
    parameterTypes.remove(bound);
    parameterTypes.put("scratch", "double[]");
    Map<String, Integer> slots = new LinkedHashMap<>();
    int most = 0;
    String pass = name + (signature.contains("float[]") ? "OfFloats" : "OfDoubles");
    StringBuilder methods = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    Set<String> stored = new LinkedHashSet<>();
    for (int p = 0; p < parts.size(); p++) {
      Set<String> used = names(parts.get(p));
      Set<String> later = new LinkedHashSet<>();
      parts.subList(p + 1, parts.size()).forEach(part -> later.addAll(names(part)));
      StringBuilder body = new StringBuilder();
      for (String variable : used) {
        if (slots.containsKey(variable)) {
          body.append(load(variable, slots.get(variable)));
        }
      }
      parts.get(p).forEach(s -> body.append(s).append('\n'));
      slots.keySet().retainAll(later);
      for (String variable : definitions(parts.get(p))) {
        if (later.contains(variable)) {
          if (!slots.containsKey(variable)) {
            slots.put(variable, free(slots.values()));
          }
          most = Math.max(most, slots.get(variable) + 1);
          body.append(store(variable, slots.get(variable)));
        }
      }
      String text = body.toString();
      if (p > 0 && text.matches("(?s).*fromArray\\((D|FH), (?!scratch).*") && !stored.isEmpty()) {
        throw new IllegalArgumentException(name + " reads arguments after it stored results");
      }
      if (text.matches("(?s).*intoArray\\((?!scratch).*")) {
        stored.add(name);
      }
      Set<String> all = names(List.of(text));
      List<String> mine = parameterTypes.keySet().stream().filter(all::contains).toList();
      methods.append(
          """

          private static void %s%d(%sint count) {
          for (int %s = 0; %s < count; %s += DL) {
          %s}
          }
          """
              .formatted(
                  pass,
                  p + 1,
                  mine.stream()
                      .map(m -> parameterTypes.get(m) + " " + m + ", ")
                      .collect(Collectors.joining()),
                  index,
                  index,
                  index,
                  text));
      calls.append(
          "%s%d(%scount);\n"
              .formatted(
                  pass,
                  p + 1,
                  mine.stream()
                      .map(m -> (m.endsWith("Off") ? m + " + " + index : m) + ", ")
                      .collect(Collectors.joining())));
    }
    return """
        static void %s(%s) {
        double[] scratch = Scratch.of(%d);
        int vectors = Species.doubles(%s);
        int %s = 0;
        for (; %s < vectors; %s += Scratch.CHUNK) {
        int count = Math.min(Scratch.CHUNK, vectors - %s);
        %s}
        %s = vectors;
        %s}
        %s
        """
        .formatted(
            name, signature, most, bound, index, index, index, index, calls, index, tail, methods);
  }

  /**
   * Cuts where a pass is full, at the place of its last third over which the fewest vectors live.
   */
  private List<List<String>> cut() {
    List<List<String>> parts = new ArrayList<>();
    int from = 0;
    while (from < statements.size()) {
      int to = from;
      int work = 0;
      int best = -1;
      int fewest = Integer.MAX_VALUE;
      while (to < statements.size() && work <= mostWork) {
        work += work(statements.get(to));
        to++;
        if (work > mostWork * 2 / 3 || to == statements.size()) {
          int live = to == statements.size() ? -1 : live(to);
          if (live <= fewest) {
            fewest = live;
            best = to;
          }
        }
      }
      if (work <= mostWork && to == statements.size()) {
        best = to;
      }
      parts.add(new ArrayList<>(statements.subList(from, best)));
      from = best;
    }
    return parts;
  }

  /** Vectors that live over a cut. */
  private int live(int at) {
    Set<String> after = names(statements.subList(at, statements.size()));
    int live = 0;
    for (String variable : definitions(statements.subList(0, at))) {
      if (after.contains(variable)) {
        live++;
      }
    }
    return live;
  }

  private Set<String> definitions(List<String> part) {
    Set<String> found = new LinkedHashSet<>();
    for (String statement : part) {
      Matcher m = DEFINITION.matcher(statement);
      while (m.find()) {
        if (types.containsKey(m.group(1))) {
          found.add(m.group(1));
        }
      }
    }
    return found;
  }

  private static Set<String> names(List<String> part) {
    Set<String> found = new LinkedHashSet<>();
    for (String statement : part) {
      NAME.matcher(statement).results().forEach(r -> found.add(r.group()));
    }
    return found;
  }

  private static int free(Collection<Integer> taken) {
    int slot = 0;
    while (taken.contains(slot)) {
      slot++;
    }
    return slot;
  }

  private String place(int slot) {
    return slot == 0 ? index : slot + " * Scratch.CHUNK + " + index;
  }

  private String load(String variable, int slot) {
    String vector = "DoubleVector.fromArray(D, scratch, %s)".formatted(place(slot));
    String type = types.get(variable);
    String value =
        switch (type) {
          case "DoubleVector" -> vector;
          case "LongVector" -> vector + ".reinterpretAsLongs()";
          case "VectorMask<Double>" -> vector + ".compare(NE, 0.0)";
          default -> throw new IllegalArgumentException("cannot keep a " + type);
        };
    return "%s %s = %s;\n".formatted(type, variable, value);
  }

  private String store(String variable, int slot) {
    String vector =
        switch (types.get(variable)) {
          case "LongVector" -> variable + ".reinterpretAsDoubles()";
          case "VectorMask<Double>" ->
              "DoubleVector.broadcast(D, 0.0).blend(1.0, %s)".formatted(variable);
          default -> variable;
        };
    return "%s.intoArray(scratch, %s);\n".formatted(vector, place(slot));
  }
}
