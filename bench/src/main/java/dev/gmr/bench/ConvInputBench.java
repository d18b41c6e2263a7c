package dev.gmr.bench;

import dev.gmr.kernels.Conv2d;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Gradients by the input of LeNet's convolutions; the first one's input is the image: no need. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvInputBench {
  /** Which layer, as in {@link ConvBench}. */
  @Param({"conv2"})
  public String layer;

  private Conv2d conv;
  private float[] dy;
  private float[] transposed;
  private float[] dx;

  /** Creates the state. */
  public ConvInputBench() {}

  /** Makes inputs and checks one gradient against a sum in double. */
  @Setup
  public void setUp() {
    conv = ConvBench.plan(layer);
    float[] w = Samples.uniform(1, conv.weightSize());
    transposed = new float[w.length];
    conv.transpose(w, 0, transposed, 0);
    dy = Samples.uniform(2, ConvBench.IMAGES * conv.outSize());
    dx = new float[ConvBench.IMAGES * conv.inSize()];
    backwardInput();
    int side = conv.outHeight();
    int in = conv.inSize() / (side * side);
    int out = conv.outSize() / (side * side);
    double sum = 0; // of the first image's pixel (2, 2), channel 0: it is in 25 windows
    for (int tap = 0; tap < 25; tap++) {
      int pixel = (4 - tap / 5) * side + 4 - tap % 5;
      for (int o = 0; o < out; o++) {
        sum += (double) dy[pixel * out + o] * w[tap * in * out + o];
      }
    }
    Samples.check("backwardInput", dx[(2 * side + 2) * in], sum, 1e-3);
  }

  /** Gradient of the images. */
  @Benchmark
  public void backwardInput() {
    conv.backwardInput(ConvBench.IMAGES, dy, 0, transposed, 0, dx, 0);
  }
}
