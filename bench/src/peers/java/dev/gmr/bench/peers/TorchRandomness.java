package dev.gmr.bench.peers;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's own numbers, one after another from its generator: nothing in them is gmr's. */
final class TorchRandomness implements Randomness {
  TorchRandomness(long seed) {
    torch.manual_seed(seed);
  }

  @Override
  public TorchNetwork network(Model model) {
    return TorchNetwork.initialized(model);
  }

  @Override
  public int[] order(int items, int epoch) {
    return Native.scoped(
        () -> {
          LongBuffer buffer = torch.randperm(items).createBuffer();
          int[] order = new int[items];
          for (int i = 0; i < items; i++) {
            order[i] = (int) buffer.get(i);
          }
          return order;
        });
  }

  @Override
  public void trainingNoise(int epoch, int fold, int image, float[] out) {
    normal(out);
  }

  @Override
  public double testStrength(int point, int image) {
    return Native.scoped(() -> torch.rand(1).item_float());
  }

  @Override
  public void testDirection(int point, int image, float[] out) {
    normal(out);
  }

  private static void normal(float[] out) {
    Native.scoped(
        () -> {
          FloatBuffer buffer = torch.randn(out.length).createBuffer();
          return buffer.get(out);
        });
  }
}
