package dev.gmr.bench.peers;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Suggestions;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ArchitectureException;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.LayerTrace;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.Recipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A network for images of one shape, without its weights: a process of PyTorch's needs no network
 * of gmr's.
 *
 * @param architecture its layers, conditions settled
 * @param shape shape of an image
 * @param classes number of classes
 * @param steps its layers at their places
 * @param tensors shapes of all its tensors by name, weight before bias
 */
record Model(
    Architecture architecture,
    ImageShape shape,
    int classes,
    List<LayerTrace> steps,
    Map<String, int[]> tensors) {
  /** Images of MNIST and those of CIFAR. */
  static final ImageShape GREY = new ImageShape(28, 28, 1);

  static final ImageShape COLOUR = new ImageShape(32, 32, 3);

  private static final int CLASSES = 10;

  /**
   * Returns a network.
   *
   * @throws UserError if it does not fit the images
   */
  static Model of(Architecture architecture, ImageShape shape, int classes) {
    try {
      Architecture settled = architecture.forInput(shape);
      return new Model(
          settled,
          shape,
          classes,
          settled.trace(shape, classes),
          ArchitectureTensors.of(settled, shape, classes).shapes());
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

  /** Returns the optimizer of its recipe; only built-in networks have one. */
  OptimizerOptions optimizer() {
    return Recipe.of(name()).optimizer();
  }

  /** Returns names and shapes of the trained tensors, weight before bias. */
  Map<String, long[]> parameters() {
    return named(name -> !isStatistic(name));
  }

  /** Returns names and shapes of batch norm's running statistics. */
  Map<String, long[]> statistics() {
    return named(Model::isStatistic);
  }

  private Map<String, long[]> named(Predicate<String> wanted) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach(
        (name, shape) -> {
          if (wanted.test(name)) {
            shapes.put(name, Arrays.stream(shape).asLongStream().toArray());
          }
        });
    return shapes;
  }

  static boolean isStatistic(String name) {
    return name.endsWith(ArchitectureTensors.MEAN) || name.endsWith(ArchitectureTensors.VARIANCE);
  }
}
