package dev.gmr.train;

import dev.gmr.kernels.AdamUpdate;
import dev.gmr.kernels.SgdUpdate;
import dev.gmr.nn.Parameters;
import dev.gmr.nn.Workers;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Updates a network's parameters from their gradients, all workers sharing the work. */
abstract class Optimizer {
  /** Floats that one task updates: three or four arrays of this length fit a small L2 cache. */
  private static final int CHUNK = 1 << 14;

  private final Parameters parameters;
  private final Workers workers;
  private final Map<String, float[]> state = new LinkedHashMap<>();
  private final Workers.Task update = this::update;
  private float rate = Float.NaN;
  private long steps;

  private Optimizer(Parameters parameters, Workers workers) {
    this.parameters = parameters;
    this.workers = workers;
  }

  /** Returns the optimizer that the options name, its state at zero. */
  static Optimizer of(OptimizerOptions options, Parameters parameters, Workers workers) {
    return options.kind() == OptimizerKind.ADAM
        ? new Adam(options, parameters, workers)
        : new Sgd(options, parameters, workers);
  }

  /** Makes a step with the gradients in place. */
  final void step(double learningRate) {
    steps++;
    if ((float) learningRate != rate) {
      rate = (float) learningRate;
      rate(rate);
    }
    int length = parameters.values().length;
    workers.run((length + CHUNK - 1) / CHUNK, update);
  }

  private void update(int chunk, int worker) {
    int from = chunk * CHUNK;
    int count = Math.min(CHUNK, parameters.values().length - from);
    update(parameters.values(), parameters.gradients(), from, count);
  }

  /** Takes a new learning rate. */
  abstract void rate(float rate);

  abstract void update(float[] p, float[] g, int from, int count);

  /** Returns the arrays that resuming needs, by PyTorch's names, laid out like the parameters. */
  final Map<String, float[]> state() {
    return state;
  }

  final float[] remember(String name) {
    float[] x = new float[parameters.values().length];
    state.put(name, x);
    return x;
  }

  /** Returns the steps made. */
  final long steps() {
    return steps;
  }

  /** Goes on behind {@code done} steps. */
  final void resume(long done) {
    steps = done;
  }

  /** Adam (Kingma and Ba 2015) with PyTorch's constants. */
  private static final class Adam extends Optimizer {
    private final float[] first = remember("exp_avg");
    private final float[] second = remember("exp_avg_sq");
    private final float decay;
    private AdamUpdate rule;

    Adam(OptimizerOptions options, Parameters parameters, Workers workers) {
      super(parameters, workers);
      decay = (float) options.weightDecay();
    }

    @Override
    void rate(float rate) {
      rule = new AdamUpdate(rate, 0.9f, 0.999f, 1e-8f, decay);
    }

    @Override
    void update(float[] p, float[] g, int from, int count) {
      rule.apply(p, g, first, second, from, count, steps());
    }
  }

  /** Stochastic gradient descent with Nesterov momentum. */
  private static final class Sgd extends Optimizer {
    private final float[] velocity = remember("momentum_buffer");
    private final float momentum;
    private final float decay;
    private SgdUpdate rule;

    Sgd(OptimizerOptions options, Parameters parameters, Workers workers) {
      super(parameters, workers);
      momentum = (float) options.momentum();
      decay = (float) options.weightDecay();
    }

    @Override
    void rate(float rate) {
      rule = new SgdUpdate(rate, momentum, momentum > 0, decay);
    }

    @Override
    void update(float[] p, float[] g, int from, int count) {
      rule.apply(p, g, velocity, from, count);
    }
  }
}
