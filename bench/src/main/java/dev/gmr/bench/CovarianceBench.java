package dev.gmr.bench;

import dev.gmr.kernels.ReluCovariance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The covariance matrix of 1024 ReLUs, of a matrix with one common factor: correlations of every
 * size.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
public class CovarianceBench {
  static final int N = 1024;

  private static final int TERMS = 8;

  /** float or double. */
  @Param({"float", "double"})
  public String type;

  private final ReluCovariance kernel = new ReluCovariance(N);
  private final double[] mu = Samples.doubles(1, N, -2, 2);
  private final double[] deviation = Samples.doubles(2, N, 0.1, 1);
  private final double[] loading = Samples.doubles(3, N, -0.99, 0.99);
  private double[] sigma;
  private double[] result;
  private float[] muf;
  private float[] sigmaf;
  private float[] resultf;

  /** Creates the state. */
  public CovarianceBench() {}

  /**
   * Compiles the kernel and checks some pairs.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    sigma = new double[N * N];
    result = new double[N * N];
    muf = new float[N];
    sigmaf = new float[N * N];
    resultf = new float[N * N];
    for (int i = 0; i < N; i++) {
      muf[i] = (float) mu[i];
      for (int j = 0; j < N; j++) {
        sigma[i * N + j] = correlation(i, j) * deviation[i] * deviation[j];
        sigmaf[i * N + j] = (float) sigma[i * N + j];
      }
    }
    boolean exact = Case.of(params).method().equals("exactMatrix");
    // a call is the whole matrix, which is thousands of the kernel's
    WarmUp.compile(params, (from, count) -> run(exact), 1);
    run(exact);
    for (int i = 0; i < N; i += 31) {
      for (int j = i + 1; j < N; j += 37) {
        double expected = expected(exact, i, j);
        check(expected, i * N + j);
        check(expected, j * N + i);
      }
    }
  }

  private double correlation(int i, int j) {
    return i == j ? 1 : loading[i] * loading[j];
  }

  private double expected(boolean exact, int i, int j) {
    double rho = correlation(i, j);
    return exact
        ? PairQuadrature.reluCovariance(mu[i], deviation[i], mu[j], deviation[j], rho)
        : GaussianFormulas.reluSeries(TERMS, mu[i], deviation[i], mu[j], deviation[j], rho);
  }

  private void check(double expected, int at) {
    // rounding mu and Sigma to floats moves a threshold of up to 20 by some 1e-6
    if (type.equals("float")) {
      Samples.check("float covariance", resultf[at], expected, 1e-6);
    } else {
      Samples.check("double covariance", result[at], expected, 1e-13);
    }
  }

  private void run(boolean exact) {
    boolean single = type.equals("float");
    if (exact && single) {
      kernel.exactInto(muf, 0, sigmaf, 0, resultf, 0);
    } else if (exact) {
      kernel.exactInto(mu, 0, sigma, 0, result, 0);
    } else if (single) {
      kernel.seriesInto(TERMS, muf, 0, sigmaf, 0, resultf, 0);
    } else {
      kernel.seriesInto(TERMS, mu, 0, sigma, 0, result, 0);
    }
  }

  /** Exactly. */
  @Benchmark
  public void exactMatrix() {
    run(true);
  }

  /** By 8 terms of the series. */
  @Benchmark
  public void seriesMatrix() {
    run(false);
  }
}
