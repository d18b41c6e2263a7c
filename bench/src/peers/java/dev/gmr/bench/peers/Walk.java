package dev.gmr.bench.peers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What some steps of a program leave behind.
 *
 * @param losses of each batch before its step
 * @param gradients of the first batch
 * @param statistics running ones behind the first batch
 * @param weights behind the last step
 */
record Walk(
    List<Double> losses,
    Map<String, double[]> gradients,
    Map<String, double[]> statistics,
    Map<String, double[]> weights) {
  /** Lets gmr make the steps. */
  static Walk ofGmr(
      Task task, Map<String, float[]> values, List<Batches.Batch> batches, int threads) {
    int capacity = batches.stream().mapToInt(Batches.Batch::count).max().orElseThrow();
    try (GmrTraining training = new GmrTraining(task, values, capacity, threads)) {
      return of(training, task.model(), batches);
    }
  }

  /** Lets PyTorch make the steps, in float or double. */
  static Walk ofTorch(
      Task task, Map<String, float[]> values, List<Batches.Batch> batches, ScalarType type) {
    return Native.scoped(
        () -> {
          TorchNetwork network = TorchNetwork.of(task.model(), values, type);
          return of(new TorchTraining(network, task), task.model(), batches);
        });
  }

  /**
   * Lets PyTorch make the steps in double, every result shaken by some roundings of float.
   *
   * @param seed of the noise
   */
  static Walk shaken(
      Task task, Map<String, float[]> values, List<Batches.Batch> batches, long seed) {
    return Native.scoped(
        () -> {
          torch.manual_seed(seed);
          TorchNetwork network = TorchNetwork.of(task.model(), values, ScalarType.Double);
          network.shake();
          return of(new TorchTraining(network, task), task.model(), batches);
        });
  }

  private static Walk of(Training training, Model model, List<Batches.Batch> batches) {
    double[] losses = new double[batches.size()];
    losses[0] = training.step(batches.getFirst());
    Map<String, double[]> gradients = training.gradients();
    Map<String, double[]> statistics = only(training.values(), model.statistics());
    for (int i = 1; i < losses.length; i++) {
      losses[i] = training.step(batches.get(i));
    }
    return new Walk(
        Arrays.stream(losses).boxed().toList(),
        gradients,
        statistics,
        only(training.values(), model.parameters()));
  }

  private static Map<String, double[]> only(
      Map<String, double[]> values, Map<String, long[]> wanted) {
    return wanted.keySet().stream()
        .collect(Collectors.toMap(name -> name, values::get, (a, b) -> a, LinkedHashMap::new));
  }
}
