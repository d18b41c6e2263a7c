package dev.gmr.train.cli;

import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.Recipe;
import dev.gmr.train.run.ScheduleOptions;
import dev.gmr.train.run.TrainingConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The three runs of the quickstart. The recipe's 100 epochs of large batches are for an evening;
 * smaller batches and a larger learning rate get near its result in about a minute.
 */
final class QuickstartPlan {
  private static final double SIGMA = 0.5;
  private static final double EXPECTATION = 1;
  private static final int FOLDS = 5;
  private static final int EPOCHS = 3;

  /** So many that all three runs take about a minute on 2 cores. */
  private static final int TRAIN_IMAGES = 8000;

  private static final int TEST_IMAGES = 1000;
  private static final OptimizerOptions UPDATES =
      new OptimizerOptions(OptimizerKind.ADAM, 1e-3, 0, 0, 100);

  private QuickstartPlan() {}

  /** Returns the runs by name, the plain one first, differing in their noise options alone. */
  static Map<String, TrainingConfig> runs(boolean shortForm, long seed) {
    TrainingConfig plain =
        TrainingConfig.recipe("lenet", "digits")
            .withSeed(seed)
            .withOptimizer(UPDATES)
            .withData(
                new DataOptions(
                    "digits",
                    null,
                    Recipe.VALID_FRACTION,
                    shortForm ? 1000 : TRAIN_IMAGES,
                    shortForm ? 200 : TEST_IMAGES))
            .withSchedule(new ScheduleOptions(shortForm ? 1 : EPOCHS, 0, 1, 0));
    Map<String, TrainingConfig> runs = new LinkedHashMap<>();
    runs.put("plain", plain);
    runs.put("augmented", plain.withNoise(NoiseOptions.augmented(SIGMA, FOLDS, NoiseMode.FRESH)));
    runs.put("regularized", plain.withNoise(NoiseOptions.regularized(SIGMA, EXPECTATION)));
    return runs;
  }
}
