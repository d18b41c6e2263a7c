package dev.gmr.bench.peers;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Suggestions;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ArchitectureException;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.nn.LayerTrace;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network for images of one shape, and what its tensors are called in PyTorch. It follows from
 * the description alone, without a network of gmr's.
 *
 * @param architecture its layers, conditions settled
 * @param shape shape of an image
 * @param classes number of classes
 * @param steps its layers at their places
 */
record Model(Architecture architecture, ImageShape shape, int classes, List<LayerTrace> steps) {
  /** Images of MNIST and those of CIFAR. */
  static final ImageShape GREY = new ImageShape(28, 28, 1);

  static final ImageShape COLOUR = new ImageShape(32, 32, 3);

  /** For networks without a recipe; the paper's other large ones have it. */
  private static final OptimizerOptions SGD =
      new OptimizerOptions(OptimizerKind.SGD, 0.1, 0.9, 5e-4, 128);

  private static final int CLASSES = 10;

  /**
   * Returns a network.
   *
   * @throws UserError if it does not fit the images
   */
  static Model of(Architecture architecture, ImageShape shape, int classes) {
    try {
      Architecture settled = architecture.forInput(shape);
      return new Model(settled, shape, classes, settled.trace(shape, classes));
    } catch (ArchitectureException e) {
      throw UserError.usage(e.getMessage());
    }
  }

  /** Returns a built-in network for the images of a set. */
  static Model of(String name, ImageSet set) {
    return of(
        builtIn(name), new ImageShape(set.height(), set.width(), set.channels()), set.classes());
  }

  /** Returns a built-in network for the images it is known for, of ten classes. */
  static Model of(String name) {
    return of(builtIn(name), name.equals("lenet") ? GREY : COLOUR, CLASSES);
  }

  static Architecture builtIn(String name) {
    List<String> names = Architecture.builtInNames();
    if (!names.contains(name)) {
      throw UserError.usage(Suggestions.unknown("network", name, names));
    }
    return Architecture.builtIn(name);
  }

  String name() {
    return architecture.name();
  }

  /** Returns how the paper trains it. */
  OptimizerOptions optimizer() {
    return Recipe.models().contains(name()) ? Recipe.of(name()).optimizer() : SGD;
  }

  /** Returns names and shapes of the trained tensors, weight before bias. */
  Map<String, long[]> parameters() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (LayerTrace step : steps) {
      switch (step.layer()) {
        case Layer.Conv conv -> {
          long[] weight = {conv.channels(), step.in().channels(), conv.kernel(), conv.kernel()};
          shapes.put(conv.name() + ".weight", weight);
          if (step.parameters() > elements(weight)) { // no batch norm follows
            shapes.put(conv.name() + ".bias", new long[] {conv.channels()});
          }
        }
        case Layer.BatchNorm norm -> {
          shapes.put(norm.name() + ".weight", new long[] {step.out().channels()});
          shapes.put(norm.name() + ".bias", new long[] {step.out().channels()});
        }
        case Layer.Linear linear -> {
          int outputs = step.out().channels();
          shapes.put(linear.name() + ".weight", new long[] {outputs, step.in().size()});
          shapes.put(linear.name() + ".bias", new long[] {outputs});
        }
        default -> {}
      }
    }
    return shapes;
  }

  /** Returns names and shapes of batch norm's running statistics. */
  Map<String, long[]> statistics() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (LayerTrace step : steps) {
      if (step.layer() instanceof Layer.BatchNorm norm) {
        shapes.put(norm.name() + ".running_mean", new long[] {step.out().channels()});
        shapes.put(norm.name() + ".running_var", new long[] {step.out().channels()});
      }
    }
    return shapes;
  }

  /** Returns names and shapes of all tensors. */
  Map<String, long[]> tensors() {
    Map<String, long[]> shapes = parameters();
    shapes.putAll(statistics());
    return shapes;
  }

  static int elements(long[] shape) {
    long n = 1;
    for (long size : shape) {
      n *= size;
    }
    return Math.toIntExact(n);
  }
}
