package dev.gmr.bench.peers;

import dev.gmr.train.report.TextTable;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Gradients of one batch at the same weights by gmr and by PyTorch in float, both held against
 * PyTorch in double.
 */
final class GradientCheck {
  private final String title;
  private final Map<String, double[]> gmr;
  private final Map<String, double[]> floats;
  private final Map<String, double[]> doubles;

  GradientCheck(String title, Setting setting, Batches.Batch batch, Map<String, float[]> weights) {
    this.title = title;
    gmr = ofGmr(setting, batch, weights);
    floats = ofTorch(setting, batch, weights, ScalarType.Float);
    doubles = ofTorch(setting, batch, weights, ScalarType.Double);
  }

  private static Map<String, double[]> ofTorch(
      Setting setting, Batches.Batch batch, Map<String, float[]> weights, ScalarType type) {
    TorchLenet network = TorchLenet.of(weights, type);
    new TorchTraining(network, setting.noise(), setting.rate()).gradients(batch);
    return network.gradients();
  }

  private static Map<String, double[]> ofGmr(
      Setting setting, Batches.Batch batch, Map<String, float[]> weights) {
    try (GmrTraining training =
        new GmrTraining(
            weights, setting.noise(), setting.rate(), batch.count(), setting.threads())) {
      training.gradients(batch);
      return training.gradients();
    }
  }

  /** Returns gmr's largest error in any tensor, as a part of the tensor's largest element. */
  double worst() {
    return doubles.keySet().stream().mapToDouble(name -> error(gmr, name)).max().orElse(0);
  }

  private double error(Map<String, double[]> gradients, String name) {
    double[] x = gradients.get(name);
    double[] truth = doubles.get(name);
    double error = 0;
    for (int i = 0; i < truth.length; i++) {
      error = Math.max(error, Math.abs(x[i] - truth[i]));
    }
    return error / largest(truth);
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double v : x) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  /** A row a tensor: its largest gradient, and both programs' errors. */
  @Override
  public String toString() {
    TextTable table = new TextTable();
    table.row(title, "largest", "gmr's error", "PyTorch's");
    for (String name : doubles.keySet()) {
      table.row(
          name,
          "%.2e".formatted(largest(doubles.get(name))),
          "%.1e".formatted(error(gmr, name)),
          "%.1e".formatted(error(floats, name)));
    }
    return table.toString();
  }
}
