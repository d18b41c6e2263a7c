package dev.gmr.nn;

import dev.gmr.kernels.Backend;

/**
 * {@code relu(body(x) + shortcut(x))}, without ReLU where none is wanted; an empty shortcut is x
 * itself. The sum is part of the body's last block.
 */
final class ResidualBlock implements Block {
  private final Chain body;
  private final Chain shortcut;
  private final NormBlock last;
  private final Workers workers;
  private final int inSize;

  /** For the gradient of the shortcut's input; null without one. */
  private final GradientBuffer shortcutGradient;

  private final Workers.Task add = this::addSlice;
  private int rows;
  private float[] inGradient;
  private float[] other;

  /**
   * Plans the block.
   *
   * @param relu whether ReLU follows the sum
   * @param gradient for the gradient of the results
   */
  ResidualBlock(Spec spec, Layer.Residual residual, boolean relu, GradientBuffer gradient) {
    workers = spec.workers();
    ImageShape in = spec.shape();
    int channels = spec.realChannels();
    inSize = in.size();
    int outer = spec.enter();
    body = Chain.of(spec, residual.body(), relu, gradient);
    last = (NormBlock) body.last();
    ImageShape out = spec.shape();
    if (residual.shortcut().isEmpty()) {
      shortcut = null;
      shortcutGradient = null;
    } else {
      spec.become(in, channels);
      shortcutGradient = spec.nextGradient();
      shortcutGradient.require((long) spec.rows() * inSize);
      shortcut = Chain.of(spec, residual.shortcut(), false, gradient);
    }
    spec.leave(outer);
    ImageShape side = shortcut == null ? in : spec.shape();
    if (!out.equals(side)) {
      throw new IllegalArgumentException(
          "a residual sum adds %s and %s; expected equal shapes".formatted(out, side));
    }
  }

  @Override
  public int outSize() {
    return body.last().outSize();
  }

  @Override
  public float[] out() {
    return body.last().out();
  }

  @Override
  public float[] outGradient() {
    return body.last().outGradient();
  }

  @Override
  public void forward(int rowCount, float[] in) {
    if (shortcut != null) {
      shortcut.forward(rowCount, in);
    }
    last.skip(shortcut == null ? in : shortcut.last().out());
    body.forward(rowCount, in);
  }

  /** The body's last block leaves in its gradient what passes its ReLU, which is the shortcut's. */
  @Override
  public void backward(int rowCount, float[] in, float[] gradientOfInput) {
    rows = rowCount;
    inGradient = gradientOfInput;
    body.backward(rows, in, inGradient);
    other = outGradient();
    if (shortcut != null) {
      other = shortcutGradient.array();
      shortcut.backward(rows, in, other);
    }
    workers.run(Slices.COUNT, add);
  }

  private void addSlice(int slice, int worker) {
    int from = Slices.from(slice, rows) * inSize;
    int count = Slices.from(slice + 1, rows) * inSize - from;
    Backend.kernels().layers().add(other, from, inGradient, from, count);
  }
}
