package dev.gmr.nn;

import java.util.List;

/**
 * A layer of an {@link Architecture}, as its author writes it: sizes of what goes in follow from
 * the layers before. Names are those of its tensors in PyTorch, without {@code .weight} and {@code
 * .bias}: words of letters, digits, _ and -, divided by dots, at most 200 characters. What is out
 * of range is refused by an IllegalArgumentException that begins with its key.
 */
public sealed interface Layer {
  /**
   * Two-dimensional convolution with a square kernel. It has a bias unless batch norm follows.
   *
   * @param name of its tensors
   * @param channels of the result, 1 to 65536
   * @param kernel side of the kernel, 1 to 1024
   * @param stride step of the kernel, 1 to 1024
   * @param padding rows and columns of zeros on each side, less than the kernel's
   */
  record Conv(String name, int channels, int kernel, int stride, int padding) implements Layer {
    /** Checks the ranges. */
    public Conv {
      LayerChecks.name(name);
      LayerChecks.range("channels", channels, 1, LayerChecks.MAX_CHANNELS);
      LayerChecks.range("kernel", kernel, 1, LayerChecks.MAX_SIDE);
      LayerChecks.range("stride", stride, 1, LayerChecks.MAX_SIDE);
      LayerChecks.range("padding", padding, 0, kernel - 1);
    }
  }

  /**
   * Batch norm over the channels: {@code gamma (x - mean) / sqrt(variance + EPSILON) + beta}, with
   * the statistics of the batch's clean rows in training and running ones (momentum 0.1) otherwise.
   *
   * @param name of its tensors
   */
  record BatchNorm(String name) implements Layer {
    /** What is added to a variance, as PyTorch does. */
    public static final double EPSILON = 1e-5;

    /** Checks the name. */
    public BatchNorm {
      LayerChecks.name(name);
    }
  }

  /** {@code max(x, 0)}. */
  record Relu() implements Layer {}

  /**
   * Max pooling without padding; rows and columns that no window reaches are left out.
   *
   * @param window side of a window, 1 to 1024
   * @param stride step of the windows, 1 to 1024
   * @param minSide the layer is there only if both sides of the network's input have at least as
   *     many pixels; 0, or 1, for always. {@link Architecture#forInput} settles it.
   */
  record MaxPool(int window, int stride, int minSide) implements Layer {
    /** Checks the ranges. */
    public MaxPool {
      LayerChecks.range("window", window, 1, LayerChecks.MAX_SIDE);
      LayerChecks.range("stride", stride, 1, LayerChecks.MAX_SIDE);
      LayerChecks.range("minSide", minSide, 0, LayerChecks.MAX_CHANNELS);
    }

    /**
     * Makes a layer that is there for images of any size.
     *
     * @param window side of a window, 1 to 1024
     * @param stride step of the windows, 1 to 1024
     */
    public MaxPool(int window, int stride) {
      this(window, stride, 0);
    }
  }

  /**
   * Average pooling without padding; rows and columns that no window reaches are left out.
   *
   * @param window side of a window, 1 to 1024
   * @param stride step of the windows, 1 to 1024
   */
  record AvgPool(int window, int stride) implements Layer {
    /** Checks the ranges. */
    public AvgPool {
      LayerChecks.range("window", window, 1, LayerChecks.MAX_SIDE);
      LayerChecks.range("stride", stride, 1, LayerChecks.MAX_SIDE);
    }
  }

  /** The average of all pixels of a channel. */
  record GlobalAvgPool() implements Layer {}

  /**
   * {@code body(x) + shortcut(x)}, of one shape.
   *
   * @param body layers of the sum's one side, at least one
   * @param shortcut layers of the other, none for x itself
   */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
    /** Copies the lists. */
    public Residual {
      body = List.copyOf(body);
      shortcut = List.copyOf(shortcut);
      if (body.isEmpty()) {
        throw new IllegalArgumentException("layers is empty; expected at least one");
      }
    }
  }

  /**
   * Linear layer of all values of an image, channels first where there are several pixels.
   *
   * @param name of its tensors
   * @param outputs values of the result, 1 to 65536; {@link #CLASSES} for one a class
   */
  record Linear(String name, int outputs) implements Layer {
    /** As many outputs as the data set has classes. */
    public static final int CLASSES = 0;

    /** Checks the ranges. */
    public Linear {
      LayerChecks.name(name);
      LayerChecks.range("outputs", outputs, 0, LayerChecks.MAX_CHANNELS);
    }
  }
}
