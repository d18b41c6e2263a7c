package dev.gmr.bench.peers;

import dev.gmr.data.Shuffle;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.Stream;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The numbers that {@code gmr train --seed K} draws. */
final class GmrRandomness implements Randomness {
  private final long seed;

  GmrRandomness(long seed) {
    this.seed = seed;
  }

  /** Returns the initial values under PyTorch's names, in PyTorch's layout. */
  Map<String, float[]> initialValues(Model model) {
    try (Workers workers = new Workers(1)) {
      Network network =
          Network.of(
              model.architecture(),
              model.shape(),
              model.classes(),
              Capacity.evaluation(1),
              workers);
      network.parameters().initialize(Stream.INITIAL_VALUES.of(seed));
      return Values.of(network);
    }
  }

  @Override
  public TorchNetwork network(Model model) {
    return TorchNetwork.of(model, initialValues(model), ScalarType.Float);
  }

  @Override
  public int[] order(int items, int epoch) {
    return Shuffle.permutation(items, seed, epoch);
  }

  @Override
  public void trainingNoise(int epoch, int fold, int image, float[] out) {
    Stream.FRESH_NOISE.of(seed).child(epoch).child(fold).normalInto(image, out, 0, out.length);
  }

  @Override
  public double testStrength(int point, int image) {
    float[] u = new float[1];
    Stream.TEST_STRENGTH.of(seed).child(point).uniformInto(image, u, 0, 1);
    return u[0];
  }

  @Override
  public void testDirection(int point, int image, float[] out) {
    Stream.TEST_DIRECTION.of(seed).child(point).normalInto(image, out, 0, out.length);
  }
}
