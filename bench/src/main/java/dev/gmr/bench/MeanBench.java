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

/**
 * The mean of rectified Gaussians with both gradients, floats: one image's activations behind the
 * first convolution (28 x 28 x 32, in cache), and 16 million elements (from memory).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
public class MeanBench {
  static final int CACHED = 28 * 28 * 32;

  /** Elements. */
  @Param({"25088", "16777216"})
  public int n;

  /** Kernels in use. */
  @Param({"simd", "scalar"})
  public String backend;

  private MeanArrays arrays;
  private MomentKernels kernels;

  /** Creates the state. */
  public MeanBench() {}

  /**
   * Compiles the kernel and checks elements of its results.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    arrays = new MeanArrays(n);
    kernels = Samples.kernels(backend).moments();
    WarmUp.compile(params, this::apply, n);
    fusedMean();
    arrays.check();
  }

  private void apply(int from, int count) {
    MeanArrays a = arrays;
    kernels.reluMeanWithGradients(
        a.mu, from, a.sigma, from, a.mean, from, a.cdf, from, a.pdf, from, count);
  }

  /** The fused kernel. */
  @Benchmark
  public void fusedMean() {
    apply(0, n);
  }
}
