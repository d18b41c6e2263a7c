package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OptimizerUpdateTest {
  private static final int N = 37;
  private static final int STEPS = 50;

  @Test
  void adamFollowsItsDefinitionInDoublePrecision() {
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    AdamUpdate adam = new AdamUpdate(1e-2f, beta1, beta2, 1e-8f, 5e-4f);
    float[] p = Parity.between(-1, 1, N, 1);
    float[] m = new float[N];
    float[] v = new float[N];
    double[] exactP = widen(p);
    double[] exactM = new double[N];
    double[] exactV = new double[N];
    for (int t = 1; t <= STEPS; t++) {
      float[] g = Parity.between(-1, 1, N, 100 + t);
      adam.apply(p, g, m, v, 0, N, t);
      for (int i = 0; i < N; i++) {
        double d = g[i] + (double) 5e-4f * exactP[i];
        exactM[i] = beta1 * exactM[i] + (1.0 - beta1) * d;
        exactV[i] = beta2 * exactV[i] + (1.0 - beta2) * d * d;
        double mean = exactM[i] / (1 - Math.pow(beta1, t));
        double square = exactV[i] / (1 - Math.pow(beta2, t));
        exactP[i] -= 1e-2f * mean / (Math.sqrt(square) + 1e-8f);
      }
    }
    for (int i = 0; i < N; i++) {
      // A parameter below 2 in magnitude rounds by 6e-8 a step; steps of 1e-2 add little to it.
      assertThat((double) p[i]).isCloseTo(exactP[i], within(STEPS * 7e-8));
      assertThat((double) m[i]).isCloseTo(exactM[i], within(5e-7));
      assertThat((double) v[i]).isCloseTo(exactV[i], within(5e-8));
    }
  }

  @Test
  void sgdFollowsItsDefinitionInDoublePrecision() {
    for (boolean nesterov : new boolean[] {false, true}) {
      SgdUpdate sgd = new SgdUpdate(0.05f, 0.9f, nesterov, 1e-3f);
      float[] p = Parity.between(-1, 1, N, 2);
      float[] velocity = new float[N];
      double[] exactP = widen(p);
      double[] exactVelocity = new double[N];
      for (int t = 1; t <= STEPS; t++) {
        float[] g = Parity.between(-1, 1, N, 200 + t);
        sgd.apply(p, g, velocity, 0, N);
        for (int i = 0; i < N; i++) {
          double d = g[i] + (double) 1e-3f * exactP[i];
          exactVelocity[i] = 0.9f * exactVelocity[i] + d;
          double direction = nesterov ? d + 0.9f * exactVelocity[i] : exactVelocity[i];
          exactP[i] -= 0.05f * direction;
        }
      }
      for (int i = 0; i < N; i++) {
        // Rounding of a parameter and of 0.05 times a velocity of up to 5, a step.
        assertThat((double) p[i]).isCloseTo(exactP[i], within(STEPS * 2e-7));
        assertThat((double) velocity[i]).isCloseTo(exactVelocity[i], within(5e-6));
      }
    }
  }

  @Test
  void anUpdateInChunksIsTheSameUpdate() {
    AdamUpdate adam = new AdamUpdate(1e-3f, 0.9f, 0.999f, 1e-8f, 0f);
    float[] g = Parity.between(-1, 1, N, 3);
    float[] whole = Parity.between(-1, 1, N, 4);
    float[] chunked = whole.clone();
    adam.apply(whole, g, new float[N], new float[N], 0, N, 1);
    float[] m = new float[N];
    float[] v = new float[N];
    for (int off = 0; off < N; off += 10) {
      adam.apply(chunked, g, m, v, off, Math.min(10, N - off), 1);
    }
    Parity.assertSameBits("parameters", chunked, whole);
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> new AdamUpdate(Float.NaN, 0.9f, 0.999f, 1e-8f, 0f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learningRate is NaN; expected a finite number of at least 0");
    assertThatThrownBy(() -> new AdamUpdate(1e-3f, 0.9f, 1f, 1e-8f, 0f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta2 is 1.0; expected at least 0 and below 1");
    assertThatThrownBy(() -> new AdamUpdate(1e-3f, 0.9f, 0.999f, 0f, 0f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon is 0.0; expected a positive finite number");
    assertThatThrownBy(() -> new SgdUpdate(0.1f, -0.5f, true, 0f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("momentum is -0.5");
    assertThatThrownBy(() -> new SgdUpdate(0.1f, 0.9f, true, -1f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weightDecay is -1.0");
    AdamUpdate adam = new AdamUpdate(1e-3f, 0.9f, 0.999f, 1e-8f, 0f);
    float[] x = new float[4];
    assertThatThrownBy(() -> adam.apply(x, x, x, x, 0, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t is 0; expected at least 1");
    assertThatThrownBy(() -> adam.apply(x, new float[3], x, x, 0, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradients has 3 elements");
  }

  private static double[] widen(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
