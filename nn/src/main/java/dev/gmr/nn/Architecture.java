package dev.gmr.nn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a network is made of, for images of any shape and any number of classes.
 *
 * @param name of the network, such as {@code lenet}
 * @param layers in order; the last is linear and gives the logits
 */
public record Architecture(String name, List<Layer> layers) {
  private static final List<String> BUILT_IN =
      List.of("lenet", "alexnet", "vgg16", "resnet8", "resnet20", "resnet56", "resnet110");

  /**
   * Copies the list.
   *
   * @throws ArchitectureException if the name is no name of a layer either, or two layers have the
   *     same
   */
  public Architecture {
    try {
      LayerChecks.name(name);
    } catch (IllegalArgumentException e) {
      throw new ArchitectureException(e.getMessage());
    }
    layers = List.copyOf(layers);
    Set<String> seen = new HashSet<>();
    names(layers)
        .filter(n -> !seen.add(n))
        .findFirst()
        .ifPresent(
            n -> {
              throw new ArchitectureException("two layers have the name " + n + "; rename one");
            });
  }

  /** Whether there is a batch norm, so that a batch's images depend on each other. */
  boolean normed() {
    return flat(layers).anyMatch(Layer.BatchNorm.class::isInstance);
  }

  private static Stream<String> names(List<Layer> layers) {
    return flat(layers)
        .flatMap(
            layer ->
                switch (layer) {
                  case Layer.Conv conv -> Stream.of(conv.name());
                  case Layer.BatchNorm norm -> Stream.of(norm.name());
                  case Layer.Linear linear -> Stream.of(linear.name());
                  default -> Stream.empty();
                });
  }

  /** The layers, and in place of residual sums those that they are made of. */
  private static Stream<Layer> flat(List<Layer> layers) {
    return layers.stream()
        .flatMap(
            layer ->
                layer instanceof Layer.Residual sum
                    ? Stream.concat(flat(sum.body()), flat(sum.shortcut()))
                    : Stream.of(layer));
  }

  /**
   * Reads a description in JSON, such as <code>
   * {"name": "tiny", "layers": [{"type": "conv", "name": "c", "channels": 8, "kernel": 3}, {"type":
   * "relu"}, {"type": "linear", "name": "fc", "outputs": "classes"}]}</code>.
   *
   * <p>The types and their keys: {@code conv} (name, channels, kernel, stride 1, padding 0), {@code
   * batchnorm} (name), {@code relu}, {@code maxpool} (window, stride as the window, minSide 0),
   * {@code avgpool} (window, stride as the window), {@code globalavgpool}, {@code residual}
   * (layers, shortcut none), {@code linear} (name, outputs or {@code "classes"}), and {@code
   * repeat} (times, from 0, layers), which stands for its layers that many times with their number,
   * counted up from {@code from}, in place of <code>{i}</code> in names.
   *
   * @param json the text, at most 4 Mi characters
   * @param source what to call it in messages, such as the file's name
   * @return the description, repeats written out; its shapes are not checked, see {@link #trace}
   * @throws ArchitectureException with one line that names the place, such as {@code resnet.json:
   *     layers[3].layers[0].kernel is 0; expected 1 to 1024}
   */
  public static Architecture parse(String json, String source) {
    return new ArchitectureReader(source).read(json);
  }

  /**
   * Returns the description as JSON that {@link #parse} reads, a layer a line, without repeats.
   *
   * @return the text, ended by a newline
   */
  public String toJson() {
    return new ArchitectureWriter().write(this);
  }

  /**
   * Returns the names of the networks that are built in.
   *
   * @return the names
   */
  public static List<String> builtInNames() {
    return BUILT_IN;
  }

  /**
   * Returns a network that is built in.
   *
   * @param name one of {@link #builtInNames()}
   * @return its description
   * @throws ArchitectureException if there is no such network
   */
  public static Architecture builtIn(String name) {
    return parse(builtInJson(name), name + ".json");
  }

  /**
   * Returns the text that describes a network that is built in, with its repeats.
   *
   * @param name one of {@link #builtInNames()}
   * @return the text
   * @throws ArchitectureException if there is no such network
   */
  public static String builtInJson(String name) {
    if (!BUILT_IN.contains(name)) {
      throw new ArchitectureException(
          "there is no network %s; expected %s"
              .formatted(LayerChecks.printable(name), String.join(", ", BUILT_IN)));
    }
    try (InputStream stream = Architecture.class.getResourceAsStream(name + ".json")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Settles which layers are there for images of a shape.
   *
   * @param input shape of an image
   * @return the description without layers that such images do not take, and without conditions
   * @throws ArchitectureException if that leaves a residual without layers
   */
  public Architecture forInput(ImageShape input) {
    try {
      return new Architecture(name, settled(layers, Math.min(input.height(), input.width())));
    } catch (IllegalArgumentException e) {
      throw new ArchitectureException(
          "%s: a residual has no layers left for images of %d x %d; leave away its minSide"
              .formatted(name, input.height(), input.width()));
    }
  }

  private static List<Layer> settled(List<Layer> layers, int side) {
    return layers.stream()
        .filter(layer -> !(layer instanceof Layer.MaxPool pool) || pool.minSide() <= side)
        .map(
            layer ->
                switch (layer) {
                  case Layer.MaxPool pool -> new Layer.MaxPool(pool.window(), pool.stride());
                  case Layer.Residual sum ->
                      new Layer.Residual(settled(sum.body(), side), settled(sum.shortcut(), side));
                  default -> layer;
                })
        .toList();
  }

  /**
   * Follows the shapes through the network, of which {@link #forInput} is taken, and checks that
   * they fit and that every layer stands where it may:
   *
   * <ul>
   *   <li>the first layers are conv, batchnorm or not, relu; the last is linear, one output a class
   *   <li>batchnorm stands directly behind conv
   *   <li>relu directly behind conv, batchnorm, residual or linear, or behind a maxpool directly
   *       behind conv or batchnorm
   *   <li>pools behind conv, batchnorm, relu and pools, or first in a residual
   *   <li>behind globalavgpool only linear, behind linear only linear and relu
   *   <li>both sides of a residual give one shape; in them are conv, batchnorm, relu, pools and
   *       residuals
   *   <li>no more than 2^31 - 1 values an image in any layer, nor parameters in all
   * </ul>
   *
   * @param input shape of an image
   * @param classes number of classes, at least 2
   * @return a step a layer in the order of computation; a residual's own layers stand before it
   * @throws ArchitectureException with one line that names the network, the layer and the shapes
   */
  public List<LayerTrace> trace(ImageShape input, int classes) {
    return new Tracer(forInput(input), input, classes).run();
  }
}
