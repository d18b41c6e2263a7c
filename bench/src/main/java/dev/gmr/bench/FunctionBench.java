package dev.gmr.bench;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.FunctionKernels;
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

/** Every function of one number, floats and doubles, from cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class FunctionBench {
  static final int N = 8192;

  /** The function. */
  @Param public Function function;

  /** float or double. */
  @Param({"float", "double"})
  public String type;

  /** Kernels in use. */
  @Param({"simd", "scalar"})
  public String backend;

  private FunctionKernels kernels;
  private float[] x;
  private float[] y;
  private double[] xd;
  private double[] yd;
  private WarmUp.Range kernel;

  /** Creates the state. */
  public FunctionBench() {}

  /**
   * Compiles the kernel and checks elements of its results.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    double low =
        switch (function) {
          case LOG, INVERSE_CDF -> 0.001;
          case ERFCX -> -3;
          default -> -5;
        };
    double high =
        switch (function) {
          case LOG -> 100;
          case INVERSE_CDF -> 0.999;
          case ERFCX -> 3;
          default -> 5;
        };
    kernels = Samples.kernels(backend).functions();
    boolean single = type.equals("float");
    x = Samples.uniform(1, N, (float) low, (float) high);
    y = new float[N];
    xd = Samples.doubles(2, N, low, high);
    yd = new double[N];
    kernel = single ? this::floats : this::doubles;
    WarmUp.compile(params, kernel, N);
    function();
    for (int i = 0; i < N; i += 41) {
      double argument = single ? x[i] : xd[i];
      double expected = GaussianFormulas.function(function, argument);
      double scale =
          GaussianFormulas.cancels(function) ? 1 + argument * argument : Math.abs(expected);
      double error = single ? 1e-6 : 1e-13;
      Samples.check(function.name(), single ? y[i] : yd[i], expected, error * scale);
    }
  }

  private void floats(int from, int count) {
    kernels.apply(function, x, from, y, from, count);
  }

  private void doubles(int from, int count) {
    kernels.apply(function, xd, from, yd, from, count);
  }

  /** The function. */
  @Benchmark
  public void function() {
    kernel.run(0, N);
  }
}
