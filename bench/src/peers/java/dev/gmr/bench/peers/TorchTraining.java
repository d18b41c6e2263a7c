package dev.gmr.bench.peers;

import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import java.util.Map;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Steps of PyTorch's optimizers on a network. */
final class TorchTraining implements Training {
  private final TorchNetwork network;
  private final Task task;
  private final TensorVector trained;
  private final Optimizer optimizer;

  /** Images and labels as PyTorch takes them. */
  record Ready(Tensor images, Tensor labels) {}

  TorchTraining(TorchNetwork network, Task task) {
    this.network = network;
    this.task = task;
    trained = network.trained();
    optimizer = optimizer(task.optimizer());
  }

  private Optimizer optimizer(OptimizerOptions options) {
    if (options.kind() == OptimizerKind.ADAM) {
      AdamOptions adam = new AdamOptions(options.learningRate());
      adam.weight_decay().put(options.weightDecay());
      return new Adam(trained, adam);
    }
    SGDOptions sgd = new SGDOptions(options.learningRate());
    sgd.momentum().put(options.momentum());
    sgd.nesterov().put(options.momentum() > 0);
    sgd.weight_decay().put(options.weightDecay());
    return new SGD(trained, sgd);
  }

  /** Returns a batch that outlives a step. */
  Ready ready(Batches.Batch batch) {
    return new Ready(
        network.images(batch.images(), batch.count()),
        Tensor.create(batch.labels(), batch.count()));
  }

  @Override
  public double gradients(Batches.Batch batch) {
    return Native.scoped(() -> gradients(ready(batch)));
  }

  private double gradients(Ready batch) {
    return Native.scoped(
        () -> {
          optimizer.zero_grad();
          NoiseOptions noise = task.noise();
          Tensor loss =
              task.regularized()
                  ? network.loss(
                      batch.images,
                      batch.labels,
                      noise.empirical(),
                      noise.expectation(),
                      task.sigmas())
                  : network.loss(batch.images, batch.labels);
          loss.backward();
          return loss.item_double();
        });
  }

  @Override
  public double step(Batches.Batch batch) {
    return Native.scoped(() -> step(ready(batch)));
  }

  /** Makes a step with a batch that is ready. */
  double step(Ready batch) {
    double loss = gradients(batch);
    Native.scoped(optimizer::step);
    return loss;
  }

  @Override
  public Map<String, double[]> gradients() {
    return network.gradients();
  }

  @Override
  public Map<String, double[]> values() {
    return network.values();
  }

  /** What is native goes with the scope that it was made in. */
  @Override
  public void close() {}
}
