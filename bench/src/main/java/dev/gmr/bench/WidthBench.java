package dev.gmr.bench;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.KernelSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The largest kernels at 128, 256 and 512 bits, each in a fork that forces the width; the number in
 * a method's name is that width. Widths that the CPU lacks run as plain Java, slowly.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WidthBench {
  private WarmUp.Range kernel;
  private int n;

  /** Creates the state. */
  public WidthBench() {}

  /**
   * Compiles the kernel and checks elements of its results.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    String method = Case.of(params).method();
    KernelSet kernels = Backend.kernels();
    String bits = System.getProperty("gmr.simd.bits");
    if (bits != null && !method.endsWith(bits)) {
      throw new IllegalStateException(method + " runs at " + bits + " bits");
    }
    MeanArrays means = new MeanArrays(MeanBench.CACHED);
    PairArrays pairs = new PairArrays();
    n = (int) MomentWork.of(Case.of(params)).elements();
    Runnable check;
    if (method.startsWith("fusedMean")) {
      kernel =
          (i, count) ->
              kernels
                  .moments()
                  .reluMeanWithGradients(
                      means.mu,
                      i,
                      means.sigma,
                      i,
                      means.mean,
                      i,
                      means.cdf,
                      i,
                      means.pdf,
                      i,
                      count);
      check = means::check;
    } else if (method.startsWith("floatPairs")) {
      kernel = pairs.floats(kernels.pairs());
      check = pairs::checkFloats;
    } else {
      kernel = pairs.doubles(kernels.pairs());
      check = pairs::checkDoubles;
    }
    WarmUp.compile(params, kernel, n);
    kernel.run(0, n);
    check.run();
  }

  /** The fused mean with gradients, floats. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=128")
  public void fusedMean128() {
    kernel.run(0, n);
  }

  /** The fused mean with gradients, floats. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=256")
  public void fusedMean256() {
    kernel.run(0, n);
  }

  /** The fused mean with gradients, floats. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=512")
  public void fusedMean512() {
    kernel.run(0, n);
  }

  /** The covariance of pairs, floats. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=128")
  public void floatPairs128() {
    kernel.run(0, n);
  }

  /** The covariance of pairs, floats. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=256")
  public void floatPairs256() {
    kernel.run(0, n);
  }

  /** The covariance of pairs, floats. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=512")
  public void floatPairs512() {
    kernel.run(0, n);
  }

  /** The covariance of pairs, doubles. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=128")
  public void doublePairs128() {
    kernel.run(0, n);
  }

  /** The covariance of pairs, doubles. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=256")
  public void doublePairs256() {
    kernel.run(0, n);
  }

  /** The covariance of pairs, doubles. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dgmr.simd.bits=512")
  public void doublePairs512() {
    kernel.run(0, n);
  }
}
