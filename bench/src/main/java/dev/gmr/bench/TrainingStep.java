package dev.gmr.bench;

import dev.gmr.kernels.CounterRandom;
import dev.gmr.kernels.SoftmaxCrossEntropy;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Objective;
import dev.gmr.nn.Workers;
import java.util.Arrays;

/**
 * A training step on random images, plain or regularized, in a network planned for it as the
 * trainer does: forward, backward, and the optimizer shared by the team in the chunks that the
 * trainer takes.
 */
abstract class TrainingStep implements AutoCloseable {
  private static final int CHUNK = 1 << 14;

  private final Workers.Task update = this::update;
  private final int batch;
  private final Workers workers;
  private final Network network;
  private final Objective objective;
  private final boolean regularized;
  private final float[] images;
  private final int[] labels;
  private final float[] initial;
  private long steps;

  /** Plans the network and initialises it. */
  TrainingStep(
      String architecture,
      ImageShape shape,
      int classes,
      int batch,
      int threads,
      boolean regularized) {
    this.batch = batch;
    this.regularized = regularized;
    workers = new Workers(threads);
    network =
        Network.of(
            Architecture.builtIn(architecture),
            shape,
            classes,
            Capacity.training(batch, regularized),
            workers);
    network.parameters().initialize(CounterRandom.of(0));
    initial = values().clone();
    images = Samples.uniform(1, batch * network.input().size());
    labels = Samples.labels(batch, network.classes());
    float[] sigmas = new float[network.input().channels()];
    Arrays.fill(sigmas, 0.5f);
    objective = new Objective(network, 1, regularized ? 1 : 0, sigmas);
  }

  /** Updates some parameters from their gradients. */
  abstract void update(int from, int count, long step);

  /** Sets the optimizer's state back to that of its first step. */
  abstract void forget();

  /** Holds the losses of a step to blind guessing, ln 10 of 10 classes. */
  final void checkLosses() {
    run();
    double blind = Math.log(network.classes());
    Samples.check("clean loss", objective.empiricalLoss() / batch, blind, 0.1);
    if (regularized) {
      Samples.check("expected loss", objective.expectationLoss() / batch, blind, 0.1);
    }
  }

  /**
   * Calls the loss as often as some minutes of training do. A step gives its exp a vector an image,
   * too few for C2 to compile it within a warm-up, and until then each vector is an object: steps
   * would seem to allocate half a megabyte for ever.
   */
  final void compileLoss() {
    int stride = network.logitsStride();
    int rows = 100;
    float[] logits = new float[rows * stride];
    int[] classes = Samples.labels(rows, network.classes());
    float[] loss = new float[rows];
    int[] prediction = new int[rows];
    for (int i = 0; i < 2000; i++) {
      SoftmaxCrossEntropy.lossAndGradientInto(
          logits,
          0,
          stride,
          network.classes(),
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
  final void restart() {
    System.arraycopy(initial, 0, values(), 0, initial.length);
    forget();
    steps = 0;
  }

  final float[] values() {
    return network.parameters().values();
  }

  final float[] gradients() {
    return network.parameters().gradients();
  }

  /** The batch's images, which may be changed between steps. */
  final float[] images() {
    return images;
  }

  final Workers workers() {
    return workers;
  }

  /** Makes a step. */
  final void run() {
    objective.step(batch, images, labels);
    steps++;
    workers.run((initial.length + CHUNK - 1) / CHUNK, update);
  }

  private void update(int chunk, int worker) {
    int from = chunk * CHUNK;
    update(from, Math.min(CHUNK, initial.length - from), steps);
  }

  @Override
  public final void close() {
    workers.close();
  }
}
