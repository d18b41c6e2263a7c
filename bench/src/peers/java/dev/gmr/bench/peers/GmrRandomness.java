package dev.gmr.bench.peers;

import dev.gmr.data.Shuffle;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Parameter;
import dev.gmr.nn.Parameters;
import dev.gmr.nn.Workers;
import dev.gmr.train.Stream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The numbers that {@code gmr train --seed K} draws. */
final class GmrRandomness implements Randomness {
  private final long seed;

  GmrRandomness(long seed) {
    this.seed = seed;
  }

  /** Returns the initial values under PyTorch's names, in PyTorch's layout. */
  Map<String, float[]> initialValues() {
    try (Workers workers = new Workers(1)) {
      ImageShape shape = new ImageShape(TorchLenet.SIDE, TorchLenet.SIDE, 1);
      Parameters parameters =
          Network.of(Architecture.builtIn("lenet"), shape, TorchLenet.CLASSES, 1, workers)
              .parameters();
      parameters.initialize(Stream.INITIAL_VALUES.of(seed));
      return read(parameters, parameters.values());
    }
  }

  /** Returns an array laid out like the parameters as PyTorch has it. */
  static Map<String, float[]> read(Parameters parameters, float[] from) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter p : parameters.list()) {
      values.put(p.name(), p.read(from));
    }
    return values;
  }

  @Override
  public TorchLenet network() {
    return TorchLenet.of(initialValues(), ScalarType.Float);
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
