package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conv2d against its definition as a sum over windows, in double. */
class Conv2dTest {
  /** Rounding of a chain of k float FMAs over terms of size 1: k half ulps, in the worst case. */
  private static double tolerance(int terms) {
    return terms * 0x1p-24 * Math.sqrt(terms) * 4;
  }

  @ParameterizedTest
  @CsvSource({
    "28,28,1,32,5,5,1,2,2",
    "14,14,32,64,5,5,1,2,2",
    "32,32,3,64,11,11,4,5,1",
    "8,8,16,16,1,1,1,0,3",
    "7,9,16,32,3,3,2,1,2",
    "5,5,16,16,5,5,1,0,1",
    "4,6,32,16,2,3,1,1,2",
    "9,9,16,16,3,3,3,0,1",
    "10,10,16,16,3,3,2,2,1",
    "2,2,16,32,3,3,1,1,67",
    "6,7,48,80,3,3,1,1,5",
    "1,1,32,16,5,5,1,2,2",
    "8,8,3,48,3,3,1,1,9",
    "4,6,176,32,3,3,1,1,1",
    "1,120,32,16,3,3,1,1,2",
    "9,8,32,48,5,3,2,2,9"
  })
  void agreesWithItsDefinition(
      int h, int w, int c, int o, int kh, int kw, int stride, int pad, int images) {
    Conv2d conv = new Conv2d(h, w, c, o, kh, kw, stride, pad, images + 1);
    float[] x = random(1, images * conv.inSize() + 3);
    float[] weights = random(2, conv.weightSize() + 2);
    float[] bias = random(3, o + 1);
    float[] dy = random(4, images * conv.outSize() + 1);
    float[] y = new float[images * conv.outSize() + 5];
    float[] dx = new float[x.length];
    float[] dw = random(5, weights.length);
    float[] transposed = new float[conv.weightSize()];
    float[] scratch = random(6, conv.scratchSize());
    double[] yRef = new double[y.length];
    double[] dxRef = new double[x.length];
    double[] dwRef = new double[dw.length];
    for (int i = 0; i < dw.length; i++) {
      dwRef[i] = dw[i];
    }
    for (int n = 0; n < images; n++) {
      for (int oy = 0; oy < conv.outHeight(); oy++) {
        for (int ox = 0; ox < conv.outWidth(); ox++) {
          for (int k = 0; k < o; k++) {
            int out = ((n * conv.outHeight() + oy) * conv.outWidth() + ox) * o + k;
            double sum = bias[1 + k];
            for (int ky = 0; ky < kh; ky++) {
              for (int kx = 0; kx < kw; kx++) {
                int iy = oy * stride + ky - pad;
                int ix = ox * stride + kx - pad;
                if (iy >= 0 && iy < h && ix >= 0 && ix < w) {
                  for (int ci = 0; ci < c; ci++) {
                    int at = 3 + ((n * h + iy) * w + ix) * c + ci;
                    int wt = 2 + conv.weightIndex(ky * kw + kx, ci, k);
                    sum += (double) x[at] * weights[wt];
                    dxRef[at] += (double) dy[1 + out] * weights[wt];
                    dwRef[wt] += (double) dy[1 + out] * x[at];
                  }
                }
              }
            }
            yRef[5 + out] = sum;
          }
        }
      }
    }
    conv.forward(images, x, 3, weights, 2, bias, 1, y, 5, scratch);
    assertClose(y, yRef, tolerance(kh * kw * c));
    float[] panels = random(8, y.length);
    System.arraycopy(y, 0, panels, 0, 5);
    for (int p = 0; p < conv.panels(); p++) {
      conv.forwardPanel(p, images, x, 3, weights, 2, bias, 1, panels, 5, scratch);
    }
    assertThat(panels).as("the results in parts").isEqualTo(y);
    conv.backwardWeights(images, x, 3, dy, 1, dw, 2, scratch);
    assertClose(dw, dwRef, tolerance(images * conv.outHeight() * conv.outWidth()));
    if (c % Conv2d.UNIT == 0) {
      float[] whole = new float[conv.weightSize()];
      conv.backwardWeights(images, fromZero(x, 3), 0, fromZero(dy, 1), 0, whole, 0, scratch);
      float[] parts = random(7, conv.weightSize());
      for (int p = 0; p < conv.weightParts(); p++) {
        conv.weightPart(p, images, fromZero(x, 3), fromZero(dy, 1), false, parts, 0, scratch);
      }
      assertThat(parts).as("the weights' gradient in parts").isEqualTo(whole);
      conv.backwardWeights(images, fromZero(x, 3), 0, fromZero(dy, 1), 0, whole, 0, scratch);
      for (int p = 0; p < conv.weightParts(); p++) {
        conv.weightPart(p, images, fromZero(x, 3), fromZero(dy, 1), true, parts, 0, scratch);
      }
      assertThat(parts).as("the same added to it").isEqualTo(whole);
      for (int tap = 0; tap < conv.taps(); tap++) {
        conv.transpose(tap, weights, 2, transposed, 0);
      }
      conv.backwardInput(images, dy, 1, transposed, 0, dx, 3, scratch);
      assertClose(dx, dxRef, tolerance(kh * kw * o));
    }
  }

  /** Several narrow images are packed, single and wide ones are not: the chains are the same. */
  @ParameterizedTest
  @CsvSource({
    "14,14,32,64,5,5,1,2,7", "4,6,64,32,3,3,1,1,16", "9,8,32,48,5,3,2,2,9", "6,7,48,80,3,3,1,1,5",
    "12,11,32,32,3,3,1,1,3", "8,8,64,32,1,1,1,0,2", "1,120,32,16,3,3,1,1,4", "7,7,16,96,5,5,3,2,6",
    "4,6,176,32,3,3,1,1,3"
  })
  void severalImagesGiveTheBitsOfEach(
      int h, int w, int c, int o, int kh, int kw, int stride, int pad, int images) {
    Conv2d conv = new Conv2d(h, w, c, o, kh, kw, stride, pad, images);
    int in = conv.inSize();
    int out = conv.outSize();
    float[] x = random(1, images * in);
    float[] weights = random(2, conv.weightSize());
    float[] bias = random(3, o);
    float[] dy = random(4, images * out);
    float[] transposed = new float[conv.weightSize()];
    for (int tap = 0; tap < conv.taps(); tap++) {
      conv.transpose(tap, weights, 0, transposed, 0);
    }
    float[] scratch = random(5, conv.scratchSize());
    float[] y = new float[images * out];
    float[] dx = new float[images * in];
    float[] dw = random(6, conv.weightSize());
    float[] yEach = new float[images * out];
    float[] dxEach = new float[images * in];
    float[] dwEach = dw.clone();
    conv.forward(images, x, 0, weights, 0, bias, 0, y, 0, scratch);
    conv.backwardInput(images, dy, 0, transposed, 0, dx, 0, scratch);
    conv.backwardWeights(images, x, 0, dy, 0, dw, 0, scratch);
    for (int n = 0; n < images; n++) {
      conv.forward(1, x, n * in, weights, 0, bias, 0, yEach, n * out, scratch);
      conv.backwardInput(1, dy, n * out, transposed, 0, dxEach, n * in, scratch);
      conv.backwardWeights(1, x, n * in, dy, n * out, dwEach, 0, scratch);
    }
    assertThat(y).isEqualTo(yEach);
    assertThat(dx).isEqualTo(dxEach);
    assertThat(dw).isEqualTo(dwEach);
  }

  @Test
  void refusesWhatDoesNotFitByName() {
    assertThatThrownBy(() -> new Conv2d(8, 8, 3, 10, 3, 3, 1, 1, 1))
        .hasMessage("outChannels is 10; expected a multiple of 16");
    assertThatThrownBy(() -> new Conv2d(2, 8, 3, 16, 5, 5, 1, 1, 1))
        .hasMessage("height + 2 padding is 4; expected at least 5");
    assertThatThrownBy(() -> new Conv2d(8, 8, 3, 16, 3, 3, 1, 3, 1))
        .hasMessage("padding is 3; expected 0 to 2");
    assertThatThrownBy(() -> new Conv2d(8, 8, 3, 16, 3, 3, 0, 1, 1))
        .hasMessage("stride is 0; expected at least 1");
    Conv2d conv = new Conv2d(8, 8, 3, 16, 3, 3, 1, 1, 1);
    float[] none = {};
    assertThatThrownBy(() -> conv.forward(2, none, 0, none, 0, null, 0, none, 0, none))
        .hasMessage("images is 2; expected 0 to 1");
    assertThatThrownBy(() -> conv.forward(1, none, 0, none, 0, null, 0, none, 0, none))
        .hasMessage("x has 0 elements; expected room for 192 from 0");
    float[] x = new float[192];
    float[] y = new float[1024];
    float[] w = new float[conv.weightSize()];
    assertThatThrownBy(() -> conv.backwardInput(1, y, 0, w, 0, x, 0, none))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("inChannels is 3; expected a multiple of 16");
  }

  private static float[] fromZero(float[] x, int offset) {
    return Arrays.copyOfRange(x, offset, x.length);
  }

  private static void assertClose(float[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static float[] random(int seed, int n) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat(-1, 1);
    }
    return x;
  }
}
