package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gemm against the textbook loop in the order that its contract names, to the bit. */
class GemmTest {
  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,16,1",
    "6,64,256",
    "7,65,257",
    "5,80,300",
    "13,33,17",
    "100,10,70",
    "3,1000,2",
    "12,128,513",
    "0,16,4",
    "4,0,4"
  })
  void everyOrientationIsTheChainOfItsContract(int m, int n, int k) {
    for (int t = 0; t < 4; t++) {
      boolean ta = (t & 1) != 0;
      boolean tb = (t & 2) != 0;
      int lda = (ta ? m : k) + 3;
      int ldb = (tb ? k : n) + 1;
      int ldc = n + 2;
      float[] a = random(1, (ta ? k : m) * lda + 5);
      float[] b = random(2, (tb ? n : k) * ldb + 7);
      float[] c = random(3, m * ldc + 9);
      float[] expected = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          float acc = 0.5f * expected[4 + i * ldc + j];
          for (int p = 0; p < k; p++) {
            float x = a[2 + (ta ? p * lda + i : i * lda + p)];
            float y = 2f * b[3 + (tb ? j * ldb + p : p * ldb + j)];
            acc = Math.fma(x, y, acc);
          }
          expected[4 + i * ldc + j] = acc;
        }
      }
      Gemm.sgemm(ta, tb, m, n, k, 2f, a, 2, lda, b, 3, ldb, 0.5f, c, 4, ldc);
      assertThat(c).as("transposes %s %s", ta, tb).isEqualTo(expected);
    }
  }

  @Test
  void aPlanServesSmallerBatchesAndStartsFromABias() {
    int n = 70;
    int k = 90;
    Gemm plan = new Gemm(false, false, 20, n, k, k, n, n);
    float[] a = random(1, 20 * k);
    float[] b = random(2, k * n);
    float[] bias = random(3, n);
    float[] c = new float[20 * n];
    Arrays.fill(c, Float.NaN);
    float[] scratch = new float[plan.scratchSize()];
    for (int p = plan.panels() - 1; p >= 0; p--) {
      plan.run(p, 7, k, a, 0, b, 0, bias, 0, c, 0, scratch);
    }
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < n; j++) {
        float acc = bias[j];
        for (int q = 0; q < k; q++) {
          acc = Math.fma(a[i * k + q], b[q * n + j], acc);
        }
        assertThat(c[i * n + j]).isEqualTo(acc);
      }
    }
    assertThat(c[7 * n]).isNaN();
  }

  @Test
  void betaZeroOverwritesNaN() {
    float[] c = {Float.NaN};
    Gemm.sgemm(
        false, false, 1, 1, 1, 1f, new float[] {2}, 0, 1, new float[] {3}, 0, 1, 0f, c, 0, 1);
    assertThat(c).containsExactly(6f);
  }

  @Test
  void refusesWhatDoesNotFitByName() {
    float[] two = new float[2];
    assertThatThrownBy(
            () -> Gemm.sgemm(false, false, 2, 2, 2, 1f, two, 0, 2, two, 0, 2, 0f, two, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a has 2 floats; expected 4 from 0 (2 rows of 2, 2 apart)");
    assertThatThrownBy(() -> new Gemm(false, false, 2, 2, 2, 1, 2, 2))
        .hasMessage("lda is 1; expected at least 2");
    assertThatThrownBy(() -> new Gemm(false, false, -1, 2, 2, 2, 2, 2))
        .hasMessage("m is -1; expected at least 0");
  }

  private static float[] random(int seed, int n) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
