package dev.gmr.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Follows shapes through a description whose conditions are settled. */
final class Tracer {
  private final Architecture architecture;
  private final ImageShape input;
  private final int classes;
  private final List<LayerTrace> steps = new ArrayList<>();
  private String lastName = "the input";
  private long parameters;

  Tracer(Architecture architecture, ImageShape input, int classes) {
    this.architecture = architecture;
    this.input = input;
    this.classes = classes;
  }

  List<LayerTrace> run() {
    LayerChecks.range("height", input.height(), 1, LayerChecks.MAX_CHANNELS);
    LayerChecks.range("width", input.width(), 1, LayerChecks.MAX_CHANNELS);
    LayerChecks.range("channels", input.channels(), 1, LayerChecks.MAX_CHANNELS);
    LayerChecks.range("classes", classes, 2, LayerChecks.MAX_CHANNELS);
    List<Layer> layers = architecture.layers();
    ends(layers);
    follow(layers, input, 0);
    return List.copyOf(steps);
  }

  private void ends(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw wrong("there are no layers");
    }
    if (!(layers.get(0) instanceof Layer.Conv)) {
      throw wrong("the first layer is a %s; expected a conv".formatted(type(layers.get(0))));
    }
    int relu = layers.size() > 1 && layers.get(1) instanceof Layer.BatchNorm ? 2 : 1;
    if (layers.size() <= relu || !(layers.get(relu) instanceof Layer.Relu)) {
      throw wrong(
          "the moments of noise need a relu behind the first conv, or behind its batchnorm;"
              + " expected conv, relu or conv, batchnorm, relu");
    }
    if (!(layers.getLast() instanceof Layer.Linear last)
        || last.outputs() != Layer.Linear.CLASSES) {
      throw wrong("the last layer is no linear one with \"outputs\": \"classes\"");
    }
  }

  private ImageShape follow(List<Layer> layers, ImageShape in, int depth) {
    ImageShape shape = in;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Layer before = i > 0 ? layers.get(i - 1) : null;
      Layer beforeThat = i > 1 ? layers.get(i - 2) : null;
      position(layer, before, beforeThat, depth);
      boolean normed = i + 1 < layers.size() && layers.get(i + 1) instanceof Layer.BatchNorm;
      shape = step(layer, shape, depth, normed);
    }
    return shape;
  }

  private ImageShape step(Layer layer, ImageShape in, int depth, boolean normed) {
    return switch (layer) {
      case Layer.Conv conv -> {
        lastName = conv.name();
        yield conv(conv, in, depth, normed);
      }
      case Layer.BatchNorm norm -> {
        lastName = norm.name();
        yield add(layer, norm.name(), depth, in, in, 2L * in.channels(), 0);
      }
      case Layer.Relu relu -> add(layer, "relu behind " + lastName, depth, in, in, 0, 0);
      case Layer.MaxPool pool -> pool(layer, pool.window(), pool.stride(), in, depth);
      case Layer.AvgPool pool -> pool(layer, pool.window(), pool.stride(), in, depth);
      case Layer.GlobalAvgPool pool -> {
        ImageShape out = new ImageShape(1, 1, in.channels());
        yield add(layer, "globalavgpool behind " + lastName, depth, in, out, 0, 0);
      }
      case Layer.Residual sum -> residual(sum, in, depth);
      case Layer.Linear linear -> {
        lastName = linear.name();
        int outputs = linear.outputs() == Layer.Linear.CLASSES ? classes : linear.outputs();
        long products = (long) in.size() * outputs;
        ImageShape out = new ImageShape(1, 1, outputs);
        yield add(layer, linear.name(), depth, in, out, products + outputs, 2 * products);
      }
    };
  }

  private ImageShape conv(Layer.Conv conv, ImageShape in, int depth, boolean normed) {
    int k = conv.kernel();
    long height = in.height() + 2L * conv.padding();
    long width = in.width() + 2L * conv.padding();
    if (height < k || width < k) {
      throw wrong(
          "%s (%dx%d, padding %d) does not fit its input of %s"
              .formatted(conv.name(), k, k, conv.padding(), shown(in)));
    }
    ImageShape out =
        shape(
            conv.name(),
            (height - k) / conv.stride() + 1,
            (width - k) / conv.stride() + 1,
            conv.channels());
    long weights = (long) k * k * in.channels() * conv.channels();
    long bias = normed ? 0 : conv.channels();
    // count the parameters first: below their limit the product cannot overflow
    long all = count(conv.name(), weights + bias);
    long flops = 2 * weights * out.height() * out.width();
    steps.add(new LayerTrace(conv, conv.name(), depth, in, out, all, flops));
    return out;
  }

  private ImageShape pool(Layer layer, int window, int stride, ImageShape in, int depth) {
    String label = type(layer) + " behind " + lastName;
    if (in.height() < window || in.width() < window) {
      throw wrong(
          "%s (%dx%d) does not fit its input of %s".formatted(label, window, window, shown(in)));
    }
    ImageShape out =
        shape(
            label,
            (in.height() - window) / stride + 1,
            (in.width() - window) / stride + 1,
            in.channels());
    return add(layer, label, depth, in, out, 0, 0);
  }

  private ImageShape residual(Layer.Residual sum, ImageShape in, int depth) {
    int first = steps.size();
    String label = "residual behind " + lastName;
    ImageShape body = follow(sum.body(), in, depth + 1);
    String bodyEnd = steps.getLast().label();
    ImageShape shortcut = follow(sum.shortcut(), in, depth + 1);
    if (!body.equals(shortcut)) {
      throw wrong(
          ("the sides of the residual that begins with %s differ: its layers end in %s (%s), its"
                  + " shortcut in %s (%s)")
              .formatted(
                  steps.get(first).label(),
                  shown(body),
                  bodyEnd,
                  shown(shortcut),
                  sum.shortcut().isEmpty() ? "its input" : steps.getLast().label()));
    }
    return add(sum, label, depth, in, body, 0, 0);
  }

  private ImageShape add(
      Layer layer,
      String label,
      int depth,
      ImageShape in,
      ImageShape out,
      long trained,
      long flops) {
    steps.add(new LayerTrace(layer, label, depth, in, out, count(label, trained), flops));
    return out;
  }

  private long count(String label, long trained) {
    parameters += trained;
    if (parameters > Integer.MAX_VALUE) {
      throw wrong(
          "%s brings the parameters to %d; at most %d fit"
              .formatted(label, parameters, Integer.MAX_VALUE));
    }
    return trained;
  }

  private ImageShape shape(String label, long height, long width, int channels) {
    if (height * width * channels > Integer.MAX_VALUE) {
      throw wrong(
          "%s gives %d x %d x %d values an image; at most %d fit"
              .formatted(label, height, width, channels, Integer.MAX_VALUE));
    }
    return new ImageShape((int) height, (int) width, channels);
  }

  private void position(Layer layer, Layer before, Layer beforeThat, int depth) {
    boolean right =
        switch (layer) {
          case Layer.Conv conv -> spatial(before);
          case Layer.BatchNorm norm -> before instanceof Layer.Conv;
          case Layer.Relu relu ->
              isConvOrNorm(before)
                  || before instanceof Layer.Residual
                  || before instanceof Layer.Linear
                  || (before instanceof Layer.MaxPool && isConvOrNorm(beforeThat));
          case Layer.MaxPool pool -> poolable(before);
          case Layer.AvgPool pool -> poolable(before);
          case Layer.GlobalAvgPool pool -> depth == 0 && spatial(before);
          case Layer.Residual sum -> spatial(before);
          case Layer.Linear linear -> depth == 0;
        };
    // a relu behind a linear layer is no image either
    boolean flat = depth == 0 && !steps.isEmpty() && isFlat(steps);
    boolean mayBeFlat = layer instanceof Layer.Linear || layer instanceof Layer.Relu;
    if (!right || (flat && !mayBeFlat)) {
      throw wrong(
          "%s may not stand %s; %s"
              .formatted(
                  named(layer),
                  before == null ? "first in a residual" : "behind " + named(before),
                  allowed(layer)));
    }
  }

  private static boolean isFlat(List<LayerTrace> steps) {
    LayerTrace last = steps.getLast();
    boolean relu = last.layer() instanceof Layer.Relu && steps.size() > 1;
    Layer layer = relu ? steps.get(steps.size() - 2).layer() : last.layer();
    return layer instanceof Layer.Linear;
  }

  private static boolean isConvOrNorm(Layer layer) {
    return layer instanceof Layer.Conv || layer instanceof Layer.BatchNorm;
  }

  private static boolean spatial(Layer before) {
    return !(before instanceof Layer.GlobalAvgPool) && !(before instanceof Layer.Linear);
  }

  private static boolean poolable(Layer before) {
    return before == null
        || isConvOrNorm(before)
        || before instanceof Layer.Relu
        || before instanceof Layer.MaxPool
        || before instanceof Layer.AvgPool;
  }

  private static String allowed(Layer layer) {
    return switch (layer) {
      case Layer.BatchNorm norm -> "it stands directly behind a conv";
      case Layer.Relu relu ->
          "it stands behind conv, batchnorm, residual, linear, or a maxpool directly behind conv"
              + " or batchnorm";
      case Layer.MaxPool pool -> POOLS;
      case Layer.AvgPool pool -> POOLS;
      case Layer.Linear linear -> "a residual takes conv, batchnorm, relu, pools and residuals";
      default ->
          "behind globalavgpool stands linear alone, behind linear only linear and relu,"
              + " and neither stands in a residual";
    };
  }

  private static final String POOLS = "it stands behind conv, batchnorm, relu or another pool";

  private String named(Layer layer) {
    return switch (layer) {
      case Layer.Conv conv -> "conv " + conv.name();
      case Layer.BatchNorm norm -> "batchnorm " + norm.name();
      case Layer.Linear linear -> "linear " + linear.name();
      default -> "the " + type(layer);
    };
  }

  private static String type(Layer layer) {
    return layer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String shown(ImageShape s) {
    return "%d x %d x %d".formatted(s.height(), s.width(), s.channels());
  }

  private ArchitectureException wrong(String message) {
    return new ArchitectureException(
        "%s with images of %s: %s".formatted(architecture.name(), shown(input), message));
  }
}
