package dev.gmr.bench.peers;

import dev.gmr.nn.LayerTrace;
import dev.gmr.train.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How far gmr is from PyTorch in {@link Walk}s from the same values, and whether that is too far.
 *
 * <p>Roundings are of a known size where they only add up. But deep networks let them grow, and
 * gradients have jumps: where the two largest values of a window, or a value and 0, are nearer than
 * their roundings, a gradient takes another way. How often and how far that is depends on the
 * network and the batch, so it is measured: by PyTorch in float, and in double with its sums
 * shaken. In a shallow network on images of noise none of that widens a tolerance.
 */
final class Tolerances {
  /** Shaken walks that are wanted. */
  static final int SHAKEN = 3;

  /** Largest relative error of a first loss, for each layer that sums. */
  private static final double LOSS = 5e-7;

  /** Largest error of a gradient without jumps: a few hundred roundings of 2^-24. */
  static final double GRADIENT = 1e-5;

  /** Largest error of running statistics, means of as many values. */
  static final double STATISTICS = 1e-5;

  /** Largest error of the weights' way without jumps, of steps that each add a gradient's. */
  private static final double WAY = 1e-4;

  /** One walk has some jumps, another one others, and further ones. */
  private static final double LUCK = 10;

  static final String HELP =
      """
          first loss        by more than 5e-7 for each convolution and linear layer
          gradients         by more than 1e-5
          statistics        by more than 1e-5
          of their way      by more than 1e-4
        and by more than 10 times the farther of those.
      """;

  /** What is compared: a row of the table. */
  private final class Row {
    final String title;
    final BiFunction<Walk, Walk, Difference> difference;
    final OptionalDouble tolerance;
    double shake;

    Row(String title, BiFunction<Walk, Walk, Difference> difference, OptionalDouble tolerance) {
      this.title = loss + ", " + title;
      this.difference = difference;
      this.tolerance = tolerance;
    }

    void check(TextTable table, List<String> faults) {
      Difference ours = difference.apply(gmr, doubles);
      double theirs = difference.apply(floats, doubles).worst();
      table.row(
          title,
          shown(difference.apply(gmr, floats).worst()),
          shown(ours.worst()),
          shown(theirs),
          shown(shake),
          ours.tensor());
      if (tolerance.isPresent()) {
        double most = Math.max(tolerance.getAsDouble(), LUCK * Math.max(theirs, shake));
        if (!(ours.worst() <= most)) {
          faults.add(
              "%s: gmr is off by %.1e, at most %.1e is roundings"
                  .formatted(title, ours.worst(), most));
        }
      }
    }

    private static String shown(double difference) {
      return "%.1e".formatted(difference);
    }
  }

  private final String loss;
  private final Walk gmr;
  private final Walk floats;
  private final Walk doubles;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Takes walks from one start.
   *
   * @param loss its name
   * @param start the values
   */
  Tolerances(
      Model model, String loss, Map<String, float[]> start, Walk gmr, Walk floats, Walk doubles) {
    this.loss = loss;
    this.gmr = gmr;
    this.floats = floats;
    this.doubles = doubles;
    int steps = gmr.losses().size();
    String after = steps == 1 ? " after 1 step" : " after %d steps".formatted(steps);
    add("first loss", (a, b) -> loss(a, b, 0), OptionalDouble.of(loss(model)));
    add("gradients", of(Walk::gradients), OptionalDouble.of(GRADIENT));
    if (!gmr.statistics().isEmpty()) {
      add("statistics", of(Walk::statistics), OptionalDouble.of(STATISTICS));
    }
    add("loss" + after, (a, b) -> loss(a, b, steps - 1), OptionalDouble.empty());
    add("weights" + after, of(Walk::weights), OptionalDouble.empty());
    add(
        "of their way",
        (a, b) -> Difference.ofWay(a.weights(), b.weights(), start),
        OptionalDouble.of(WAY));
  }

  private void add(
      String title, BiFunction<Walk, Walk, Difference> difference, OptionalDouble tolerance) {
    rows.add(new Row(title, difference, tolerance));
  }

  /** Returns the largest relative error of a network's first loss. */
  static double loss(Model model) {
    return LOSS * model.steps().stream().filter(LayerTrace::weighted).count();
  }

  private static Difference loss(Walk a, Walk b, int step) {
    return Difference.of(
        Map.of("", new double[] {a.losses().get(step)}),
        Map.of("", new double[] {b.losses().get(step)}));
  }

  private static BiFunction<Walk, Walk, Difference> of(
      Function<Walk, Map<String, double[]>> tensors) {
    return (a, b) -> Difference.of(tensors.apply(a), tensors.apply(b));
  }

  /** Takes another walk whose sums are shaken; it is not kept. */
  void shaken(Walk walk) {
    for (Row row : rows) {
      row.shake = Math.max(row.shake, row.difference.apply(walk, doubles).worst());
    }
  }

  static TextTable table() {
    return new TextTable()
        .row(
            "",
            "gmr-PyTorch",
            "gmr-double",
            "PyTorch-double",
            "shaken-double",
            "gmr's worst against double");
  }

  /** Adds rows to a table and returns a line for each that is too far. */
  List<String> check(TextTable table) {
    List<String> faults = new ArrayList<>();
    rows.forEach(row -> row.check(table, faults));
    return faults;
  }
}
