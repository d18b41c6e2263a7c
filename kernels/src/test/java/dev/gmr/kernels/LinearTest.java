package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linear against chains of fused multiply-adds written down plainly, bit for bit. */
class LinearTest {
  @ParameterizedTest
  @CsvSource({
    "16,16,1,1",
    "48,304,1,1",
    "16,16,3,3",
    "112,32,32,32",
    "304,48,33,31",
    "96,64,100,100",
    "224,1024,5,5",
    "2128,1072,70,29",
    "496,80,500,490",
    "1072,48,220,215",
    "48,32,1100,1090",
    "32,32,9,0"
  })
  void givesTheChains(int inputs, int outputs, int maxRows, int rows) {
    Linear linear = new Linear(inputs, outputs, maxRows, 1);
    float[] x = Parity.between(-1, 1, maxRows * inputs, 1);
    float[] w = Parity.between(-1, 1, linear.weightSize() + 3, 2);
    float[] bias = Parity.between(-1, 1, outputs + 1, 3);
    float[] dy = Parity.between(-1, 1, maxRows * outputs, 4);
    float[] y = new float[maxRows * outputs];
    float[] scratch = new float[linear.scratchSize()];
    float[] interleaved = new float[linear.interleavedInputSize()];
    for (int g = 0; g < linear.groups(rows); g++) {
      linear.interleaveInput(g, rows, x, interleaved);
    }
    for (int p = 0; p < linear.parts(rows); p++) {
      linear.forward(p, rows, x, interleaved, w, 3, bias, 1, false, y);
    }
    float[] positive = new float[maxRows * outputs];
    for (int p = 0; p < linear.parts(rows); p++) {
      linear.forward(p, rows, x, interleaved, w, 3, bias, 1, true, positive);
    }
    float[] dw = Parity.between(-1, 1, linear.weightSize() + 2, 5);
    float[] before = Parity.between(-1, 1, linear.weightSize() + 2, 6);
    float[] after = before.clone();
    float[] dx = new float[maxRows * inputs];
    float[] packed = new float[linear.packedSize()];
    float[] gradient = new float[linear.interleavedGradientSize()];
    for (int p = 0; p < linear.panels(); p++) {
      linear.pack(p, rows, dy, packed);
    }
    for (int g = 0; g < linear.groups(rows); g++) {
      linear.interleaveGradient(g, rows, dy, gradient);
    }
    for (int b = 0; b < linear.weightBlocks(); b++) {
      linear.backwardWeights(b, rows, x, packed, false, dw, 2, scratch);
      linear.backwardWeights(b, rows, x, packed, true, after, 2, scratch);
    }
    for (int b = 0; b < linear.inputBlocks(rows); b++) {
      linear.backwardInput(b, rows, gradient, w, 3, dx, scratch);
    }
    for (int n = 0; n < rows; n++) {
      for (int o = 0; o < outputs; o++) {
        float sum = bias[1 + o];
        for (int i = 0; i < inputs; i++) {
          sum = Math.fma(x[n * inputs + i], w[3 + linear.weightIndex(i, o)], sum);
        }
        assertThat(y[n * outputs + o]).as("y of %d, %d", n, o).isEqualTo(sum);
        assertThat(positive[n * outputs + o]).isEqualTo(Math.max(sum, 0));
      }
      for (int i = 0; i < inputs; i++) {
        float sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum = Math.fma(w[3 + linear.weightIndex(i, o)], dy[n * outputs + o], sum);
        }
        assertThat(dx[n * inputs + i]).as("dx of %d, %d", n, i).isEqualTo(sum);
      }
    }
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        int at = 2 + linear.weightIndex(i, o);
        float sum = 0;
        float more = before[at];
        for (int n = 0; n < rows; n++) {
          sum = Math.fma(x[n * inputs + i], dy[n * outputs + o], sum);
          more = Math.fma(x[n * inputs + i], dy[n * outputs + o], more);
        }
        assertThat(dw[at]).as("dw of %d, %d", i, o).isEqualTo(sum);
        assertThat(after[at]).as("dw of %d, %d, added to", i, o).isEqualTo(more);
      }
    }
  }

  @Test
  void refusesWhatDoesNotFitByName() {
    assertThatThrownBy(() -> new Linear(16, 10, 1, 1))
        .hasMessage("outputs is 10; expected a multiple of 16");
    assertThatThrownBy(() -> new Linear(1 << 16, 1 << 16, 1, 1))
        .hasMessage("W has 65536 x 65536 elements; expected at most 1073741824");
    assertThatThrownBy(() -> new Linear(16, 16, 1, 0)).hasMessageStartingWith("threads is 0");
    Linear linear = new Linear(16, 16, 2, Integer.MAX_VALUE);
    float[] none = {};
    assertThatThrownBy(() -> linear.forward(1, 1, none, none, none, 0, none, 0, false, none))
        .hasMessage("part is 1; expected 0 to 0");
    assertThatThrownBy(() -> linear.forward(0, 3, none, none, none, 0, none, 0, false, none))
        .hasMessage("rows is 3; expected 0 to 2");
    assertThatThrownBy(() -> linear.forward(0, 2, none, none, none, 0, none, 0, false, none))
        .hasMessage("x has 0 elements; expected room for 32 from 0");
  }
}
