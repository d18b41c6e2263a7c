package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.LossKernels;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossParityTest {
  private static final int ROWS = 5;

  private final LossKernels simd = Parity.simd().losses();
  private final LossKernels scalar = Parity.scalar().losses();

  @Test
  void everyNumberOfClasses() {
    for (int classes : Parity.SIZES) {
      if (classes > 0) {
        compare(classes, classes, Parity.between(-8, 8, ROWS * classes + 7, classes));
        compare(classes, classes + 6, Parity.between(-90, 90, ROWS * (classes + 6) + 7, classes));
        compare(classes, classes, Parity.anything(ROWS * classes + 7, classes));
      }
    }
  }

  private void compare(int classes, int stride, float[] logits) {
    int[] labels = {0, classes - 1, classes / 2, classes / 3, 0};
    Result bySimd = run(simd, classes, stride, logits, labels, true);
    Result byScalar = run(scalar, classes, stride, logits, labels, true);
    Result lossOnly = run(simd, classes, stride, logits, labels, false);
    String what = classes + " classes, stride " + stride;
    Parity.assertSameBits("gradient, " + what, bySimd.gradient, byScalar.gradient);
    Parity.assertSameBits("loss, " + what, bySimd.loss, byScalar.loss);
    Parity.assertSameBits("loss alone, " + what, lossOnly.loss, byScalar.loss);
    assertThat(bySimd.prediction).isEqualTo(byScalar.prediction).isEqualTo(lossOnly.prediction);

    float[] inPlace = logits.clone();
    simd.softmaxCrossEntropy(
        inPlace,
        3,
        stride,
        classes,
        ROWS,
        labels,
        0,
        0.25f,
        inPlace,
        3,
        new float[ROWS],
        0,
        new int[ROWS],
        0);
    float[] outOfPlace = logits.clone();
    System.arraycopy(bySimd.gradient, 2, outOfPlace, 3, ROWS * stride);
    Parity.assertSameBits("gradient in place, " + what, inPlace, outOfPlace);
  }

  @Test
  void smoothedLabels() {
    for (int classes : Parity.SIZES) {
      for (int padding = 0; classes > 0 && padding < 12; padding += 6) {
        int stride = classes + padding;
        int[] labels = {0, classes - 1, classes / 2, classes / 3, 0};
        for (float[] logits :
            List.of(
                Parity.between(-8, 8, ROWS * stride + 7, classes),
                Parity.anything(ROWS * stride + 7, classes))) {
          float[][] gradients = new float[3][];
          float[][] losses = new float[3][];
          for (int k = 0; k < 3; k++) {
            gradients[k] = k == 2 ? null : Parity.between(-1, 1, ROWS * stride + 7, 3);
            losses[k] = Parity.between(0, 9, ROWS + 1, 4);
            (k == 1 ? scalar : simd)
                .smoothLabels(
                    logits,
                    3,
                    stride,
                    classes,
                    ROWS,
                    labels,
                    0,
                    0.1f,
                    0.25f,
                    gradients[k],
                    2,
                    losses[k],
                    1);
          }
          String what = classes + " classes, stride " + stride;
          Parity.assertSameBits("gradient, " + what, gradients[0], gradients[1]);
          Parity.assertSameBits("loss, " + what, losses[0], losses[1]);
          Parity.assertSameBits("loss alone, " + what, losses[2], losses[1]);
        }
      }
    }
  }

  @Test
  void squaredDifferences() {
    for (int classes : Parity.SIZES) {
      for (int padding = 0; classes > 0 && padding < 12; padding += 6) {
        int stride = classes + padding;
        int size = ROWS * stride + 7;
        for (float[] a :
            List.of(Parity.between(-8, 8, size, classes), Parity.anything(size, classes))) {
          float[] b = Parity.between(-9, 9, size, 5);
          float[][] dA = new float[3][];
          float[][] dB = new float[3][];
          float[][] losses = new float[3][ROWS + 1];
          for (int k = 0; k < 3; k++) {
            dA[k] = k == 2 ? null : Parity.between(-1, 1, size, 3);
            dB[k] = k == 2 ? null : Parity.between(-1, 1, size, 4);
            (k == 1 ? scalar : simd)
                .squaredDifference(
                    a, 3, b, 1, stride, classes, ROWS, 0.25f, dA[k], 2, dB[k], 5, losses[k], 1);
          }
          String what = classes + " classes, stride " + stride;
          Parity.assertSameBits("gradient of a, " + what, dA[0], dA[1]);
          Parity.assertSameBits("gradient of b, " + what, dB[0], dB[1]);
          Parity.assertSameBits("loss, " + what, losses[0], losses[1]);
          Parity.assertSameBits("loss alone, " + what, losses[2], losses[1]);
        }
      }
    }
  }

  private static Result run(
      LossKernels kernels, int classes, int stride, float[] z, int[] labels, boolean gradient) {
    Result result = new Result(z.length);
    kernels.softmaxCrossEntropy(
        z,
        3,
        stride,
        classes,
        ROWS,
        labels,
        0,
        0.25f,
        gradient ? result.gradient : null,
        2,
        result.loss,
        1,
        result.prediction,
        2);
    return result;
  }

  private static final class Result {
    final float[] gradient;
    final float[] loss = new float[ROWS + 1];
    final int[] prediction = new int[ROWS + 2];

    Result(int size) {
      gradient = new float[size];
    }
  }
}
