package dev.gmr.bench.peers;

import dev.gmr.train.run.NoiseOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Steps of PyTorch's Adam on a network. */
final class TorchTraining {
  private final TorchLenet network;
  private final NoiseOptions noise;
  private final TensorVector trained;
  private final Adam adam;

  TorchTraining(TorchLenet network, NoiseOptions noise, double learningRate) {
    this.network = network;
    this.noise = noise;
    trained = network.trained();
    adam = new Adam(trained, new AdamOptions(learningRate));
  }

  /** Computes the gradients of a batch and returns its mean loss. */
  double gradients(Batches.Batch batch) {
    return Native.scoped(
        () -> {
          adam.zero_grad();
          Tensor images = network.images(batch.images(), batch.count());
          Tensor labels = Tensor.create(batch.labels(), batch.count());
          Tensor loss =
              noise.expectation() > 0
                  ? network.loss(
                      images, labels, noise.empirical(), noise.expectation(), noise.sigma())
                  : network.loss(images, labels);
          loss.backward();
          return loss.item_double();
        });
  }

  /** Makes a step with a batch and returns the mean loss that it had before. */
  double step(Batches.Batch batch) {
    double loss = gradients(batch);
    Native.scoped(adam::step);
    return loss;
  }
}
