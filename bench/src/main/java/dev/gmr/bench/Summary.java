package dev.gmr.bench;

import dev.gmr.bench.AugmentationBench.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run found, in tables for people: products and convolutions, steps, and the cost of
 * augmentation.
 */
final class Summary {
  private static final String NOTHING = "-";

  private Summary() {}

  /** Returns a table for each of these suites that is there, in Markdown; empty without any. */
  static String markdown(List<SuiteResults> results) {
    List<String> tables = new ArrayList<>();
    find(results, Suite.CONV).ifPresent(conv -> tables.add(convolutions(conv)));
    find(results, Suite.GEMM).ifPresent(gemm -> tables.add(products(gemm)));
    find(results, Suite.TURNS).ifPresent(turns -> tables.add(steps(turns)));
    find(results, Suite.AUGMENTATION).ifPresent(costs -> tables.add(costs(costs)));
    return String.join("\n", tables);
  }

  private static Optional<SuiteResults> find(List<SuiteResults> results, Suite suite) {
    return results.stream().filter(r -> r.suite().equals(suite)).findFirst();
  }

  /** A table below what it is made of. */
  private static String table(SuiteResults results, List<String> header, List<List<String>> rows) {
    return "%s: %s; %s.\n\n%s"
        .formatted(
            results.suite().title(),
            results.machine().headline(),
            results.limits(),
            MarkdownTable.of(header, rows));
  }

  private static String convolutions(SuiteResults conv) {
    List<List<String>> rows = new ArrayList<>();
    for (String layer : values(conv, "layer")) {
      Case forward = new Case("forward", Map.of("layer", layer));
      rows.add(rates(conv, ConvShape.title(layer), forward, "backwardWeights", "backwardInput"));
      Case filtered = forward.ofMethod("filteredForward");
      if (!conv.find(filtered).times().isEmpty()) {
        rows.add(
            rates(
                conv,
                "the same, filtered",
                filtered,
                "filteredBackwardWeights",
                "filteredBackwardInput"));
      }
    }
    return rates(conv, rows);
  }

  private static String products(SuiteResults gemm) {
    List<List<String>> rows = new ArrayList<>();
    for (String shape : values(gemm, "shape")) {
      Case forward = new Case("forward", Map.of("shape", shape));
      rows.add(rates(gemm, shape, forward, "backwardWeights", "backwardInput"));
    }
    return rates(gemm, rows);
  }

  /** The values of a parameter, in the order in which they ran. */
  private static List<String> values(SuiteResults results, String param) {
    return results.measurements().stream().map(m -> m.subject().param(param)).distinct().toList();
  }

  private static String rates(SuiteResults results, List<List<String>> rows) {
    return table(
        results,
        List.of("one thread: GFLOP/s; % of FMA peak", "forward", "to weights", "to input"),
        rows);
  }

  private static List<String> rates(
      SuiteResults results, String title, Case forward, String toWeights, String toInput) {
    List<String> row = new ArrayList<>(List.of(title));
    for (Case c : List.of(forward, forward.ofMethod(toWeights), forward.ofMethod(toInput))) {
      double nanos = results.find(c).nanos();
      Work work = results.suite().work(c);
      double share = results.limits().shareOfPeak(work, nanos);
      row.add(
          Double.isNaN(nanos)
              ? NOTHING
              : String.format(Locale.ROOT, "%.0f; %.0f", work.flops() / nanos, 100 * share));
    }
    return row;
  }

  private static String steps(SuiteResults turns) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement m : turns.measurements()) {
      Case c = m.subject();
      if (c.method().equals("plain") && c.number("threads") == 1) {
        rows.add(steps(turns, c));
      }
    }
    return table(
        turns,
        List.of(
            "on 1 thread, 2 threads",
            "plain, ms",
            "% of FMA peak",
            "regularized, ms",
            "% of FMA peak",
            "speed of 2 threads by 1's: plain, regularized",
            "time of regularized by plain"),
        rows);
  }

  private static List<String> steps(SuiteResults turns, Case plain) {
    Case regularized = plain.ofMethod("regularized");
    Case plain2 = plain.with("threads", "2");
    Case regularized2 = regularized.with("threads", "2");
    return List.of(
        network(plain.param("network")) + ", " + plain.param("batch"),
        pair("%.1f", millis(turns, plain), millis(turns, plain2)),
        pair("%.0f", share(turns, plain), share(turns, plain2)),
        pair("%.1f", millis(turns, regularized), millis(turns, regularized2)),
        pair("%.0f", share(turns, regularized), share(turns, regularized2)),
        pair(
            "%.2f", ratio(turns, Ratio.THREADS, plain2), ratio(turns, Ratio.THREADS, regularized2)),
        pair(
            "%.2f",
            ratio(turns, Ratio.PLAIN, regularized), ratio(turns, Ratio.PLAIN, regularized2)));
  }

  private static String pair(String form, double first, double second) {
    return String.format(Locale.ROOT, form + ", " + form, first, second);
  }

  private static String network(String name) {
    return name.equals("lenet") ? "LeNet" : "AlexNet";
  }

  private static double millis(SuiteResults results, Case c) {
    return results.find(c).nanos() / 1e6;
  }

  private static double share(SuiteResults results, Case c) {
    return 100 * results.limits().shareOfPeak(results.suite().work(c), results.find(c).nanos());
  }

  private static double ratio(SuiteResults turns, Ratio ratio, Case c) {
    return ratio.byTurns(turns.find(c), turns.find(ratio.baseline().apply(c)));
  }

  private static String costs(SuiteResults costs) {
    List<String> header = new ArrayList<>(List.of("100 images in an epoch: ms; by plain"));
    Training.ALL.forEach(training -> header.add(training.title()));
    List<List<String>> rows = new ArrayList<>();
    for (String network : values(costs, "network")) {
      for (String threads : values(costs, "threads")) {
        List<String> row = new ArrayList<>();
        row.add(network(network) + ", " + threads + (threads.equals("1") ? " thread" : " threads"));
        for (Training training : Training.ALL) {
          row.add(cost(costs, training.of(network, Integer.parseInt(threads))));
        }
        rows.add(row);
      }
    }
    return table(costs, header, rows);
  }

  private static String cost(SuiteResults costs, Case c) {
    double millis = millis(costs, c);
    return Double.isNaN(millis)
        ? NOTHING
        : String.format(
            Locale.ROOT, "%.0f; %.2f", millis, millis / millis(costs, AugmentationBench.plain(c)));
  }
}
