package dev.gmr.train.onnx;

import dev.gmr.data.Normalization;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.io.ProtobufMessage;
import dev.gmr.train.io.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The graph of an ONNX file: a node a layer. Nodes have the name of their result, which is the
 * layer's where it has tensors; field numbers are those of onnx.proto3.
 */
final class OnnxGraph {
  static final String INPUT = "input";
  static final String OUTPUT = "logits";
  static final String BATCH = "batch";

  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private final Map<String, Tensor.F32> tensors;
  private final ProtobufMessage graph = new ProtobufMessage();
  private final Set<String> names = new HashSet<>(Set.of(INPUT, OUTPUT));

  /** Whether the value at hand is one row an image, not a map. */
  private boolean flat;

  private OnnxGraph(Map<String, Tensor.F32> tensors) {
    this.tensors = tensors;
    names.addAll(tensors.keySet());
  }

  static ProtobufMessage of(
      Architecture architecture,
      ImageShape input,
      int classes,
      Map<String, Tensor.F32> tensors,
      Optional<Normalization> normalization) {
    OnnxGraph g = new OnnxGraph(tensors);
    String images = INPUT;
    if (normalization.isPresent()) {
      images = g.normalize(normalization.get());
    }
    List<Layer> layers = architecture.forInput(input).layers();
    String features = g.layers(layers.subList(0, layers.size() - 1), images);
    g.linear((Layer.Linear) layers.getLast(), features, OUTPUT);
    g.graph.text(2, architecture.name());
    tensors.forEach((name, t) -> g.initializer(name, t.shape(), t.data()));
    g.graph.message(
        11,
        value(
            INPUT,
            dimension(input.channels()),
            dimension(input.height()),
            dimension(input.width())));
    g.graph.message(12, value(OUTPUT, dimension(classes)));
    return g.graph;
  }

  private String normalize(Normalization normalization) {
    String mean = unique("mean");
    String std = unique("std");
    int[] perChannel = {1, normalization.channels(), 1, 1};
    initializer(mean, perChannel, normalization.mean());
    initializer(std, perChannel, normalization.std());
    String centered = unique("centered");
    node("Sub", List.of(INPUT, mean), centered);
    String normalized = unique("normalized");
    node("Div", List.of(centered, std), normalized);
    return normalized;
  }

  private String layers(List<Layer> layers, String input) {
    String x = input;
    for (Layer layer : layers) {
      x =
          switch (layer) {
            case Layer.Conv l -> conv(l, x);
            case Layer.BatchNorm l -> batchNorm(l, x);
            case Layer.Relu l -> unnamed("Relu", x);
            case Layer.MaxPool l -> pool("MaxPool", l.window(), l.stride(), x);
            case Layer.AvgPool l -> pool("AveragePool", l.window(), l.stride(), x);
            case Layer.GlobalAvgPool l -> unnamed("GlobalAveragePool", x);
            case Layer.Residual l -> residual(l, x);
            case Layer.Linear l -> linear(l, x, unique(l.name()));
          };
    }
    return x;
  }

  private String conv(Layer.Conv l, String x) {
    String weight = l.name() + ArchitectureTensors.WEIGHT;
    String bias = l.name() + ArchitectureTensors.BIAS;
    String result = unique(l.name());
    node(
        "Conv",
        tensors.containsKey(bias) ? List.of(x, weight, bias) : List.of(x, weight),
        result,
        ints("kernel_shape", l.kernel(), l.kernel()),
        ints("pads", l.padding(), l.padding(), l.padding(), l.padding()),
        ints("strides", l.stride(), l.stride()));
    return result;
  }

  private String batchNorm(Layer.BatchNorm l, String x) {
    String result = unique(l.name());
    node(
        "BatchNormalization",
        List.of(
            x,
            l.name() + ArchitectureTensors.WEIGHT,
            l.name() + ArchitectureTensors.BIAS,
            l.name() + ArchitectureTensors.MEAN,
            l.name() + ArchitectureTensors.VARIANCE),
        result,
        attribute("epsilon", ATTRIBUTE_FLOAT).float32(2, (float) Layer.BatchNorm.EPSILON));
    return result;
  }

  private String pool(String operator, int window, int stride, String x) {
    return unnamed(
        operator, x, ints("kernel_shape", window, window), ints("strides", stride, stride));
  }

  private String residual(Layer.Residual l, String x) {
    String body = layers(l.body(), x);
    String shortcut = layers(l.shortcut(), x);
    String sum = unique("add");
    node("Add", List.of(body, shortcut), sum);
    return sum;
  }

  /** Flattening (N, C, H, W) puts channels first, which is the order of PyTorch's columns. */
  private String linear(Layer.Linear l, String x, String result) {
    String row = x;
    if (!flat) {
      row = unnamed("Flatten", x, integer("axis", 1));
      flat = true;
    }
    node(
        "Gemm",
        List.of(row, l.name() + ArchitectureTensors.WEIGHT, l.name() + ArchitectureTensors.BIAS),
        result,
        integer("transB", 1));
    return result;
  }

  private String unnamed(String operator, String x, ProtobufMessage... attributes) {
    String result = unique(operator.toLowerCase(Locale.ROOT));
    node(operator, List.of(x), result, attributes);
    return result;
  }

  /** Returns the name itself, or with the first number that makes it new. */
  private String unique(String name) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private void node(
      String operator, List<String> inputs, String result, ProtobufMessage... attributes) {
    ProtobufMessage node = new ProtobufMessage();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, result).text(3, result).text(4, operator);
    for (ProtobufMessage attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
  }

  private static ProtobufMessage attribute(String name, int type) {
    return new ProtobufMessage().text(1, name).integer(20, type);
  }

  private static ProtobufMessage integer(String name, int value) {
    return attribute(name, ATTRIBUTE_INT).integer(3, value);
  }

  private static ProtobufMessage ints(String name, int... values) {
    ProtobufMessage attribute = attribute(name, ATTRIBUTE_INTS);
    for (int value : values) {
      attribute.integer(8, value);
    }
    return attribute;
  }

  private void initializer(String name, int[] shape, float[] data) {
    ProtobufMessage tensor = new ProtobufMessage();
    for (int length : shape) {
      tensor.integer(1, length);
    }
    graph.message(5, tensor.integer(2, FLOAT).text(8, name).floats(9, data));
  }

  private static ProtobufMessage value(String name, ProtobufMessage... dimensions) {
    ProtobufMessage shape = new ProtobufMessage().message(1, new ProtobufMessage().text(2, BATCH));
    for (ProtobufMessage dimension : dimensions) {
      shape.message(1, dimension);
    }
    ProtobufMessage type = new ProtobufMessage().integer(1, FLOAT).message(2, shape);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, type));
  }

  private static ProtobufMessage dimension(int length) {
    return new ProtobufMessage().integer(1, length);
  }
}
