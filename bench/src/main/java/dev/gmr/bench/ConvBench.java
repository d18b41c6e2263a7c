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

/** Convolutions of LeNet and AlexNet, a group of images at a time as the networks call them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvBench {
  /** Which layer; lenet1 is LeNet's first, resnet1 and 3 are in a residual network's stages. */
  @Param({
    "lenet1",
    "lenet2",
    "alexnet1",
    "alexnet2",
    "alexnet3",
    "alexnet4",
    "alexnet5",
    "resnet1",
    "resnet3"
  })
  public String layer;

  private Conv2d conv;
  private int images;
  private float[] x;
  private float[] w;
  private float[] bias;
  private float[] y;
  private float[] dy;
  private float[] dw;
  private float[] scratch;

  /** Creates the state. */
  public ConvBench() {}

  static Work work(Case c) {
    return ConvShape.of(c.param("layer")).work();
  }

  /** Makes inputs and checks one weight's gradient and one result against sums in double. */
  @Setup
  public void setUp() {
    ConvShape shape = ConvShape.of(layer);
    conv = shape.plan();
    images = shape.images();
    x = Samples.uniform(1, images * conv.inSize());
    w = Samples.uniform(2, conv.weightSize());
    bias = new float[shape.out()];
    y = new float[images * conv.outSize()];
    dy = Samples.uniform(3, y.length);
    dw = new float[w.length];
    scratch = new float[conv.scratchSize()];
    forward();
    Samples.check("forward", y[shape.resultIndex()], shape.result(x, w), 1e-3);
    backwardWeights();
    double gradient = shape.weightGradient(x, dy);
    Samples.check("backwardWeights", dw[shape.weightIndex()], gradient, 1e-3);
  }

  /** Results. */
  @Benchmark
  public void forward() {
    conv.forward(images, x, 0, w, 0, bias, 0, y, 0, scratch);
  }

  /** Gradient of the weights, added to what is there, which therefore is cleared first. */
  @Benchmark
  public void backwardWeights() {
    Arrays.fill(dw, 0f);
    conv.backwardWeights(images, x, 0, dy, 0, dw, 0, scratch);
  }
}
