package dev.gmr.train;

import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.data.ImageSet;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.Sha256;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.ScheduleOptions;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;

/**
 * Trainings of a second, in this process, on a few drawn digits: their middle 24 x 24 pixels, every
 * second one. A run's files then take 12 MB instead of 65.
 */
final class TestRuns {
  /** Steps never reached. */
  static final int NEVER = Integer.MAX_VALUE;

  static final NoiseOptions REGULARIZED = NoiseOptions.regularized(0.5, 1);
  static final NoiseOptions FRESH = NoiseOptions.augmented(0.5, 1, NoiseMode.FRESH);
  static final NoiseOptions FROZEN = NoiseOptions.augmented(0.5, 1, NoiseMode.FROZEN);

  private static final int SIDE = 12;

  private static final DataSet DIGITS = shrunk(DataSets.load("digits", null));

  private TestRuns() {}

  /** Returns the first images of digits. */
  static DataSet digits(int train, int test) {
    return limited(DIGITS, train, test);
  }

  private static DataSet shrunk(DataSet set) {
    return new DataSet(
        set.name(),
        shrunk(set.train().head(200)),
        shrunk(set.test().head(100)),
        set.classNames(),
        set.normalization());
  }

  private static ImageSet shrunk(ImageSet set) {
    byte[] pixels = new byte[set.size() * SIDE * SIDE];
    byte[] labels = new byte[set.size()];
    int at = 0;
    for (int i = 0; i < set.size(); i++) {
      labels[i] = (byte) set.label(i);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          pixels[at++] = (byte) set.pixel(i, 2 + 2 * y, 2 + 2 * x, 0);
        }
      }
    }
    return ImageSet.wrap(SIDE, SIDE, 1, set.classes(), pixels, labels);
  }

  static DataSet limited(DataSet set, int train, int test) {
    return new DataSet(
        set.name(),
        set.train().head(train),
        set.test().head(test),
        set.classNames(),
        set.normalization());
  }

  /** Two epochs of four steps: 100 of 120 images in batches of 25, Adam at 1e-3. */
  static TrainingConfig small() {
    return TrainingConfig.recipe("lenet", "digits")
        .withSeed(3)
        .withData(new DataOptions("digits", null, 1 / 6.0, 120, 20))
        .withOptimizer(new OptimizerOptions(OptimizerKind.ADAM, 1e-3, 0, 0, 25))
        .withSchedule(new ScheduleOptions(2, 1, 0.5, 0));
  }

  static OptimizerOptions sgd(double learningRate) {
    return new OptimizerOptions(OptimizerKind.SGD, learningRate, 0.9, 5e-4, 25);
  }

  /** Begins a run and trains to its end. */
  static Summary train(Path root, TrainingConfig config, int threads) {
    return begin(root, config, threads, NEVER, (folder, epoch) -> {}).orElseThrow();
  }

  /**
   * Begins a run.
   *
   * @param stopAfter the step, over all epochs, after which the stop signal is there
   * @param epochDone told of each epoch that is saved
   */
  static Optional<Summary> begin(
      Path root,
      TrainingConfig config,
      int threads,
      int stopAfter,
      ObjIntConsumer<RunFolder> epochDone) {
    try (RunFolder folder = RunFolder.create(root);
        Workers workers = new Workers(threads)) {
      folder.writeConfig(
          new RunConfig(
              config,
              new DataFacts(120, 20, SIDE, 1, 10, "0".repeat(64), "0".repeat(64)),
              Environment.current(threads)));
      StopSignal stop = StopSignal.manual();
      Trainer trainer =
          new Trainer(
              config,
              digits(config.data().limit(), config.data().testLimit()),
              folder,
              workers,
              listener(folder, stop, stopAfter, epochDone),
              stop);
      trainer.initialize();
      return trainer.run();
    }
  }

  /** Goes on with a run. */
  static Optional<Summary> resume(Path root, TrainingConfig config, int threads, int stopAfter) {
    try (RunFolder folder = RunFolder.open(root);
        Workers workers = new Workers(threads)) {
      StopSignal stop = StopSignal.manual();
      Trainer trainer =
          new Trainer(
              config,
              digits(config.data().limit(), config.data().testLimit()),
              folder,
              workers,
              listener(folder, stop, stopAfter, (f, epoch) -> {}),
              stop);
      trainer.resume();
      return trainer.run();
    }
  }

  private static TrainingListener listener(
      RunFolder folder, StopSignal stop, int stopAfter, ObjIntConsumer<RunFolder> done) {
    return new TrainingListener() {
      private int steps;

      @Override
      public void step(int epoch, int step, int stepsPerEpoch, double loss, double rate) {
        steps++;
        if (steps == stopAfter) {
          stop.request();
        }
      }

      @Override
      public void epochDone(EpochMetrics metrics, boolean best) {
        done.accept(folder, metrics.epoch());
      }
    };
  }

  /**
   * What a run must leave the same however it came about.
   *
   * @param best checksum of best.safetensors
   * @param last checksum of last.safetensors
   * @param metrics metrics.csv without its seconds
   */
  record Outcome(String best, String last, List<String> metrics) {
    static Outcome of(Path root) throws IOException {
      return new Outcome(
          Sha256.of(root.resolve("best.safetensors")),
          Sha256.of(root.resolve("last.safetensors")),
          Files.readAllLines(root.resolve("metrics.csv")).stream()
              .map(row -> row.substring(0, row.lastIndexOf(',')))
              .toList());
    }
  }

  /** Copies the files of a run folder, the lock left out. */
  static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> !f.getFileName().toString().equals(".lock")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
