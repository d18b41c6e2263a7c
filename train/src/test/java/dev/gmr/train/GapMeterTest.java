package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.data.DataSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.LossGap;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loss gap of a small run, against sums over its logits one image at a time. */
class GapMeterTest {
  private static final DataSet DATA = TestRuns.digits(120, 20);
  private static final int IMAGES = 20;

  @TempDir private static Path dir;

  private static Path weights;

  @BeforeAll
  static void train() {
    TestRuns.train(dir.resolve("run"), TestRuns.small().withNoise(TestRuns.REGULARIZED), 2);
    weights = dir.resolve("run/best.safetensors");
  }

  private static LossGap measure(double sigma, int draws, long seed, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new GapMeter(Architecture.builtIn("lenet"), DATA.test(), DATA.normalization(), workers)
          .measure(weights, seed, sigma, draws, TrainingListener.NONE);
    }
  }

  private static double crossEntropy(float[] logits, int at, int classes, int label) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp((double) logits[at + k] - logits[at + label]);
    }
    return Math.log(sum);
  }

  @Test
  void everyFigureIsTheDefinitions() {
    int draws = 7;
    double sigma = 0.4;
    double[] clean = new double[IMAGES];
    double[] expected = new double[IMAGES];
    double[][] sampled = new double[IMAGES][draws];
    try (Workers workers = new Workers(1)) {
      Network network =
          Models.plan(Architecture.builtIn("lenet"), DATA.test(), Capacity.full(1), workers);
      Weights.read(weights, network);
      float[] sigmas = {(float) sigma}; // std is 1
      float[] x = new float[DATA.test().imageLength()];
      float[] noise = new float[x.length];
      for (int i = 0; i < IMAGES; i++) {
        int label = DATA.test().label(i);
        DATA.test().normalizedInto(i, DATA.normalization(), x, 0);
        network.noise(sigmas);
        assertThat(network.forward(1, x)).isEqualTo(2);
        clean[i] = crossEntropy(network.logits(), 0, 10, label);
        expected[i] = crossEntropy(network.logits(), network.logitsStride(), 10, label);
        network.noise(null);
        for (int d = 0; d < draws; d++) {
          Stream.GAP_NOISE.of(5).child(d).normalInto(i, noise, 0, noise.length);
          DATA.test().normalizedInto(i, DATA.normalization(), x, 0);
          for (int j = 0; j < x.length; j++) {
            x[j] = Math.fma(sigmas[0], noise[j], x[j]);
          }
          network.forward(1, x);
          sampled[i][d] = crossEntropy(network.logits(), 0, 10, label);
        }
      }
    }
    double[] means = new double[IMAGES];
    double[] gaps = new double[IMAGES];
    double errorOfDraws = 0;
    for (int i = 0; i < IMAGES; i++) {
      means[i] = mean(sampled[i]);
      gaps[i] = means[i] - expected[i];
      errorOfDraws += Math.pow(error(sampled[i]), 2);
    }
    errorOfDraws = Math.sqrt(errorOfDraws) / IMAGES;

    LossGap gap = measure(sigma, draws, 5, 2);
    assertThat(gap.images()).isEqualTo(IMAGES);
    assertClose(gap.clean(), clean, 0);
    assertClose(gap.expected(), expected, 0);
    assertClose(gap.sampled(), means, errorOfDraws);
    assertClose(gap.gap(), gaps, errorOfDraws);
    assertThat(errorOfDraws).as("the noise matters").isGreaterThan(1e-4);
  }

  /** A loss is rounded to a float: 2^-24 of terms of a few nats. */
  private static void assertClose(LossGap.Estimate e, double[] byImage, double errorOfDraws) {
    assertThat(e.mean()).isCloseTo(mean(byImage), within(2e-6));
    assertThat(e.error()).isCloseTo(error(byImage), within(2e-6));
    assertThat(e.errorOfDraws()).isCloseTo(errorOfDraws, within(2e-6));
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v / x.length;
    }
    return sum;
  }

  /** Standard error of the mean. */
  private static double error(double[] x) {
    double squares = 0;
    for (double v : x) {
      squares += v * v / x.length;
    }
    double mean = mean(x);
    return Math.sqrt((squares - mean * mean) / (x.length - 1));
  }

  @Test
  void threadsChangeNothingAndSeedsTheDrawsAlone() {
    LossGap gap = measure(0.5, 40, 1, 1);
    assertThat(measure(0.5, 40, 1, 3)).isEqualTo(gap);
    LossGap other = measure(0.5, 40, 2, 2);
    assertThat(other.clean()).isEqualTo(gap.clean());
    assertThat(other.expected()).isEqualTo(gap.expected());
    double difference = other.sampled().mean() - gap.sampled().mean();
    double error = Math.hypot(other.sampled().errorOfDraws(), gap.sampled().errorOfDraws());
    assertThat(difference).isNotZero().isBetween(-5 * error, 5 * error);
  }

  @Test
  void littleNoiseMakesNoGap() {
    LossGap gap = measure(1e-6, 3, 1, 2);
    assertThat(gap.expected().mean()).isCloseTo(gap.clean().mean(), within(1e-5));
    assertThat(gap.gap().mean()).isCloseTo(0, within(1e-5));
  }

  @Test
  void refusesMoreDrawsThanCanBeCounted() {
    assertThatThrownBy(() -> measure(0.5, 200_000_000, 1, 1))
        .isInstanceOf(UserError.class)
        .hasMessage("--draws 200000000 of 20 images makes too many; at most 107374181 fit");
  }

  @Test
  void saysThatALossIsNotFinite() {
    assertThatThrownBy(() -> measure(1e38, 2, 1, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("at sigma 1.0E38 its outputs are so large that a loss is not finite");
  }
}
