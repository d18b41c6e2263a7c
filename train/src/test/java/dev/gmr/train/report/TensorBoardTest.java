package dev.gmr.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.train.report.EventReader.Event;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
  @TempDir private Path dir;
  private RunFolder folder;

  @BeforeEach
  void begin() {
    folder = RunFolder.create(dir.resolve("run"));
    folder.writeConfig(
        new RunConfig(
            TrainingConfig.recipe("lenet", "digits")
                .withNoise(NoiseOptions.augmented(0.5, 2, NoiseMode.FRESH)),
            new DataFacts(1000, 20, 28, 1, 10, "0".repeat(64), "0".repeat(64)),
            Environment.current(1)));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private static EpochMetrics row(int epoch) {
    double x = 1.0 / epoch;
    return new EpochMetrics(epoch, x, x / 3, x / 7, 1 - x, x + 1, 1 - x / 2, 1e-3 * x, 20);
  }

  private static List<EpochMetrics> rows(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(TensorBoardTest::row).toList();
  }

  private List<Event> events() throws IOException {
    return EventReader.read(folder.events());
  }

  @Test
  void everyEpochsFiguresAreThereOnce() throws IOException {
    double before = System.currentTimeMillis() / 1000.0;
    for (int epochs = 0; epochs <= 300; epochs += 100) {
      folder.writeMetrics(rows(epochs));
      TensorBoard.updateEpochs(folder);
    }
    List<Event> events = events();
    assertThat(events).hasSize(301);
    Event first = events.get(0);
    assertThat(first.version()).isEqualTo("brain.Event:2");
    assertThat(first.wallTime()).isBetween(before, before + 60);
    for (int epoch = 1; epoch <= 300; epoch++) {
      Event event = events.get(epoch);
      EpochMetrics m = row(epoch);
      assertThat(event.step()).isEqualTo(epoch);
      assertThat(event.wallTime()).isCloseTo(first.wallTime() + 20.0 * epoch, within(1e-3));
      assertThat(event.values())
          .containsOnlyKeys(
              "loss/train",
              "loss/train_empirical",
              "loss/train_expectation",
              "loss/valid",
              "accuracy/train",
              "accuracy/valid",
              "learning_rate",
              "images_per_second")
          .containsEntry("loss/train", (float) m.trainLoss())
          .containsEntry("loss/train_empirical", (float) m.trainLossEmpirical())
          .containsEntry("loss/train_expectation", (float) m.trainLossExpectation())
          .containsEntry("loss/valid", (float) m.validLoss())
          .containsEntry("accuracy/train", (float) m.trainAccuracy())
          .containsEntry("accuracy/valid", (float) m.validAccuracy())
          .containsEntry("learning_rate", (float) m.learningRate())
          // 900 of 1000 images, thrice each, in 20 seconds
          .containsEntry("images_per_second", 135f);
    }
  }

  @Test
  void withoutValidationThereIsNoCurveOfIt() throws IOException {
    double nan = Double.NaN;
    folder.writeMetrics(List.of(new EpochMetrics(1, 1, 1, 0, 0.5, nan, nan, 0.1, 0)));
    TensorBoard.updateEpochs(folder);
    assertThat(events().get(1).values())
        .containsKeys("loss/train", "accuracy/train")
        .doesNotContainKeys("loss/valid", "accuracy/valid", "images_per_second");
  }

  /** Cut at every byte, or with foreign bytes in it, the file comes back as it was. */
  @Test
  void anUpdateMendsWhateverAKillLeft() throws IOException {
    folder.writeMetrics(rows(3));
    TensorBoard.updateEpochs(folder);
    byte[] whole = Files.readAllBytes(folder.events());
    for (int cut = 21; cut < whole.length; cut++) {
      Files.write(folder.events(), Arrays.copyOf(whole, cut));
      TensorBoard.updateEpochs(folder);
      assertThat(folder.events()).hasBinaryContent(whole);
    }
    byte[] wrong = whole.clone();
    wrong[whole.length / 2] ^= 1;
    Files.write(folder.events(), wrong);
    TensorBoard.updateEpochs(folder);
    assertThat(folder.events()).hasBinaryContent(whole);

    Files.write(folder.events(), new byte[5]);
    TensorBoard.updateEpochs(folder);
    assertThat(events()).hasSize(4);
  }

  @Test
  void whatIsThereIsNotWrittenAgain() throws IOException {
    folder.writeMetrics(rows(1));
    TensorBoard.updateEpochs(folder);
    Object file = Files.getAttribute(folder.events(), "unix:ino");
    byte[] before = Files.readAllBytes(folder.events());
    folder.writeMetrics(rows(2));
    TensorBoard.updateEpochs(folder);
    assertThat(Files.getAttribute(folder.events(), "unix:ino"))
        .as("a reader's open file is the one that grows")
        .isEqualTo(file);
    assertThat(Files.readAllBytes(folder.events())).startsWith(before);
  }

  @Test
  void theEndAddsTheTestAndMoreEpochsTakeItsPlace() throws IOException {
    folder.writeMetrics(rows(2));
    folder.writeEvaluation(
        new Summary(null, null, null, 2, 2, 40, "0".repeat(64)),
        new Evaluation(
            0.98,
            0.9,
            0.8,
            List.of(new RobustnessPoint(0, 1, 0.98), new RobustnessPoint(0.5, 0.75, 0.5))));
    TensorBoard.update(folder);
    List<Event> events = events();
    assertThat(events).hasSize(6);
    assertThat(events.get(3).values())
        .containsEntry("accuracy/test", 0.98f)
        .containsEntry("robustness/mean_label", 0.8f)
        .containsEntry("robustness/mean_prediction", 0.9f);
    assertThat(events.get(5).step()).isEqualTo(500);
    assertThat(events.get(5).values())
        .containsEntry("robustness/label_by_sigma_in_thousandths", 0.5f)
        .containsEntry("robustness/prediction_by_sigma_in_thousandths", 0.75f);

    folder.writeMetrics(rows(3));
    TensorBoard.updateEpochs(folder);
    assertThat(events()).hasSize(4);
    assertThat(events().get(0)).isEqualTo(events.get(0));
  }
}
