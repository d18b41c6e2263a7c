package dev.gmr.train.exchange;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.train.io.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of an architecture as PyTorch names and shapes them: what a file of its weights must
 * hold.
 *
 * @param shapes shape by name, in the order of the layers
 * @param normalised for each convolution before a batch norm, the batch norm's name
 */
public record ArchitectureTensors(Map<String, int[]> shapes, Map<String, String> normalised) {
  /** What follows a layer's name: weights of a convolution, linear layer or batch norm. */
  public static final String WEIGHT = ".weight";

  /** What follows a layer's name: biases. */
  public static final String BIAS = ".bias";

  /** What follows a batch norm's name: means of its inputs. */
  public static final String MEAN = ".running_mean";

  /** What follows a batch norm's name: variances of its inputs. */
  public static final String VARIANCE = ".running_var";

  /** What batch norm adds to a variance. */
  public static final float EPSILON = 1e-5f;

  /** Keeps the maps from change. */
  public ArchitectureTensors {
    shapes = Collections.unmodifiableMap(shapes);
    normalised = Collections.unmodifiableMap(normalised);
  }

  /**
   * Derives the tensors of an architecture.
   *
   * @param architecture the layers
   * @param input shape of an image
   * @param classes number of classes
   * @return its tensors
   * @throws IllegalArgumentException if the layers do not fit each other or the image
   */
  public static ArchitectureTensors of(Architecture architecture, ImageShape input, int classes) {
    Walk walk = new Walk(architecture.name(), classes);
    Shape end = walk.layers(architecture.layers(), new Shape(input, false));
    if (architecture.layers().isEmpty()
        || !(architecture.layers().getLast() instanceof Layer.Linear)
        || end.image.channels() != classes) {
      throw walk.misfit("its last layer gives no logits of %d classes".formatted(classes));
    }
    return new ArchitectureTensors(walk.shapes, walk.normalised);
  }

  /**
   * Checks that these are the tensors.
   *
   * @param tensors tensors by name
   * @throws IllegalArgumentException naming a tensor that is missing, too much or of another shape
   */
  public void check(Map<String, Tensor.F32> tensors) {
    for (Map.Entry<String, int[]> wanted : shapes.entrySet()) {
      Tensor.F32 tensor = tensors.get(wanted.getKey());
      if (tensor == null || !Arrays.equals(tensor.shape(), wanted.getValue())) {
        throw new IllegalArgumentException(
            "tensor %s is %s; expected %s"
                .formatted(
                    wanted.getKey(),
                    tensor == null ? "missing" : Arrays.toString(tensor.shape()),
                    Arrays.toString(wanted.getValue())));
      }
    }
    for (String name : tensors.keySet()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException("tensor " + name + " belongs to no layer");
      }
    }
  }

  /** Shape of a value: a map, or a row of as many values as it has channels. */
  private record Shape(ImageShape image, boolean flat) {}

  private static final class Walk {
    private final String name;
    private final int classes;
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Map<String, String> normalised = new LinkedHashMap<>();

    Walk(String name, int classes) {
      this.name = name;
      this.classes = classes;
    }

    Shape layers(List<Layer> layers, Shape input) {
      Shape x = input;
      for (int i = 0; i < layers.size(); i++) {
        Layer next = i + 1 < layers.size() ? layers.get(i + 1) : null;
        x =
            switch (layers.get(i)) {
              case Layer.Conv l -> conv(l, next, map(l.name(), x));
              case Layer.BatchNorm l -> batchNorm(l, x);
              case Layer.Relu l -> x;
              case Layer.MaxPool l -> pool("max pooling", l.window(), l.stride(), x);
              case Layer.AvgPool l -> pool("average pooling", l.window(), l.stride(), x);
              case Layer.GlobalAvgPool l ->
                  new Shape(new ImageShape(1, 1, map("global pooling", x).channels()), false);
              case Layer.Residual l -> residual(l, x);
              case Layer.Linear l -> linear(l, x);
            };
      }
      return x;
    }

    private Shape conv(Layer.Conv l, Layer next, ImageShape in) {
      add(l.name() + WEIGHT, l.channels(), in.channels(), l.kernel(), l.kernel());
      if (next instanceof Layer.BatchNorm norm) {
        normalised.put(l.name(), norm.name());
      } else {
        add(l.name() + BIAS, l.channels());
      }
      return slide(l.name(), l.kernel(), l.stride(), l.padding(), in, l.channels());
    }

    private Shape batchNorm(Layer.BatchNorm l, Shape x) {
      int channels = x.image.channels();
      add(l.name() + WEIGHT, channels);
      add(l.name() + BIAS, channels);
      add(l.name() + MEAN, channels);
      add(l.name() + VARIANCE, channels);
      return x;
    }

    private Shape pool(String what, int window, int stride, Shape x) {
      return slide(what, window, stride, 0, map(what, x), x.image.channels());
    }

    private Shape residual(Layer.Residual l, Shape x) {
      Shape body = layers(l.body(), x);
      Shape shortcut = layers(l.shortcut(), x);
      if (!body.equals(shortcut)) {
        throw misfit("a residual sum of %s and %s".formatted(body.image, shortcut.image));
      }
      return body;
    }

    private Shape linear(Layer.Linear l, Shape x) {
      int outputs = l.outputs() == Layer.Linear.CLASSES ? classes : l.outputs();
      add(l.name() + WEIGHT, outputs, x.image.size());
      add(l.name() + BIAS, outputs);
      return new Shape(new ImageShape(1, 1, outputs), true);
    }

    private Shape slide(
        String what, int window, int stride, int padding, ImageShape in, int channels) {
      int rows = in.height() + 2 * padding - window;
      int columns = in.width() + 2 * padding - window;
      if (window < 1 || stride < 1 || padding < 0 || rows < 0 || columns < 0) {
        throw misfit(
            "%s of window %d, stride %d and padding %d does not fit maps of %d x %d"
                .formatted(what, window, stride, padding, in.height(), in.width()));
      }
      return new Shape(new ImageShape(rows / stride + 1, columns / stride + 1, channels), false);
    }

    private ImageShape map(String what, Shape x) {
      if (x.flat) {
        throw misfit(what + " stands behind a linear layer");
      }
      return x.image;
    }

    private void add(String tensor, int... shape) {
      if (shapes.put(tensor, shape) != null) {
        throw misfit("two layers have the tensor " + tensor);
      }
    }

    IllegalArgumentException misfit(String why) {
      return new IllegalArgumentException("network " + name + ": " + why);
    }
  }
}
