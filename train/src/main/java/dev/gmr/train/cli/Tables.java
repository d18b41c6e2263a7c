package dev.gmr.train.cli;

import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import java.util.Locale;

/** Figures as text for the terminal. */
final class Tables {
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

  static String fraction(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
