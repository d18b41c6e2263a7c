package dev.gmr.bench.peers;

import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;

/** Logits by PyTorch, of images that it has already. */
final class TorchInference {
  private final TorchNetwork network;
  private final Tensor images;

  TorchInference(TorchNetwork network, float[] images, int count) {
    this.network = network;
    this.images = network.images(images, count);
  }

  void run() {
    Native.inference(() -> network.logits(images).numel());
  }

  float[] logits() {
    return Native.inference(
        () -> {
          Tensor logits = network.logits(images).contiguous();
          float[] values = new float[(int) logits.numel()];
          FloatBuffer buffer = logits.createBuffer();
          buffer.get(values);
          return values;
        });
  }
}
