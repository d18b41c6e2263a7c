package dev.gmr.train.cli;

import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.data.Split;
import dev.gmr.data.fetch.Fetcher;
import dev.gmr.data.fetch.FileCheck;
import dev.gmr.data.fetch.Verification;
import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.nn.Workers;
import dev.gmr.train.Evaluator;
import dev.gmr.train.Exporter;
import dev.gmr.train.Importer;
import dev.gmr.train.Trainer;
import dev.gmr.train.io.ShellWords;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does the commands' work in this process. */
final class LocalEngine implements Engine {
  /** The data set whose files are the user's own. */
  private static final String OWN = "idx";

  private record Source(String name, String dir) {}

  private final Map<Source, DataSet> loaded = new HashMap<>();

  private DataSet load(DataOptions options) {
    Path dir = options.dir() == null ? null : Path.of(options.dir());
    DataSet whole =
        loaded.computeIfAbsent(
            new Source(options.name(), options.dir()), s -> DataSets.load(s.name(), dir));
    return new DataSet(
        whole.name(),
        limited(whole.train(), options.limit()),
        limited(whole.test(), options.testLimit()),
        whole.classNames(),
        whole.normalization());
  }

  private static ImageSet limited(ImageSet set, int limit) {
    return limit == 0 || limit >= set.size() ? set : set.head(limit);
  }

  @Override
  public Optional<Summary> train(TrainingJob job, TrainingListener listener, StopSignal stop) {
    DataSet data = load(job.config().data());
    try {
      return train(job, data, listener, stop);
    } catch (InternalError e) {
      throw lost(data, e);
    }
  }

  private static Optional<Summary> train(
      TrainingJob job, DataSet data, TrainingListener listener, StopSignal stop) {
    TrainingConfig config = job.config();
    RunFolder folder = job.folder();
    DataFacts facts = facts(data);
    if (job.resume()) {
      DataFacts before = folder.readConfig().data();
      requireSame(folder, "training", before.trainSha256(), facts.trainSha256());
      requireSame(folder, "test", before.testSha256(), facts.testSha256());
    }
    try (Workers workers = new Workers(job.threads())) {
      Trainer trainer = new Trainer(config, data, folder, workers, listener, stop);
      if (job.resume()) {
        trainer.resume();
      } else {
        trainer.initialize();
      }
      folder.writeConfig(new RunConfig(config, facts, Environment.current(job.threads())));
      return trainer.run();
    }
  }

  private static DataFacts facts(DataSet data) {
    return new DataFacts(
        data.train().size(),
        data.test().size(),
        data.train().height(),
        data.train().channels(),
        data.train().classes(),
        data.train().sha256(),
        data.test().sha256());
  }

  private static void requireSame(RunFolder folder, String which, String before, String now) {
    if (!before.equals(now)) {
      throw UserError.files(
          "%s began with other %s images (checksum %.12s, now %.12s); bring those back or name their folder with --data-dir"
              .formatted(folder.root(), which, before, now));
    }
  }

  @Override
  public Evaluation evaluate(EvaluationJob job, TrainingListener listener) {
    requireWeights(job.folder());
    DataSet data = load(job.config().data());
    try {
      return evaluate(job, data, listener);
    } catch (InternalError e) {
      throw lost(data, e);
    }
  }

  private static Evaluation evaluate(EvaluationJob job, DataSet data, TrainingListener listener) {
    ImageSet images = job.validation() ? heldOut(job.config(), data.train()) : data.test();
    DataFacts learnt = job.folder().readConfig().data();
    requireAlike(job.folder(), learnt, images);
    if (job.own()) {
      requireSame(job.folder(), "test", learnt.testSha256(), images.sha256());
    }
    try (Workers workers = new Workers(job.threads())) {
      return new Evaluator(job.config().network(), images, data.normalization(), workers)
          .evaluate(job.folder().best(), job.seed(), job.points(), listener);
    }
  }

  /** Explains the JVM's error for mapped files that end before what is read, or fail. */
  private static RuntimeException lost(DataSet data, InternalError e) {
    if (!String.valueOf(e.getMessage()).contains("unsafe memory access")) {
      throw e;
    }
    data.train().requireUnchanged();
    data.test().requireUnchanged();
    return UserError.files(
        "a file of data set %s can no longer be read; check its disk or put another copy there"
            .formatted(data.name()),
        e);
  }

  @Override
  public Exporter.Exported export(ExportJob job) {
    RunFolder folder = job.folder();
    if (!job.last()) {
      requireWeights(folder);
    } else if (Files.notExists(folder.last())) {
      throw UserError.files("%s is missing; take --weights best".formatted(folder.last()));
    }
    DataOptions data = folder.readConfig().options().data();
    Normalization normalization =
        DataSets.normalization(data.name()).orElseGet(() -> load(data).normalization());
    return new Exporter(folder, job.last() ? folder.last() : folder.best(), normalization)
        .export(job.format(), job.normalize(), job.out(), job.command());
  }

  @Override
  public Summary importWeights(ImportJob job) {
    return Importer.run(
        job.file(), job.prefix(), job.config(), facts(load(job.config().data())), job.folder());
  }

  private static void requireWeights(RunFolder folder) {
    if (Files.notExists(folder.best())) {
      if (folder.readConfig().imported() != null) {
        throw UserError.files(
            "%s is missing; bring it back or run gmr import again with another --out"
                .formatted(folder.best()));
      }
      throw UserError.files(
          Files.exists(folder.metrics())
              ? "%s is missing; bring it back or train again in a new folder"
                  .formatted(folder.best())
              : "%s has no weights yet: best.safetensors is missing; %s trains them"
                  .formatted(folder.root(), folder.resumeCommand()));
    }
  }

  private static void requireAlike(RunFolder folder, DataFacts learnt, ImageSet images) {
    if (learnt.side() != images.height()
        || learnt.channels() != images.channels()
        || learnt.classes() != images.classes()) {
      throw UserError.usage(
          "%s learnt images of %dx%dx%d and %d classes; it cannot be measured on %s; choose another --data"
              .formatted(
                  folder.root(),
                  learnt.side(),
                  learnt.side(),
                  learnt.channels(),
                  learnt.classes(),
                  images));
    }
  }

  private static ImageSet heldOut(TrainingConfig config, ImageSet train) {
    double fraction = config.data().validFraction();
    int[] valid = Split.of(train.size(), fraction, config.seed()).valid();
    if (valid.length == 0) {
      throw UserError.usage(
          "the run held no images out for validation; leave --validation away to measure on the"
              + " test images");
    }
    return train.select(valid);
  }

  @Override
  public List<String> dataSetNames() {
    return DataSets.names();
  }

  @Override
  public List<DataSetEntry> dataSets(Path dir) {
    Fetcher fetcher = new Fetcher(dir);
    Path place = dir == null ? DataSets.DEFAULT_DIR : dir;
    List<DataSetEntry> entries = new ArrayList<>();
    for (String name : DataSets.names()) {
      String state =
          name.equals("digits")
              ? "built in"
              : name.equals(OWN)
                  ? "where --data-dir says; see gmr data --help"
                  : fetcher.isPresent(name)
                      ? "in " + place
                      : "not in " + place + "; " + fetchCommand(name, dir);
      entries.add(new DataSetEntry(name, describe(name), state));
    }
    return entries;
  }

  private static String fetchCommand(String name, Path dir) {
    return "gmr data fetch "
        + name
        + (dir == null ? "" : " --data-dir " + ShellWords.quote(dir.toString()));
  }

  private static String describe(String name) {
    return switch (name) {
      case "digits" -> "12,000 + 2,000 drawn digits, 28 x 28 grey, 10 classes";
      case "mnist" -> "60,000 + 10,000 handwritten digits, 28 x 28 grey, 10 classes";
      case "fashion-mnist" -> "60,000 + 10,000 articles of clothing, 28 x 28 grey, 10 classes";
      case "cifar10" -> "50,000 + 10,000 photographs, 32 x 32 colour, 10 classes";
      case "cifar100" -> "50,000 + 10,000 photographs, 32 x 32 colour, 100 classes";
      case OWN -> "your own images in IDX files, square, any number of classes up to 256";
      default -> "";
    };
  }

  @Override
  public Optional<Path> fetch(String name, Path dir, FetchProgress progress) {
    if (name.equals("digits")) {
      return Optional.empty();
    }
    if (name.equals(OWN)) {
      throw UserError.usage(
          "idx is for your own images: there is nothing to fetch; see gmr data --help");
    }
    List<Path> files = new Fetcher(dir).fetch(name, progress::at);
    return Optional.of(files.getFirst().toAbsolutePath().getParent());
  }

  @Override
  public List<String> verify(String name, Path dir) {
    if (name.equals(OWN)) {
      DataSet data = DataSets.load(name, dir);
      return List.of(
          "training: %s, SHA-256 %s".formatted(data.train(), data.train().sha256()),
          "test: %s, SHA-256 %s".formatted(data.test(), data.test().sha256()),
          "normalization: " + data.normalization());
    }
    Verification checked = new Fetcher(dir).verify(name);
    for (FileCheck file : checked.files()) {
      if (file.wrong()) {
        throw UserError.files(
            "%s is not the published file: %s; %s replaces it"
                .formatted(file.file(), file.detail(), fetchCommand(name, dir)));
      }
    }
    if (!checked.good()) {
      throw UserError.files(checked.reading());
    }
    List<String> lines = new ArrayList<>();
    for (FileCheck file : checked.files()) {
      lines.add("%s: %s".formatted(file.file(), file.detail()));
    }
    lines.add(checked.reading());
    return lines;
  }

  @Override
  public double peakGflops(int threads) {
    KernelSet kernels = Backend.kernels();
    int iterations = kernels.lanes() == 1 ? 200_000 : 2_000_000;
    double[] rates = new double[25];
    try (Workers workers = new Workers(threads)) {
      for (int i = 0; i < rates.length; i++) {
        long start = System.nanoTime();
        workers.run(threads, (task, worker) -> kernels.tiles().fmaChains(iterations));
        double flops = 24.0 * kernels.lanes() * iterations * threads;
        rates[i] = flops / (System.nanoTime() - start);
      }
    }
    // the first rounds are not compiled yet
    double[] warm = Arrays.copyOfRange(rates, 10, rates.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
