package dev.gmr.bench;

import dev.gmr.kernels.Conv2d;
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

/** LeNet's convolutions, a group of images at a time as the network calls them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvBench {
  static final int IMAGES = 7;

  /** Which layer: conv1 is 28x28, 1 to 32 channels; conv2 is 14x14, 32 to 64. */
  @Param({"conv1", "conv2"})
  public String layer;

  private Conv2d conv;
  private float[] x;
  private float[] w;
  private float[] bias;
  private float[] y;
  private float[] dy;
  private float[] dw;
  private float[] scratch;

  /** Creates the state. */
  public ConvBench() {}

  static Conv2d plan(String layer) {
    return switch (layer) {
      case "conv1" -> new Conv2d(28, 28, 1, 32, 5, 5, 1, 2, IMAGES);
      case "conv2" -> new Conv2d(14, 14, 32, 64, 5, 5, 1, 2, IMAGES);
      default -> throw new IllegalArgumentException(layer);
    };
  }

  static Work work(Case c) {
    return Work.flops((double) IMAGES * plan(c.param("layer")).flops(), 1);
  }

  /** Makes inputs and checks one weight's gradient and one result against sums in double. */
  @Setup
  public void setUp() {
    conv = plan(layer);
    x = Samples.uniform(1, IMAGES * conv.inSize());
    w = Samples.uniform(2, conv.weightSize());
    bias = new float[64];
    y = new float[IMAGES * conv.outSize()];
    dy = Samples.uniform(3, y.length);
    dw = new float[w.length];
    scratch = new float[conv.scratchSize()];
    conv.forward(IMAGES, x, 0, w, 0, bias, 0, y, 0, scratch);
    conv.backwardWeights(IMAGES, x, 0, dy, 0, dw, 0, scratch);
    int side = conv.outHeight();
    int in = conv.inSize() / (side * side);
    int out = conv.outSize() / (side * side);
    double result = 0; // of the first image's pixel (2, 2), channel 0: its window is all inside
    for (int i = 0; i < 25 * in; i++) {
      int pixel = i / in / 5 * side + i / in % 5;
      result += (double) x[pixel * in + i % in] * w[i * out];
    }
    Samples.check("forward", y[(2 * side + 2) * out], result, 1e-3);
    double gradient = 0; // of the central weight, channels 0 and 0: every pixel meets itself
    for (int p = 0; p < IMAGES * side * side; p++) {
      gradient += (double) x[p * in] * dy[p * out];
    }
    Samples.check("backwardWeights", dw[12 * in * out], gradient, 1e-3);
    Arrays.fill(dw, 0f);
  }

  /** Results. */
  @Benchmark
  public void forward() {
    conv.forward(IMAGES, x, 0, w, 0, bias, 0, y, 0, scratch);
  }

  /** Gradient of the weights. */
  @Benchmark
  public void backwardWeights() {
    conv.backwardWeights(IMAGES, x, 0, dy, 0, dw, 0, scratch);
  }
}
