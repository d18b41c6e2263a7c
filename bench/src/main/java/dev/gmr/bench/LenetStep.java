package dev.gmr.bench;

import dev.gmr.kernels.AdamUpdate;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.kernels.SoftmaxCrossEntropy;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Objective;
import dev.gmr.nn.Workers;
import java.util.Arrays;

/**
 * A training step of LeNet on 28x28 grey images: forward, backward, and Adam shared by the team in
 * the chunks that the trainer takes.
 */
final class LenetStep implements AutoCloseable {
  private static final int CHUNK = 1 << 14;

  private final AdamUpdate adam = new AdamUpdate(1e-4f, 0.9f, 0.999f, 1e-8f, 0f);
  private final Workers.Task update = this::update;
  private final int batch;
  private final Workers workers;
  private final Network network;
  private final Objective plain;
  private final Objective regularized;
  private final float[] images;
  private final int[] labels;
  private final float[] initial;
  private final float[] values;
  private final float[] gradients;
  private final float[] m;
  private final float[] v;
  private long steps;

  /** Plans the network and checks that each pass starts with the loss of blind guessing. */
  LenetStep(int batch, int threads) {
    this.batch = batch;
    workers = new Workers(threads);
    network =
        Network.lenet(new ImageShape(Lenet.SIDE, Lenet.SIDE, 1), Lenet.CLASSES, batch, workers);
    network.parameters().initialize(CounterRandom.of(0));
    values = network.parameters().values();
    initial = values.clone();
    gradients = network.parameters().gradients();
    m = new float[values.length];
    v = new float[values.length];
    images = Samples.uniform(1, batch * Lenet.PIXELS);
    labels = Samples.labels(batch, Lenet.CLASSES);
    plain = new Objective(network, 1, 0, null);
    regularized = new Objective(network, 1, 1, new float[] {0.5f});
    check();
    compileLoss();
  }

  /** Holds both losses to ln 10 and Adam's first step, along the gradient's sign, to its rate. */
  private void check() {
    float[] before = values.clone();
    regularized();
    Samples.check("clean loss", regularized.empiricalLoss() / batch, Math.log(10), 0.1);
    Samples.check("expected loss", regularized.expectationLoss() / batch, Math.log(10), 0.1);
    for (int i = 0; i < values.length; i += 10_007) {
      double step = 1e-4 * gradients[i] / (Math.abs(gradients[i]) + 1e-8);
      Samples.check("parameter " + i, values[i], before[i] - step, 1e-6);
    }
  }

  /**
   * Calls the loss as often as some minutes of training do. A step gives its exp a vector an image,
   * too few for C2 to compile it within a warm-up, and until then each vector is an object: steps
   * would seem to allocate half a megabyte for ever.
   */
  private void compileLoss() {
    int stride = network.logitsStride();
    int rows = 100;
    float[] logits = new float[rows * stride];
    int[] classes = Samples.labels(rows, Lenet.CLASSES);
    float[] loss = new float[rows];
    int[] prediction = new int[rows];
    for (int i = 0; i < 2000; i++) {
      SoftmaxCrossEntropy.lossAndGradientInto(
          logits,
          0,
          stride,
          Lenet.CLASSES,
          rows,
          classes,
          0,
          1f,
          logits,
          0,
          loss,
          0,
          prediction,
          0);
    }
  }

  /**
   * Goes back to the beginning of a training: the network would otherwise learn the one batch by
   * heart, and gradients and moments would fall among the subnormal numbers, slow on some CPUs.
   * Allocates nothing, because the profiler counts it with the steps.
   */
  void restart() {
    System.arraycopy(initial, 0, values, 0, values.length);
    Arrays.fill(m, 0f);
    Arrays.fill(v, 0f);
    steps = 0;
  }

  /** The batch's images, which may be changed between steps. */
  float[] images() {
    return images;
  }

  Workers workers() {
    return workers;
  }

  /** One clean pass. */
  void plain() {
    step(plain);
  }

  /** Clean and expected pass. */
  void regularized() {
    step(regularized);
  }

  private void step(Objective objective) {
    objective.step(batch, images, labels);
    steps++;
    workers.run((values.length + CHUNK - 1) / CHUNK, update);
  }

  private void update(int chunk, int worker) {
    int from = chunk * CHUNK;
    int count = Math.min(CHUNK, values.length - from);
    adam.apply(values, gradients, m, v, from, count, steps);
  }

  @Override
  public void close() {
    workers.close();
  }
}
