package dev.gmr.bench.peers;

import dev.gmr.train.report.TextTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How far gmr is from PyTorch in a {@link Walk}, and whether that is too far. */
final class Tolerances {
  static final double LOSS = 2e-6;
  static final double GRADIENT = 1e-5;
  static final double STATISTICS = 1e-5;
  static final double WAY = 1e-2;

  static final String HELP = "TODO";

  private final Task task;
  private final Map<String, float[]> start;
  private final Walk gmr;
  private final Walk floats;
  private final Walk doubles;

  Tolerances(Task task, Map<String, float[]> start, Walk gmr, Walk floats, Walk doubles) {
    this.task = task;
    this.start = start;
    this.gmr = gmr;
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Adds rows to a table, and a line for what is too far to the faults. */
  void check(TextTable table, List<String> faults) {
    int steps = gmr.losses().size();
    row(table, faults, "first loss", Optional.of(LOSS), (a, b) -> loss(a, b, 0));
    row(table, faults, "gradients", Optional.of(GRADIENT), of(Walk::gradients));
    if (!gmr.statistics().isEmpty()) {
      row(table, faults, "statistics", Optional.of(STATISTICS), of(Walk::statistics));
    }
    String after = steps == 1 ? " after 1 step" : " after %d steps".formatted(steps);
    row(table, faults, "loss" + after, Optional.empty(), (a, b) -> loss(a, b, steps - 1));
    row(table, faults, "weights" + after, Optional.empty(), of(Walk::weights));
    row(
        table,
        faults,
        "of their way",
        Optional.of(WAY),
        (a, b) -> Difference.ofWay(a.weights(), b.weights(), start));
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
      List<String> faults,
      String what,
      Optional<Double> tolerance,
      BiFunction<Walk, Walk, Difference> difference) {
    String title = (task.regularized() ? "regularized, " : "plain, ") + what;
    Difference ours = difference.apply(gmr, doubles);
    table.row(
        title,
        shown(difference.apply(gmr, floats)),
        shown(ours),
        shown(difference.apply(floats, doubles)),
        ours.tensor());
    if (tolerance.isPresent() && !(ours.worst() <= tolerance.get())) {
      faults.add(
          "%s differ by %.1e; at most %.0e is roundings"
              .formatted(title, ours.worst(), tolerance.get()));
    }
  }

  private static String shown(Difference difference) {
    return "%.1e".formatted(difference.worst());
  }
}
