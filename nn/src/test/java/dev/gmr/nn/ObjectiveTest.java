package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The regularized loss of LeNet and AlexNet, its gradients, and the independence of threads. */
class ObjectiveTest {
  private static final ImageShape GREY = new ImageShape(8, 8, 1);
  private static final ImageShape COLOUR = new ImageShape(8, 12, 3);
  private static final ImageShape LARGE = new ImageShape(32, 29, 2);
  private static final int CLASSES = 3;

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1.5", "0.5, 0", "0, 2"})
  void lossIsTheReferences(float empirical, float expectation) {
    for (ImageShape shape : new ImageShape[] {GREY, COLOUR}) {
      ReferenceCase c =
          new ReferenceCase(
              shape, Network.of(Architecture.builtIn("lenet"), shape, CLASSES, 5, workers));
      Objective objective = new Objective(c.network, empirical, expectation, c.sigmas);
      objective.evaluate(c.batch, c.images, c.labels);
      // logits of size 0.1 carry the rounding of sums of 800 and 1024 floats
      assertThat(objective.loss() / c.batch)
          .isCloseTo(c.referenceLoss(empirical, expectation), within(2e-6));
    }
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
      errors.add(
          new ReferenceCase(
              shape, Network.of(Architecture.builtIn("lenet"), shape, CLASSES, 2, workers)),
          12);
    }
    System.out.printf("gradient of LeNet's regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(180);
    errors.check();
  }

  @Test
  void alexnetsLossAndGradientsAreThoseOfTheReference() {
    ReferenceCase c =
        new ReferenceCase(
            LARGE, Network.of(Architecture.builtIn("alexnet"), LARGE, CLASSES, 1, workers));
    Objective objective = new Objective(c.network, 1, 1.5f, c.sigmas);
    objective.evaluate(c.batch, c.images, c.labels);
    assertThat(objective.loss()).isCloseTo(c.referenceLoss(1, 1.5), within(2e-6));
    GradientErrors errors = new GradientErrors();
    errors.add(c, 1);
    System.out.printf("gradient of AlexNet's regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(20);
    errors.check();
  }

  @Test
  void withoutNoiseTheExpectedPathIsTheCleanOneToTheBit() {
    ReferenceCase c =
        new ReferenceCase(
            COLOUR, Network.of(Architecture.builtIn("lenet"), COLOUR, CLASSES, 7, workers));
    c.network.noise(new float[3]);
    int rows = c.network.forward(c.batch, c.images);
    assertThat(rows).isEqualTo(14);
    int half = 7 * c.network.logitsStride();
    float[] logits = c.network.logits();
    assertThat(Arrays.copyOfRange(logits, half, 2 * half)).isEqualTo(Arrays.copyOf(logits, half));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "7", "16", "33"})
  void gradientsDoNotDependOnTheThreads(int batch) {
    float[] first = null;
    for (int threads : new int[] {1, 2, 3, 5}) {
      try (Workers team = new Workers(threads)) {
        ReferenceCase c =
            new ReferenceCase(
                COLOUR, Network.of(Architecture.builtIn("lenet"), COLOUR, CLASSES, batch, team));
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

  @Test
  void alexnetsGradientsDoNotDependOnTheThreads() {
    float[] first = null;
    for (int threads : new int[] {1, 3}) {
      try (Workers team = new Workers(threads)) {
        ReferenceCase c =
            new ReferenceCase(
                LARGE, Network.of(Architecture.builtIn("alexnet"), LARGE, CLASSES, 3, team));
        new Objective(c.network, 1, 1, c.sigmas).step(3, c.images, c.labels);
        float[] gradients = c.network.parameters().gradients();
        first = first == null ? gradients : first;
        assertThat(Arrays.equals(gradients, first)).as("%d threads", threads).isTrue();
      }
    }
  }

  @Test
  void aSmallBatchOnALargePlanIsTheSame() {
    ReferenceCase small =
        new ReferenceCase(
            GREY, Network.of(Architecture.builtIn("lenet"), GREY, CLASSES, 3, workers));
    new Objective(small.network, 1, 1, small.sigmas).step(3, small.images, small.labels);
    ReferenceCase large =
        new ReferenceCase(
            GREY, Network.of(Architecture.builtIn("lenet"), GREY, CLASSES, 20, workers));
    new Objective(large.network, 1, 1, large.sigmas).step(3, small.images, small.labels);
    assertThat(large.network.parameters().gradients())
        .isEqualTo(small.network.parameters().gradients());
  }

  @Test
  void paddingStaysZero() {
    ReferenceCase c =
        new ReferenceCase(
            COLOUR, Network.of(Architecture.builtIn("lenet"), COLOUR, CLASSES, 4, workers));
    new Objective(c.network, 1, 1, c.sigmas).step(4, c.images, c.labels);
    float[] gradients = c.network.parameters().gradients().clone();
    for (Parameter p : c.network.parameters().list()) {
      p.write(new float[p.size()], gradients);
    }
    assertThat(gradients).containsOnly(0f);
  }

  @Test
  void refusesBadNoiseAndWeightsByValue() {
    Network network = Network.of(Architecture.builtIn("lenet"), GREY, CLASSES, 2, workers);
    assertThatThrownBy(() -> network.noise(new float[] {-1}))
        .hasMessage("sigma is -1.0; expected a finite number >= 0");
    assertThatThrownBy(() -> network.noise(new float[] {Float.NaN}))
        .hasMessage("sigma is NaN; expected a finite number >= 0");
    assertThatThrownBy(() -> network.noise(new float[2]))
        .hasMessage("2 noise levels for 1 channels");
    assertThatThrownBy(() -> new Objective(network, -1, 0, null))
        .hasMessage("weights -1.0 and 0.0; expected finite numbers >= 0");
    assertThatThrownBy(() -> network.forward(3, new float[300]))
        .hasMessage("batch of 3 in 300 floats; expected at most 2 images of 64 floats");
    Architecture alexnet = Architecture.builtIn("alexnet");
    assertThatThrownBy(() -> Network.of(alexnet, new ImageShape(28, 28, 1), 2, 1, workers))
        .isInstanceOf(ArchitectureException.class)
        .hasMessageContaining("features.10");
  }
}
