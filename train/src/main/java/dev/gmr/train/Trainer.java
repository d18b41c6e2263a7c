package dev.gmr.train;

import dev.gmr.data.DataSet;
import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.data.Shuffle;
import dev.gmr.data.Split;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Objective;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import dev.gmr.train.run.TransformOptions;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains one network in one run folder.
 *
 * <p>Every random number is a function of the seed and of what it is for, so a run that goes on
 * from its saved state needs no replay: it ends in the same weights, to the bit, as one that was
 * never stopped.
 */
public final class Trainer {
  private final TrainingConfig config;
  private final RunFolder folder;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final ImageSet images;
  private final Batch batch;
  private final Normalization normalization;
  private final Progress progress = new Progress();
  private final float[] sigmas;
  private final int[] trainImages;
  private final int[] validImages;
  private final int copies;

  /**
   * Plans a run.
   *
   * @param config its options
   * @param data the images to use, limits applied
   * @param folder where to keep it
   * @param workers threads to train on
   * @param listener told of the progress
   * @param stop polled after each step
   * @throws UserError if the options do not fit the data, or the run does not fit the memory
   */
  public Trainer(
      TrainingConfig config,
      DataSet data,
      RunFolder folder,
      Workers workers,
      TrainingListener listener,
      StopSignal stop) {
    this.config = config;
    this.folder = folder;
    this.listener = listener;
    this.stop = stop;
    NoiseOptions noise = config.noise();
    images = data.train();
    checkCrop(config.transform().crop(), images);
    Split split = split(images.size(), config);
    trainImages = split.train();
    validImages = split.valid();
    copies = copies(noise.augmentation(), images.size());
    // a batch larger than the set would only cost memory
    int capacity = Math.min(config.optimizer().batchSize(), trainImages.length * copies);
    listener.memory(
        MemoryPlan.of(config, data, capacity, workers)
            .requireRoom(smaller -> MemoryPlan.of(config, data, smaller, workers))
            .toString());
    Capacity planned = Capacity.training(capacity, noise.expectation() > 0);
    network = Models.plan(config.network(), images, planned, workers);
    sigmas = Noise.sigmas(noise.sigma(), data.normalization());
    objective =
        new Objective(
            network,
            (float) noise.empirical(),
            (float) noise.expectation(),
            sigmas,
            config.loss().expectedLoss(),
            (float) config.loss().labelSmoothing());
    optimizer = Optimizer.of(config.optimizer(), network.parameters(), workers);
    schedule =
        new Schedule(config.schedule(), config.rate(), config.optimizer().learningRate(), steps());
    batch = new Batch(images, data.normalization(), capacity, workers);
    normalization = data.normalization();
  }

  private static void checkCrop(int crop, ImageSet images) {
    int side = Math.min(images.height(), images.width());
    if (crop >= side) {
      throw UserError.usage(
          "--crop %d leaves nothing of some images of %d x %d; expected at most %d"
              .formatted(crop, images.height(), images.width(), side - 1));
    }
  }

  private static Split split(int images, TrainingConfig config) {
    try {
      return Split.of(images, config.data().validFraction(), config.seed());
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage() + "; lower --valid-fraction or use more images");
    }
  }

  private static int copies(int folds, int images) {
    if ((folds + 1L) * images > Integer.MAX_VALUE) {
      throw UserError.usage(
          "--augmentation %d of %d images makes too many for an epoch; at most %d fit"
              .formatted(folds, images, Integer.MAX_VALUE / images - 1));
    }
    return folds + 1;
  }

  /** Sets initial weights; called once for a run that does not go on from a saved state. */
  public void initialize() {
    network.parameters().initialize(Stream.INITIAL_VALUES.of(config.seed()));
  }

  /**
   * Takes up the folder's saved state.
   *
   * @throws UserError if it is damaged or of another network
   */
  public void resume() {
    if (Files.notExists(folder.state())) {
      initialize(); // killed before the first save
      return;
    }
    if (Files.exists(folder.best())) {
      Weights.read(folder.best(), network); // finds damage now, not when the run ends
    }
    progress.load(Safetensors.read(folder.state()), network, optimizer, schedule);
    if (schedule.bestEpoch() > 0 && Files.notExists(folder.best())) {
      throw UserError.files(
          "%s is missing; the best weights so far are lost: put it back or start a new run"
              .formatted(folder.best()));
    }
    long updates = (progress.epoch - 1L) * steps() + progress.step;
    if (progress.step >= steps()
        || progress.seen != (long) progress.step * network.capacity()
        || optimizer.steps() != updates) {
      throw UserError.files(
          ("%s stands at step %d of %d with %d images and %d updates, which does not fit"
                  + " config.json; bring back the run's own files")
              .formatted(folder.state(), progress.step, steps(), progress.seen, optimizer.steps()));
    }
    folder.writeMetrics(progress.metrics); // as the state has them, whatever happened to the file
  }

  /**
   * Trains until the last epoch, early stopping or the stop signal, saving after each epoch.
   *
   * @return the summary without test figures, or empty when the signal ended it
   * @throws UserError if the loss is no longer finite, or a file cannot be written
   * @throws dev.gmr.data.DataException if a mapped file of the data changed meanwhile
   * @throws InternalError if one was cut short; {@link ImageSet#requireUnchanged} names it
   */
  public Optional<Summary> run() {
    int epochs = config.schedule().epochs();
    if (over()) {
      listener.nothingLeft(progress.epoch - 1, progress.epoch <= epochs);
    } else {
      listener.begin(epochs, steps(), (long) (progress.epoch - 1) * steps() + progress.step);
    }
    try {
      while (!over()) {
        if (!epoch()) {
          save();
          return Optional.empty();
        }
      }
      return Optional.of(summary());
    } finally {
      listener.end();
    }
  }

  private boolean over() {
    return progress.epoch > config.schedule().epochs() || schedule.exhausted(progress.epoch - 1);
  }

  private int steps() {
    int items = trainImages.length * copies;
    return (items + network.capacity() - 1) / network.capacity();
  }

  /** Trains the rest of an epoch; false when the stop signal ended it. */
  private boolean epoch() {
    long start = System.nanoTime();
    double before = progress.epochSeconds;
    int items = trainImages.length * copies;
    batch.source(
        trainImages,
        Shuffle.permutation(items, config.seed(), progress.epoch),
        copies,
        trainNoise(),
        transform());
    while (progress.step < steps()) {
      int first = progress.step * network.capacity();
      step(first, Math.min(network.capacity(), items - first));
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.epochSeconds = before + seconds;
      listener.step(
          progress.epoch,
          progress.step,
          steps(),
          progress.loss / progress.seen,
          progress.seen / progress.epochSeconds);
      // the last step is followed by validation and a save of its own
      if (stop.requested() && progress.step < steps()) {
        requireFiniteState();
        return false;
      }
    }
    images.requireUnchanged(); // before anything learnt of a mixture is saved
    double rate = rate();
    double[] valid = validate();
    progress.epochSeconds = before + (System.nanoTime() - start) / 1e9;
    requireFiniteState();
    boolean best = schedule.epoch(progress.epoch, valid[0]);
    EpochMetrics row =
        new EpochMetrics(
            progress.epoch,
            progress.loss / progress.seen,
            progress.empiricalLoss / progress.seen,
            progress.expectationLoss / progress.seen,
            (double) progress.correct / progress.seen,
            valid[0],
            valid[1],
            rate,
            progress.epochSeconds);
    progress.metrics.add(row);
    progress.nextEpoch();
    // the state is written last: until it is there, going on repeats the epoch and writes the same
    Safetensors weights = Weights.of(network, Map.of("format", "pt"));
    if (best) {
      folder.writeTensors(folder.best(), weights);
    }
    folder.writeTensors(folder.last(), weights);
    folder.writeMetrics(progress.metrics);
    save();
    listener.epochDone(row, best);
    return !stop.requested();
  }

  private void step(int first, int count) {
    batch.load(first, count);
    objective.step(count, batch.images(), batch.labels());
    progress.step++;
    checkFinite("loss");
    optimizer.step(schedule.rate(optimizer.steps()));
    progress.seen += count;
    progress.correct += objective.correct();
    progress.loss += objective.loss();
    progress.empiricalLoss += objective.empiricalLoss();
    progress.expectationLoss += objective.expectationLoss();
  }

  private void checkFinite(String what) {
    if (!Double.isFinite(objective.loss())) {
      throw diverged(what, objective.loss());
    }
  }

  /**
   * Keeps an update that overflowed out of the files. The loss shows it only a step later, and an
   * infinite mean square of the gradients never, since it makes every further update 0.
   */
  private void requireFiniteState() {
    requireFinite("value of a weight", network.parameters().values());
    requireFinite("running statistic of a batch norm", network.statistics().values());
    optimizer.state().forEach((name, array) -> requireFinite("optimizer's " + name, array));
  }

  private void requireFinite(String what, float[] array) {
    for (float x : array) {
      if (!Float.isFinite(x)) {
        throw diverged(what, x);
      }
    }
  }

  private UserError diverged(String what, double value) {
    String where =
        "the %s became %s in epoch %d, step %d, at learning rate %s; train again with %s"
            .formatted(
                what,
                value,
                progress.epoch,
                progress.step,
                rate(),
                Divergence.remedy(config, rate(), optimizer.steps() > 0));
    return UserError.diverged(
        Files.exists(folder.state())
            ? where + " and another --out: %s keeps what was saved".formatted(folder.root())
            : where);
  }

  /** The learning rate of the last update, or of the first before it. */
  private double rate() {
    return schedule.rate(Math.max(0, optimizer.steps() - 1));
  }

  private Transform transform() {
    TransformOptions options = config.transform();
    return options.equals(TransformOptions.none())
        ? null
        : new Transform(
            options,
            Stream.TRANSFORM.of(config.seed()).child(progress.epoch),
            copies,
            images,
            normalization);
  }

  private Noise trainNoise() {
    NoiseOptions noise = config.noise();
    return noise.mode() == NoiseMode.FROZEN
        ? Noise.frozen(Stream.FROZEN_NOISE.of(config.seed()), copies - 1, sigmas)
        : Noise.fresh(
            Stream.FRESH_NOISE.of(config.seed()).child(progress.epoch), copies - 1, sigmas);
  }

  /**
   * The training objective on the validation images (noisy copies included, with noise of their own
   * that is the same every epoch; neither cropped nor flipped) and the share of clean ones
   * classified rightly; NaN without any.
   */
  private double[] validate() {
    if (validImages.length == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    CounterRandom random = Stream.VALIDATION_NOISE.of(config.seed());
    int items = validImages.length * copies;
    listener.phase("validation", items);
    batch.source(
        validImages,
        IntStream.range(0, items).toArray(),
        copies,
        Noise.fresh(random, copies - 1, sigmas),
        null);
    double loss = 0;
    int right = 0;
    for (int first = 0; first < items; first += network.capacity()) {
      int count = Math.min(network.capacity(), items - first);
      batch.load(first, count);
      objective.evaluate(count, batch.images(), batch.labels());
      checkFinite("validation loss");
      loss += objective.loss();
      for (int i = 0; i < count; i++) {
        if (batch.clean(i) && objective.predictions()[i] == batch.labels()[i]) {
          right++;
        }
      }
      listener.advance(count);
    }
    return new double[] {loss / items, (double) right / validImages.length};
  }

  private void save() {
    folder.writeTensors(folder.state(), progress.save(network, optimizer, schedule));
  }

  private Summary summary() {
    return new Summary(
        null,
        null,
        null,
        schedule.bestEpoch(),
        progress.metrics.size(),
        progress.metrics.stream().mapToDouble(EpochMetrics::seconds).sum(),
        folder.weightsSha256());
  }
}
