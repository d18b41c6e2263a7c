package dev.gmr.bench.peers;

import dev.gmr.kernels.AdamUpdate;
import dev.gmr.kernels.SgdUpdate;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Objective;
import dev.gmr.nn.Parameters;
import dev.gmr.nn.Workers;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import java.util.Map;

/** Steps of gmr's on a network. */
final class GmrTraining implements Training {
  /** Parameters that a worker updates at a time, as the trainer has it. */
  private static final int CHUNK = 1 << 14;

  private final Workers workers;
  private final Network network;
  private final Parameters parameters;
  private final Objective objective;
  private final Rule rule;
  private final int[] labels;
  private final Workers.Task update = this::update;
  private long steps;

  /** Updates some of the parameters in a step, counted from 1. */
  private interface Rule {
    void apply(int from, int count, long step);
  }

  /**
   * Plans the steps.
   *
   * @param values initial values under PyTorch's names
   * @param capacity the most images of a batch
   */
  GmrTraining(Task task, Map<String, float[]> values, int capacity, int threads) {
    workers = new Workers(threads);
    Model model = task.model();
    network =
        Network.of(
            model.architecture(),
            model.shape(),
            model.classes(),
            Capacity.training(capacity, task.regularized()),
            workers);
    parameters = network.parameters();
    Values.write(values, network);
    NoiseOptions noise = task.noise();
    objective =
        new Objective(
            network, (float) noise.empirical(), (float) noise.expectation(), task.sigmas());
    rule = task.optimizer().kind() == OptimizerKind.ADAM ? adam(task) : sgd(task.optimizer());
    labels = new int[capacity];
  }

  private Rule adam(Task task) {
    float rate = (float) task.optimizer().learningRate();
    float decay = (float) task.optimizer().weightDecay();
    AdamUpdate adam = new AdamUpdate(rate, 0.9f, 0.999f, 1e-8f, decay);
    float[] m = new float[parameters.values().length];
    float[] v = new float[m.length];
    return (from, count, step) ->
        adam.apply(parameters.values(), parameters.gradients(), m, v, from, count, step);
  }

  private Rule sgd(OptimizerOptions options) {
    float momentum = (float) options.momentum();
    SgdUpdate sgd =
        new SgdUpdate(
            (float) options.learningRate(), momentum, momentum > 0, (float) options.weightDecay());
    float[] velocity = new float[parameters.values().length];
    return (from, count, step) ->
        sgd.apply(parameters.values(), parameters.gradients(), velocity, from, count);
  }

  @Override
  public double gradients(Batches.Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      labels[i] = (int) batch.labels()[i];
    }
    objective.step(batch.count(), batch.images(), labels);
    return objective.loss() / batch.count();
  }

  @Override
  public double step(Batches.Batch batch) {
    double loss = gradients(batch);
    steps++;
    workers.run((parameters.values().length + CHUNK - 1) / CHUNK, update);
    return loss;
  }

  private void update(int chunk, int worker) {
    int from = chunk * CHUNK;
    rule.apply(from, Math.min(CHUNK, parameters.values().length - from), steps);
  }

  @Override
  public Map<String, double[]> gradients() {
    return Values.doubles(Values.read(parameters, parameters.gradients()));
  }

  @Override
  public Map<String, double[]> values() {
    return Values.doubles(Values.of(network));
  }

  @Override
  public void close() {
    workers.close();
  }
}
