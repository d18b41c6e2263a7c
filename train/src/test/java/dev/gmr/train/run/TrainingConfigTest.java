package dev.gmr.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.Layer;
import dev.gmr.train.io.UserError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {
  private static NoiseOptions noise(double sigma, double expectation, int augmentation) {
    return new NoiseOptions(sigma, expectation, 1, augmentation, NoiseMode.FRESH);
  }

  private static OptimizerOptions adam(double learningRate, double weightDecay, int batchSize) {
    return new OptimizerOptions(OptimizerKind.ADAM, learningRate, 0, weightDecay, batchSize);
  }

  private static TrainingConfig own(String model, Architecture architecture) {
    TrainingConfig c = TrainingConfig.recipe("lenet", "digits");
    return new TrainingConfig(
        model, architecture, 0, c.data(), c.noise(), c.optimizer(), c.schedule());
  }

  private static Arguments refused(ThrowingCallable made, String message) {
    return arguments(made, message);
  }

  static Stream<Arguments> wrong() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    String zeroOrMore = "; expected a finite number, 0 or more";
    String aboveZero = "; expected a finite number above 0";
    String fraction = "; expected a number from 0 up to, but not including, 1";
    return Stream.of(
        refused(() -> noise(nan, 1, 0), "--sigma is NaN" + zeroOrMore),
        refused(() -> noise(-0.5, 1, 0), "--sigma is -0.5" + zeroOrMore),
        refused(() -> noise(infinite, 1, 0), "--sigma is Infinity" + zeroOrMore),
        refused(() -> noise(0.5, nan, 0), "--expectation is NaN" + zeroOrMore),
        refused(
            () -> noise(0.5, 0, -1), "--augmentation is -1; expected a whole number, 0 or more"),
        refused(
            () -> new NoiseOptions(0, 0, -1, 0, NoiseMode.FRESH),
            "--empirical is -1.0" + zeroOrMore),
        refused(
            () -> noise(0.5, 1, 5),
            "--expectation 1.0 and --augmentation 5 exclude each other; keep one of them"),
        refused(
            () -> noise(0, 1, 0),
            "--expectation 1.0 needs noise; add --sigma, for example --sigma 0.5"),
        refused(
            () -> noise(0, 0, 5),
            "--augmentation 5 needs noise; add --sigma, for example --sigma 0.5"),
        refused(
            () -> noise(0.5, 0, 0),
            "--sigma 0.5 has no effect alone; add --expectation (for example 1) or --augmentation"
                + " (for example 5), or leave --sigma away"),
        refused(
            () -> new NoiseOptions(0, 0, 1, 0, NoiseMode.FROZEN),
            "--noise frozen has no effect alone; add --augmentation, for example --augmentation 5"),
        refused(
            () -> new NoiseOptions(0, 0, 0, 0, NoiseMode.FRESH),
            "--empirical 0 leaves nothing to minimise; raise it or add --expectation"),
        refused(() -> adam(0, 0, 1), "--lr is 0.0" + aboveZero),
        refused(() -> adam(nan, 0, 1), "--lr is NaN" + aboveZero),
        refused(() -> adam(infinite, 0, 1), "--lr is Infinity" + aboveZero),
        refused(() -> adam(1, -1, 1), "--weight-decay is -1.0" + zeroOrMore),
        refused(() -> adam(1, 0, 0), "--batch-size is 0; expected a whole number, 1 or more"),
        refused(
            () -> new OptimizerOptions(OptimizerKind.SGD, 1, 1, 0, 1),
            "--momentum is 1.0" + fraction),
        refused(
            () -> new OptimizerOptions(OptimizerKind.ADAM, 1, 0.9, 0, 1),
            "--momentum 0.9 belongs to --optimizer sgd; leave it away with adam"),
        refused(
            () -> new ScheduleOptions(0, 1, 1, 1),
            "--epochs is 0; expected a whole number, 1 or more"),
        refused(
            () -> new ScheduleOptions(1, -1, 1, 1),
            "--patience is -1; expected a whole number, 0 or more"),
        refused(
            () -> new ScheduleOptions(1, 1, nan, 1),
            "--lr-factor is NaN; expected a number above 0, at most 1"),
        refused(
            () -> new ScheduleOptions(1, 1, 1.5, 1),
            "--lr-factor is 1.5; expected a number above 0, at most 1"),
        refused(
            () -> new ScheduleOptions(1, 1, 1, -1),
            "--stop-patience is -1; expected a whole number, 0 or more"),
        refused(
            () -> new DataOptions("digits", null, 1, 0, 0), "--valid-fraction is 1.0" + fraction),
        refused(
            () -> new DataOptions("digits", null, nan, 0, 0), "--valid-fraction is NaN" + fraction),
        refused(
            () -> new DataOptions("digits", null, 0, -1, 0),
            "--limit is -1; expected a whole number, 0 or more"),
        refused(
            () -> new DataOptions("digits", null, 0, 0, -1),
            "--test-limit is -1; expected a whole number, 0 or more"),
        refused(
            () -> Recipe.of("lenet5"),
            "--model is lenet5; expected lenet, alexnet, vgg16, resnet8, resnet20, resnet56,"
                + " resnet110 or a file ending in .json"),
        refused(() -> own("my.json", null), "--model is my.json, but its architecture is missing"),
        refused(
            () -> own("lenet", Architecture.builtIn("lenet")),
            "--model is lenet, which is built in, but has an architecture"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhichOptionIsWrong(ThrowingCallable made, String message) {
    assertThatThrownBy(made)
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessage(message);
  }

  @Test
  void acceptsTheThreeWaysOfTraining() {
    assertThatCode(
            () -> {
              NoiseOptions.plain();
              NoiseOptions.regularized(0.5, 1);
              NoiseOptions.augmented(0.5, 5, NoiseMode.FROZEN);
              new NoiseOptions(0.5, 1, 0, 0, NoiseMode.FRESH);
            })
        .doesNotThrowAnyException();
  }

  /** Alfadly, Bibi and Ghanem 2019: LeNet. */
  @Test
  void lenetHasThePapersRecipe() {
    TrainingConfig config = TrainingConfig.recipe("lenet", "mnist");

    assertThat(config.optimizer())
        .isEqualTo(new OptimizerOptions(OptimizerKind.ADAM, 1e-4, 0, 0, 1000));
    assertThat(config.schedule()).isEqualTo(new ScheduleOptions(100, 3, 0.9, 10));
    assertThat(config.data()).isEqualTo(new DataOptions("mnist", null, 0.1, 0, 0));
    assertThat(config.noise()).isEqualTo(NoiseOptions.plain());
    assertThat(config.seed()).isZero();
  }

  /** Alfadly, Bibi and Ghanem 2019: AlexNet. */
  @Test
  void alexnetHasThePapersRecipe() {
    TrainingConfig config = TrainingConfig.recipe("alexnet", "cifar10");

    assertThat(config.optimizer())
        .isEqualTo(new OptimizerOptions(OptimizerKind.SGD, 0.1, 0.9, 5e-4, 128));
    assertThat(config.schedule()).isEqualTo(new ScheduleOptions(100, 5, 0.5, 20));
  }

  /** Alfadly, Bibi and Ghanem 2019: VGG16. */
  @Test
  void vgg16HasThePapersRecipe() {
    TrainingConfig config = TrainingConfig.recipe("vgg16", "cifar10");

    assertThat(config.optimizer())
        .isEqualTo(new OptimizerOptions(OptimizerKind.SGD, 0.1, 0.9, 5e-4, 256));
    assertThat(config.schedule()).isEqualTo(new ScheduleOptions(100, 5, 0.5, 20));
  }

  @Test
  void everyNetworkHasARecipeAndADescription() {
    for (String model : Recipe.models()) {
      TrainingConfig config = TrainingConfig.recipe(model, "cifar10");
      assertThat(config.network().name()).isEqualTo(config.model()).isEqualTo(model);
    }
    assertThat(Recipe.of("my.json").optimizer())
        .isEqualTo(new OptimizerOptions(OptimizerKind.ADAM, 1e-4, 0, 0, 128));
  }

  @Test
  void aDescriptionOfOnesOwnIsTheNetwork() {
    Architecture tiny = new Architecture("tiny", List.of(new Layer.Linear("fc", 0)));

    assertThat(own("my.json", tiny).withSeed(1).withEpochs(2).network()).isEqualTo(tiny);
  }

  @Test
  void anotherOptimizerKeepsTheRecipesBatchSize() {
    OptimizerOptions sgd = Recipe.of("lenet").optimizer(Optional.of(OptimizerKind.SGD));

    assertThat(sgd).isEqualTo(new OptimizerOptions(OptimizerKind.SGD, 0.01, 0.9, 5e-4, 1000));
  }
}
