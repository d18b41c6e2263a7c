package dev.gmr.bench;

import dev.gmr.kernels.AdamUpdate;
import dev.gmr.nn.ImageShape;
import java.util.Arrays;

/** A training step of LeNet on 28x28 grey images, with Adam. */
final class LenetStep extends TrainingStep {
  private static final float RATE = 1e-4f;

  private final AdamUpdate adam = new AdamUpdate(RATE, 0.9f, 0.999f, 1e-8f, 0f);
  private final float[] m = new float[values().length];
  private final float[] v = new float[values().length];

  /** Plans the network and checks that each pass starts with the loss of blind guessing. */
  LenetStep(int batch, int threads, boolean regularized) {
    super(
        "lenet",
        new ImageShape(Lenet.SIDE, Lenet.SIDE, 1),
        Lenet.CLASSES,
        batch,
        threads,
        regularized);
    float[] before = values().clone();
    checkLosses();
    // Adam's first step goes along the gradient's sign, to its rate
    for (int i = 0; i < before.length; i += 10_007) {
      double step = RATE * gradients()[i] / (Math.abs(gradients()[i]) + 1e-8);
      Samples.check("parameter " + i, values()[i], before[i] - step, 1e-6);
    }
    compileLoss();
  }

  @Override
  void update(int from, int count, long step) {
    adam.apply(values(), gradients(), m, v, from, count, step);
  }

  @Override
  void forget() {
    Arrays.fill(m, 0f);
    Arrays.fill(v, 0f);
  }
}
