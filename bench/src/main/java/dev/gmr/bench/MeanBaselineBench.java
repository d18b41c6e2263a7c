package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.apache.commons.statistics.distribution.NormalDistribution;
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
 * What {@link MeanBench} is held against: the same by Apache Commons Statistics, and a copy that
 * moves as many bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
public class MeanBaselineBench {
  /** A loop that moves one float at a time takes five times as long and more. */
  private static final long MOST_OF_ARRAYCOPY = 3;

  private static final int NEAR = 2048;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Elements. */
  @Param({"25088", "16777216"})
  public int n;

  private MeanArrays arrays;

  /** Creates the state. */
  public MeanBaselineBench() {}

  /**
   * Compiles the baseline and checks its results; of the copy also that C2 has vectorised it.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    arrays = new MeanArrays(n);
    if (Case.of(params).method().equals("copy")) {
      WarmUp.compile(params, this::copy, n);
      if (params.getMode() != Mode.SingleShotTime) {
        checkVectorised();
      }
      copy();
      for (int i = 0; i < n; i += 997) {
        Samples.check("copy", arrays.mean[i], arrays.mu[i], 0);
        Samples.check("copy", arrays.cdf[i], arrays.sigma[i], 0);
        Samples.check("copy", arrays.pdf[i], arrays.mu[i], 0);
      }
    } else {
      WarmUp.compile(params, this::commons, n);
      commonsMean();
      arrays.check();
    }
  }

  /** Compares the best times in the nearest cache, which other programs do not disturb. */
  private void checkVectorised() {
    MeanArrays a = arrays;
    long loop = Long.MAX_VALUE;
    long arraycopy = Long.MAX_VALUE;
    for (int i = 0; i < 20_000; i++) {
      long begun = System.nanoTime();
      copy(0, NEAR);
      long between = System.nanoTime();
      System.arraycopy(a.mu, 0, a.mean, 0, NEAR);
      System.arraycopy(a.sigma, 0, a.cdf, 0, NEAR);
      System.arraycopy(a.mu, 0, a.pdf, 0, NEAR);
      long ended = System.nanoTime();
      loop = Math.min(loop, between - begun);
      arraycopy = Math.min(arraycopy, ended - between);
    }
    if (loop > MOST_OF_ARRAYCOPY * arraycopy) {
      throw new IllegalStateException(
          "the copy takes %s ns where System.arraycopy takes %s ns: it is not vectorised"
              .formatted(loop, arraycopy));
    }
  }

  private void commons(int from, int count) {
    MeanArrays a = arrays;
    for (int i = from; i < from + count; i++) {
      double z = (double) a.mu[i] / a.sigma[i];
      double cdf = NORMAL.cumulativeProbability(z);
      double pdf = NORMAL.density(z);
      a.mean[i] = (float) (a.mu[i] * cdf + a.sigma[i] * pdf);
      a.cdf[i] = (float) cdf;
      a.pdf[i] = (float) pdf;
    }
  }

  private void copy(int from, int count) {
    copy(arrays.mu, arrays.sigma, arrays.mean, arrays.cdf, arrays.pdf, from, from + count);
  }

  private static void copy(
      float[] mu, float[] sigma, float[] mean, float[] cdf, float[] pdf, int from, int to) {
    for (int i = from; i < to; i++) {
      mean[i] = mu[i];
      cdf[i] = sigma[i];
      pdf[i] = mu[i];
    }
  }

  /** The textbook formula with Commons' Phi and phi, in double. */
  @Benchmark
  public void commonsMean() {
    commons(0, n);
  }

  /** Two arrays read, three written. */
  @Benchmark
  public void copy() {
    copy(0, n);
  }
}
