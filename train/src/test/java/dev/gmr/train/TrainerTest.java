package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.ExpectedLoss;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.TestRuns.Outcome;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.LossOptions;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RateOptions;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.ScheduleOptions;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TransformOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
  @TempDir private Path dir;

  private Path run(String name) {
    return dir.resolve(name);
  }

  private static UserError refusal(ThrowingCallable action) {
    UserError e = catchThrowableOfType(UserError.class, action);
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).hasLineCount(1);
    return e;
  }

  static Stream<NoiseOptions> noises() {
    return Stream.of(NoiseOptions.plain(), TestRuns.REGULARIZED, TestRuns.FRESH);
  }

  @ParameterizedTest
  @MethodSource("noises")
  void sameBytesForAnyNumberOfThreadsAndAgain(NoiseOptions noise) throws IOException {
    TrainingConfig config = TestRuns.small().withNoise(noise);
    Summary first = TestRuns.train(run("first"), config, 1);
    Outcome expected = Outcome.of(run("first"));
    assertThat(first.weightsSha256()).isEqualTo(expected.best());
    for (int threads = 1; threads <= 3; threads++) {
      TestRuns.train(run("threads-" + threads), config, threads);
      assertThat(Outcome.of(run("threads-" + threads)))
          .as("%d threads", threads)
          .isEqualTo(expected);
    }
    TestRuns.train(run("other-seed"), config.withSeed(4), 2);
    assertThat(Outcome.of(run("other-seed")).best()).isNotEqualTo(expected.best());
  }

  /** Each option changes the weights; without it they are those of the run that knows none. */
  @Test
  void everyVariantTrainsOtherWeights() throws IOException {
    TrainingConfig plain = TestRuns.small().withNoise(TestRuns.REGULARIZED);
    TrainingConfig still = plain.withSchedule(new ScheduleOptions(2, 0, 1, 0));
    List<TrainingConfig> variants =
        List.of(
            plain,
            plain.withLoss(new LossOptions(ExpectedLoss.MSE, 0)),
            plain.withLoss(new LossOptions(ExpectedLoss.PSEUDO, 0)),
            plain.withLoss(new LossOptions(ExpectedLoss.CE, 0.1)),
            plain.withTransform(new TransformOptions(2, false)),
            plain.withTransform(new TransformOptions(0, true)),
            plain.withRate(new RateOptions(RateSchedule.PLATEAU, 0.5)),
            still.withRate(new RateOptions(RateSchedule.COSINE, 0)));
    Set<String> weights = new HashSet<>();
    for (int i = 0; i < variants.size(); i++) {
      TestRuns.train(run("v" + i), variants.get(i), 2);
      weights.add(Outcome.of(run("v" + i)).last());
      TestRuns.train(run("w" + i), variants.get(i), 1);
      assertThat(Outcome.of(run("w" + i))).as("threads").isEqualTo(Outcome.of(run("v" + i)));
    }
    assertThat(weights).hasSameSizeAs(variants);
  }

  /** The loss's parts: the sum of the parts by weight is the loss, smoothed or not. */
  @Test
  void metricsHoldTheRateOfTheLastStepAndTheParts() {
    TrainingConfig config =
        TestRuns.small()
            .withNoise(NoiseOptions.regularized(0.5, 0.25))
            .withSchedule(new ScheduleOptions(2, 0, 1, 0))
            .withRate(new RateOptions(RateSchedule.COSINE, 0.25))
            .withLoss(new LossOptions(ExpectedLoss.MSE, 0.1));
    TestRuns.train(run("a"), config, 2);
    try (RunFolder folder = RunFolder.open(run("a"))) {
      List<EpochMetrics> rows = folder.readMetrics();
      // four steps an epoch, one of warm-up: steps 3 and 7 from 0, of the cosine's 7
      double[] rates = {2 / 7.0, 6 / 7.0};
      for (int e = 0; e < 2; e++) {
        double rate = 1e-3 * 0.5 * (1 + Math.cos(Math.PI * rates[e]));
        assertThat(rows.get(e).learningRate()).isCloseTo(rate, within(1e-18));
        assertThat(rows.get(e).trainLoss())
            .isCloseTo(
                rows.get(e).trainLossEmpirical() + 0.25 * rows.get(e).trainLossExpectation(),
                within(1e-12));
      }
    }
  }

  @Test
  void aBatchLargerThanTheSetIsOneStepOfAllImages() throws IOException {
    TrainingConfig config = TestRuns.small();
    TestRuns.train(run("all"), config.withOptimizer(adam(100)), 2);
    TestRuns.train(run("more"), config.withOptimizer(adam(Integer.MAX_VALUE)), 2);
    assertThat(Outcome.of(run("more"))).isEqualTo(Outcome.of(run("all")));
  }

  private static OptimizerOptions adam(int batchSize) {
    return new OptimizerOptions(OptimizerKind.ADAM, 1e-3, 0, 0, batchSize);
  }

  @Test
  void metricsSayWhatHappened() {
    Summary summary = TestRuns.train(run("a"), TestRuns.small().withEpochs(6), 2);
    try (RunFolder folder = RunFolder.open(run("a"))) {
      List<EpochMetrics> rows = folder.readMetrics();
      assertThat(rows).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(rows.getLast().trainLoss()).isLessThan(rows.getFirst().trainLoss());
      assertThat(rows).allSatisfy(r -> assertThat(r.trainLossExpectation()).isZero());
      assertThat(rows).allSatisfy(r -> assertThat(r.trainLoss()).isEqualTo(r.trainLossEmpirical()));
      EpochMetrics best = rows.get(summary.bestEpoch() - 1);
      assertThat(rows)
          .allSatisfy(r -> assertThat(r.validLoss()).isGreaterThanOrEqualTo(best.validLoss()));
    }
  }

  @Test
  void withoutValidationTheLastWeightsAreTheBest() throws IOException {
    TrainingConfig config = TestRuns.small().withData(new DataOptions("digits", null, 0, 100, 20));
    Summary summary = TestRuns.train(run("a"), config, 2);
    Outcome outcome = Outcome.of(run("a"));
    assertThat(outcome.best()).isEqualTo(outcome.last());
    assertThat(summary.bestEpoch()).isEqualTo(2);
    assertThat(outcome.metrics().getLast()).contains(",NaN,NaN,");
  }

  /** A rate that rounds every update away leaves the validation loss where it is. */
  @Test
  void plateausLowerTheRateAndEndTheRun() {
    TrainingConfig config =
        TestRuns.small()
            .withOptimizer(new OptimizerOptions(OptimizerKind.SGD, 0x1p-100, 0, 0, 50))
            .withSchedule(new ScheduleOptions(50, 2, 0.5, 5));
    Summary summary = TestRuns.train(run("a"), config, 2);
    assertThat(summary.bestEpoch()).isEqualTo(1);
    assertThat(summary.epochs()).isEqualTo(6);
    try (RunFolder folder = RunFolder.open(run("a"))) {
      assertThat(folder.readMetrics())
          .extracting(EpochMetrics::learningRate)
          .containsExactly(0x1p-100, 0x1p-100, 0x1p-100, 0x1p-101, 0x1p-101, 0x1p-102);
    }
  }

  @Test
  void divergenceNamesEpochStepAndRate() {
    TrainingConfig config = TestRuns.small().withOptimizer(TestRuns.sgd(1e25));
    UserError e = refusal(() -> TestRuns.train(run("a"), config, 2));
    assertThat(e.exitCode()).isEqualTo(4);
    assertThat(e)
        .hasMessageMatching(
            "the loss became (NaN|Infinity) in epoch 1, step [2-4], at learning rate 1.0E25;"
                + " train again with a smaller --lr \\(usually at most 0.1\\)");
    assertThat(run("a").resolve("best.safetensors")).doesNotExist();
  }

  /** The last step of an epoch has no loss behind it that would show the damage. */
  @Test
  void anUpdateThatOverflowsIsNotSaved() {
    TrainingConfig config =
        TestRuns.small()
            .withData(new DataOptions("digits", null, 0, 50, 20))
            .withNoise(new NoiseOptions(0, 0, 1e6, 0, NoiseMode.FRESH))
            .withOptimizer(new OptimizerOptions(OptimizerKind.SGD, 3e38, 0.9, 0, 50));
    UserError e = refusal(() -> TestRuns.train(run("a"), config, 2));
    assertThat(e.exitCode()).isEqualTo(4);
    assertThat(e.getMessage())
        .startsWith("the value of a weight became ")
        .contains("epoch 1, step 1");
    assertThat(run("a").resolve("last.safetensors")).doesNotExist();
  }

  /** Adam divides by an infinite root from then on: no loss would ever tell. */
  @Test
  void momentsThatOverflowAreNotSaved() {
    TrainingConfig config =
        TestRuns.small().withNoise(new NoiseOptions(0, 0, 1e30, 0, NoiseMode.FRESH));
    UserError e = refusal(() -> TestRuns.train(run("a"), config, 2));
    assertThat(e.exitCode()).isEqualTo(4);
    assertThat(e)
        .hasMessage(
            "the optimizer's exp_avg_sq became Infinity in epoch 1, step 4, at learning rate 0.001;"
                + " train again with a smaller --empirical (usually at most 20)");
    assertThat(run("a").resolve("state.safetensors")).doesNotExist();
  }

  /** Before the first update the learning rate cannot be to blame. */
  @Test
  void divergenceOfTheNoiseNamesSigma() {
    TrainingConfig config =
        TestRuns.small()
            .withNoise(NoiseOptions.regularized(1e25, 1))
            .withOptimizer(TestRuns.sgd(10));
    UserError e = refusal(() -> TestRuns.train(run("a"), config, 2));
    assertThat(e.exitCode()).isEqualTo(4);
    assertThat(e)
        .hasMessageMatching(
            "the loss became (NaN|Infinity) in epoch 1, step 1, at learning rate 10.0; train again"
                + " with a smaller --sigma \\(usually at most 20\\)");
  }

  @Test
  void theFolderOfARunThatDivergedAtOnceIsTakenAgain() throws IOException {
    TrainingConfig diverging = TestRuns.small().withOptimizer(TestRuns.sgd(1e25));
    refusal(() -> TestRuns.train(run("a"), diverging, 2));
    TestRuns.train(run("a"), TestRuns.small(), 2);
    TestRuns.train(run("b"), TestRuns.small(), 2);
    assertThat(Outcome.of(run("a"))).isEqualTo(Outcome.of(run("b")));
    assertThat(refusal(() -> TestRuns.train(run("a"), TestRuns.small(), 2)).getMessage())
        .contains("holds a run already");
  }

  @Test
  void divergenceLeavesTheFilesOfTheLastEpoch() throws IOException {
    TrainingConfig config = TestRuns.small().withOptimizer(TestRuns.sgd(0.01)).withEpochs(1);
    TestRuns.train(run("a"), config, 2);
    replace(
        "a", "numbers", t -> new Tensor.F64(new int[] {6}, with(((Tensor.F64) t).data(), 4, 1e25)));
    Outcome before = Outcome.of(run("a"));
    byte[] state = Files.readAllBytes(run("a").resolve("state.safetensors"));
    UserError e = refusal(() -> TestRuns.resume(run("a"), config.withEpochs(2), 2, TestRuns.NEVER));
    assertThat(e.getMessage())
        .contains("epoch 2")
        .contains("1.0E25")
        .endsWith(" and another --out: %s keeps what was saved".formatted(run("a")));
    assertThat(Outcome.of(run("a"))).isEqualTo(before);
    assertThat(run("a").resolve("state.safetensors")).hasBinaryContent(state);
  }

  private static double[] with(double[] values, int index, double value) {
    double[] copy = values.clone();
    copy[index] = value;
    return copy;
  }

  private void replace(String name, String tensor, UnaryOperator<Tensor> change) {
    Path file = run(name).resolve("state.safetensors");
    Safetensors old = Safetensors.read(file);
    Map<String, Tensor> tensors = new TreeMap<>(old.tensors());
    tensors.put(tensor, change.apply(tensors.get(tensor)));
    new Safetensors(tensors, old.metadata()).write(file, "try again");
  }

  static Stream<Arguments> impossible() {
    TrainingConfig small = TestRuns.small();
    return Stream.of(
        arguments(
            small.withData(new DataOptions("digits", null, 0.999, 120, 20)),
            "a validation fraction of 0.999 leaves none of 120 images to train on;"
                + " lower --valid-fraction or use more images"),
        arguments(
            small.withNoise(NoiseOptions.augmented(0.5, 2_000_000_000, NoiseMode.FRESH)),
            "--augmentation 2000000000 of 120 images makes too many for an epoch;"
                + " at most 17895696 fit"),
        arguments(
            small.withTransform(new TransformOptions(12, false)),
            "--crop 12 leaves nothing of some images of 12 x 12; expected at most 11"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void refusesWhatCannotBeTrained(TrainingConfig config, String message) {
    UserError e = refusal(() -> TestRuns.train(run("a"), config, 2));
    assertThat(e).hasMessage(message);
    assertThat(e.exitCode()).isEqualTo(2);
  }

  /** Damages a run's state. */
  interface Damage {
    void to(TrainerTest test, Path state) throws IOException;
  }

  private static Damage counter(int index, long value) {
    return (test, state) ->
        test.replace(
            "a",
            "counters",
            t -> {
              long[] counters = ((Tensor.I64) t).data().clone();
              counters[index] = value;
              return new Tensor.I64(new int[] {counters.length}, counters);
            });
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        arguments(
            (Damage)
                (test, state) -> {
                  byte[] bytes = Files.readAllBytes(state);
                  Files.write(state, Arrays.copyOf(bytes, bytes.length / 2));
                },
            "is not a safetensors file: tensor "),
        arguments(
            (Damage) (test, state) -> Files.write(state, new byte[0]),
            "is not a safetensors file: it has 0 bytes"),
        arguments(
            (Damage)
                (test, state) ->
                    test.replace(
                        "a", "model.fc2.bias", t -> new Tensor.F32(new int[] {5}, new float[5])),
            "tensor \"model.fc2.bias\" is F32 [5]; expected F32 [10]"),
        arguments(
            (Damage)
                (test, state) ->
                    Files.copy(
                        state.resolveSibling("best.safetensors"),
                        state,
                        StandardCopyOption.REPLACE_EXISTING),
            "tensor \"model.conv1.weight\" is missing"),
        arguments(
            (Damage)
                (test, state) ->
                    test.replace(
                        "a",
                        "exp_avg.fc2.bias",
                        t -> {
                          float[] bias = ((Tensor.F32) t).data().clone();
                          bias[3] = Float.NaN;
                          return new Tensor.F32(new int[] {10}, bias);
                        }),
            "is damaged: tensor \"exp_avg.fc2.bias\" holds NaN"),
        arguments(
            (Damage)
                (test, state) ->
                    Files.write(state.resolveSibling("best.safetensors"), new byte[99]),
            "best.safetensors is not a safetensors file: "),
        arguments(
            (Damage) (test, state) -> Files.delete(state.resolveSibling("best.safetensors")),
            "best.safetensors is missing; the best weights so far are lost"),
        arguments(counter(0, 0), "is damaged: it stands in epoch 0"),
        arguments(counter(0, 9), "tensor \"metrics\" is F64 [1, 9]; expected F64 [8, 9]"),
        arguments(counter(1, -1), "is damaged: it counts -1"),
        arguments(
            counter(1, 4), "stands at step 4 of 4 with 0 images and 4 updates, which does not fit"),
        arguments(counter(3, 7), "stands at step 0 of 4 with 7 images and 4 updates"),
        arguments(counter(4, 5), "stands at step 0 of 4 with 0 images and 5 updates"),
        arguments(counter(4, Long.MAX_VALUE), "is damaged: it counts 9223372036854775807"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void refusesADamagedState(Damage damage, String message) throws IOException {
    TestRuns.train(run("a"), TestRuns.small().withEpochs(1), 2);
    damage.to(this, run("a").resolve("state.safetensors"));
    UserError e = refusal(() -> TestRuns.resume(run("a"), TestRuns.small(), 2, TestRuns.NEVER));
    assertThat(e.exitCode()).isEqualTo(3);
    assertThat(e.getMessage()).contains(message);
  }

  @Test
  void refusesTheStateOfAnotherBatchSize() {
    TestRuns.train(run("a"), TestRuns.small().withEpochs(1), 2);
    TrainingConfig other = TestRuns.small().withOptimizer(adam(50));
    UserError e = refusal(() -> TestRuns.resume(run("a"), other, 2, TestRuns.NEVER));
    assertThat(e.exitCode()).isEqualTo(3);
    assertThat(e.getMessage()).contains("with 0 images and 4 updates, which does not fit");
  }

  @Test
  void refusesTheStateOfAnotherOptimizer() {
    TestRuns.train(run("a"), TestRuns.small().withEpochs(1), 2);
    TrainingConfig other = TestRuns.small().withOptimizer(TestRuns.sgd(0.01));
    UserError e = refusal(() -> TestRuns.resume(run("a"), other, 2, TestRuns.NEVER));
    assertThat(e.getMessage()).contains("tensor \"momentum_buffer.conv1.weight\" is missing");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    TestRuns.train(run("a"), TestRuns.small().withEpochs(1), 2);
    try (Workers workers = new Workers(1)) {
      var colour = ImageSet.wrap(32, 32, 3, 10, new byte[32 * 32 * 3], new byte[1]);
      Network other = Models.plan(Architecture.builtIn("lenet"), colour, Capacity.full(1), workers);
      UserError e = refusal(() -> Weights.read(run("a").resolve("best.safetensors"), other));
      assertThat(e.getMessage()).contains("\"conv1.weight\" is F32 [32, 1, 5, 5]; expected F32");
    }
  }
}
