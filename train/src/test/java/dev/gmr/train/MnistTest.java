package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.nn.Workers;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real thing in short: 4,000 training images of MNIST, two epochs, 1,000 test images. */
class MnistTest {
  private static DataSet mnist;

  @TempDir private Path dir;

  @BeforeAll
  static void load() {
    String given = System.getProperty("gmr.shared");
    Path folder = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given, "data");
    assumeTrue(
        Files.isDirectory(folder.resolve("mnist")),
        "no real MNIST in " + folder + "; -Dgmr.shared=DIR takes DIR/data/mnist");
    mnist = TestRuns.limited(DataSets.load("mnist", folder), 4000, 1000);
  }

  private Evaluation trained(NoiseOptions noise, long seed) {
    TrainingConfig config =
        TrainingConfig.recipe("lenet", "mnist")
            .withSeed(seed)
            .withData(new DataOptions("mnist", null, 0.1, 4000, 1000))
            .withNoise(noise)
            .withOptimizer(new OptimizerOptions(OptimizerKind.ADAM, 1e-3, 0, 0, 50))
            .withEpochs(2);
    Path root = dir.resolve(noise.sigma() + "-" + seed);
    try (RunFolder folder = RunFolder.create(root);
        Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      folder.writeConfig(
          new RunConfig(
              config,
              new DataFacts(4000, 1000, 28, 1, 10, mnist.train().sha256(), mnist.test().sha256()),
              Environment.current(workers.size())));
      Trainer trainer =
          new Trainer(config, mnist, folder, workers, TrainingListener.NONE, StopSignal.manual());
      trainer.initialize();
      trainer.run();
      return new Evaluator("lenet", mnist.test(), mnist.normalization(), workers)
          .evaluate(folder.best(), seed, 12, TrainingListener.NONE);
    }
  }

  @Test
  void learnsAndTheRegularizerMakesItRobust() {
    for (long seed = 0; seed < 3; seed++) {
      Evaluation p = trained(NoiseOptions.plain(), seed);
      Evaluation r = trained(NoiseOptions.regularized(0.5, 1), seed);
      System.out.println(
          "MNISTGATE "
              + seed
              + " "
              + p.accuracy()
              + " "
              + p.robustnessLabel()
              + " "
              + r.accuracy()
              + " "
              + r.robustnessLabel());
    }
    assertThat(dir).exists();
  }
}
