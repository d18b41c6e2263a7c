package dev.gmr.bench;

import dev.gmr.kernels.Gemm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The products of LeNet's first linear layer (3136 to 1024) on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GemmBench {
  private static final int IN = 3136;
  private static final int OUT = 1024;

  /** Rows of the batch. */
  @Param({"100", "200"})
  public int rows;

  private Gemm forward;
  private Gemm weights;
  private Gemm input;
  private float[] x;
  private float[] w;
  private float[] y;
  private float[] dw;
  private float[] dx;
  private float[] zeros;
  private float[] scratch;

  /** Creates the state. */
  public GemmBench() {}

  static Work work(Case c) {
    return Work.flops(2.0 * c.number("rows") * IN * OUT, 1);
  }

  /** Makes inputs and checks an element of each product against a sum in double. */
  @Setup
  public void setUp() {
    forward = new Gemm(false, false, rows, OUT, IN, IN, OUT, OUT);
    weights = new Gemm(true, false, IN, OUT, rows, IN, OUT, OUT);
    input = new Gemm(false, true, rows, IN, OUT, OUT, OUT, IN);
    x = Samples.uniform(1, rows * IN);
    w = Samples.uniform(2, IN * OUT);
    y = new float[rows * OUT];
    dw = new float[IN * OUT];
    dx = new float[rows * IN];
    zeros = new float[IN];
    scratch =
        new float
            [Math.max(forward.scratchSize(), Math.max(weights.scratchSize(), input.scratchSize()))];
    forward();
    double sum = 0;
    for (int p = 0; p < IN; p++) {
      sum += (double) x[7 * IN + p] * w[p * OUT + 1000];
    }
    Samples.check("forward", y[7 * OUT + 1000], sum, 1e-2);
    backwardWeights();
    sum = 0;
    for (int n = 0; n < rows; n++) {
      sum += (double) x[n * IN + 3000] * y[n * OUT + 5];
    }
    Samples.check("backwardWeights", dw[3000 * OUT + 5], sum, 1e-2);
    backwardInput();
    sum = 0;
    for (int p = 0; p < OUT; p++) {
      sum += (double) y[9 * OUT + p] * w[3100 * OUT + p];
    }
    Samples.check("backwardInput", dx[9 * IN + 3100], sum, 1e-1);
  }

  /** Y = X W. */
  @Benchmark
  public void forward() {
    for (int p = 0; p < forward.panels(); p++) {
      forward.run(p, rows, IN, x, 0, w, 0, zeros, 0, y, 0, scratch);
    }
  }

  /** dW = X' dY. */
  @Benchmark
  public void backwardWeights() {
    for (int p = 0; p < weights.panels(); p++) {
      weights.run(p, IN, rows, x, 0, y, 0, zeros, 0, dw, 0, scratch);
    }
  }

  /** dX = dY W'. */
  @Benchmark
  public void backwardInput() {
    for (int p = 0; p < input.panels(); p++) {
      input.run(p, rows, OUT, y, 0, w, 0, zeros, 0, dx, 0, scratch);
    }
  }
}
