package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
  private static final int ROWS = 200;

  private final float[] loss = new float[ROWS];
  private final int[] prediction = new int[ROWS];

  @Test
  void lossAndGradientAgreeWithDoublePrecision() {
    for (int classes : new int[] {1, 2, 10, 16, 17, 100, 1000}) {
      int stride = classes + 3;
      float[] z = Parity.between(-10, 10, ROWS * stride, classes);
      float[] gradient = new float[ROWS * stride];
      int[] labels = new int[ROWS];
      for (int r = 0; r < ROWS; r++) {
        labels[r] = (7 * r) % classes;
      }
      float scale = 0.5f;
      SoftmaxCrossEntropy.lossAndGradientInto(
          z, 0, stride, classes, ROWS, labels, 0, scale, gradient, 0, loss, 0, prediction, 0);
      for (int r = 0; r < ROWS; r++) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
          max = Math.max(max, z[r * stride + j]);
        }
        double sum = 0;
        for (int j = 0; j < classes; j++) {
          sum += StrictMath.exp(z[r * stride + j] - max);
        }
        double distance = max - z[r * stride + labels[r]];
        // Rounding: the distance to the largest logit, the logarithm and their sum, 2^-24 each.
        double terms = StrictMath.log(sum) + distance;
        assertThat((double) loss[r]).isCloseTo(terms, within(2e-7 * (1 + terms)));
        assertThat((double) z[r * stride + prediction[r]]).isEqualTo(max);
        for (int j = 0; j < classes; j++) {
          double p = StrictMath.exp(z[r * stride + j] - max) / sum;
          double exact = scale * (p - (j == labels[r] ? 1 : 0));
          // z - max is off by up to 20 * 2^-24, relatively in p; the rest is a few roundings.
          assertThat((double) gradient[r * stride + j])
              .isCloseTo(exact, within(2e-6 * scale * p + 1e-7 * scale));
        }
        for (int j = classes; j < stride; j++) {
          assertThat(gradient[r * stride + j]).isZero();
        }
      }
    }
  }

  /** Against the definition: the cross entropy to a distribution, and its gradient. */
  @Test
  void smoothedLabelsAgreeWithDoublePrecision() {
    float smoothing = 0.1f;
    float scale = 0.5f;
    for (int classes : new int[] {1, 2, 10, 16, 17, 100, 1000}) {
      int stride = classes + 3;
      float[] z = Parity.between(-10, 10, ROWS * stride, classes);
      float[] gradient = new float[ROWS * stride];
      int[] labels = new int[ROWS];
      for (int r = 0; r < ROWS; r++) {
        labels[r] = (7 * r) % classes;
      }
      SoftmaxCrossEntropy.lossAndGradientInto(
          z, 0, stride, classes, ROWS, labels, 0, scale, gradient, 0, loss, 0, prediction, 0);
      Backend.kernels()
          .losses()
          .smoothLabels(
              z, 0, stride, classes, ROWS, labels, 0, smoothing, scale, gradient, 0, loss, 0);
      for (int r = 0; r < ROWS; r++) {
        double sum = 0;
        for (int j = 0; j < classes; j++) {
          sum += StrictMath.exp(z[r * stride + j]);
        }
        double exact = 0;
        for (int j = 0; j < classes; j++) {
          double logP = z[r * stride + j] - StrictMath.log(sum);
          double target = (j == labels[r] ? 1 - (double) smoothing : 0) + smoothing / classes;
          exact -= target * logP;
          // as without smoothing, and a rounding more of each share
          assertThat((double) gradient[r * stride + j])
              .isCloseTo(
                  scale * (StrictMath.exp(logP) - target),
                  within(2e-6 * scale * StrictMath.exp(logP) + 2e-7 * scale));
        }
        // terms of up to 20, a rounding each, and as many again in the mean
        assertThat((double) loss[r]).isCloseTo(exact, within(2e-7 * (1 + 20 + exact)));
        for (int j = classes; j < stride; j++) {
          assertThat(gradient[r * stride + j]).isZero();
        }
      }
    }
  }

  @Test
  void squaredDifferencesAgreeWithDoublePrecision() {
    float scale = 0.5f;
    for (int classes : new int[] {1, 2, 10, 16, 17, 100, 1000}) {
      int stride = classes + 3;
      float[] a = Parity.between(-10, 10, ROWS * stride, classes);
      float[] b = Parity.between(-10, 10, ROWS * stride, classes + 1);
      float[] before = Parity.between(-1, 1, ROWS * stride, 2);
      float[] dA = before.clone();
      float[] dB = Parity.between(-1, 1, ROWS * stride, 3);
      Backend.kernels()
          .losses()
          .squaredDifference(a, 0, b, 0, stride, classes, ROWS, scale, dA, 0, dB, 0, loss, 0);
      for (int r = 0; r < ROWS; r++) {
        double sum = 0;
        for (int j = 0; j < stride; j++) {
          int at = r * stride + j;
          double d = j < classes ? (double) b[at] - a[at] : 0;
          double slope = 2 * scale * d / classes;
          sum += d * d;
          // three roundings, and one of the sum
          assertThat((double) dB[at]).isCloseTo(slope, within(2e-7 * Math.abs(slope)));
          assertThat((double) dA[at])
              .isCloseTo(before[at] - slope, within(2e-7 * (1 + Math.abs(slope))));
        }
        // a difference, its square and 60 partial sums a lane at most, each rounded
        assertThat((double) loss[r]).isCloseTo(sum / classes, within(4e-6 * sum / classes));
      }
    }
  }

  @Test
  void tiesGoToTheFirstAndPaddingIsIgnored() {
    float[] z = {1f, 3f, 3f, 99f};
    SoftmaxCrossEntropy.lossInto(z, 0, 4, 3, 1, new int[] {2}, 0, loss, 0, prediction, 0);
    assertThat(prediction[0]).isEqualTo(1);
    assertThat((double) loss[0]).isCloseTo(Math.log(2 + Math.exp(-2)), within(1e-7));
  }

  @Test
  void farApartLogitsStayFinite() {
    float[] z = {1000f, -1000f};
    SoftmaxCrossEntropy.lossInto(z, 0, 2, 2, 1, new int[] {1}, 0, loss, 0, prediction, 0);
    assertThat(loss[0]).isEqualTo(2000f);
  }

  @Test
  void aNanMakesTheLossNan() {
    float[] z = {1f, Float.NaN, 2f};
    SoftmaxCrossEntropy.lossInto(z, 0, 3, 3, 1, new int[] {0}, 0, loss, 0, prediction, 0);
    assertThat(loss[0]).isNaN();
  }

  @Test
  void badArgumentsAreNamed() {
    float[] z = new float[6];
    assertThatThrownBy(
            () ->
                SoftmaxCrossEntropy.lossInto(
                    z, 0, 3, 3, 2, new int[] {0, 3}, 0, loss, 0, prediction, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label of row 1 is 3; expected 0 to 2");
    assertThatThrownBy(
            () ->
                SoftmaxCrossEntropy.lossInto(z, 0, 2, 3, 2, new int[2], 0, loss, 0, prediction, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stride is 2; expected at least 3");
    assertThatThrownBy(
            () ->
                SoftmaxCrossEntropy.lossInto(z, 0, 3, 3, 3, new int[3], 0, loss, 0, prediction, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logits has 6 floats");
  }
}
