package dev.gmr.bench.peers;

import dev.gmr.kernels.AdamUpdate;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Objective;
import dev.gmr.nn.Parameters;
import dev.gmr.nn.Workers;
import dev.gmr.train.run.NoiseOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Steps of gmr's Adam on LeNet. */
final class GmrTraining implements AutoCloseable {
  /** Parameters that a worker updates at a time, as the trainer has it. */
  private static final int CHUNK = 1 << 14;

  private final Workers workers;
  private final Parameters parameters;
  private final Objective objective;
  private final AdamUpdate adam;
  private final float[] m;
  private final float[] v;
  private final int[] labels;
  private final Workers.Task update = this::update;
  private long steps;

  GmrTraining(
      Map<String, float[]> weights,
      NoiseOptions noise,
      double learningRate,
      int capacity,
      int threads) {
    workers = new Workers(threads);
    ImageShape shape = new ImageShape(TorchLenet.SIDE, TorchLenet.SIDE, 1);
    Network network =
        Network.of(Architecture.builtIn("lenet"), shape, TorchLenet.CLASSES, capacity, workers);
    parameters = network.parameters();
    parameters.list().forEach(p -> p.write(weights.get(p.name()), parameters.values()));
    float[] sigma = {(float) noise.sigma()};
    objective =
        new Objective(network, (float) noise.empirical(), (float) noise.expectation(), sigma);
    adam = new AdamUpdate((float) learningRate, 0.9f, 0.999f, 1e-8f, 0f);
    m = new float[parameters.values().length];
    v = new float[m.length];
    labels = new int[capacity];
  }

  /** Computes the gradients of a batch and returns its mean loss. */
  double gradients(Batches.Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      labels[i] = (int) batch.labels()[i];
    }
    objective.step(batch.count(), batch.images(), labels);
    return objective.loss() / batch.count();
  }

  /** Makes a step with a batch and returns the mean loss that it had before. */
  double step(Batches.Batch batch) {
    double loss = gradients(batch);
    steps++;
    workers.run((m.length + CHUNK - 1) / CHUNK, update);
    return loss;
  }

  private void update(int chunk, int worker) {
    int from = chunk * CHUNK;
    int count = Math.min(CHUNK, m.length - from);
    adam.apply(parameters.values(), parameters.gradients(), m, v, from, count, steps);
  }

  /** Returns the gradients under PyTorch's names, in PyTorch's layout. */
  Map<String, double[]> gradients() {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    GmrRandomness.read(parameters, parameters.gradients())
        .forEach((name, g) -> gradients.put(name, doubles(g)));
    return gradients;
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  @Override
  public void close() {
    workers.close();
  }
}
