package dev.gmr.bench;

import dev.gmr.kernels.Linear;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The products of a linear layer's training on one thread, in the shapes of LeNet's first one (3136
 * to 1024) and a square one. W lies in the panels that the layer keeps it in; packing of the other
 * operand is part of the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GemmBench {
  /** Rows of the batch x inputs x outputs. */
  @Param({"100x3136x1024", "1000x3136x1024", "1024x1024x1024"})
  public String shape;

  private int rows;
  private int inputs;
  private int outputs;
  private Linear linear;
  private float[] x;
  private float[] w;
  private float[] y;
  private float[] dw;
  private float[] dx;
  private float[] bias;
  private float[] packed;
  private float[] interleaved;
  private float[] scratch;

  /** Creates the state. */
  public GemmBench() {}

  static Work work(Case c) {
    double flops = 2;
    for (int size : sizes(c.param("shape"))) {
      flops *= size;
    }
    return Work.flops(flops, 1);
  }

  private static int[] sizes(String shape) {
    return Arrays.stream(shape.split("x", 3)).mapToInt(Integer::parseInt).toArray();
  }

  /** Makes inputs and checks an element of each product against a sum in double. */
  @Setup
  public void setUp() {
    int[] sizes = sizes(shape);
    rows = sizes[0];
    inputs = sizes[1];
    outputs = sizes[2];
    linear = new Linear(inputs, outputs, rows, 1);
    x = Samples.uniform(1, rows * inputs);
    w = Samples.uniform(2, inputs * outputs);
    y = new float[rows * outputs];
    dw = new float[inputs * outputs];
    dx = new float[rows * inputs];
    bias = new float[outputs];
    packed = new float[linear.packedSize()];
    interleaved =
        new float[Math.max(linear.interleavedInputSize(), linear.interleavedGradientSize())];
    scratch = new float[linear.scratchSize()];
    forward();
    double sum = 0;
    for (int p = 0; p < inputs; p++) {
      sum += (double) x[7 * inputs + p] * w[linear.weightIndex(p, 1000)];
    }
    Samples.check("forward", y[7 * outputs + 1000], sum, 1e-2);
    backwardWeights();
    sum = 0;
    for (int n = 0; n < rows; n++) {
      sum += (double) x[n * inputs + 1000] * y[n * outputs + 5];
    }
    Samples.check("backwardWeights", dw[linear.weightIndex(1000, 5)], sum, 1e-1);
    backwardInput();
    sum = 0;
    for (int p = 0; p < outputs; p++) {
      sum += (double) y[9 * outputs + p] * w[linear.weightIndex(1010, p)];
    }
    Samples.check("backwardInput", dx[9 * inputs + 1010], sum, 1e-1);
  }

  /** Y = X W. */
  @Benchmark
  public void forward() {
    for (int g = 0; g < linear.groups(rows); g++) {
      linear.interleaveInput(g, rows, x, interleaved);
    }
    for (int p = 0; p < linear.parts(rows); p++) {
      linear.forward(p, rows, x, interleaved, w, 0, bias, 0, false, y);
    }
  }

  /** dW = X' dY. */
  @Benchmark
  public void backwardWeights() {
    for (int p = 0; p < linear.panels(); p++) {
      linear.pack(p, rows, y, packed);
    }
    for (int b = 0; b < linear.weightBlocks(); b++) {
      linear.backwardWeights(b, rows, x, packed, false, dw, 0, scratch);
    }
  }

  /** dX = dY W'. */
  @Benchmark
  public void backwardInput() {
    for (int g = 0; g < linear.groups(rows); g++) {
      linear.interleaveGradient(g, rows, y, interleaved);
    }
    for (int b = 0; b < linear.inputBlocks(rows); b++) {
      linear.backwardInput(b, rows, interleaved, w, 0, dx, scratch);
    }
  }
}
