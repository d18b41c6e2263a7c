package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.nn.ReferenceNetwork.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The regularized loss of LeNet and AlexNet, its gradients, and the independence of threads. */
class ObjectiveTest {
  private static final ImageShape GREY = new ImageShape(8, 8, 1);
  private static final ImageShape COLOUR = new ImageShape(8, 12, 3);
  private static final ImageShape LARGE = new ImageShape(32, 29, 2);
  private static final int CLASSES = 3;

  /** Its second convolution has more weights than results, and maps of 2 x 2. */
  private static final Architecture MAPS =
      Architecture.parse(
          """
          {"name": "maps", "layers": [
            {"type": "conv", "name": "a", "channels": 48, "kernel": 3, "padding": 1},
            {"type": "relu"},
            {"type": "maxpool", "window": 4},
            {"type": "conv", "name": "b", "channels": 80, "kernel": 3, "padding": 1},
            {"type": "relu"},
            {"type": "linear", "name": "c", "outputs": "classes"}
          ]}
          """,
          "maps.json");

  private static final Loss REGULARIZED = new Loss(1, 1.5);

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private ReferenceCase lenet(ImageShape shape, int batch, Workers team) {
    return new ReferenceCase(
        shape, Network.of(Architecture.builtIn("lenet"), shape, CLASSES, batch, team));
  }

  private static ReferenceCase maps(int batch, Workers team) {
    return new ReferenceCase(GREY, Network.of(MAPS, GREY, CLASSES, batch, team));
  }

  private ReferenceCase alexnet(int batch, Workers team) {
    return new ReferenceCase(
        LARGE, Network.of(Architecture.builtIn("alexnet"), LARGE, CLASSES, batch, team));
  }

  private static float[] floats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1, 1.5", "0.5, 0", "0, 2"})
  void lossIsTheReferences(float empirical, float expectation) {
    for (ImageShape shape : new ImageShape[] {GREY, COLOUR}) {
      ReferenceCase c = lenet(shape, 5, workers);
      Objective objective = new Objective(c.network, empirical, expectation, c.sigmas);
      objective.evaluate(c.batch, c.images, c.labels);
      // logits of size 0.1 carry the rounding of sums of 800 and 1024 floats
      assertThat(objective.loss() / c.batch)
          .isCloseTo(c.referenceLoss(new Loss(empirical, expectation)), within(2e-6));
    }
  }

  /** The convex combination (1 - a) CE + a CE(E f) has a = 0.75 here; 2^-2 is a float. */
  static Stream<Loss> variants() {
    return Stream.of(
        new Loss(0.25, 0.75),
        new Loss(1, 1.5, ExpectedLoss.MSE, 0),
        new Loss(1, 1.5, ExpectedLoss.PSEUDO, 0),
        new Loss(1, 1.5, ExpectedLoss.CE, 0.125),
        new Loss(1, 1.5, ExpectedLoss.MSE, 0.125),
        new Loss(1, 1.5, ExpectedLoss.PSEUDO, 0.125),
        new Loss(1, 0, ExpectedLoss.CE, 0.125));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void variantsAreThoseOfTheReference(Loss kind) {
    ReferenceCase c = lenet(COLOUR, 4, workers);
    // larger logits, so that pseudo labels differ from the labels and squares are not lost
    for (String name : List.of("fc2.weight", "conv2.weight")) {
      double[] values = c.values.get(name);
      for (int i = 0; i < values.length; i++) {
        values[i] *= 4;
      }
      c.network.parameters().list().stream()
          .filter(p -> p.name().equals(name))
          .forEach(p -> p.write(floats(values), c.network.parameters().values()));
    }
    Objective objective = c.objective(kind);
    objective.evaluate(c.batch, c.images, c.labels);
    assertThat(Arrays.copyOf(objective.predictions(), c.batch))
        .as("pseudo labels are others than the labels")
        .isNotEqualTo(c.labels);
    double exact = c.referenceLoss(kind);
    // logits of size 1, and the sums behind them
    assertThat(objective.loss() / c.batch).isCloseTo(exact, within(5e-6));
    assertThat(objective.loss())
        .isEqualTo(
            (float) kind.empirical() * objective.empiricalLoss()
                + (float) kind.expectation() * objective.expectationLoss());
    GradientErrors errors = new GradientErrors();
    errors.add(c, 3, kind);
    System.out.printf("gradient of %s: %s%n", kind, errors);
    assertThat(errors.checked).isGreaterThan(25);
    errors.check();
  }

  @Test
  void variantsNotAskedForChangeNoBit() {
    ReferenceCase c = lenet(GREY, 4, workers);
    new Objective(c.network, 1, 1, c.sigmas).step(4, c.images, c.labels);
    float[] plain = c.network.parameters().gradients().clone();
    c.objective(new Loss(1, 1, ExpectedLoss.CE, 0)).step(4, c.images, c.labels);
    assertThat(c.network.parameters().gradients()).isEqualTo(plain);
  }

  /**
   * Every tensor's gradient against derivatives of the double reference: along random directions,
   * which see all elements, and element by element for a sample. The derivative is extrapolated
   * from two central differences; where the two disagree, a maximum changed places within the step
   * and the point says nothing.
   */
  @Test
  void gradientsAreThoseOfTheReference() {
    GradientErrors errors = new GradientErrors();
    for (ImageShape shape : new ImageShape[] {GREY, COLOUR}) {
      errors.add(lenet(shape, 2, workers), 12, REGULARIZED);
    }
    System.out.printf("gradient of LeNet's regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(180);
    errors.check();
  }

  @Test
  void alexnetsLossAndGradientsAreThoseOfTheReference() {
    ReferenceCase c = alexnet(1, workers);
    Objective objective = new Objective(c.network, 1, 1.5f, c.sigmas);
    objective.evaluate(c.batch, c.images, c.labels);
    assertThat(objective.loss()).isCloseTo(c.referenceLoss(REGULARIZED), within(2e-6));
    GradientErrors errors = new GradientErrors();
    errors.add(c, 1, REGULARIZED);
    System.out.printf("gradient of AlexNet's regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(20);
    errors.check();
  }

  @Test
  void withoutNoiseTheExpectedPathIsTheCleanOneToTheBit() {
    ReferenceCase c = lenet(COLOUR, 7, workers);
    c.network.noise(new float[3]);
    int rows = c.network.forward(c.batch, c.images);
    assertThat(rows).isEqualTo(14);
    int half = 7 * c.network.logitsStride();
    float[] logits = c.network.logits();
    assertThat(Arrays.copyOfRange(logits, half, 2 * half)).isEqualTo(Arrays.copyOf(logits, half));
  }

  @Test
  void gradientsOfWholeMapsAreThoseOfTheReference() {
    GradientErrors errors = new GradientErrors();
    errors.add(maps(3, workers), 1, REGULARIZED);
    System.out.printf("gradient of whole maps' regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(5);
    errors.check();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anEmptyBatchHasNoGradient() {
    for (ReferenceCase c : List.of(lenet(GREY, 2, workers), maps(2, workers))) {
      Objective objective = new Objective(c.network, 1, 1, c.sigmas);
      objective.step(2, c.images, c.labels);
      assertThat(c.network.parameters().gradients()).doesNotContain(Float.NaN);
      objective.step(0, c.images, c.labels);
      assertThat(c.network.parameters().gradients()).containsOnly(0f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "7", "16", "33"})
  void gradientsDoNotDependOnTheThreads(int batch) {
    float[] first = null;
    for (int threads : new int[] {1, 2, 3, 5}) {
      try (Workers team = new Workers(threads)) {
        ReferenceCase c = lenet(COLOUR, batch, team);
        Objective objective = new Objective(c.network, 1, 1, c.sigmas);
        objective.step(batch, c.images, c.labels);
        float[] gradients = c.network.parameters().gradients().clone();
        if (first == null) {
          first = gradients;
          assertThat(first).contains(0f).doesNotContain(Float.NaN);
        }
        assertThat(Arrays.equals(gradients, first)).as("%d threads", threads).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"alexnet, 3", "maps, 40"})
  void gradientsOfWideConvolutionsDoNotDependOnTheThreads(String network, int batch) {
    float[] first = null;
    for (int threads : new int[] {1, 3}) {
      try (Workers team = new Workers(threads)) {
        ReferenceCase c = network.equals("maps") ? maps(batch, team) : alexnet(batch, team);
        new Objective(c.network, 1, 1, c.sigmas).step(batch, c.images, c.labels);
        float[] gradients = c.network.parameters().gradients();
        first = first == null ? gradients : first;
        assertThat(Arrays.equals(gradients, first)).as("%d threads", threads).isTrue();
      }
    }
  }

  @Test
  void aSmallBatchOnALargePlanIsTheSame() {
    ReferenceCase small = lenet(GREY, 3, workers);
    new Objective(small.network, 1, 1, small.sigmas).step(3, small.images, small.labels);
    ReferenceCase large = lenet(GREY, 20, workers);
    new Objective(large.network, 1, 1, large.sigmas).step(3, small.images, small.labels);
    assertThat(large.network.parameters().gradients())
        .isEqualTo(small.network.parameters().gradients());
  }

  /**
   * What does not fit in a pass goes in groups of equal size. The sums of a group go on from those
   * before it, and so are rounded otherwise than sums that are added afterwards: up to 2e-6 of a
   * tensor's largest.
   */
  @ParameterizedTest
  @EnumSource(ExpectedLoss.class)
  void theGradientOfALargeBatchIsTheSumOfItsGroups(ExpectedLoss kind) {
    assertSumOfGroups(lenet(GREY, 300, workers), lenet(GREY, 150, workers), 2, kind);
  }

  /** Whole maps are transformed for the gradient 256 rows at a time: 200 of 100 images, or 300. */
  @Test
  void theGradientOfWholeMapsIsTheSumOfItsGroups() {
    assertSumOfGroups(maps(300, workers), maps(100, workers), 3, ExpectedLoss.CE);
  }

  private static void assertSumOfGroups(
      ReferenceCase c, ReferenceCase part, int groups, ExpectedLoss kind) {
    Objective whole = new Objective(c.network, 1, 1.5f, c.sigmas, kind, 0.125f);
    whole.step(c.batch, c.images, c.labels);
    float[] gradients = c.network.parameters().gradients().clone();
    Network small = part.network;
    int size = part.batch;
    Objective group = new Objective(small, 1f / groups, 1.5f / groups, c.sigmas, kind, 0.125f);
    float[] sum = new float[gradients.length];
    double empirical = 0;
    double expected = 0;
    int correct = 0;
    for (int from = 0; from < c.batch; from += size) {
      int pixels = GREY.size();
      float[] images = Arrays.copyOfRange(c.images, from * pixels, (from + size) * pixels);
      group.step(size, images, Arrays.copyOfRange(c.labels, from, from + size));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += small.parameters().gradients()[i];
      }
      empirical += group.empiricalLoss();
      expected += group.expectationLoss();
      correct += group.correct();
      assertThat(Arrays.copyOfRange(whole.predictions(), from, from + size))
          .isEqualTo(Arrays.copyOf(group.predictions(), size));
    }
    for (Parameter p : c.network.parameters().list()) {
      float[] added = p.read(sum);
      float largest = 0;
      for (float x : added) {
        largest = Math.max(largest, Math.abs(x));
      }
      assertThat(p.read(gradients)).as(p.name()).containsExactly(added, within(4e-6f * largest));
    }
    assertThat(whole.empiricalLoss()).isCloseTo(empirical, within(1e-9));
    assertThat(whole.expectationLoss()).isCloseTo(expected, within(1e-9));
    assertThat(whole.correct()).isEqualTo(correct);
    whole.evaluate(c.batch, c.images, c.labels);
    assertThat(whole.empiricalLoss()).isCloseTo(empirical, within(1e-9));
  }

  @Test
  void refusesMoreImagesThanPlanned() {
    ReferenceCase c = lenet(GREY, 300, workers);
    float[] images = new float[301 * GREY.size()];
    Objective objective = new Objective(c.network, 1, 1, c.sigmas);
    assertThat(c.network.passImages()).isEqualTo(256);
    assertThatThrownBy(() -> c.network.forward(257, images))
        .hasMessage("batch of 257 in 19264 floats; expected at most 256 images of 64 floats");
    assertThatThrownBy(() -> objective.step(301, images, new int[301]))
        .hasMessage("batch of 301 in 19264 floats; expected at most 300 images of 64 floats");
    assertThatThrownBy(() -> objective.step(300, new float[299 * GREY.size()], new int[300]))
        .hasMessage("batch of 300 in 19136 floats; expected at most 300 images of 64 floats");
  }

  @Test
  void paddingStaysZero() {
    ReferenceCase c = lenet(COLOUR, 4, workers);
    new Objective(c.network, 1, 1, c.sigmas).step(4, c.images, c.labels);
    float[] gradients = c.network.parameters().gradients().clone();
    for (Parameter p : c.network.parameters().list()) {
      p.write(new float[p.size()], gradients);
    }
    assertThat(gradients).containsOnly(0f);
  }

  @Test
  void refusesBadNoiseAndWeightsByValue() {
    Network network = lenet(GREY, 2, workers).network;
    assertThatThrownBy(() -> network.noise(new float[] {-1}))
        .hasMessage("sigma is -1.0; expected a finite number >= 0");
    assertThatThrownBy(() -> network.noise(new float[] {Float.NaN}))
        .hasMessage("sigma is NaN; expected a finite number >= 0");
    assertThatThrownBy(() -> network.noise(new float[2]))
        .hasMessage("2 noise levels for 1 channels");
    assertThatThrownBy(() -> new Objective(network, -1, 0, null))
        .hasMessage("weights -1.0 and 0.0; expected finite numbers >= 0");
    assertThatThrownBy(() -> new Objective(network, 1, 0.5f, null))
        .hasMessage("no sigmas for an expectation of 0.5; expected one a channel");
    assertThatThrownBy(() -> new Objective(network, 1, 0, null, ExpectedLoss.CE, 1))
        .hasMessage("label smoothing is 1.0; expected 0 up to, but not including, 1");
    assertThatThrownBy(() -> network.forward(3, new float[300]))
        .hasMessage("batch of 3 in 300 floats; expected at most 2 images of 64 floats");
    Architecture alexnet = Architecture.builtIn("alexnet");
    assertThatThrownBy(() -> Network.of(alexnet, new ImageShape(28, 28, 1), 2, 1, workers))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining("features.10");
  }
}
