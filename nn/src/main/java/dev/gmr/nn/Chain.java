package dev.gmr.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Blocks one behind the other, made from a description's layers: what a kernel can do in one sweep
 * becomes one block.
 */
final class Chain {
  private final Block[] blocks;

  private Chain(List<Block> blocks) {
    this.blocks = blocks.toArray(Block[]::new);
  }

  /**
   * Plans the layers of a residual block's side.
   *
   * @param relu whether ReLU follows the last
   * @param gradient for the gradient of the last block's results
   */
  static Chain of(Spec spec, List<Layer> layers, boolean relu, SharedBuffer gradient) {
    List<Layer> all = new ArrayList<>(layers);
    if (relu) {
      all.add(new Layer.Relu());
    }
    return new Planner(spec, all, 0, gradient).plan();
  }

  /** Plans a whole network. */
  static Chain of(Spec spec, List<Layer> layers, int classes) {
    return new Planner(spec, layers, classes, spec.ownGradient()).plan();
  }

  private static final class Planner {
    private final Spec spec;
    private final List<Layer> layers;
    private final int classes;
    private final SharedBuffer lastGradient;
    private final List<Block> blocks = new ArrayList<>();
    private int at;

    Planner(Spec spec, List<Layer> layers, int classes, SharedBuffer lastGradient) {
      this.spec = spec;
      this.layers = layers;
      this.classes = classes;
      this.lastGradient = lastGradient;
    }

    Chain plan() {
      if (classes > 0) {
        first();
      }
      while (at < layers.size()) {
        blocks.add(next());
      }
      return new Chain(blocks);
    }

    private void first() {
      Layer.Conv conv = take(Layer.Conv.class);
      Layer.BatchNorm norm = take(Layer.BatchNorm.class);
      Layer.Relu relu = take(Layer.Relu.class);
      if (conv == null || relu == null) {
        throw new IllegalArgumentException(
            "a network begins with a convolution, batch norm or none, and ReLU");
      }
      if (norm != null) {
        blocks.add(new MomentNormBlock(spec, conv, norm, gradient()));
      } else {
        Layer.MaxPool pool = take(Layer.MaxPool.class);
        blocks.add(new MomentBlock(spec, conv, pool, gradient()));
      }
    }

    private Block next() {
      Layer layer = layers.get(at++);
      return switch (layer) {
        case Layer.Conv conv -> conv(conv);
        case Layer.MaxPool pool -> new MaxPoolBlock(spec, pool, gradient());
        case Layer.AvgPool pool ->
            new AveragePoolBlock(spec, pool.window(), pool.window(), pool.stride(), gradient());
        case Layer.GlobalAvgPool pool ->
            new AveragePoolBlock(spec, spec.shape().height(), spec.shape().width(), 1, gradient());
        case Layer.Residual residual -> {
          boolean relu = take(Layer.Relu.class) != null;
          yield new ResidualBlock(spec, residual, relu, gradient());
        }
        case Layer.Linear linear -> {
          boolean relu = take(Layer.Relu.class) != null;
          int outputs = linear.outputs() == Layer.Linear.CLASSES ? classes : linear.outputs();
          yield new LinearBlock(spec, linear.name(), outputs, relu, gradient());
        }
        case Layer.BatchNorm norm ->
            throw new IllegalArgumentException(norm.name() + " is not behind a convolution");
        case Layer.Relu relu ->
            throw new IllegalArgumentException(
                "ReLU number %d is behind a layer that takes none".formatted(at));
      };
    }

    /** ReLU and max pooling commute, so either order is the same block. */
    private Block conv(Layer.Conv conv) {
      Layer.BatchNorm norm = take(Layer.BatchNorm.class);
      boolean relu = take(Layer.Relu.class) != null;
      Layer.MaxPool pool = take(Layer.MaxPool.class);
      relu = relu || take(Layer.Relu.class) != null;
      return norm == null
          ? new ConvBlock(spec, conv, pool, relu, gradient())
          : new NormBlock(spec, conv, norm, pool, relu, gradient());
    }

    private SharedBuffer gradient() {
      return at == layers.size() ? lastGradient : spec.nextGradient();
    }

    /** Takes the next layer if it is of a kind. */
    private <T extends Layer> T take(Class<T> kind) {
      return at < layers.size() && kind.isInstance(layers.get(at))
          ? kind.cast(layers.get(at++))
          : null;
    }
  }

  Block first() {
    return blocks[0];
  }

  Block last() {
    return blocks[blocks.length - 1];
  }

  void forward(int rows, float[] in) {
    float[] x = in;
    for (Block block : blocks) {
      block.forward(rows, x);
      x = block.out();
    }
  }

  void backward(int rows, float[] in, float[] inGradient) {
    for (int b = blocks.length - 1; b >= 0; b--) {
      Block before = b == 0 ? null : blocks[b - 1];
      blocks[b].backward(
          rows,
          before == null ? in : before.out(),
          before == null ? inGradient : before.outGradient());
    }
  }
}
