package dev.gmr.train.cli;

import dev.gmr.kernels.Normal;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.LossGap;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import java.util.Locale;

/** Figures as text for the terminal. */
final class Tables {
  /** Standard errors from the middle to an end of a 95% confidence interval. */
  private static final double HALF_95 = Normal.inverseCdf(0.975);

  private Tables() {}

  static String summary(RunFolder folder) {
    Summary s = folder.readSummary();
    TextTable table = new TextTable().row("run", folder.root().toString());
    if (s.evaluated()) {
      table.row("accuracy", fraction(s.accuracy()));
      table.row("robustness (label)", fraction(s.robustnessLabel()));
      table.row("robustness (prediction)", fraction(s.robustnessPrediction()));
    }
    table.row("best epoch", s.bestEpoch() + " of " + s.epochs());
    table.row("training seconds", seconds(s.trainSeconds()));
    table.row("weights SHA-256", s.weightsSha256());
    return table.toString();
  }

  static String evaluation(Evaluation e) {
    TextTable table = new TextTable().row("accuracy", fraction(e.accuracy()));
    table.row("robustness (label)", fraction(e.robustnessLabel()));
    table.row("robustness (prediction)", fraction(e.robustnessPrediction()));
    return table.toString();
  }

  static String gap(LossGap g) {
    TextTable table = new TextTable().row("loss in nats", "mean", "+- draws", "+- images too");
    row(table, "CE(f(x)), without noise", g.clean());
    row(table, "CE(E f(x + n)), of the expected logits", g.expected());
    row(table, "E CE(f(x + n)), sampled", g.sampled());
    row(table, "gap, sampled less expected", g.gap());
    String legend =
        "%d images, sigma %s, %d draws of noise an image; +- to the ends of a 95%% confidence interval\n"
            .formatted(g.images(), g.sigma(), g.draws());
    return table + legend + meaning(g.gap());
  }

  private static void row(TextTable table, String name, LossGap.Estimate e) {
    String draws = e.errorOfDraws() == 0 ? "-" : nats(HALF_95 * e.errorOfDraws());
    table.row(name, nats(e.mean()), draws, nats(HALF_95 * e.error()));
  }

  private static String meaning(LossGap.Estimate gap) {
    double reach = HALF_95 * gap.errorOfDraws();
    if (gap.mean() < -reach) {
      return "The gap is negative, which an exact E f cannot bring: behind the first ReLU the network"
          + " is too curved here for its linearization.\n";
    }
    String bound = "CE is convex, so CE(E f) bounds E CE(f) from below where E f is exact; ";
    return gap.mean() > reach
        ? bound + "the gap is what a loss at the expected logits does not see of the noise.\n"
        : bound + "more --draws would tell the two apart here.\n";
  }

  private static String nats(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  static String fraction(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
