package dev.gmr.nn;

import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.ReferenceNetwork.Loss;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A network, images and labels, and the same in double under PyTorch's layouts. */
final class ReferenceCase {
  final ImageShape shape;
  final int batch;
  final Network network;
  final float[] images;
  final int[] labels;
  final float[] sigmas;
  final Map<String, double[]> values = new HashMap<>();
  final double[][] reference;

  /** Fills the network's whole capacity. */
  ReferenceCase(ImageShape shape, Network network) {
    this.shape = shape;
    this.batch = network.capacity();
    this.network = network;
    network.parameters().initialize(CounterRandom.of(7));
    Random random = new Random(3);
    images = new float[batch * shape.size()];
    labels = new int[batch];
    reference = new double[batch][shape.size()];
    int pixels = shape.height() * shape.width();
    for (int n = 0; n < batch; n++) {
      labels[n] = random.nextInt(network.classes());
      for (int i = 0; i < shape.size(); i++) {
        float x = random.nextFloat() - 0.5f;
        images[n * shape.size() + i] = x;
        reference[n][i % shape.channels() * pixels + i / shape.channels()] = x;
      }
    }
    sigmas = new float[shape.channels()];
    for (int c = 0; c < sigmas.length; c++) {
      sigmas[c] = 0.4f + 0.3f * c;
    }
    read();
  }

  /** Takes the network's present tensors. */
  void read() {
    for (Parameters tensors : new Parameters[] {network.parameters(), network.statistics()}) {
      for (Parameter p : tensors.list()) {
        values.put(p.name(), doubles(p.read(tensors.values())));
      }
    }
  }

  /** The loss in training. */
  double referenceLoss(Loss kind) {
    return referenceLoss(kind, true);
  }

  double referenceLoss(Loss kind, boolean training) {
    return new ReferenceNetwork(network.architecture(), values, training)
        .loss(shape, reference, labels, doubles(sigmas), kind);
  }

  Objective objective(Loss kind) {
    return new Objective(
        network,
        (float) kind.empirical(),
        (float) kind.expectation(),
        sigmas,
        kind.expectedLoss(),
        (float) kind.labelSmoothing());
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
