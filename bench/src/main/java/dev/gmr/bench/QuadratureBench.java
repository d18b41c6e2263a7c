package dev.gmr.bench;

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

/** What {@link PairBench} is held against: scalar quadrature with 48 nodes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
public class QuadratureBench {
  private final PairArrays arrays = new PairArrays();

  /** Creates the state. */
  public QuadratureBench() {}

  /**
   * Compiles the quadrature and checks it where there is a closed form, at means of zero.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    WarmUp.compile(params, arrays::quadrature, PairArrays.N);
    for (int i = -99; i < 100; i++) {
      double rho = i / 100.0;
      Samples.check(
          "quadrature",
          PairQuadrature.reluCovariance(0, 0.5, 0, 2, rho),
          PairQuadrature.zeroMeans(0.5, 2, rho),
          1e-13);
    }
  }

  /** The covariances, doubles. */
  @Benchmark
  public void quadrature() {
    arrays.quadrature(0, PairArrays.N);
  }
}
