package dev.gmr.train.cli;

import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.report.Charts;
import dev.gmr.train.report.HtmlReport;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the quickstart shows of its three runs: a table, a picture, and an HTML report. */
final class QuickstartReport {
  private static final String TITLE = "Three ways to train LeNet on drawn digits";
  private static final byte[] NO_PICTURE = {};

  private final Map<String, RunFolder> runs;
  private final Path out;
  private final String command;

  /**
   * Prepares the report.
   *
   * @param runs finished runs by name, the plain one first
   * @param out the quickstart's folder
   * @param command the command line that repeats the quickstart
   */
  QuickstartReport(Map<String, RunFolder> runs, Path out, String command) {
    this.runs = runs;
    this.out = out;
    this.command = command;
  }

  private Path picture() {
    return out.resolve("comparison.png");
  }

  private Path report() {
    return out.resolve("report.html");
  }

  /** Writes the picture and the report, which has no pictures where this JVM cannot draw. */
  void write() {
    boolean draws = Charts.obstacle().isEmpty();
    List<Charts.Curve> curves = new ArrayList<>();
    List<HtmlReport.Run> rows = new ArrayList<>();
    runs.forEach(
        (name, folder) -> {
          curves.add(new Charts.Curve(name, folder.readRobustness()));
          RunConfig config = folder.readConfig();
          rows.add(
              new HtmlReport.Run(
                  name,
                  config,
                  folder.readSummary(),
                  cost(folder),
                  CommandLines.train(config.options(), Path.of("runs", name)),
                  draws ? Charts.metrics(folder.readMetrics()) : NO_PICTURE));
        });
    byte[] png = draws ? Charts.comparison(curves) : NO_PICTURE;
    if (draws) {
      AtomicFiles.write(picture(), "run " + command, stream -> stream.write(png));
    }
    String html = HtmlReport.render(TITLE, rows, png, List.of(command));
    AtomicFiles.writeText(report(), "run " + command, html);
  }

  /** Seconds of a run's fastest epoch by those of the plain one's. */
  private double cost(RunFolder folder) {
    RunFolder plain = runs.values().iterator().next();
    return EpochMetrics.fastest(folder.readMetrics()) / EpochMetrics.fastest(plain.readMetrics());
  }

  /** Returns the table and what to do next, for the terminal. */
  String text() {
    TextTable table =
        new TextTable()
            .row(
                "run", "accuracy", "R label", "R prediction", "seconds", "cost", "weights SHA-256");
    runs.forEach(
        (name, folder) -> {
          Summary s = folder.readSummary();
          table.row(
              name,
              Tables.fraction(s.accuracy()),
              Tables.fraction(s.robustnessLabel()),
              Tables.fraction(s.robustnessPrediction()),
              Tables.seconds(s.trainSeconds()),
              String.format(Locale.ROOT, "%.2fx", cost(folder)),
              s.weightsSha256());
        });
    return """

        %s
        R label: share of test images classified right under noise of sigma 0 to 0.5, on average;
        R prediction: share whose prediction the noise leaves as it is; cost: seconds of the
        fastest epoch relative to plain.

        %sreport   %s

        To go on with real data:
          gmr data fetch mnist
          gmr train --data mnist --batch-size 100 --epochs 10 --lr 1e-3 \\
            --sigma 0.5 --expectation 1 --out runs/mnist
        """
        .formatted(table, Files.exists(picture()) ? "picture  " + picture() + "\n" : "", report());
  }
}
