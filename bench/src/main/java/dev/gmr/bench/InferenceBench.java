package dev.gmr.bench;

import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
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
import org.openjdk.jmh.annotations.TearDown;

/** Logits of LeNet without noise. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class InferenceBench {
  /** Images of a call. */
  @Param({"1", "100", "1000"})
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Network network;
  private float[] images;

  /** Creates the state. */
  public InferenceBench() {}

  /** Plans the network and checks the last image's logits against LeNet in double. */
  @Setup
  public void setUp() {
    workers = new Workers(threads);
    network =
        Network.of(
            Architecture.builtIn("lenet"),
            new ImageShape(Lenet.SIDE, Lenet.SIDE, 1),
            Lenet.CLASSES,
            Capacity.evaluation(batch),
            workers);
    network.parameters().initialize(CounterRandom.of(0));
    images = Samples.uniform(1, batch * Lenet.PIXELS);
    lenet();
    int last = batch - 1;
    double[] expected =
        new Lenet(network).logits(Arrays.copyOfRange(images, last * Lenet.PIXELS, images.length));
    for (int c = 0; c < Lenet.CLASSES; c++) {
      Samples.check(
          "logit " + c, network.logits()[last * network.logitsStride() + c], expected[c], 1e-5);
    }
  }

  /** Ends the team. */
  @TearDown
  public void tearDown() {
    workers.close();
  }

  /**
   * A forward pass.
   *
   * @return its rows
   */
  @Benchmark
  public int lenet() {
    return network.forward(batch, images);
  }

  static Work work(Case c) {
    return Work.flops(c.number("batch") * Lenet.forwardFlops(), c.number("threads"));
  }
}
