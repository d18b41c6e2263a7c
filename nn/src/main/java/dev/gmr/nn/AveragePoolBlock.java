package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import java.util.Arrays;

/** Average pooling without padding, of windows or of whole images. */
final class AveragePoolBlock implements Block {
  private final Workers workers;
  private final SharedBuffer gradient;
  private final ImageShape shape;
  private final ImageShape outShape;
  private final int windowHeight;
  private final int windowWidth;
  private final int stride;
  private final float factor;
  private final float[] out;
  private final float[][] scratch;
  private final Workers.Task forward = this::forwardSlice;
  private final Workers.Task backward = this::backwardSlice;
  private int rows;
  private float[] in;
  private float[] inGradient;

  AveragePoolBlock(
      Spec spec, int windowHeight, int windowWidth, int stride, SharedBuffer gradient) {
    this.windowHeight = windowHeight;
    this.windowWidth = windowWidth;
    this.stride = stride;
    this.gradient = gradient;
    workers = spec.workers();
    shape = spec.shape();
    outShape =
        new ImageShape(
            (shape.height() - windowHeight) / stride + 1,
            (shape.width() - windowWidth) / stride + 1,
            shape.channels());
    factor = 1f / (windowHeight * windowWidth);
    long kept = (long) spec.rows() * outShape.size();
    out = spec.memory().floats(kept);
    gradient.require(kept);
    scratch = spec.memory().floats(workers.size(), shape.channels());
    spec.become(outShape, spec.realChannels());
  }

  @Override
  public int outSize() {
    return outShape.size();
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
  public void forward(int rowCount, float[] input) {
    rows = rowCount;
    in = input;
    workers.run(Slices.COUNT, forward);
  }

  private void forwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    int channels = shape.channels();
    int from = Slices.from(slice, rows);
    int to = Slices.from(slice + 1, rows);
    Arrays.fill(out, from * outShape.size(), to * outShape.size(), 0f);
    for (int n = from; n < to; n++) {
      for (int p = 0; p < outShape.height() * outShape.width(); p++) {
        int at = n * outShape.size() + p * channels;
        for (int y = 0; y < windowHeight; y++) {
          layers.addRows(in, row(n, p, y), windowWidth, channels, out, at, channels);
        }
      }
    }
    int at = from * outShape.size();
    layers.scale(out, at, factor, out, at, to * outShape.size() - at);
  }

  /** Where row y of output pixel p's window starts in image n. */
  private int row(int n, int p, int y) {
    int top = p / outShape.width() * stride + y;
    int left = p % outShape.width() * stride;
    return n * shape.size() + (top * shape.width() + left) * shape.channels();
  }

  @Override
  public void backward(int rowCount, float[] input, float[] gradientOfInput) {
    rows = rowCount;
    inGradient = gradientOfInput;
    workers.run(Slices.COUNT, backward);
  }

  private void backwardSlice(int slice, int worker) {
    LayerKernels layers = Backend.kernels().layers();
    float[] dy = gradient.array();
    float[] d = scratch[worker];
    int channels = shape.channels();
    int from = Slices.from(slice, rows);
    int to = Slices.from(slice + 1, rows);
    Arrays.fill(inGradient, from * shape.size(), to * shape.size(), 0f);
    for (int n = from; n < to; n++) {
      for (int p = 0; p < outShape.height() * outShape.width(); p++) {
        layers.scale(dy, n * outShape.size() + p * channels, factor, d, 0, channels);
        for (int y = 0; y < windowHeight; y++) {
          int at = row(n, p, y);
          for (int x = 0; x < windowWidth; x++) {
            layers.add(d, 0, inGradient, at + x * channels, channels);
          }
        }
      }
    }
  }
}
