package dev.gmr.train.report;

import dev.gmr.data.Split;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run's figures for TensorBoard. The file is a function of the run's tables and of the moment at
 * which it was begun, so whatever a kill left of it, the next update makes it whole, without an
 * epoch twice or missing. An epoch's time is that moment and the seconds trained until then.
 */
public final class TensorBoard {
  /** As many bytes as the first event's time needs. */
  private static final int HEAD = 32;

  private TensorBoard() {}

  /**
   * Begins the file, unless it is there: that it is there says, after a kill too, that the run has
   * events.
   *
   * @param folder the run's folder, open for writing; it may have no configuration yet
   * @throws dev.gmr.train.io.UserError when the file cannot be written
   */
  public static void begin(RunFolder folder) {
    if (Files.notExists(folder.events())) {
      folder.extendFile(folder.events(), new EventRecords(begun(folder)).content());
    }
  }

  /**
   * Brings the events up to date with metrics.csv.
   *
   * @param folder the run's folder, open for writing
   * @throws dev.gmr.train.io.UserError when a table is damaged or the file cannot be written
   */
  public static void updateEpochs(RunFolder folder) {
    update(folder, false);
  }

  /**
   * Brings the events up to date with metrics.csv, summary.json and robustness.csv. The curve's
   * steps are thousandths of sigma.
   *
   * @param folder the folder of a run that ended, open for writing
   * @throws dev.gmr.train.io.UserError when a table is damaged or the file cannot be written
   */
  public static void update(RunFolder folder) {
    update(folder, true);
  }

  private static void update(RunFolder folder, boolean ended) {
    double begun = begun(folder);
    EventRecords events = new EventRecords(begun);
    int images = imagesOfAnEpoch(folder.readConfig());
    double seconds = 0;
    for (EpochMetrics m : folder.readMetrics()) {
      seconds += m.seconds();
      events.scalars(m.epoch(), begun + seconds, scalars(m, images));
    }
    if (ended) {
      test(folder, events, begun + seconds);
    }
    folder.extendFile(folder.events(), events.content());
  }

  private static void test(RunFolder folder, EventRecords events, double wallTime) {
    Summary summary = folder.readSummary();
    if (summary.evaluated()) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("accuracy/test", summary.accuracy());
      values.put("robustness/mean_label", summary.robustnessLabel());
      values.put("robustness/mean_prediction", summary.robustnessPrediction());
      events.scalars(summary.bestEpoch(), wallTime, values);
      for (RobustnessPoint p : folder.readRobustness()) {
        Map<String, Double> point = new LinkedHashMap<>();
        point.put("robustness/label_by_sigma_in_thousandths", p.rhoLabel());
        point.put("robustness/prediction_by_sigma_in_thousandths", p.rhoPrediction());
        events.scalars(Math.round(1000 * p.sigma()), wallTime, point);
      }
    }
  }

  private static Map<String, Double> scalars(EpochMetrics m, int images) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss/train", m.trainLoss());
    values.put("loss/train_empirical", m.trainLossEmpirical());
    values.put("loss/train_expectation", m.trainLossExpectation());
    values.put("loss/valid", m.validLoss());
    values.put("accuracy/train", m.trainAccuracy());
    values.put("accuracy/valid", m.validAccuracy());
    values.put("learning_rate", m.learningRate());
    values.put("images_per_second", m.seconds() > 0 ? images / m.seconds() : Double.NaN);
    return values;
  }

  /** Noisy copies included; validation counts for the seconds alone. */
  private static int imagesOfAnEpoch(RunConfig config) {
    TrainingConfig options = config.options();
    int images = config.data().trainImages();
    int trained = images - Split.heldOut(images, options.data().validFraction());
    return trained * (1 + options.noise().augmentation());
  }

  /** When the file was begun: what it says itself, or now. */
  private static double begun(RunFolder folder) {
    double now = System.currentTimeMillis() / 1000.0;
    if (Files.notExists(folder.events())) {
      return now;
    }
    try (InputStream in = Files.newInputStream(folder.events())) {
      double begun = EventRecords.wallTime(in.readNBytes(HEAD));
      return Double.isFinite(begun) ? begun : now;
    } catch (IOException e) {
      throw IoFaults.unreadable(folder.events(), e);
    }
  }
}
