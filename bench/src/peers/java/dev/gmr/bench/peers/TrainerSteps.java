package dev.gmr.bench.peers;

import dev.gmr.data.DataSet;
import dev.gmr.nn.Workers;
import dev.gmr.train.Trainer;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.util.Arrays;
import java.util.Map;

/** What {@code gmr train} makes of the steps: that {@link GmrTraining} is what users run. */
final class TrainerSteps {
  private TrainerSteps() {}

  /**
   * Lets gmr's trainer train for an epoch of the images.
   *
   * @throws UserError if its weights are not those, bit by bit
   */
  static void requireSame(
      Task task, DataSet data, long seed, int threads, Map<String, double[]> weights) {
    TrainingConfig config =
        TrainingConfig.recipe(task.model().name(), data.name())
            .withSeed(seed)
            .withData(new DataOptions(data.name(), null, 0, 0, 0))
            .withNoise(task.noise())
            .withOptimizer(task.optimizer())
            .withEpochs(1);
    Map<String, double[]> trained;
    try (TemporaryFolder root = new TemporaryFolder("trainer");
        Workers workers = new Workers(threads);
        RunFolder folder = RunFolder.create(root.path())) {
      Trainer trainer =
          new Trainer(config, data, folder, workers, TrainingListener.NONE, StopSignal.manual());
      trainer.initialize();
      trainer.run();
      trained = Values.doubles(Values.read(folder.last(), task.model()));
    }
    weights.forEach(
        (name, x) -> {
          if (!Arrays.equals(x, trained.get(name))) {
            throw UserError.run(
                "gmr's trainer has other values of %s than its steps here".formatted(name));
          }
        });
  }
}
