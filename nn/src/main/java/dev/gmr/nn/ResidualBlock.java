package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import java.util.List;

/**
 * {@code relu(body(x) + shortcut(x))}, without ReLU where none is wanted; an empty shortcut is x
 * itself. Behind a body that ends with batch norm, as they do in ResNets, the sum and ReLU are part
 * of that norm's sweep; else they are a sweep of their own.
 */
final class ResidualBlock implements Block {
  private final Chain body;

  /** Null for x itself. */
  private final Chain shortcut;

  /** The body's last block where it takes the sum, or null. */
  private final NormBlock fused;

  private final boolean relu;
  private final Workers workers;
  private final SharedBuffer gradient;
  private final int inSize;
  private final int outSize;
  private final float[] out;

  /** For the gradient of the shortcut's input; null without one. */
  private final SharedBuffer shortcutGradient;

  private final Workers.Task sum = this::sumSlice;
  private final Workers.Task split = this::splitSlice;
  private final Workers.Task add = this::addSlice;
  private int rows;
  private float[] skip;
  private float[] inGradient;
  private float[] other;

  /**
   * Plans the block.
   *
   * @param relu whether ReLU follows the sum
   * @param gradient for the gradient of the results
   */
  ResidualBlock(Spec spec, Layer.Residual residual, boolean relu, SharedBuffer gradient) {
    this.relu = relu;
    this.gradient = gradient;
    workers = spec.workers();
    ImageShape in = spec.shape();
    int channels = spec.realChannels();
    inSize = in.size();
    int outer = spec.enter();
    boolean fusible = endsWithNorm(residual.body());
    body =
        Chain.of(spec, residual.body(), relu && fusible, fusible ? gradient : spec.ownGradient());
    fused = fusible ? (NormBlock) body.last() : null;
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
    outSize = spec.shape().size();
    long kept = (long) spec.rows() * outSize;
    gradient.require(kept);
    out = fusible ? body.last().out() : spec.memory().floats(kept);
  }

  private static boolean endsWithNorm(List<Layer> body) {
    return body.getLast() instanceof Layer.BatchNorm;
  }

  @Override
  public int outSize() {
    return outSize;
  }

  @Override
  public float[] out() {
    return out;
  }

  @Override
  public float[] outGradient() {
    return gradient.array();
  }

  @Override
  public void forward(int rowCount, float[] in) {
    rows = rowCount;
    if (shortcut != null) {
      shortcut.forward(rows, in);
    }
    skip = shortcut == null ? in : shortcut.last().out();
    if (fused != null) {
      fused.skip(skip);
    }
    body.forward(rows, in);
    if (fused == null) {
      workers.run(Slices.COUNT, sum);
    }
  }

  private void sumSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    int from = Slices.from(slice, rows) * outSize;
    int count = Slices.from(slice + 1, rows) * outSize - from;
    System.arraycopy(body.last().out(), from, out, from, count);
    layers.add(skip, from, out, from, count);
    if (relu) {
      layers.relu(out, from, out, from, count);
    }
  }

  /**
   * What passes ReLU is the gradient of both sides; where the sum is fused, the body's last block
   * leaves that in the gradient of the results.
   */
  @Override
  public void backward(int rowCount, float[] in, float[] gradientOfInput) {
    rows = rowCount;
    inGradient = gradientOfInput;
    if (fused == null) {
      workers.run(Slices.COUNT, split);
    }
    body.backward(rows, in, inGradient);
    other = gradient.array();
    if (shortcut != null) {
      other = shortcutGradient.array();
      shortcut.backward(rows, in, other);
    }
    workers.run(Slices.COUNT, add);
  }

  private void splitSlice(int slice, int worker) {
    float[] dy = gradient.array();
    int from = Slices.from(slice, rows) * outSize;
    int count = Slices.from(slice + 1, rows) * outSize - from;
    if (relu) {
      Backend.kernels().layers().reluBackward(out, from, dy, from, dy, from, count);
    }
    System.arraycopy(dy, from, body.last().outGradient(), from, count);
  }

  private void addSlice(int slice, int worker) {
    int from = Slices.from(slice, rows) * inSize;
    int count = Slices.from(slice + 1, rows) * inSize - from;
    Backend.kernels().layers().add(other, from, inGradient, from, count);
  }
}
