package dev.gmr.bench.peers;

import dev.gmr.train.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How far gmr is from PyTorch in {@link Walk}s from the same values, and whether that is too far.
 *
 * <p>Losses have no jumps: a first loss carries the roundings of the logits' sums, of hundreds of
 * products and more. Gradients have: where the two largest values of a window, or a value and 0,
 * are nearer than their roundings, a gradient takes another way. How often and how far that is
 * depends on the network and the batch, so it is measured: by PyTorch in double from values that
 * are shaken by a few roundings of float.
 */
final class Tolerances {
  /** Largest relative error of a first loss. */
  static final double LOSS = 2e-6;

  /** Largest error of a gradient without jumps: a few hundred roundings of 2^-24. */
  static final double GRADIENT = 1e-5;

  /** Largest error of running statistics, means of as many values. */
  static final double STATISTICS = 1e-5;

  /** Largest error of the weights' way without jumps, of steps that each add a gradient's. */
  static final double WAY = 1e-4;

  /** One shaken walk has some jumps, another one others, and further ones. */
  private static final double LUCK = 10;

  /** Values are shaken by up to four roundings of float. */
  private static final double SHAKE = 0x1p-22;

  static final String HELP =
      """
          first loss        by more than 2e-6
          gradients         by more than 1e-5 and 10 times what shaking gives
          statistics        by more than 1e-5
          of their way      by more than 1e-4 and 10 times what shaking gives
      """;

  private final String loss;
  private final Map<String, float[]> start;
  private final Walk gmr;
  private final Walk floats;
  private final Walk doubles;
  private final Walk shaken;
  private final List<String> faults = new ArrayList<>();

  /**
   * Takes walks from one start.
   *
   * @param loss its name
   * @param start the values
   * @param shaken in double from {@link #shaken} values
   */
  Tolerances(
      String loss, Map<String, float[]> start, Walk gmr, Walk floats, Walk doubles, Walk shaken) {
    this.loss = loss;
    this.start = start;
    this.gmr = gmr;
    this.floats = floats;
    this.doubles = doubles;
    this.shaken = shaken;
  }

  /** Returns values that differ from these by some roundings. */
  static Map<String, float[]> shaken(Map<String, float[]> values) {
    Random random = new Random(1);
    Map<String, float[]> shaken = new LinkedHashMap<>();
    values.forEach(
        (name, x) -> {
          float[] y = new float[x.length];
          for (int i = 0; i < y.length; i++) {
            y[i] = (float) (x[i] * (1 + random.nextDouble(-SHAKE, SHAKE)));
          }
          shaken.put(name, y);
        });
    return shaken;
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
    int steps = gmr.losses().size();
    String after = steps == 1 ? " after 1 step" : " after %d steps".formatted(steps);
    row(table, "first loss", (a, b) -> loss(a, b, 0), shake -> Optional.of(LOSS));
    row(table, "gradients", of(Walk::gradients), jumps(GRADIENT));
    if (!gmr.statistics().isEmpty()) {
      row(table, "statistics", of(Walk::statistics), shake -> Optional.of(STATISTICS));
    }
    row(table, "loss" + after, (a, b) -> loss(a, b, steps - 1), shake -> Optional.empty());
    row(table, "weights" + after, of(Walk::weights), shake -> Optional.empty());
    row(
        table,
        "of their way",
        (a, b) -> Difference.ofWay(a.weights(), b.weights(), start),
        jumps(WAY));
    return faults;
  }

  private static Function<Double, Optional<Double>> jumps(double without) {
    return shake -> Optional.of(Math.max(without, LUCK * shake));
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

  private void row(
      TextTable table,
      String what,
      BiFunction<Walk, Walk, Difference> difference,
      Function<Double, Optional<Double>> tolerance) {
    Difference ours = difference.apply(gmr, doubles);
    Difference shake = difference.apply(shaken, doubles);
    table.row(
        loss + ", " + what,
        shown(difference.apply(gmr, floats)),
        shown(ours),
        shown(difference.apply(floats, doubles)),
        shown(shake),
        ours.tensor());
    Optional<Double> most = tolerance.apply(shake.worst());
    if (most.isPresent() && !(ours.worst() <= most.get())) {
      faults.add(
          "%s, %s: gmr is off by %.1e, at most %.1e is roundings"
              .formatted(loss, what, ours.worst(), most.get()));
    }
  }

  private static String shown(Difference difference) {
    return "%.1e".formatted(difference.worst());
  }
}
