package dev.gmr.bench.peers;

import java.util.Map;

/** Training steps of one of the programs on a network. */
interface Training extends AutoCloseable {
  /** Computes the gradients of a batch and returns its mean loss. */
  double gradients(Batches.Batch batch);

  /** Makes a step with a batch and returns the mean loss that it had before. */
  double step(Batches.Batch batch);

  /** Returns the last gradients under PyTorch's names, in PyTorch's layout. */
  Map<String, double[]> gradients();

  /** Returns the values of all tensors, running statistics included. */
  Map<String, double[]> values();

  @Override
  void close();
}
