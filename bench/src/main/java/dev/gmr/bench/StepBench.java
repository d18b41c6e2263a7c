package dev.gmr.bench;

import dev.gmr.kernels.AdamUpdate;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Objective;
import dev.gmr.nn.Workers;
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

/** A whole training step of LeNet on 28x28 grey images, Adam included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepBench {
  /** Images of a step. */
  @Param({"100"})
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  private final AdamUpdate adam = new AdamUpdate(1e-4f, 0.9f, 0.999f, 1e-8f, 0f);
  private Workers workers;
  private Network network;
  private Objective plain;
  private Objective regularized;
  private float[] images;
  private int[] labels;
  private float[] m;
  private float[] v;

  /** Creates the state. */
  public StepBench() {}

  /** Plans the network and checks that the regularized loss exceeds the plain one. */
  @Setup
  public void setUp() {
    workers = new Workers(threads);
    network = Network.lenet(new ImageShape(28, 28, 1), 10, batch, workers);
    network.parameters().initialize(CounterRandom.of(0));
    images = Samples.uniform(1, batch * 784);
    labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % 10;
    }
    m = new float[network.parameters().values().length];
    v = new float[m.length];
    plain = new Objective(network, 1, 0, null);
    regularized = new Objective(network, 1, 1, new float[] {0.5f});
    regularized.step(batch, images, labels);
    // before training every class is as likely: each cross entropy is near ln 10
    Samples.check("loss", regularized.loss() / batch, 2 * Math.log(10), 0.2);
  }

  /** Ends the team. */
  @TearDown
  public void tearDown() {
    workers.close();
  }

  private void step(Objective objective) {
    objective.step(batch, images, labels);
    adam.apply(
        network.parameters().values(), network.parameters().gradients(), m, v, 0, m.length, 1);
  }

  /** One clean pass. */
  @Benchmark
  public void plain() {
    step(plain);
  }

  /** Clean and expected pass. */
  @Benchmark
  public void regularized() {
    step(regularized);
  }
}
