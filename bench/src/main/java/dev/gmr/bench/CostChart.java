package dev.gmr.bench;

import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.Charts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws what training LeNet costs, from the results of the suite {@code augmentation}. */
final class CostChart {
  private CostChart() {}

  /**
   * Writes augmentation.png.
   *
   * @return the picture's file
   * @throws UserError if nothing can be drawn here
   */
  static Path draw(SuiteResults results, Path folder) {
    Charts.obstacle()
        .ifPresent(
            obstacle -> {
              throw UserError.run(obstacle);
            });
    List<Charts.Bars> bars = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      Map<String, Double> costs = new LinkedHashMap<>();
      for (AugmentationBench.Training training : AugmentationBench.Training.ALL) {
        double nanos = results.find(training.of("lenet", threads)).nanos();
        if (!Double.isNaN(nanos)) {
          costs.put(training.title(), nanos / 1e6);
        }
      }
      if (!costs.isEmpty()) {
        bars.add(new Charts.Bars(threads == 1 ? "1 thread" : threads + " threads", costs));
      }
    }
    byte[] png = Charts.bars("Training of LeNet on 100 images in an epoch", "milliseconds", bars);
    Path to = folder.resolve(results.suite().title() + ".png");
    AtomicFiles.write(to, "run bench --report again", out -> out.write(png));
    return to;
  }
}
