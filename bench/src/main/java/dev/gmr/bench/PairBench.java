package dev.gmr.bench;

import dev.gmr.kernels.spi.PairKernels;
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

/** The exact covariance of pairs of ReLUs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
public class PairBench {
  /** float or double. */
  @Param({"float", "double"})
  public String type;

  /** Kernels in use. */
  @Param({"simd", "scalar"})
  public String backend;

  private WarmUp.Range kernel;

  /** Creates the state. */
  public PairBench() {}

  /**
   * Compiles the kernel and checks elements of its results.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    PairKernels kernels = Samples.kernels(backend).pairs();
    PairArrays arrays = new PairArrays();
    boolean single = type.equals("float");
    kernel = single ? arrays.floats(kernels) : arrays.doubles(kernels);
    WarmUp.compile(params, kernel, PairArrays.N);
    reluCovariance();
    if (single) {
      arrays.checkFloats();
    } else {
      arrays.checkDoubles();
    }
  }

  /** The covariances. */
  @Benchmark
  public void reluCovariance() {
    kernel.run(0, PairArrays.N);
  }
}
