package dev.gmr.nn;

import java.util.Arrays;

/**
 * The standard deviation that noise on the pixels leaves behind a convolution: {@code
 * sqrt(conv(Var; W*W))}, one map for all images, and its gradient to W.
 */
final class NoiseMap {
  private final ConvLayer layer;
  private final Parameters parameters;
  private final int channels;
  private final float[] variance;
  private final float[] root;
  private final float[] rootGradient;
  private final float[] squares;
  private final float[] squaresGradient;

  /**
   * Plans the map, which takes memory only where noise is planned for.
   *
   * @param image shape of the convolution's input
   */
  NoiseMap(Spec spec, ImageShape image, ConvLayer layer) {
    this.layer = layer;
    parameters = spec.parameters();
    channels = image.channels();
    Memory memory = spec.memory();
    long map = spec.ifExpected(layer.conv.outSize());
    long weights = spec.ifExpected(layer.conv.weightSize());
    variance = memory.floats(spec.ifExpected(image.size()));
    root = memory.floats(map);
    rootGradient = memory.floats(spec.ifGradients(map));
    squares = memory.floats(weights);
    squaresGradient = memory.floats(spec.ifGradients(weights));
  }

  /** Sets the standard deviation of each channel's pixels. */
  void set(float[] sigmas) {
    for (int i = 0; i < variance.length; i++) {
      float s = sigmas[i % channels];
      variance[i] = s * s;
    }
  }

  /** Computes the map of the present weights. */
  float[] deviation() {
    int at = layer.weight.offset();
    float[] values = parameters.array();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = values[at + i] * values[at + i];
    }
    layer.conv.forward(1, variance, 0, squares, 0, null, 0, root, 0, layer.scratch(0));
    for (int i = 0; i < root.length; i++) {
      root[i] = (float) Math.sqrt(root[i]);
    }
    return root;
  }

  /** The map as {@link #deviation} left it. */
  float[] root() {
    return root;
  }

  /**
   * Adds to the gradient of W: {@code dVar = dRoot / (2 root)}, then {@code dW += 2 W conv'(Var,
   * dVar)}. Where the deviation is 0 the path has no slope to follow and gives nothing.
   *
   * @param gradient of the map
   */
  void backward(float[] gradient) {
    for (int i = 0; i < root.length; i++) {
      rootGradient[i] = root[i] > 0 ? gradient[i] / (2 * root[i]) : 0f;
    }
    Arrays.fill(squaresGradient, 0f);
    layer.conv.backwardWeights(
        1, variance, 0, rootGradient, 0, squaresGradient, 0, layer.scratch(0));
    int at = layer.weight.offset();
    float[] values = parameters.array();
    float[] gradients = parameters.gradients();
    for (int i = 0; i < squaresGradient.length; i++) {
      gradients[at + i] = Math.fma(2 * values[at + i], squaresGradient[i], gradients[at + i]);
    }
  }
}
