package dev.gmr.train.report;

import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.RunFolder;
import java.util.List;

/** The pictures of a run folder. */
public final class RunCharts {
  private RunCharts() {}

  /**
   * Draws metrics.png and robustness.png from the run's tables, as far as they are there.
   *
   * @param folder the run's folder
   * @throws dev.gmr.train.io.UserError when a table is damaged or a picture cannot be written
   */
  public static void draw(RunFolder folder) {
    List<EpochMetrics> epochs = folder.readMetrics();
    if (!epochs.isEmpty()) {
      byte[] png = Charts.metrics(epochs);
      folder.writeFile(folder.metricsImage(), out -> out.write(png));
    }
    List<RobustnessPoint> points = folder.readRobustness();
    if (!points.isEmpty()) {
      byte[] png = Charts.robustness(points);
      folder.writeFile(folder.robustnessImage(), out -> out.write(png));
    }
  }
}
