package dev.gmr.bench;

import dev.gmr.kernels.Linear;
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

  private Linear linear;
  private float[] x;
  private float[] w;
  private float[] y;
  private float[] dw;
  private float[] dx;
  private float[] bias;
  private float[] packed;
  private float[] scratch;

  /** Creates the state. */
  public GemmBench() {}

  static Work work(Case c) {
    return Work.flops(2.0 * c.number("rows") * IN * OUT, 1);
  }

  /** Makes inputs and checks an element of each product against a sum in double. */
  @Setup
  public void setUp() {
    linear = new Linear(IN, OUT, rows);
    x = Samples.uniform(1, rows * IN);
    w = Samples.uniform(2, IN * OUT);
    y = new float[rows * OUT];
    dw = new float[IN * OUT];
    dx = new float[rows * IN];
    bias = new float[OUT];
    packed = new float[linear.packedSize()];
    scratch = new float[Linear.scratchSize()];
    forward();
    double sum = 0;
    for (int p = 0; p < IN; p++) {
      sum += (double) x[7 * IN + p] * w[linear.weightIndex(p, 1000)];
    }
    Samples.check("forward", y[7 * OUT + 1000], sum, 1e-2);
    backwardWeights();
    sum = 0;
    for (int n = 0; n < rows; n++) {
      sum += (double) x[n * IN + 3000] * y[n * OUT + 5];
    }
    Samples.check("backwardWeights", dw[linear.weightIndex(3000, 5)], sum, 1e-2);
    backwardInput();
    sum = 0;
    for (int p = 0; p < OUT; p++) {
      sum += (double) y[9 * OUT + p] * w[linear.weightIndex(3100, p)];
    }
    Samples.check("backwardInput", dx[9 * IN + 3100], sum, 1e-1);
  }

  /** Y = X W. */
  @Benchmark
  public void forward() {
    for (int p = 0; p < linear.panels(); p++) {
      linear.forward(p, rows, x, w, 0, bias, 0, y);
    }
  }

  /** dW = X' dY. */
  @Benchmark
  public void backwardWeights() {
    for (int p = 0; p < linear.panels(); p++) {
      linear.pack(p, rows, y, packed);
    }
    for (int b = 0; b < linear.blocks(); b++) {
      linear.backwardWeights(b, rows, x, packed, dw, 0);
    }
  }

  /** dX = dY W'. */
  @Benchmark
  public void backwardInput() {
    for (int c = 0; c < linear.chunks(rows); c++) {
      linear.transpose(c, rows, y, packed);
    }
    for (int b = 0; b < linear.blocks(); b++) {
      linear.backwardInput(b, rows, packed, w, 0, dx, scratch);
    }
  }
}
