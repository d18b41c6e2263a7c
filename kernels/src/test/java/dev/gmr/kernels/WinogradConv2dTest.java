package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WinogradConv2d against the convolution's definition in double. */
class WinogradConv2dTest {
  /** Root mean square of the errors by that of the results, in 2^-24: what the Javadoc promises. */
  private static double promised(WinogradConv2d conv, int kernel) {
    if (conv.wholeMaps()) {
      return CHAINS;
    }
    return kernel == 3 ? 25 : 80;
  }

  /** The same of Conv2d's, and of whole maps. */
  private static final double CHAINS = 12;

  /** The largest error of some ten thousand by their root mean square; wrong elements have more. */
  private static final double LARGEST = 16;

  @ParameterizedTest
  @CsvSource({
    "14,14,32,64,5,2,3",
    "4,4,64,32,5,2,9",
    "16,16,16,16,3,1,2",
    "8,8,64,64,3,1,16",
    "7,9,48,80,3,1,2",
    "6,11,32,48,5,1,3",
    "5,6,16,32,3,0,4",
    "9,9,16,16,5,0,2",
    "6,5,32,16,3,2,3",
    "3,7,16,16,5,4,2",
    "30,34,16,32,3,1,1",
    "2,2,64,80,3,1,70",
    "1,2,48,64,3,1,9",
    "2,1,16,16,3,1,5"
  })
  void errsAsLittleAsPromised(int h, int w, int c, int o, int kernel, int pad, int images) {
    Conv2d direct = new Conv2d(h, w, c, o, kernel, kernel, 1, pad, images);
    WinogradConv2d conv = new WinogradConv2d(h, w, c, o, kernel, pad, images + 1);
    assertThat(conv.inSize()).isEqualTo(direct.inSize());
    assertThat(conv.outSize()).isEqualTo(direct.outSize());
    assertThat(conv.weightSize()).isEqualTo(direct.weightSize());
    float[] x = random(1, images * conv.inSize());
    float[] weights = random(2, conv.weightSize());
    float[] bias = random(3, o);
    float[] dy = random(4, images * conv.outSize());
    double[] yExact = new double[dy.length];
    double[] dxExact = new double[x.length];
    double[] dwExact = new double[weights.length];
    for (int n = 0; n < images; n++) {
      for (int oy = 0; oy < direct.outHeight(); oy++) {
        for (int ox = 0; ox < direct.outWidth(); ox++) {
          int out = ((n * direct.outHeight() + oy) * direct.outWidth() + ox) * o;
          for (int k = 0; k < o; k++) {
            yExact[out + k] = bias[k];
          }
          for (int tap = 0; tap < kernel * kernel; tap++) {
            int iy = oy + tap / kernel - pad;
            int ix = ox + tap % kernel - pad;
            if (iy < 0 || iy >= h || ix < 0 || ix >= w) {
              continue;
            }
            for (int ci = 0; ci < c; ci++) {
              int in = ((n * h + iy) * w + ix) * c + ci;
              for (int k = 0; k < o; k++) {
                int wt = direct.weightIndex(tap, ci, k);
                yExact[out + k] += (double) x[in] * weights[wt];
                dxExact[in] += (double) dy[out + k] * weights[wt];
                dwExact[wt] += (double) dy[out + k] * x[in];
              }
            }
          }
        }
      }
    }
    float[] scratch = random(5, Math.max(conv.scratchSize(), direct.scratchSize()));
    float[] chains = new float[dy.length];
    direct.forward(images, x, 0, weights, 0, bias, 0, chains, 0, scratch);
    assertClose(chains, 0, yExact, CHAINS);
    // from and to the midst of arrays
    float[] xBehind = behind(5, x);
    float[] dyBehind = behind(4, dy);
    float[] y = random(6, dy.length + 3);
    float[] u = transformed(conv, weights);
    conv.forward(images, xBehind, 5, u, behind(1, bias), 1, y, 3, scratch);
    assertClose(y, 3, yExact, promised(conv, kernel));
    float[] dx = random(7, x.length + 2);
    conv.backwardInput(images, dyBehind, 4, turned(conv, weights), dx, 2, scratch);
    assertClose(dx, 2, dxExact, promised(conv, kernel));
    float[] du = new float[conv.transformedSize()];
    conv.backwardWeights(images, xBehind, 5, dyBehind, 4, du, scratch);
    float[] dw = random(8, weights.length + 2);
    for (int part = 0; part < conv.parts(); part++) {
      conv.transformBack(part, du, dw, 2, scratch);
    }
    assertClose(dw, 2, dwExact, promised(conv, kernel));
  }

  @ParameterizedTest
  @CsvSource({
    "14,14,32,64,5,2,3",
    "8,8,64,32,3,1,9",
    "5,6,16,48,3,0,15",
    "4,4,64,192,5,2,7",
    "2,2,48,80,3,1,9"
  })
  void severalImagesGiveTheBitsOfEach(int h, int w, int c, int o, int kernel, int pad, int images) {
    WinogradConv2d conv = new WinogradConv2d(h, w, c, o, kernel, pad, images);
    int in = conv.inSize();
    int out = conv.outSize();
    float[] x = random(1, images * in);
    float[] weights = random(2, conv.weightSize());
    float[] dy = random(4, images * out);
    float[] scratch = random(5, conv.scratchSize());
    float[] u = transformed(conv, weights);
    float[] turned = turned(conv, weights);
    float[] y = new float[images * out];
    float[] yEach = new float[images * out];
    float[] yBlocks = new float[images * out];
    float[] dx = new float[images * in];
    float[] dxEach = new float[images * in];
    float[] du = random(6, conv.transformedSize());
    float[] duEach = du.clone();
    conv.forward(images, x, 0, u, null, 0, y, 0, scratch);
    conv.backwardInput(images, dy, 0, turned, dx, 0, scratch);
    conv.backwardWeights(images, x, 0, dy, 0, du, scratch);
    for (int n = 0; n < images; n++) {
      conv.forward(1, x, n * in, u, null, 0, yEach, n * out, scratch);
      conv.backwardInput(1, dy, n * out, turned, dxEach, n * in, scratch);
      conv.backwardWeights(1, x, n * in, dy, n * out, duEach, scratch);
      for (int block = 0; block < conv.blocks(); block++) {
        conv.forwardBlock(block, x, n * in, u, null, 0, yBlocks, n * out, scratch);
      }
    }
    assertThat(y).isEqualTo(yEach);
    assertThat(y).as("the results in parts").isEqualTo(yBlocks);
    assertThat(dx).isEqualTo(dxEach);
    assertThat(du).isEqualTo(duEach);
    assertGradientOfBatch(conv, images, x, dy);
  }

  /** The gradient of a batch in parts, overwritten and then added to. */
  private static void assertGradientOfBatch(
      WinogradConv2d conv, int images, float[] x, float[] dy) {
    float[] scratch = random(3, conv.scratchSize());
    float[] du = new float[conv.transformedSize()];
    float[] dw = new float[conv.weightSize()];
    conv.backwardWeights(images, x, 0, dy, 0, du, scratch);
    for (int part = 0; part < conv.parts(); part++) {
      conv.transformBack(part, du, dw, 0, scratch);
    }
    float[] spread = random(7, conv.spreadSize(images));
    for (int n = 0; n < images; n += 2) {
      int some = Math.min(2, images - n);
      conv.spread(n, some, images, behind(2, x), 2, behind(3, dy), 3, spread, scratch);
    }
    float[] batch = random(8, dw.length + 1);
    for (int part = 0; part < conv.gradientParts(); part++) {
      conv.gradientPart(part, images, spread, false, batch, 1, scratch);
    }
    assertThat(Arrays.copyOfRange(batch, 1, batch.length)).isEqualTo(dw);
    for (int part = 0; part < conv.gradientParts(); part++) {
      conv.gradientPart(part, images, spread, true, batch, 1, scratch);
    }
    for (int i = 0; i < dw.length; i++) {
      dw[i] *= 2;
    }
    assertThat(Arrays.copyOfRange(batch, 1, batch.length)).isEqualTo(dw);
  }

  @Test
  void nanStaysInTheTilesThatSeeIt() {
    WinogradConv2d conv = new WinogradConv2d(16, 16, 16, 16, 3, 1, 1);
    float[] x = random(1, conv.inSize());
    x[0] = Float.NaN;
    float[] y = new float[conv.outSize()];
    float[] u = transformed(conv, random(2, conv.weightSize()));
    conv.forward(1, x, 0, u, null, 0, y, 0, new float[conv.scratchSize()]);
    for (int i = 0; i < y.length; i++) {
      boolean seen = i / 16 % 16 < 4 && i / 256 < 4;
      assertThat(Float.isNaN(y[i])).as("result %d", i).isEqualTo(seen);
    }
  }

  @Test
  void refusesWhatDoesNotFitByName() {
    assertThat(WinogradConv2d.fits(8, 8, 16, 16, 4, 1)).isFalse();
    assertThat(WinogradConv2d.fits(8, 8, 3, 16, 3, 1)).isFalse();
    assertThat(WinogradConv2d.fits(8, 8, 16, 24, 3, 1)).isFalse();
    assertThat(WinogradConv2d.fits(8, 8, 16, 16, 3, 3)).isFalse();
    assertThat(WinogradConv2d.fits(2, 8, 16, 16, 3, 0)).isFalse();
    assertThat(WinogradConv2d.fits(0, 8, 16, 16, 3, 2)).isFalse();
    assertThatThrownBy(() -> new WinogradConv2d(8, 8, 3, 16, 3, 1, 1))
        .hasMessage(
            "no tiles fit 8 x 8 x 3 images, 16 channels of results, kernels of 3 and padding 1");
    assertThatThrownBy(() -> new WinogradConv2d(8, 8, 16, 16, 3, 1, 0))
        .hasMessage("maxImages is 0; expected at least 1");
    WinogradConv2d conv = new WinogradConv2d(8, 8, 16, 16, 3, 1, 1);
    float[] none = {};
    assertThatThrownBy(() -> conv.forward(2, none, 0, none, null, 0, none, 0, none))
        .hasMessage("images is 2; expected 0 to 1");
    assertThatThrownBy(() -> conv.forward(1, none, 0, none, null, 0, none, 0, none))
        .hasMessage("x has 0 elements; expected room for 1024 from 0");
    assertThatThrownBy(() -> conv.transform(1, none, 0, none, none))
        .hasMessage("part is 1; expected 0 to 0");
    assertThatThrownBy(() -> conv.spread(0, 2, 2, none, 0, none, 0, none, none))
        .hasMessage("images is 2; expected 0 to 1");
    assertThatThrownBy(() -> conv.spread(3, 1, 3, none, 0, none, 0, none, none))
        .hasMessage("first is 3; expected 0 to 2");
    assertThatThrownBy(() -> conv.spread(0, 1, 3, none, 0, none, 0, none, none))
        .hasMessage("x has 0 elements; expected room for 3072 from 0");
    assertThatThrownBy(() -> conv.gradientPart(1, 3, none, false, none, 0, none))
        .hasMessage("part is 1; expected 0 to 0");
  }

  private static float[] transformed(WinogradConv2d conv, float[] weights) {
    float[] u = random(9, conv.transformedSize());
    for (int part = 0; part < conv.parts(); part++) {
      conv.transform(part, behind(2, weights), 2, u, new float[conv.scratchSize()]);
    }
    return u;
  }

  private static float[] turned(WinogradConv2d conv, float[] weights) {
    float[] u = random(9, conv.transformedSize());
    for (int part = 0; part < conv.parts(); part++) {
      conv.transformTurned(part, behind(2, weights), 2, u, new float[conv.scratchSize()]);
    }
    return u;
  }

  /** The same behind some numbers. */
  private static float[] behind(int count, float[] x) {
    float[] moved = random(10, count + x.length);
    System.arraycopy(x, 0, moved, count, x.length);
    return moved;
  }

  private static void assertClose(float[] actual, int from, double[] exact, double promised) {
    double errors = 0;
    double squares = 0;
    double most = 0;
    for (int i = 0; i < exact.length; i++) {
      double error = Math.abs(actual[from + i] - exact[i]);
      errors += error * error;
      squares += exact[i] * exact[i];
      most = Math.max(most, error);
    }
    assertThat(Math.sqrt(errors / squares)).isLessThan(promised * 0x1p-24);
    assertThat(most).isLessThan(LARGEST * Math.sqrt(errors / exact.length));
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
