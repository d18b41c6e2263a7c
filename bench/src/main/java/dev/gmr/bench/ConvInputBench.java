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

/** Gradients by the input of convolutions; a network's first one has no need of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvInputBench {
  /** Which layer, as in {@link ConvBench}. */
  @Param({"lenet2", "alexnet2", "alexnet3", "alexnet4", "alexnet5", "resnet1", "resnet3"})
  public String layer;

  private Conv2d conv;
  private int images;
  private float[] dy;
  private float[] transposed;
  private float[] dx;
  private float[] scratch;

  /** Creates the state. */
  public ConvInputBench() {}

  /** Makes inputs and checks one gradient against a sum in double. */
  @Setup
  public void setUp() {
    ConvShape shape = ConvShape.of(layer);
    conv = shape.plan();
    images = shape.images();
    float[] w = Samples.uniform(1, conv.weightSize());
    transposed = new float[w.length];
    for (int tap = 0; tap < conv.taps(); tap++) {
      conv.transpose(tap, w, 0, transposed, 0);
    }
    dy = Samples.uniform(2, images * conv.outSize());
    dx = new float[images * conv.inSize()];
    scratch = new float[conv.scratchSize()];
    backwardInput();
    double gradient = shape.inputGradient(dy, w);
    Samples.check("backwardInput", dx[shape.inputIndex()], gradient, 1e-3);
  }

  /** Gradient of the images. */
  @Benchmark
  public void backwardInput() {
    conv.backwardInput(images, dy, 0, transposed, 0, dx, 0, scratch);
  }
}
