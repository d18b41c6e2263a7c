package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.ReferenceNetwork.Loss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The regularized loss of LeNet and AlexNet, its gradients, and the independence of threads. */
class ObjectiveTest {
  private static final ImageShape GREY = new ImageShape(8, 8, 1);
  private static final ImageShape COLOUR = new ImageShape(8, 12, 3);
  private static final ImageShape LARGE = new ImageShape(32, 29, 2);
  private static final int CLASSES = 3;
  private static final Loss REGULARIZED = new Loss(1, 1.5);

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  /** A network, images and labels, and the same in double under PyTorch's layouts. */
  private static final class Case {
    final ImageShape shape;
    final int batch;
    final Network network;
    final float[] images;
    final int[] labels;
    final float[] sigmas;
    final Map<String, double[]> values = new HashMap<>();
    final double[][] reference;

    /** LeNet. */
    Case(ImageShape shape, int batch, Workers workers) {
      this(shape, batch, Network.lenet(shape, CLASSES, batch, workers));
    }

    Case(ImageShape shape, int batch, Network network) {
      this.shape = shape;
      this.batch = batch;
      this.network = network;
      network.parameters().initialize(CounterRandom.of(7));
      Random random = new Random(3);
      images = new float[batch * shape.size()];
      labels = new int[batch];
      reference = new double[batch][shape.size()];
      int pixels = shape.height() * shape.width();
      for (int n = 0; n < batch; n++) {
        labels[n] = random.nextInt(CLASSES);
        for (int i = 0; i < shape.size(); i++) {
          float x = random.nextFloat() - 0.5f;
          images[n * shape.size() + i] = x;
          reference[n][i % shape.channels() * pixels + i / shape.channels()] = x;
        }
      }
      sigmas = new float[shape.channels()];
      for (int c = 0; c < sigmas.length; c++) {
        sigmas[c] = 0.4f + 0.3f * c;
      }
      for (Parameter p : network.parameters().list()) {
        values.put(p.name(), doubles(p.read(network.parameters().values())));
      }
    }

    double referenceLoss(Loss kind) {
      return ReferenceNetwork.of(network.name(), shape, values)
          .loss(reference, labels, doubles(sigmas), kind);
    }

    Objective objective(Loss kind) {
      return new Objective(
          network,
          (float) kind.empirical(),
          (float) kind.expectation(),
          sigmas,
          kind.expectedLoss(),
          (float) kind.labelSmoothing());
    }
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
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
      Case c = new Case(shape, 5, workers);
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
    Case c = new Case(COLOUR, 4, workers);
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
    Errors errors = new Errors();
    errors.add(c, 3, kind);
    System.out.printf("gradient of %s: %s%n", kind, errors);
    assertThat(errors.checked).isGreaterThan(25);
    errors.check();
  }

  @Test
  void variantsNotAskedForChangeNoBit() {
    Case c = new Case(GREY, 4, workers);
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
    Errors errors = new Errors();
    for (ImageShape shape : new ImageShape[] {GREY, COLOUR}) {
      errors.add(new Case(shape, 2, workers), 12, REGULARIZED);
    }
    System.out.printf("gradient of LeNet's regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(180);
    errors.check();
  }

  @Test
  void alexnetsLossAndGradientsAreThoseOfTheReference() {
    Case c = new Case(LARGE, 1, Network.alexnet(LARGE, CLASSES, 1, workers));
    Objective objective = new Objective(c.network, 1, 1.5f, c.sigmas);
    objective.evaluate(c.batch, c.images, c.labels);
    assertThat(objective.loss()).isCloseTo(c.referenceLoss(REGULARIZED), within(2e-6));
    Errors errors = new Errors();
    errors.add(c, 1, REGULARIZED);
    System.out.printf("gradient of AlexNet's regularized loss: %s%n", errors);
    assertThat(errors.checked).isGreaterThan(20);
    errors.check();
  }

  /** Largest differences between gradients and derivatives of the reference. */
  private static final class Errors {
    private double worst;
    private double worstDirection;
    private int checked;

    /** Compares the gradient of a case; of each tensor {@code sample} elements. */
    void add(Case c, int sample, Loss kind) {
      Objective objective = c.objective(kind);
      objective.step(c.batch, c.images, c.labels);
      Random random = new Random(11);
      for (Parameter p : c.network.parameters().list()) {
        float[] gradient = p.read(c.network.parameters().gradients());
        double[] x = c.values.get(p.name());
        double largest = 0;
        for (float g : gradient) {
          largest = Math.max(largest, Math.abs(g));
        }
        for (int s = 0; s < sample; s++) {
          int i = random.nextInt(x.length);
          double[] direction = new double[x.length];
          direction[i] = 1;
          double d = derivative(c, kind, x, direction);
          if (!Double.isNaN(d)) {
            checked++;
            worst = Math.max(worst, Math.abs(gradient[i] - d) / largest);
          }
        }
        double[] direction = random.doubles(x.length, -1, 1).toArray();
        double slope = 0;
        for (int i = 0; i < x.length; i++) {
          slope += gradient[i] * direction[i];
        }
        double d = derivative(c, kind, x, direction);
        if (!Double.isNaN(d)) {
          checked++;
          worstDirection =
              Math.max(worstDirection, Math.abs(slope - d) / (largest * Math.sqrt(x.length / 3.0)));
        }
      }
    }

    void check() {
      // 2^-24 a float operation, a few hundred of them in a row
      assertThat(worst).isLessThan(1e-5);
      assertThat(worstDirection).isLessThan(1e-5);
    }

    @Override
    public String toString() {
      return "worst error %.2e of the tensor's largest element, %.2e along random directions, %d derivatives"
          .formatted(worst, worstDirection, checked);
    }
  }

  private static double derivative(Case c, Loss kind, double[] x, double[] direction) {
    double wide = slope(c, kind, x, direction, 2e-5);
    double narrow = slope(c, kind, x, direction, 1e-5);
    double d = (4 * narrow - wide) / 3;
    return Math.abs(wide - narrow) <= 1e-6 * Math.abs(d) + 1e-9 ? d : Double.NaN;
  }

  private static double slope(Case c, Loss kind, double[] x, double[] direction, double h) {
    double[] saved = x.clone();
    double up = shifted(c, kind, x, saved, direction, h);
    double down = shifted(c, kind, x, saved, direction, -h);
    System.arraycopy(saved, 0, x, 0, x.length);
    return (up - down) / (2 * h);
  }

  private static double shifted(
      Case c, Loss kind, double[] x, double[] at, double[] direction, double h) {
    for (int i = 0; i < x.length; i++) {
      x[i] = at[i] + h * direction[i];
    }
    return c.referenceLoss(kind);
  }

  @Test
  void withoutNoiseTheExpectedPathIsTheCleanOneToTheBit() {
    Case c = new Case(COLOUR, 7, workers);
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
        Case c = new Case(COLOUR, batch, team);
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
        Case c = new Case(LARGE, 3, Network.alexnet(LARGE, CLASSES, 3, team));
        new Objective(c.network, 1, 1, c.sigmas).step(3, c.images, c.labels);
        float[] gradients = c.network.parameters().gradients();
        first = first == null ? gradients : first;
        assertThat(Arrays.equals(gradients, first)).as("%d threads", threads).isTrue();
      }
    }
  }

  @Test
  void aSmallBatchOnALargePlanIsTheSame() {
    Case small = new Case(GREY, 3, workers);
    new Objective(small.network, 1, 1, small.sigmas).step(3, small.images, small.labels);
    Case large = new Case(GREY, 20, workers);
    new Objective(large.network, 1, 1, large.sigmas).step(3, small.images, small.labels);
    assertThat(large.network.parameters().gradients())
        .isEqualTo(small.network.parameters().gradients());
  }

  @Test
  void paddingStaysZero() {
    Case c = new Case(COLOUR, 4, workers);
    new Objective(c.network, 1, 1, c.sigmas).step(4, c.images, c.labels);
    float[] gradients = c.network.parameters().gradients().clone();
    for (Parameter p : c.network.parameters().list()) {
      p.write(new float[p.size()], gradients);
    }
    assertThat(gradients).containsOnly(0f);
  }

  @Test
  void refusesBadNoiseAndWeightsByValue() {
    Network network = Network.lenet(GREY, CLASSES, 2, workers);
    assertThatThrownBy(() -> network.noise(new float[] {-1}))
        .hasMessage("sigma is -1.0; expected a finite number >= 0");
    assertThatThrownBy(() -> network.noise(new float[] {Float.NaN}))
        .hasMessage("sigma is NaN; expected a finite number >= 0");
    assertThatThrownBy(() -> network.noise(new float[2]))
        .hasMessage("2 noise levels for 1 channels");
    assertThatThrownBy(() -> new Objective(network, -1, 0, null))
        .hasMessage("weights -1.0 and 0.0; expected finite numbers >= 0");
    assertThatThrownBy(() -> new Objective(network, 1, 0, null, ExpectedLoss.CE, 1))
        .hasMessage("label smoothing is 1.0; expected 0 up to, but not including, 1");
    assertThatThrownBy(() -> network.forward(3, new float[300]))
        .hasMessage("batch of 3 in 300 floats; expected at most 2 images of 64 floats");
    assertThatThrownBy(() -> Network.alexnet(new ImageShape(29, 28, 1), 2, 1, workers))
        .hasMessage("alexnet takes images of at least 29 x 29; these are 29 x 28");
    assertThatThrownBy(() -> Network.lenet(new ImageShape(3, 8, 1), 2, 1, workers))
        .hasMessage("lenet takes images of at least 4 x 4; these are 3 x 8");
  }
}
