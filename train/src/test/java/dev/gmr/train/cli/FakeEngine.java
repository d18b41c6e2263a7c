package dev.gmr.train.cli;

import dev.gmr.train.Exporter;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.Imported;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes run folders like a trainer's, of made-up figures. */
final class FakeEngine implements Engine {
  private static final int STEPS = 4;

  final List<TrainingJob> trained = new ArrayList<>();
  final List<EvaluationJob> evaluated = new ArrayList<>();
  final List<ExportJob> exported = new ArrayList<>();
  final List<ImportJob> imported = new ArrayList<>();
  final List<String> fetched = new ArrayList<>();
  RuntimeException failure;
  Error error;
  boolean stopAtOnce;

  @Override
  public Optional<Summary> train(TrainingJob job, TrainingListener listener, StopSignal stop) {
    trained.add(job);
    if (failure != null) {
      throw failure;
    }
    if (error != null) {
      throw error;
    }
    RunFolder folder = job.folder();
    TrainingConfig config = job.config();
    folder.writeConfig(
        new RunConfig(
            config,
            new DataFacts(12_000, 2_000, 28, 1, 10, "11".repeat(32), "22".repeat(32)),
            Environment.current(job.threads())));
    if (stopAtOnce) {
      return Optional.empty();
    }
    List<EpochMetrics> epochs = new ArrayList<>(folder.readMetrics());
    int total = config.schedule().epochs();
    listener.begin(total, STEPS, (long) STEPS * epochs.size());
    for (int epoch = epochs.size() + 1; epoch <= total; epoch++) {
      for (int step = 1; step <= STEPS; step++) {
        listener.step(epoch, step, STEPS, 2.0 / epoch, 1000);
      }
      listener.phase("validation", 2);
      listener.advance(1);
      epochs.add(metrics(config, epoch));
      folder.writeMetrics(epochs);
      listener.epochDone(epochs.get(epoch - 1), true);
    }
    Tensor weight = new Tensor.F32(new int[] {1}, new float[] {config.seed()});
    folder.writeTensors(folder.best(), new Safetensors(Map.of("w", weight), Map.of()));
    double seconds = epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
    return Optional.of(
        new Summary(null, null, null, total, total, seconds, folder.weightsSha256()));
  }

  private static EpochMetrics metrics(TrainingConfig config, int epoch) {
    double loss = 2.0 / (epoch + 1);
    boolean regularized = config.noise().expectation() > 0;
    return new EpochMetrics(
        epoch,
        regularized ? 2.1 * loss : loss,
        loss,
        regularized ? 1.1 * loss : 0,
        1 - loss / 4,
        loss + 0.05,
        1 - loss / 3.5,
        config.optimizer().learningRate(),
        10 + 5 * config.noise().augmentation());
  }

  @Override
  public Evaluation evaluate(EvaluationJob job, TrainingListener listener) {
    evaluated.add(job);
    listener.phase("robustness", job.points());
    double strength =
        job.config().noise().expectation() > 0
            ? 0.5
            : 1.0 / (1 + job.config().noise().augmentation());
    List<RobustnessPoint> points =
        IntStream.range(0, job.points())
            .mapToObj(i -> 0.5 * i / (job.points() - 1))
            .map(s -> new RobustnessPoint(s, 1 - strength * s * s * 2, 0.98 - strength * s * s * 2))
            .toList();
    listener.advance(job.points());
    return new Evaluation(0.98, 0.87, 0.85, points);
  }

  @Override
  public Exporter.Exported export(ExportJob job) {
    exported.add(job);
    Path file = job.out().orElse(job.folder().root().resolve("lenet.onnx"));
    return new Exporter.Exported(
        file, "33".repeat(32), file.resolveSibling(file.getFileName() + ".md"));
  }

  @Override
  public Summary importWeights(ImportJob job) {
    imported.add(job);
    job.folder()
        .writeConfig(
            new RunConfig(
                job.config(),
                new DataFacts(12_000, 2_000, 28, 1, 10, "11".repeat(32), "22".repeat(32)),
                Environment.current(1),
                new Imported("w.safetensors", "44".repeat(32), "")));
    Tensor weight = new Tensor.F32(new int[] {1}, new float[] {1});
    job.folder().writeTensors(job.folder().best(), new Safetensors(Map.of("w", weight), Map.of()));
    Summary summary = Summary.imported(job.folder().weightsSha256());
    job.folder().writeSummary(summary);
    return summary;
  }

  @Override
  public List<String> dataSetNames() {
    return List.of("digits", "mnist", "fashion-mnist", "cifar10", "cifar100", "idx");
  }

  @Override
  public List<DataSetEntry> dataSets(Path dir) {
    return List.of(new DataSetEntry("digits", "12000 + 2000, 28 x 28 grey", "built in"));
  }

  @Override
  public Optional<Path> fetch(String name, Path dir, FetchProgress progress) {
    fetched.add(name);
    if (name.equals("digits")) {
      return Optional.empty();
    }
    progress.at("train.gz", 0, 2_000_000);
    progress.at("train.gz", 1_000_000, 2_000_000);
    progress.at("train.gz", 2_000_000, 2_000_000);
    return Optional.of(Path.of("data-sets", name));
  }

  @Override
  public List<String> verify(String name, Path dir) {
    if (name.equals("cifar10")) {
      throw UserError.files("cifar10 is not here; gmr data fetch cifar10 gets it");
    }
    return List.of("train.gz: whole");
  }

  @Override
  public double peakGflops(int threads) {
    return 100.0 * threads;
  }
}
