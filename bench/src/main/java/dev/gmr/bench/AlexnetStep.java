package dev.gmr.bench;

import dev.gmr.kernels.SgdUpdate;
import dev.gmr.nn.ImageShape;
import java.util.Arrays;

/** A training step of AlexNet on 32x32 colour images, with Nesterov momentum and weight decay. */
final class AlexnetStep extends TrainingStep {
  private static final int SIDE = 32;
  private static final int CLASSES = 10;
  private static final float RATE = 0.01f;
  private static final float MOMENTUM = 0.9f;
  private static final float DECAY = 5e-4f;

  /** Floating-point operations of an image's forward pass, multiply-adds with padding included. */
  private static final double FIRST = 2.0 * 8 * 8 * 64 * 3 * 11 * 11;

  private static final double REST =
      2.0
          * (4 * 4 * 192 * 64 * 25
              + 2 * 2 * 9 * (384 * 192 + 256 * 384 + 256 * 256)
              + 256 * 4096
              + 4096 * 4096
              + 4096 * CLASSES);

  private final SgdUpdate sgd = new SgdUpdate(RATE, MOMENTUM, true, DECAY);
  private final float[] velocity = new float[values().length];

  /** Plans the network and checks that each pass starts with the loss of blind guessing. */
  AlexnetStep(int batch, int threads, boolean regularized) {
    super("alexnet", new ImageShape(SIDE, SIDE, 3), CLASSES, batch, threads, regularized);
    float[] before = values().clone();
    checkLosses();
    // momentum begins with the gradient, and Nesterov adds it once more
    for (int i = 0; i < before.length; i += 100_003) {
      double gradient = gradients()[i] + DECAY * before[i];
      Samples.check(
          "parameter " + i, values()[i], before[i] - RATE * (1 + MOMENTUM) * gradient, 1e-6);
    }
    compileLoss();
  }

  /**
   * Counts those of an image's step: each pass has two gradients as costly, but the images' own is
   * not needed. The expected pass shares the first convolution; its variance is one map a batch.
   */
  static double stepFlops(boolean regularized) {
    return 2 * FIRST + (regularized ? 6 : 3) * REST;
  }

  @Override
  void update(int from, int count, long step) {
    sgd.apply(values(), gradients(), velocity, from, count);
  }

  @Override
  void forget() {
    Arrays.fill(velocity, 0f);
  }
}
