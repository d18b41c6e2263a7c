package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.oracle.DoubleDouble;
import dev.gmr.kernels.oracle.Oracle;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Activations and pairs whose errors are absolute: against the oracle, at {@code gmr.test.pairs}
 * points (default 300), in units of 2^-53 (doubles) or 2^-24 (floats) of the scale that the facade
 * names.
 */
class PairAccuracyTest {
  private static final int POINTS = Integer.getInteger("gmr.test.pairs", 300);
  private static final double DOUBLE_UNIT = 0x1p-53;
  private static final double FLOAT_UNIT = 0x1p-24;

  private final SplittableRandom random = new SplittableRandom(11);

  /** The largest error of one result, in units. */
  private static final class Worst {
    final String name;
    double units;
    String where = "";

    Worst(String name) {
      this.name = name;
    }

    void add(double got, DoubleDouble exact, double unit, double... at) {
      double error = Math.abs(exact.subtract(got).doubleValue()) / unit;
      if (!(error <= units)) {
        units = error;
        where = java.util.Arrays.toString(at) + ": " + got + ", exact " + exact;
      }
    }

    void assertAtMost(double most) {
      System.out.printf(Locale.ROOT, "%s: at most %.2f units at %s%n", name, units, where);
      assertThat(units).as(name + " at " + where).isLessThanOrEqualTo(most);
    }
  }

  /** Ordinary correlations, and those a hair from -1, 0 and 1, and these. */
  private double correlation(int i) {
    double tiny = StrictMath.exp(-36 * random.nextDouble());
    return switch (i % 8) {
      case 0 -> 1 - tiny;
      case 1 -> tiny - 1;
      case 2 -> tiny;
      case 3 -> i % 16 == 3 ? 1 : -1;
      default -> random.nextDouble(-1, 1);
    };
  }

  private double mean(int i) {
    return i % 5 == 0 ? random.nextDouble(-9, 9) : random.nextDouble(-2, 2);
  }

  @Test
  void bivariateCdf() {
    Worst doubles = new Worst("double cdf(a, b, rho)");
    Worst floats = new Worst("float cdf(a, b, rho)");
    for (int i = 0; i < POINTS; i++) {
      double rho = (float) correlation(i);
      double a = (float) mean(i);
      // equal arguments and arguments that differ by little are the hard ones as rho comes to 1
      double b = i % 3 == 0 ? a : i % 3 == 1 ? (float) (a + 0.01 * mean(i)) : (float) mean(i);
      double[] y = new double[1];
      float[] z = new float[1];
      GaussianPairs.cdfInto(
          new double[] {a}, 0, new double[] {b}, 0, new double[] {rho}, 0, y, 0, 1);
      GaussianPairs.cdfInto(
          new float[] {(float) a},
          0,
          new float[] {(float) b},
          0,
          new float[] {(float) rho},
          0,
          z,
          0,
          1);
      DoubleDouble exact = Oracle.bivariateCdf(a, b, rho);
      doubles.add(y[0], exact, DOUBLE_UNIT, a, b, rho);
      floats.add(z[0], exact, FLOAT_UNIT, a, b, rho);
    }
    doubles.assertAtMost(8);
    floats.assertAtMost(1);
  }

  @Test
  void reluCovariance() {
    Worst doubles = new Worst("double ReLU covariance / (sigma1 sigma2)");
    Worst floats = new Worst("float ReLU covariance / (sigma1 sigma2)");
    for (int i = 0; i < POINTS; i++) {
      double rho = (float) correlation(i);
      double s1 = (float) StrictMath.exp(random.nextDouble(-3, 3));
      double s2 = i % 3 == 0 ? s1 : (float) StrictMath.exp(random.nextDouble(-3, 3));
      double m1 = (float) (s1 * mean(i));
      double m2 = i % 3 == 0 ? m1 : (float) (s2 * mean(i));
      double[] y = new double[1];
      float[] z = new float[1];
      GaussianPairs.reluCovarianceInto(
          new double[] {m1},
          0,
          new double[] {s1},
          0,
          new double[] {m2},
          0,
          new double[] {s2},
          0,
          new double[] {rho},
          0,
          y,
          0,
          1);
      GaussianPairs.reluCovarianceInto(
          new float[] {(float) m1},
          0,
          new float[] {(float) s1},
          0,
          new float[] {(float) m2},
          0,
          new float[] {(float) s2},
          0,
          new float[] {(float) rho},
          0,
          z,
          0,
          1);
      DoubleDouble exact = Oracle.reluCovariance(m1, s1, m2, s2, rho);
      doubles.add(y[0], exact, DOUBLE_UNIT * s1 * s2, m1, s1, m2, s2, rho);
      floats.add(z[0], exact, FLOAT_UNIT * s1 * s2, m1, s1, m2, s2, rho);
    }
    doubles.assertAtMost(16);
    floats.assertAtMost(1);
  }

  @Test
  void zeroMeansAgreeWithTheGeneralForm() {
    Worst doubles = new Worst("double zero-mean ReLU covariance / (sigma1 sigma2)");
    Worst floats = new Worst("float zero-mean ReLU covariance / (sigma1 sigma2)");
    for (int i = 0; i < POINTS; i++) {
      double rho = (float) correlation(i);
      double[] y = new double[1];
      float[] z = new float[1];
      GaussianPairs.zeroMeanReluCovarianceInto(
          new double[] {2}, 0, new double[] {0.5}, 0, new double[] {rho}, 0, y, 0, 1);
      GaussianPairs.zeroMeanReluCovarianceInto(
          new float[] {2}, 0, new float[] {0.5f}, 0, new float[] {(float) rho}, 0, z, 0, 1);
      DoubleDouble exact = Oracle.reluCovariance(0, 2, 0, 0.5, rho);
      doubles.add(y[0], exact, DOUBLE_UNIT, rho);
      floats.add(z[0], exact, FLOAT_UNIT, rho);
    }
    doubles.assertAtMost(3);
    floats.assertAtMost(0.6);
  }

  @Test
  void maximum() {
    Worst means = new Worst("double mean of the maximum / (sigma1 + sigma2 + |means|)");
    Worst variances = new Worst("double variance of the maximum / (sigma1 + sigma2)^2");
    for (int i = 0; i < POINTS; i++) {
      double rho = correlation(i);
      double s1 = StrictMath.exp(random.nextDouble(-2, 2));
      double s2 = i % 3 == 0 ? s1 : StrictMath.exp(random.nextDouble(-2, 2));
      double m1 = mean(i);
      double m2 = i % 4 == 0 ? m1 : mean(i);
      double[] mean = new double[1];
      double[] variance = new double[1];
      double[] probability = new double[1];
      GaussianPairs.maximumInto(
          new double[] {m1},
          0,
          new double[] {s1},
          0,
          new double[] {m2},
          0,
          new double[] {s2},
          0,
          new double[] {rho},
          0,
          mean,
          0,
          variance,
          0,
          probability,
          0,
          1);
      double scale = s1 + s2;
      means.add(
          mean[0],
          Oracle.maxMean(m1, s1, m2, s2, rho),
          DOUBLE_UNIT * (scale + Math.abs(m1) + Math.abs(m2)),
          m1,
          s1,
          m2,
          s2,
          rho);
      variances.add(
          variance[0],
          Oracle.maxVariance(m1, s1, m2, s2, rho),
          DOUBLE_UNIT * scale * scale,
          m1,
          s1,
          m2,
          s2,
          rho);
    }
    means.assertAtMost(4);
    variances.assertAtMost(8);
  }

  @Test
  void gelu() {
    Worst means = new Worst("double GELU mean / (|mu| + sigma)");
    Worst variances = new Worst("double GELU variance / (sigma (|mu| + sigma))");
    Worst floatMeans = new Worst("float GELU mean / (|mu| + sigma)");
    Worst floatVariances = new Worst("float GELU variance / (sigma (|mu| + sigma))");
    for (int i = 0; i < POINTS; i++) {
      double s = (float) StrictMath.exp(random.nextDouble(-3, 2));
      double m = (float) (i % 2 == 0 ? random.nextDouble(-8, 8) : s * random.nextDouble(-8, 8));
      double[] mean = new double[1];
      double[] variance = new double[1];
      float[] floatMean = new float[1];
      float[] floatVariance = new float[1];
      GeluMoments.meanVarianceInto(
          new double[] {m}, 0, new double[] {s}, 0, mean, 0, variance, 0, 1);
      GeluMoments.meanVarianceInto(
          new float[] {(float) m},
          0,
          new float[] {(float) s},
          0,
          floatMean,
          0,
          floatVariance,
          0,
          1);
      DoubleDouble exactMean = Oracle.geluMean(m, s);
      DoubleDouble exactVariance = Oracle.geluVariance(m, s);
      double scale = Math.abs(m) + s;
      means.add(mean[0], exactMean, DOUBLE_UNIT * scale, m, s);
      variances.add(variance[0], exactVariance, DOUBLE_UNIT * s * scale, m, s);
      floatMeans.add(floatMean[0], exactMean, FLOAT_UNIT * scale, m, s);
      floatVariances.add(floatVariance[0], exactVariance, FLOAT_UNIT * s * scale, m, s);
    }
    means.assertAtMost(8);
    variances.assertAtMost(64);
    floatMeans.assertAtMost(1);
    floatVariances.assertAtMost(2);
  }

  @Test
  void clipped() {
    Worst means = new Worst("double clipped mean / (sigma + |mean|)");
    Worst variances = new Worst("double clipped variance / sigma^2");
    Worst floatMeans = new Worst("float clipped mean / (sigma + |mean|)");
    Worst floatVariances = new Worst("float clipped variance / sigma^2");
    for (int i = 0; i < POINTS; i++) {
      double s = (float) StrictMath.exp(random.nextDouble(-3, 3));
      double m = (float) random.nextDouble(-8, 8);
      double low = -1;
      double high = i % 2 == 0 ? 1 : 6;
      double[] mean = new double[1];
      double[] variance = new double[1];
      float[] floatMean = new float[1];
      float[] floatVariance = new float[1];
      ClippedMoments.meanVarianceInto(
          low, high, new double[] {m}, 0, new double[] {s}, 0, mean, 0, variance, 0, 1);
      ClippedMoments.meanVarianceInto(
          low,
          high,
          new float[] {(float) m},
          0,
          new float[] {(float) s},
          0,
          floatMean,
          0,
          floatVariance,
          0,
          1);
      DoubleDouble exactMean = Oracle.clippedMean(m, s, low, high);
      DoubleDouble exactVariance = Oracle.clippedVariance(m, s, low, high);
      double scale = s + Math.abs(mean[0]);
      means.add(mean[0], exactMean, DOUBLE_UNIT * scale, m, s, high);
      variances.add(variance[0], exactVariance, DOUBLE_UNIT * s * s, m, s, high);
      floatMeans.add(floatMean[0], exactMean, FLOAT_UNIT * scale, m, s, high);
      floatVariances.add(floatVariance[0], exactVariance, FLOAT_UNIT * s * s, m, s, high);
      assertThat(mean[0]).isBetween(low, high);
      assertThat(variance[0]).isNotNegative();
    }
    means.assertAtMost(8);
    variances.assertAtMost(32);
    floatMeans.assertAtMost(1);
    floatVariances.assertAtMost(1);
  }
}
