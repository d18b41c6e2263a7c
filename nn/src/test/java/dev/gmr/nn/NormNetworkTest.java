package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.kernels.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batch norm, residual sums and average pooling: loss, gradients, statistics, threads. */
class NormNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(9, 10, 3);
  private static final int CLASSES = 3;
  private static final Layer RELU = new Layer.Relu();

  /** Every kind of block, channels that need padding, and weights of all sizes. */
  private static final Architecture ALL =
      new Architecture(
          "all",
          List.of(
              conv("conv1", 5, 3, 1, 1),
              norm("bn1"),
              RELU,
              new Layer.MaxPool(3, 2),
              conv("conv2", 20, 3, 1, 1),
              norm("bn2"),
              new Layer.MaxPool(2, 1),
              RELU,
              new Layer.Residual(
                  List.of(
                      conv("a1", 20, 3, 1, 1),
                      norm("an1"),
                      RELU,
                      conv("a2", 20, 3, 1, 1),
                      norm("an2")),
                  List.of()),
              RELU,
              new Layer.Residual(
                  List.of(
                      conv("b1", 33, 3, 2, 1),
                      norm("bn1b"),
                      RELU,
                      conv("b2", 33, 1, 1, 0),
                      norm("bn2b"),
                      RELU,
                      conv("b3", 33, 3, 1, 1),
                      norm("bn3b")),
                  List.of(conv("b.down.0", 33, 1, 2, 0), norm("b.down.1"))),
              new Layer.Residual(List.of(conv("c1", 33, 3, 1, 1), norm("cn1"), RELU), List.of()),
              new Layer.Residual(
                  List.of(conv("d1", 33, 1, 1, 0), RELU), List.of(conv("d.down.0", 33, 3, 1, 1))),
              RELU,
              conv("conv3", 160, 3, 1, 1),
              RELU,
              conv("conv4", 40, 1, 1, 0),
              new Layer.AvgPool(1, 1),
              new Layer.GlobalAvgPool(),
              new Layer.Linear("fc1", 9),
              RELU,
              new Layer.Linear("fc2", Layer.Linear.CLASSES)));

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static Layer conv(String name, int channels, int kernel, int stride, int padding) {
    return new Layer.Conv(name, channels, kernel, stride, padding);
  }

  private static Layer norm(String name) {
    return new Layer.BatchNorm(name);
  }

  /** With norms that do something: some factors below zero, none at rest. */
  private ReferenceCase arranged(int batch, Workers team) {
    ReferenceCase c = new ReferenceCase(SHAPE, Network.of(ALL, SHAPE, CLASSES, batch, team));
    Random random = new Random(5);
    for (Parameter p : c.network.parameters().list()) {
      if (p.initial().fanIn() == 0) {
        float[] x = new float[p.size()];
        for (int i = 0; i < x.length; i++) {
          x[i] = p.initial().constant() * (i % 3 == 1 ? -1 : 1) + (float) random.nextGaussian() / 4;
        }
        p.write(x, c.network.parameters().values());
      }
    }
    c.read();
    return c;
  }

  @Test
  void lossAndGradientsInTrainingAreTheReferences() {
    ReferenceCase c = arranged(4, workers);
    Objective objective = new Objective(c.network, 1, 1.5f, c.sigmas);
    objective.step(c.batch, c.images, c.labels);
    // a norm divides by deviations of some tenths, once a layer: errors of 2^-24 grow as often
    assertThat(objective.loss() / c.batch).isCloseTo(c.referenceLoss(1, 1.5), within(2e-5));
    GradientErrors errors = new GradientErrors();
    errors.add(c, 8);
    System.out.printf("gradient of a network with batch norm: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(150);
    errors.check();
  }

  @Test
  void evaluationTakesTheRunningStatisticsWhichTrainingMoves() {
    ReferenceCase c = arranged(5, workers);
    Objective objective = new Objective(c.network, 1, 1.5f, c.sigmas);
    float[] before = c.network.statistics().values().clone();
    objective.evaluate(c.batch, c.images, c.labels);
    assertThat(c.network.statistics().values()).isEqualTo(before);
    assertThat(objective.loss() / c.batch).isCloseTo(c.referenceLoss(1, 1.5, false), within(2e-5));
    for (int i = 0; i < 3; i++) {
      objective.step(c.batch, c.images, c.labels);
    }
    assertThat(c.network.statistics().values()).isNotEqualTo(before);
    c.read();
    objective.evaluate(c.batch, c.images, c.labels);
    assertThat(objective.loss() / c.batch).isCloseTo(c.referenceLoss(1, 1.5, false), within(2e-5));
  }

  /** Of the first norm, whose input a plain convolution gives. */
  @Test
  void theRunningStatisticsMoveByATenth() {
    ReferenceCase c = arranged(6, workers);
    new Objective(c.network, 1, 0, null).step(c.batch, c.images, c.labels);
    double[] weight = c.values.get("conv1.weight");
    Parameter mean = c.network.statistics().list().get(0);
    Parameter variance = c.network.statistics().list().get(1);
    assertThat(mean.name()).isEqualTo("bn1.running_mean");
    assertThat(variance.name()).isEqualTo("bn1.running_var");
    float[] means = mean.read(c.network.statistics().values());
    float[] variances = variance.read(c.network.statistics().values());
    for (int o = 0; o < 5; o++) {
      double[] z = new double[c.batch * 90];
      for (int i = 0; i < z.length; i++) {
        for (int q = 0; q < 27; q++) {
          int y = i % 90 / 10 + q / 3 % 3 - 1;
          int x = i % 10 + q % 3 - 1;
          if (y >= 0 && y < 9 && x >= 0 && x < 10) {
            z[i] += weight[o * 27 + q] * c.reference[i / 90][q / 9 * 90 + y * 10 + x];
          }
        }
      }
      double m = Arrays.stream(z).average().orElseThrow();
      double v = Arrays.stream(z).map(u -> (u - m) * (u - m)).sum() / (z.length - 1);
      assertThat(means[o]).isCloseTo((float) (0.1 * m), within(1e-7f));
      assertThat(variances[o]).isCloseTo((float) (0.9 + 0.1 * v), within(1e-6f));
    }
  }

  @Test
  void withoutNoiseTheExpectedPathIsTheCleanOneToTheBit() {
    ReferenceCase c = arranged(7, workers);
    c.network.noise(new float[3]);
    int half = 7 * c.network.logitsStride();
    for (boolean training : new boolean[] {false, true}) {
      int rows = training ? c.network.forwardTraining(7, c.images) : c.network.forward(7, c.images);
      assertThat(rows).isEqualTo(14);
      float[] logits = c.network.logits();
      assertThat(Arrays.copyOfRange(logits, half, 2 * half)).isEqualTo(Arrays.copyOf(logits, half));
    }
  }

  @Test
  void nothingDependsOnTheThreads() {
    float[] gradients = null;
    float[] statistics = null;
    for (int threads : new int[] {1, 2, 3, 5}) {
      try (Workers team = new Workers(threads)) {
        ReferenceCase c = arranged(19, team);
        new Objective(c.network, 1, 1, c.sigmas).step(c.batch, c.images, c.labels);
        gradients = gradients == null ? c.network.parameters().gradients() : gradients;
        statistics = statistics == null ? c.network.statistics().values() : statistics;
        assertThat(gradients).doesNotContain(Float.NaN);
        assertThat(Arrays.equals(c.network.parameters().gradients(), gradients)).isTrue();
        assertThat(Arrays.equals(c.network.statistics().values(), statistics)).isTrue();
      }
    }
  }

  /** Less memory, the same bits. */
  @Test
  void plannedForLessItComputesTheSame() {
    ReferenceCase full = arranged(6, workers);
    Network plain = Network.of(ALL, SHAPE, CLASSES, Capacity.training(6, false), workers);
    Network evaluation = Network.of(ALL, SHAPE, CLASSES, Capacity.evaluation(6), workers);
    for (Network n : new Network[] {plain, evaluation}) {
      System.arraycopy(
          full.network.parameters().values(),
          0,
          n.parameters().values(),
          0,
          n.parameters().values().length);
    }
    new Objective(full.network, 1, 0, null).step(6, full.images, full.labels);
    new Objective(plain, 1, 0, null).step(6, full.images, full.labels);
    assertThat(plain.parameters().gradients()).isEqualTo(full.network.parameters().gradients());
    assertThat(plain.statistics().values()).isEqualTo(full.network.statistics().values());
    System.arraycopy(
        plain.statistics().values(),
        0,
        evaluation.statistics().values(),
        0,
        plain.statistics().values().length);
    plain.forward(6, full.images);
    evaluation.forward(6, full.images);
    assertThat(evaluation.logits()).isEqualTo(plain.logits());
    assertThatThrownBy(() -> plain.noise(new float[3]))
        .hasMessage("the network was planned without expected rows");
    assertThatThrownBy(evaluation::backward)
        .hasMessage("the network was planned without gradients");
  }

  @Test
  void paddingStaysZero() {
    ReferenceCase c = arranged(3, workers);
    new Objective(c.network, 1, 1, c.sigmas).step(3, c.images, c.labels);
    float[] gradients = c.network.parameters().gradients().clone();
    for (Parameter p : c.network.parameters().list()) {
      p.write(new float[p.size()], gradients);
    }
    assertThat(gradients).containsOnly(0f);
  }

  @Test
  void initialValuesAreThoseOfPyTorch() {
    Network network = Network.of(ALL, SHAPE, CLASSES, 1, workers);
    network.parameters().initialize(CounterRandom.of(3));
    for (Parameter p : network.parameters().list()) {
      float[] x = p.read(network.parameters().values());
      if (p.name().equals("bn2.weight")) {
        assertThat(x).hasSize(20).containsOnly(1f);
      } else if (p.name().equals("bn2.bias")) {
        assertThat(x).hasSize(20).containsOnly(0f);
      } else if (p.name().equals("conv2.weight")) {
        // 5 channels, 9 taps
        float bound = (float) (1 / Math.sqrt(45));
        assertThat(x).hasSize(900);
        for (float v : x) {
          assertThat(v).isBetween(-bound, bound);
        }
      }
      assertThat(p.name()).isNotEqualTo("conv2.bias");
    }
  }

  private long bytes(Capacity capacity) {
    return Network.bytes(ALL, SHAPE, CLASSES, capacity, workers).total();
  }

  @Test
  void theMemoryIsKnownBeforehand() {
    long small = bytes(Capacity.full(10));
    long large = bytes(Capacity.full(500_000));
    assertThat(bytes(Capacity.training(500_000, false))).isBetween(large / 4, large / 2 + small);
    assertThat(bytes(Capacity.evaluation(500_000))).isLessThan(large / 2);
    assertThat(small).isLessThan(20_000_000);
    assertThat(large).isGreaterThan(10_000_000_000L);
    assertThatThrownBy(() -> bytes(Capacity.full(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take smaller batches");
  }
}
