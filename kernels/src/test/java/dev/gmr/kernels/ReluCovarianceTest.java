package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReluCovarianceTest {
  private static final int N = 150;

  private final double[] mu = Parity.doublesBetween(-1, 1, N, 1);
  private final double[] covariance = covariance(N);

  /** A random covariance matrix, two of whose variables are one and two of whose are opposite. */
  private static double[] covariance(int n) {
    double[] a = Parity.doublesBetween(-1, 1, n * n, 2);
    System.arraycopy(a, 0, a, n, n);
    for (int k = 0; k < n; k++) {
      a[2 * n + k] = -a[3 * n + k];
    }
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          c[i * n + j] += a[i * n + k] * a[j * n + k] / n;
        }
      }
    }
    return c;
  }

  private double[] exact() {
    double[] result = new double[N * N];
    new ReluCovariance(N).exactInto(mu, 0, covariance, 0, result, 0);
    return result;
  }

  @Test
  void elementsAreThoseOfThePairsAndTheDiagonalIsTheVariance() {
    double[] result = exact();
    double[] one = new double[1];
    for (int i = 0; i < N; i++) {
      double si = Math.sqrt(covariance[i * N + i]);
      ReluMoments.meanVarianceInto(
          new double[] {mu[i]}, 0, new double[] {si}, 0, new double[1], 0, one, 0, 1);
      assertThat(result[i * N + i]).isEqualTo(one[0]);
      for (int j = i + 1; j < N; j++) {
        double sj = Math.sqrt(covariance[j * N + j]);
        double rho = Math.clamp(covariance[i * N + j] / (si * sj), -1, 1);
        GaussianPairs.reluCovarianceInto(
            new double[] {mu[i]},
            0,
            new double[] {si},
            0,
            new double[] {mu[j]},
            0,
            new double[] {sj},
            0,
            new double[] {rho},
            0,
            one,
            0,
            1);
        // both are within 16 units of 2^-53 of the truth, and rho of its own rounding
        assertThat(result[i * N + j]).isCloseTo(one[0], within(40 * 0x1p-53 * si * sj));
        assertThat(result[j * N + i]).isEqualTo(result[i * N + j]);
      }
    }
  }

  @Test
  void theSeriesConvergesToTheExactMatrixAndIsNeverIndefinite() {
    double[] exact = exact();
    double[] series = new double[N * N];
    ReluCovariance plan = new ReluCovariance(N);
    double before = Double.POSITIVE_INFINITY;
    for (int terms : new int[] {1, 2, 4, 8, 16, 64}) {
      plan.seriesInto(terms, mu, 0, covariance, 0, series, 0);
      double worst = 0;
      for (int i = 4; i < N; i++) {
        for (int j = 4; j < N; j++) {
          worst = Math.max(worst, Math.abs(series[i * N + j] - exact[i * N + j]));
        }
      }
      assertThat(worst).as("error with " + terms + " terms").isLessThan(before);
      before = Math.max(worst, 0x1p-48);
      assertPositiveSemidefinite(series);
    }
    assertThat(before).isLessThan(1e-14);
    assertPositiveSemidefinite(exact);
  }

  /** Cholesky with a ridge of N ulp of the largest element: what rounding may take. */
  private static void assertPositiveSemidefinite(double[] matrix) {
    double[] l = matrix.clone();
    double largest = 0;
    for (int i = 0; i < N; i++) {
      largest = Math.max(largest, matrix[i * N + i]);
    }
    double ridge = 16 * N * 0x1p-53 * largest;
    for (int j = 0; j < N; j++) {
      double d = l[j * N + j] + ridge;
      for (int k = 0; k < j; k++) {
        d -= l[j * N + k] * l[j * N + k];
      }
      assertThat(d).as("pivot " + j).isPositive();
      double root = Math.sqrt(d);
      l[j * N + j] = root;
      for (int i = j + 1; i < N; i++) {
        double sum = l[i * N + j];
        for (int k = 0; k < j; k++) {
          sum -= l[i * N + k] * l[j * N + k];
        }
        l[i * N + j] = sum / root;
      }
    }
  }

  @Test
  void inPlaceAndFromFloatsItIsTheSameMatrix() {
    double[] exact = exact();
    double[] inPlace = covariance.clone();
    new ReluCovariance(N).exactInto(mu, 0, inPlace, 0, inPlace, 0);
    assertThat(inPlace).containsExactly(exact);

    float[] m = new float[N];
    float[] c = new float[N * N];
    float[] result = new float[N * N];
    for (int i = 0; i < N * N; i++) {
      c[i] = (float) covariance[i];
    }
    for (int i = 0; i < N; i++) {
      m[i] = (float) mu[i];
    }
    new ReluCovariance(N).exactInto(m, 0, c, 0, result, 0);
    for (int i = 0; i < N * N; i++) {
      // inputs of variance below 1 rounded to float: 2^-24 of each of five numbers
      assertThat((double) result[i]).isCloseTo(exact[i], within(5 * 0x1p-24));
    }
  }

  @Test
  void aVariableWithoutVarianceHasNoCovariance() {
    double[] sigma = {0, 0, 0, 2};
    double[] result = new double[4];
    new ReluCovariance(2).exactInto(new double[] {1, 1}, 0, sigma, 0, result, 0);
    assertThat(result[0]).isZero();
    assertThat(result[1]).isZero();
    assertThat(result[3]).isPositive();
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> new ReluCovariance(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n is 0; expected at least 1");
    assertThatThrownBy(() -> new ReluCovariance(50_000)).hasMessageContaining("46340");
    ReluCovariance plan = new ReluCovariance(2);
    assertThatThrownBy(() -> plan.exactInto(mu, 0, new double[3], 0, new double[4], 0))
        .hasMessageContaining("covariance has 3 elements; expected room for 4 from 0");
    assertThatThrownBy(() -> plan.exactInto(mu, 0, new double[] {1, 0, 0, -1}, 0, new double[4], 0))
        .hasMessageContaining("covariance at row and column 1 is -1.0");
    assertThatThrownBy(() -> plan.seriesInto(0, mu, 0, new double[4], 0, new double[4], 0))
        .hasMessageContaining("terms is 0");
  }
}
