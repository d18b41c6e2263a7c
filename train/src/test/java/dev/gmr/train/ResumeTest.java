package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gmr.nn.ExpectedLoss;
import dev.gmr.nn.Workers;
import dev.gmr.train.TestRuns.Outcome;
import dev.gmr.train.run.LossOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RateOptions;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.ScheduleOptions;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import dev.gmr.train.run.TransformOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that was stopped or killed ends in the bytes of the run that was not. */
class ResumeTest {
  @TempDir private Path dir;

  static Stream<Arguments> stops() {
    TrainingConfig small = TestRuns.small();
    // four steps an epoch, eight with one noisy copy of each image
    return Stream.of(
        arguments("plain", small, List.of(1, 2, 3, 4, 5, 6, 7, 8)),
        arguments("regularized", small.withNoise(TestRuns.REGULARIZED), List.of(1, 4, 7)),
        arguments(
            "fresh, sgd",
            small.withNoise(TestRuns.FRESH).withOptimizer(TestRuns.sgd(0.01)),
            List.of(3, 8, 11)),
        arguments("batch norm, sgd", normalised(), List.of(1, 4, 6)),
        arguments(
            "crop, flip, cosine, warm-up, smoothed labels",
            small
                .withNoise(TestRuns.REGULARIZED)
                .withTransform(new TransformOptions(2, true))
                .withSchedule(new ScheduleOptions(2, 0, 1, 0))
                .withRate(new RateOptions(RateSchedule.COSINE, 0.6))
                .withLoss(new LossOptions(ExpectedLoss.PSEUDO, 0.1)),
            List.of(1, 2, 4, 7)),
        arguments(
            "fresh, crop, plateau, warm-up",
            small
                .withNoise(TestRuns.FRESH)
                .withTransform(new TransformOptions(1, false))
                .withSchedule(new ScheduleOptions(2, 1, 0.5, 0))
                .withRate(new RateOptions(RateSchedule.PLATEAU, 1.5)),
            List.of(3, 8, 11)),
        arguments("frozen", small.withNoise(TestRuns.FROZEN), List.of(2, 13, 16)));
  }

  private static TrainingConfig normalised() {
    TrainingConfig small = TestRuns.small();
    return TrainingConfig.recipe("resnet8", "digits")
        .withSeed(3)
        .withData(small.data())
        .withNoise(TestRuns.REGULARIZED)
        .withOptimizer(TestRuns.sgd(0.05))
        .withSchedule(small.schedule());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stops")
  void stopAndResume(String name, TrainingConfig config, List<Integer> stops) throws IOException {
    Path whole = dir.resolve("whole");
    TestRuns.train(whole, config, 2);
    Outcome expected = Outcome.of(whole);
    assertThat(expected.metrics()).hasSize(3);
    for (int step : stops) {
      Path root = dir.resolve("stopped-" + step);
      assertThat(TestRuns.begin(root, config, 2, step, (folder, epoch) -> {})).isEmpty();
      assertThat(root.resolve("state.safetensors")).exists();
      assertThat(TestRuns.resume(root, config, 1, TestRuns.NEVER)).isPresent();
      assertThat(Outcome.of(root)).as("%s, stopped after step %d", name, step).isEqualTo(expected);
    }
  }

  @Test
  void stopAtEveryStepOfOneRun() throws IOException {
    TrainingConfig config = TestRuns.small().withNoise(TestRuns.REGULARIZED);
    Path whole = dir.resolve("whole");
    TestRuns.train(whole, config, 1);
    Path root = dir.resolve("stuttering");
    Optional<?> end = TestRuns.begin(root, config, 2, 1, (folder, epoch) -> {});
    int resumed = 0;
    while (end.isEmpty()) {
      end = TestRuns.resume(root, config, 2, 1);
      resumed++;
    }
    assertThat(resumed).isEqualTo(8);
    assertThat(Outcome.of(root)).isEqualTo(Outcome.of(whole));
  }

  /** Each file of an epoch's end is whole or old; the state, written last, says which counts. */
  @Test
  void crashBetweenTheWritesOfAnEpoch() throws IOException {
    TrainingConfig config = TestRuns.small().withEpochs(3);
    Path whole = dir.resolve("whole");
    TestRuns.begin(
        whole,
        config,
        2,
        TestRuns.NEVER,
        (folder, epoch) -> {
          try {
            TestRuns.copy(whole, dir.resolve("epoch-" + epoch));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    Outcome expected = Outcome.of(whole);
    Path one = dir.resolve("epoch-1");
    Path two = dir.resolve("epoch-2");
    assertThat(Outcome.of(two).best())
        .as("the second epoch writes all files")
        .isNotEqualTo(Outcome.of(one).best());
    Path none = Files.createDirectory(dir.resolve("epoch-0"));
    Files.copy(whole.resolve("config.json"), none.resolve("config.json"));
    List<String> order = List.of("best.safetensors", "last.safetensors", "metrics.csv");
    for (Path[] step : new Path[][] {{none, one}, {one, two}}) {
      for (int written = 0; written <= order.size(); written++) {
        Path root = dir.resolve(step[1].getFileName() + "-crashed-" + written);
        TestRuns.copy(step[0], root);
        for (String file : order.subList(0, written)) {
          Files.copy(
              step[1].resolve(file), root.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        String torn = written < 3 ? order.get(written) : "state.safetensors";
        Files.writeString(root.resolve("." + torn + ".tmp"), "half of it");
        TestRuns.resume(root, config, 2, TestRuns.NEVER);
        assertThat(Outcome.of(root)).as(root.toString()).isEqualTo(expected);
      }
    }
  }

  @Test
  void moreEpochsAreTheSameAsAllAtOnce() throws IOException {
    TrainingConfig config = TestRuns.small();
    Path whole = dir.resolve("whole");
    TestRuns.train(whole, config.withEpochs(3), 2);
    Path root = dir.resolve("raised");
    TestRuns.train(root, config, 2);
    TestRuns.resume(root, config.withEpochs(3), 2, TestRuns.NEVER);
    assertThat(Outcome.of(root)).isEqualTo(Outcome.of(whole));
  }

  @Test
  void resumingAFinishedRunSaysThatNothingIsLeft() {
    TrainingConfig whole = TestRuns.small();
    // a rate that rounds every update away: the first epoch stays the best
    TrainingConfig stuck =
        whole
            .withOptimizer(new OptimizerOptions(OptimizerKind.SGD, 0x1p-100, 0, 0, 50))
            .withSchedule(new ScheduleOptions(9, 0, 1, 2));
    assertThat(toldOnResuming(whole)).containsExactly("2 false");
    assertThat(toldOnResuming(stuck)).containsExactly("3 true");
  }

  private List<String> toldOnResuming(TrainingConfig config) {
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void begin(int totalEpochs, int stepsPerEpoch, long resumedAtStep) {
            told.add("begin");
          }

          @Override
          public void nothingLeft(int epochs, boolean early) {
            told.add(epochs + " " + early);
          }
        };
    Path root = dir.resolve(config.optimizer().kind().name());
    TestRuns.train(root, config, 1);
    try (RunFolder folder = RunFolder.open(root);
        Workers workers = new Workers(1)) {
      Trainer trainer =
          new Trainer(
              config, TestRuns.digits(120, 20), folder, workers, listener, StopSignal.manual());
      trainer.resume();
      assertThat(trainer.run()).isPresent();
    }
    return told;
  }

  @Test
  void resumeMendsTheMetricsOfAFinishedRun() throws IOException {
    Path root = dir.resolve("run");
    TestRuns.train(root, TestRuns.small(), 2);
    Outcome expected = Outcome.of(root);
    Files.writeString(root.resolve("metrics.csv"), "torn,");
    TestRuns.resume(root, TestRuns.small(), 2, TestRuns.NEVER);
    assertThat(Outcome.of(root)).isEqualTo(expected);
  }
}
