package dev.gmr.bench;

import dev.gmr.kernels.Backend;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The limits that the other suites are held against, measured in the same run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBench {
  private static final int ITERATIONS = 100_000;

  /** Creates the state. */
  public PeakBench() {}

  /**
   * Independent FMA chains in registers.
   *
   * @return their sum
   */
  @Benchmark
  public float fma() {
    return Backend.kernels().tiles().fmaChains(ITERATIONS);
  }

  /**
   * Work of one call.
   *
   * @return floating-point operations
   */
  static double flops() {
    return 24.0 * Backend.kernels().lanes() * ITERATIONS;
  }
}
