package dev.gmr.bench;

import dev.gmr.kernels.WinogradConv2d;
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
 * Convolutions that the networks compute by minimal filtering, on transformed weights: a step
 * transforms them once, whatever its batch. Rates are those of the definition's operations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WinogradConvBench {
  /** Which layer, as in {@link ConvBench}; resnet1 and 3 are of a residual network's stages. */
  @Param({"lenet2", "alexnet2", "alexnet3", "alexnet4", "alexnet5", "resnet1", "resnet3"})
  public String layer;

  private WinogradConv2d conv;
  private int images;
  private float[] x;
  private float[] u;
  private float[] turned;
  private float[] bias;
  private float[] y;
  private float[] dy;
  private float[] dx;
  private float[] du;
  private float[] dw;
  private float[] scratch;

  /** Creates the state. */
  public WinogradConvBench() {}

  /** Makes inputs and checks a result and a gradient of each kind against sums in double. */
  @Setup
  public void setUp() {
    ConvShape shape = ConvShape.of(layer);
    conv = shape.winograd();
    images = shape.images();
    x = Samples.uniform(1, images * conv.inSize());
    float[] w = Samples.uniform(2, conv.weightSize());
    dy = Samples.uniform(3, images * conv.outSize());
    bias = new float[shape.out()];
    y = new float[dy.length];
    dx = new float[x.length];
    dw = new float[w.length];
    u = new float[conv.transformedSize()];
    turned = new float[u.length];
    du = new float[u.length];
    scratch = new float[conv.scratchSize()];
    for (int part = 0; part < conv.parts(); part++) {
      conv.transform(part, w, 0, u, scratch);
      conv.transformTurned(part, w, 0, turned, scratch);
    }
    filteredForward();
    Samples.check("forward", y[shape.resultIndex()], shape.result(x, w), 1e-3);
    filteredBackwardWeights();
    double gradient = shape.weightGradient(x, dy);
    Samples.check("backwardWeights", dw[shape.weightIndex()], gradient, 1e-3);
    filteredBackwardInput();
    Samples.check("backwardInput", dx[shape.inputIndex()], shape.inputGradient(dy, w), 1e-3);
  }

  /** Results. */
  @Benchmark
  public void filteredForward() {
    conv.forward(images, x, 0, u, bias, 0, y, 0, scratch);
  }

  /** Gradient of the weights, cleared first and transformed back. */
  @Benchmark
  public void filteredBackwardWeights() {
    Arrays.fill(du, 0f);
    conv.backwardWeights(images, x, 0, dy, 0, du, scratch);
    for (int part = 0; part < conv.parts(); part++) {
      conv.transformBack(part, du, dw, 0, scratch);
    }
  }

  /** Gradient of the images. */
  @Benchmark
  public void filteredBackwardInput() {
    conv.backwardInput(images, dy, 0, turned, dx, 0, scratch);
  }
}
