package dev.gmr.bench.peers;

import dev.gmr.bench.WarmUp;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import java.util.Map;

/** Logits by gmr. */
final class GmrInference implements AutoCloseable {
  private final Workers workers;
  private final Network network;

  GmrInference(Model model, Map<String, float[]> values, int capacity, int threads) {
    workers = new Workers(threads);
    network =
        Network.of(
            model.architecture(),
            model.shape(),
            model.classes(),
            Capacity.evaluation(capacity),
            workers);
    Values.write(values, network);
  }

  /** Waits for the compiler, which takes longer than a short measurement of few images. */
  void warmUp(float[] images, int count) {
    if (!WarmUp.compile((from, n) -> run(images, count), 1)) {
      throw UserError.run("gmr's kernels are not compiled yet; try again on a quieter machine");
    }
  }

  void run(float[] images, int count) {
    network.forward(count, images);
  }

  /** Returns the logits of the last run, without the padding of their rows. */
  float[] logits(int count) {
    int classes = network.classes();
    float[] logits = new float[count * classes];
    for (int i = 0; i < count; i++) {
      System.arraycopy(network.logits(), i * network.logitsStride(), logits, i * classes, classes);
    }
    return logits;
  }

  @Override
  public void close() {
    workers.close();
  }
}
