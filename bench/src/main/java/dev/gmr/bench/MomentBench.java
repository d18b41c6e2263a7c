package dev.gmr.bench;

import dev.gmr.kernels.spi.MomentKernels;
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

/** Moments of Gaussians behind activations, floats and doubles, from cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class MomentBench {
  static final int N = 8192;

  private static final int RESULTS = 6;

  /** The kernel. */
  @Param({
    "reluMeanWithGradients",
    "reluMeanVariance",
    "reluMeanVarianceWithGradients",
    "reluSecondMoment",
    "leakyReluMeanVariance",
    "geluMean",
    "geluMeanVariance",
    "clippedMeanVariance"
  })
  public String kernel;

  /** float or double. */
  @Param({"float", "double"})
  public String type;

  /** Kernels in use. */
  @Param({"simd", "scalar"})
  public String backend;

  private final float[] mu = Samples.uniform(1, N, -2, 2);
  private final float[] sigma = Samples.uniform(2, N, 0.1f, 1);
  private final float[][] y = new float[RESULTS][N];
  private final double[] mud = Samples.doubles(1, N, -2, 2);
  private final double[] sigmad = Samples.doubles(2, N, 0.1, 1);
  private final double[][] yd = new double[RESULTS][N];
  private WarmUp.Range range;

  /** Creates the state. */
  public MomentBench() {}

  /**
   * Compiles the kernel and checks elements of its results.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    MomentKernels kernels = Samples.kernels(backend).moments();
    boolean single = type.equals("float");
    range = single ? floats(kernels) : doubles(kernels);
    WarmUp.compile(params, range, N);
    moment();
    for (int i = 0; i < N; i += 41) {
      double[] expected =
          single
              ? GaussianFormulas.moments(kernel, mu[i], sigma[i])
              : GaussianFormulas.moments(kernel, mud[i], sigmad[i]);
      for (int j = 0; j < expected.length; j++) {
        // the textbook's variances are differences of numbers of up to 5
        double error = single ? 1e-6 : 1e-14;
        Samples.check(
            kernel + " " + j,
            single ? y[j][i] : yd[j][i],
            expected[j],
            error * (1 + Math.abs(expected[0])));
      }
    }
  }

  private WarmUp.Range floats(MomentKernels k) {
    return switch (kernel) {
      case "reluMeanWithGradients" ->
          (i, n) -> k.reluMeanWithGradients(mu, i, sigma, i, y[0], i, y[1], i, y[2], i, n);
      case "reluMeanVariance" -> (i, n) -> k.reluMeanVariance(mu, i, sigma, i, y[0], i, y[1], i, n);
      case "reluMeanVarianceWithGradients" ->
          (i, n) ->
              k.reluMeanVarianceWithGradients(
                  mu, i, sigma, i, y[0], i, y[1], i, y[2], i, y[3], i, y[4], i, y[5], i, n);
      case "reluSecondMoment" -> (i, n) -> k.reluSecondMoment(mu, i, sigma, i, y[0], i, n);
      case "leakyReluMeanVariance" ->
          (i, n) ->
              k.leakyReluMeanVariance(GaussianFormulas.SLOPE, mu, i, sigma, i, y[0], i, y[1], i, n);
      case "geluMean" -> (i, n) -> k.geluMean(mu, i, sigma, i, y[0], i, n);
      case "geluMeanVariance" -> (i, n) -> k.geluMeanVariance(mu, i, sigma, i, y[0], i, y[1], i, n);
      case "clippedMeanVariance" ->
          (i, n) ->
              k.clippedMeanVariance(
                  GaussianFormulas.LOW,
                  GaussianFormulas.HIGH,
                  mu,
                  i,
                  sigma,
                  i,
                  y[0],
                  i,
                  y[1],
                  i,
                  n);
      default -> throw new IllegalArgumentException(kernel);
    };
  }

  private WarmUp.Range doubles(MomentKernels k) {
    return switch (kernel) {
      case "reluMeanWithGradients" ->
          (i, n) -> k.reluMeanWithGradients(mud, i, sigmad, i, yd[0], i, yd[1], i, yd[2], i, n);
      case "reluMeanVariance" ->
          (i, n) -> k.reluMeanVariance(mud, i, sigmad, i, yd[0], i, yd[1], i, n);
      case "reluMeanVarianceWithGradients" ->
          (i, n) ->
              k.reluMeanVarianceWithGradients(
                  mud, i, sigmad, i, yd[0], i, yd[1], i, yd[2], i, yd[3], i, yd[4], i, yd[5], i, n);
      case "reluSecondMoment" -> (i, n) -> k.reluSecondMoment(mud, i, sigmad, i, yd[0], i, n);
      case "leakyReluMeanVariance" ->
          (i, n) ->
              k.leakyReluMeanVariance(
                  GaussianFormulas.SLOPE, mud, i, sigmad, i, yd[0], i, yd[1], i, n);
      case "geluMean" -> (i, n) -> k.geluMean(mud, i, sigmad, i, yd[0], i, n);
      case "geluMeanVariance" ->
          (i, n) -> k.geluMeanVariance(mud, i, sigmad, i, yd[0], i, yd[1], i, n);
      case "clippedMeanVariance" ->
          (i, n) ->
              k.clippedMeanVariance(
                  GaussianFormulas.LOW,
                  GaussianFormulas.HIGH,
                  mud,
                  i,
                  sigmad,
                  i,
                  yd[0],
                  i,
                  yd[1],
                  i,
                  n);
      default -> throw new IllegalArgumentException(kernel);
    };
  }

  /** The kernel. */
  @Benchmark
  public void moment() {
    range.run(0, N);
  }
}
