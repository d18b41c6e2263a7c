package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.oracle.DoubleDouble;
import dev.gmr.kernels.oracle.Oracle;
import dev.gmr.kernels.oracle.UlpError;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Moments of a rectified Gaussian: doubles against the oracle at {@code gmr.test.points} pairs
 * (default 50,000), floats against the doubles at forty times as many.
 */
class ReluMomentsAccuracyTest {
  private static final int POINTS = Integer.getInteger("gmr.test.points", 50_000);
  private static final int CHUNK = 2048;
  private static final Contract[] RESULTS = {
    Contract.RELU_MEAN,
    Contract.RELU_VARIANCE,
    Contract.RELU_MEAN_BY_MU,
    Contract.RELU_MEAN_BY_SIGMA,
    Contract.RELU_VARIANCE_BY_MU,
    Contract.RELU_VARIANCE_BY_SIGMA,
    Contract.RELU_SECOND_MOMENT,
    Contract.RELU_SECOND_MOMENT_BY_MU,
    Contract.RELU_SECOND_MOMENT_BY_SIGMA
  };

  private final double[] mu = new double[CHUNK];
  private final double[] sigma = new double[CHUNK];
  private final double[][] y = new double[RESULTS.length][CHUNK];

  @Test
  void doubles() {
    SplittableRandom random = new SplittableRandom(1);
    UlpError[] errors = new UlpError[RESULTS.length];
    for (int r = 0; r < RESULTS.length; r++) {
      errors[r] = new UlpError("double " + RESULTS[r].title);
    }
    for (int done = 0; done < POINTS; done += CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        // every exponent at which mu * sigma is no problem of its own, half of them near 1
        sigma[i] =
            StrictMath.exp((i & 1) == 0 ? random.nextDouble(-3, 3) : random.nextDouble(-600, 600));
        mu[i] = sigma[i] * random.nextDouble(-45, (i & 2) == 0 ? 45 : 3) * ((i & 4) == 0 ? 1 : 0.1);
      }
      compute();
      for (int i = 0; i < CHUNK; i++) {
        for (int r = 0; r < RESULTS.length; r++) {
          errors[r].add(y[r][i], oracle(RESULTS[r], mu[i], sigma[i]), mu[i], sigma[i]);
        }
        assertThat(y[0][i]).isGreaterThanOrEqualTo(Math.max(mu[i], 0));
        assertThat(y[1][i]).isNotNegative();
      }
    }
    for (int r = 0; r < RESULTS.length; r++) {
      AccuracyTable.add(RESULTS[r], false, errors[r].worst());
      errors[r].assertAtMost(RESULTS[r].doubleUlps);
    }
  }

  @Test
  void floats() {
    SplittableRandom random = new SplittableRandom(2);
    UlpMeter[] errors = new UlpMeter[RESULTS.length];
    for (int r = 0; r < RESULTS.length; r++) {
      errors[r] = new UlpMeter("float " + RESULTS[r].title);
    }
    float[] m = new float[CHUNK];
    float[] s = new float[CHUNK];
    float[][] z = new float[RESULTS.length][CHUNK];
    for (long done = 0; done < 40L * POINTS; done += CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        float any = Float.intBitsToFloat(random.nextInt() & 0x7fffffff);
        float near = (float) StrictMath.exp(random.nextDouble(-3, 3));
        s[i] = (i & 1) == 0 || !Float.isFinite(any) ? near : any;
        m[i] =
            (float)
                (s[i] * random.nextDouble(-24, (i & 2) == 0 ? 24 : 3) * ((i & 4) == 0 ? 1 : 0.1));
        m[i] = Float.isFinite(m[i]) ? m[i] : 0f;
        mu[i] = m[i];
        sigma[i] = s[i];
      }
      ReluMoments.meanVarianceWithGradientsInto(
          m, 0, s, 0, z[0], 0, z[1], 0, z[2], 0, z[3], 0, z[4], 0, z[5], 0, CHUNK);
      ReluMoments.secondMomentWithGradientsInto(m, 0, s, 0, z[6], 0, z[7], 0, z[8], 0, CHUNK);
      compute();
      for (int i = 0; i < CHUNK; i++) {
        for (int r = 0; r < RESULTS.length; r++) {
          errors[r].add(z[r][i], y[r][i], m[i], s[i]);
        }
        assertThat(z[0][i]).isGreaterThanOrEqualTo(Math.max(m[i], 0f));
        assertThat(z[1][i]).isNotNegative();
      }
    }
    for (int r = 0; r < RESULTS.length; r++) {
      AccuracyTable.add(RESULTS[r], true, errors[r].worst());
      errors[r].assertAtMost(RESULTS[r].floatUlps);
    }
  }

  private void compute() {
    ReluMoments.meanVarianceWithGradientsInto(
        mu, 0, sigma, 0, y[0], 0, y[1], 0, y[2], 0, y[3], 0, y[4], 0, y[5], 0, CHUNK);
    ReluMoments.secondMomentWithGradientsInto(mu, 0, sigma, 0, y[6], 0, y[7], 0, y[8], 0, CHUNK);
  }

  private static DoubleDouble oracle(Contract row, double mu, double sigma) {
    return switch (row) {
      case RELU_MEAN -> Oracle.reluMean(mu, sigma);
      case RELU_VARIANCE -> Oracle.reluVariance(mu, sigma);
      case RELU_MEAN_BY_MU -> Oracle.reluMeanByMu(mu, sigma);
      case RELU_MEAN_BY_SIGMA -> Oracle.reluMeanBySigma(mu, sigma);
      case RELU_VARIANCE_BY_MU -> Oracle.reluVarianceByMu(mu, sigma);
      case RELU_VARIANCE_BY_SIGMA -> Oracle.reluVarianceBySigma(mu, sigma);
      case RELU_SECOND_MOMENT -> Oracle.reluSecondMoment(mu, sigma);
      case RELU_SECOND_MOMENT_BY_MU -> Oracle.reluMean(mu, sigma).scale(1);
      case RELU_SECOND_MOMENT_BY_SIGMA -> Oracle.reluMeanByMu(mu, sigma).multiply(sigma).scale(1);
      default -> throw new IllegalArgumentException(row.title);
    };
  }

  @Test
  void allFormsGiveTheSameMeanAndTheSameGradients() {
    float[] m = Parity.between(-6, 6, CHUNK, 3);
    float[] s = Parity.between(0, 2, CHUNK, 4);
    float[][] a = new float[3][CHUNK];
    float[][] b = new float[6][CHUNK];
    float[] mean = new float[CHUNK];
    ReluMoments.meanInto(m, 0, s, 0, mean, 0, CHUNK);
    ReluMoments.meanWithGradientsInto(m, 0, s, 0, a[0], 0, a[1], 0, a[2], 0, CHUNK);
    ReluMoments.meanVarianceWithGradientsInto(
        m, 0, s, 0, b[0], 0, b[1], 0, b[2], 0, b[3], 0, b[4], 0, b[5], 0, CHUNK);
    assertThat(a[0]).containsExactly(mean);
    assertThat(b[0]).containsExactly(mean);
    assertThat(b[2]).containsExactly(a[1]);
    assertThat(b[3]).containsExactly(a[2]);
  }

  @Test
  void oneSigmaForAllOrForAChannelIsTheSameAsRepeatingIt() {
    int n = 3001;
    float[] m = Parity.between(-3, 3, n, 5);
    double[] md = Parity.doublesBetween(-3, 3, n, 5);
    for (int period : new int[] {1, 2, 3, 10, 32, 255, 256, 300, 3001, 5000}) {
      float[] s = Parity.between(0, 2, period + 2, period);
      double[] sd = Parity.doublesBetween(0, 2, period + 2, period);
      float[] repeated = new float[n];
      double[] repeatedDoubles = new double[n];
      for (int i = 0; i < n; i++) {
        repeated[i] = s[2 + i % period];
        repeatedDoubles[i] = sd[2 + i % period];
      }
      float[] got = new float[n];
      float[] expected = new float[n];
      ReluMoments.meanInto(m, 0, s, 2, period, got, 0, n);
      ReluMoments.meanInto(m, 0, repeated, 0, expected, 0, n);
      assertThat(got).as("period " + period).containsExactly(expected);
      double[] gotDoubles = new double[n];
      double[] expectedDoubles = new double[n];
      ReluMoments.meanVarianceInto(md, 0, sd, 2, period, new double[n], 0, gotDoubles, 0, n);
      ReluMoments.meanVarianceInto(
          md, 0, repeatedDoubles, 0, new double[n], 0, expectedDoubles, 0, n);
      assertThat(gotDoubles).as("period " + period).containsExactly(expectedDoubles);
    }
  }
}
