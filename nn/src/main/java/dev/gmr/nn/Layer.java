package dev.gmr.nn;

import java.util.List;

/**
 * A layer of an {@link Architecture}, as its author writes it: sizes of what goes in follow from
 * the layers before. Names are those of its tensors in PyTorch, without {@code .weight} and {@code
 * .bias}.
 */
public sealed interface Layer {
  /**
   * Two-dimensional convolution with a square kernel. It has a bias unless batch norm follows.
   *
   * @param name of its tensors
   * @param channels of the result
   * @param kernel side of the kernel
   * @param stride step of the kernel
   * @param padding rows and columns of zeros on each side, less than the kernel's
   */
  record Conv(String name, int channels, int kernel, int stride, int padding) implements Layer {}

  /**
   * Batch norm over the channels: {@code gamma (x - mean) / sqrt(variance + 1e-5) + beta}, with the
   * statistics of the batch's clean rows in training and running ones (momentum 0.1) otherwise.
   *
   * @param name of its tensors
   */
  record BatchNorm(String name) implements Layer {}

  /** {@code max(x, 0)}. */
  record Relu() implements Layer {}

  /**
   * Max pooling without padding; rows and columns that no window reaches are left out.
   *
   * @param window side of a window
   * @param stride step of the windows
   */
  record MaxPool(int window, int stride) implements Layer {}

  /**
   * Average pooling without padding; rows and columns that no window reaches are left out.
   *
   * @param window side of a window
   * @param stride step of the windows
   */
  record AvgPool(int window, int stride) implements Layer {}

  /** The average of all pixels of a channel. */
  record GlobalAvgPool() implements Layer {}

  /**
   * {@code body(x) + shortcut(x)}, of one shape.
   *
   * @param body layers of the sum's one side
   * @param shortcut layers of the other, none for x itself
   */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
    /** Copies the lists. */
    public Residual {
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
    }
  }

  /**
   * Linear layer of all values of an image, channels first where there are several pixels.
   *
   * @param name of its tensors
   * @param outputs values of the result; {@link #CLASSES} for one a class
   */
  record Linear(String name, int outputs) implements Layer {
    /** As many outputs as the data set has classes. */
    public static final int CLASSES = 0;
  }
}
