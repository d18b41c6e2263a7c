package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Parameters;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
  private static final ImageSet IMAGES = TestRuns.digits(10, 60).test();

  @TempDir private Path dir;

  /** A third of LeNet's initial values would do: the predictions only have to vary. */
  private Path untrained() {
    try (Workers workers = new Workers(1)) {
      Network network =
          Models.plan(Architecture.builtIn("lenet"), IMAGES, Capacity.full(1), workers);
      network.parameters().initialize(Stream.INITIAL_VALUES.of(2));
      return write(network);
    }
  }

  private Path zeros() {
    try (Workers workers = new Workers(1)) {
      return write(Models.plan(Architecture.builtIn("lenet"), IMAGES, Capacity.full(1), workers));
    }
  }

  private Path write(Network network) {
    Path file = dir.resolve("weights.safetensors");
    Weights.of(network, Map.of()).write(file, "try again");
    return file;
  }

  private static Evaluation evaluate(Path weights, long seed, int points, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new Evaluator(Architecture.builtIn("lenet"), IMAGES, Normalization.GREY, workers)
          .evaluate(weights, seed, points, TrainingListener.NONE);
    }
  }

  /** L2 norm s' sqrt(d) in pixels, s' uniform within half a step of s. */
  @Test
  void noiseHasTheNormThatTheMethodNames() {
    int points = 6;
    double half = 0.05;
    int n = 60;
    byte[] pixels = new byte[n * 12 * 12 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7919);
    }
    ImageSet colour = ImageSet.wrap(12, 12, 3, 10, pixels, new byte[n]);
    Normalization normalization = Normalization.CIFAR10;
    float[] std = normalization.std();
    int d = colour.imageLength();
    float[] clean = new float[d];
    try (Workers workers = new Workers(2)) {
      Evaluator evaluator =
          new Evaluator(Architecture.builtIn("lenet"), colour, normalization, workers);
      for (int p = 0; p < points; p++) {
        evaluator.noise(1, p, points);
        float[] noisy = evaluator.load(0, n);
        double sum = 0;
        double sumOfSquares = 0;
        for (int i = 0; i < n; i++) {
          colour.normalizedInto(i, normalization, clean, 0);
          double squares = 0;
          for (int j = 0; j < d; j++) {
            double pixel = ((double) noisy[i * d + j] - clean[j]) * std[j % 3];
            squares += pixel * pixel;
          }
          double s = Math.sqrt(squares / d);
          // an image of about 2 keeps its noise to 2^-23; a mean of 432 such errors is far smaller
          double rounding = 1e-7;
          assertThat(s)
              .isBetween(Math.max(0, p * 0.1 - half) - rounding, p * 0.1 + half + rounding);
          sum += s;
          sumOfSquares += s * s;
        }
        if (p > 0) {
          // uniform on 2 half: deviation half / sqrt 3, and that of its estimate below 1 / sqrt n
          double deviation = half / Math.sqrt(3);
          double mean = sum / n;
          assertThat(mean).isCloseTo(p * 0.1, within(4 * deviation / Math.sqrt(n)));
          assertThat(Math.sqrt(sumOfSquares / n - mean * mean))
              .isCloseTo(deviation, within(4 * deviation / Math.sqrt(n)));
        }
      }
    }
  }

  @Test
  void directionsDifferByImageAndPoint() {
    try (Workers workers = new Workers(1)) {
      ImageSet same = IMAGES.select(new int[] {5, 5, 5});
      Evaluator evaluator =
          new Evaluator(Architecture.builtIn("lenet"), same, Normalization.GREY, workers);
      int d = same.imageLength();
      evaluator.noise(1, 3, 6);
      float[] three = evaluator.load(0, 3).clone();
      evaluator.noise(1, 4, 6);
      float[] four = evaluator.load(0, 3).clone();
      evaluator.noise(2, 3, 6);
      float[] otherSeed = evaluator.load(0, 3).clone();
      float[] clean = new float[d];
      same.normalizedInto(0, Normalization.GREY, clean, 0);
      float[][] all = {three, four, otherSeed};
      for (int a = 0; a < 9; a++) {
        for (int b = 0; b < a; b++) {
          double dot = 0;
          double aa = 0;
          double bb = 0;
          for (int j = 0; j < d; j++) {
            double x = all[a / 3][a % 3 * d + j] - clean[j];
            double y = all[b / 3][b % 3 * d + j] - clean[j];
            dot += x * y;
            aa += x * x;
            bb += y * y;
          }
          // the cosine of independent directions has standard deviation 1 / sqrt(d)
          assertThat(dot / Math.sqrt(aa * bb) * Math.sqrt(d)).isBetween(-4.0, 4.0);
        }
      }
    }
  }

  @Test
  void aConstantClassifierIsPerfectlyRobustAndKnowsNothing() {
    Evaluation e = evaluate(zeros(), 1, 30, 2);
    double zeroes = 0;
    for (int i = 0; i < IMAGES.size(); i++) {
      zeroes += IMAGES.label(i) == 0 ? 1 : 0;
    }
    double share = zeroes / IMAGES.size();
    assertThat(share).isBetween(0.01, 0.5);
    assertThat(e.accuracy()).isEqualTo(share);
    assertThat(e.points()).hasSize(30);
    assertThat(e.points())
        .allSatisfy(
            p -> {
              assertThat(p.rhoPrediction()).isEqualTo(1);
              assertThat(p.rhoLabel()).isEqualTo(share);
            });
    // 30 weights of at most 1/29 are added: 30 roundings of at most 2^-53
    assertThat(e.robustnessPrediction()).isCloseTo(1, within(30 * 0x1p-53));
    assertThat(e.robustnessLabel()).isCloseTo(share, within(30 * 0x1p-53));
  }

  @Test
  void integratesByTheTrapezoidRule() {
    Evaluation e = evaluate(untrained(), 1, 5, 2);
    List<RobustnessPoint> p = e.points();
    assertThat(p).extracting(RobustnessPoint::sigma).containsExactly(0.0, 0.125, 0.25, 0.375, 0.5);
    assertThat(p.getLast().rhoPrediction()).as("the noise does something").isLessThan(1);
    double prediction = 0;
    double label = 0;
    for (int i = 1; i < 5; i++) {
      prediction += 0.125 * (p.get(i - 1).rhoPrediction() + p.get(i).rhoPrediction()) / 2 / 0.5;
      label += 0.125 * (p.get(i - 1).rhoLabel() + p.get(i).rhoLabel()) / 2 / 0.5;
    }
    assertThat(e.robustnessPrediction()).isCloseTo(prediction, within(1e-15));
    assertThat(e.robustnessLabel()).isCloseTo(label, within(1e-15));
  }

  @Test
  void isAFunctionOfTheSeed() {
    Path weights = untrained();
    Evaluation first = evaluate(weights, 1, 5, 1);
    assertThat(evaluate(weights, 1, 5, 1)).isEqualTo(first);
    assertThat(evaluate(weights, 1, 5, 3)).isEqualTo(first);
    assertThat(evaluate(weights, 2, 5, 1).points()).isNotEqualTo(first.points());
  }

  @Test
  void refusesWeightsThatAreNoNumbers() {
    try (Workers workers = new Workers(1)) {
      Network network =
          Models.plan(Architecture.builtIn("lenet"), IMAGES, Capacity.full(1), workers);
      Parameters parameters = network.parameters();
      parameters.values()[0] = Float.POSITIVE_INFINITY;
      Path file = write(network);
      assertThatThrownBy(() -> evaluate(file, 1, 5, 1))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + " is damaged: tensor \"conv1.weight\" holds Infinity;");
    }
  }

  /** Finite, but their products are not: the difference of two infinite outputs is NaN. */
  @Test
  void refusesWeightsThatOverflow() {
    try (Workers workers = new Workers(1)) {
      Network network =
          Models.plan(Architecture.builtIn("lenet"), IMAGES, Capacity.full(1), workers);
      Parameters parameters = network.parameters();
      parameters.initialize(Stream.INITIAL_VALUES.of(2));
      for (int i = 0; i < parameters.values().length; i++) {
        parameters.values()[i] *= 1e38f;
      }
      Path file = write(network);
      assertThatThrownBy(() -> evaluate(file, 1, 5, 1))
          .isInstanceOf(UserError.class)
          .hasMessage(
              file
                  + ": its weights are so large that an output is NaN; train again with a smaller"
                  + " --lr");
    }
  }
}
