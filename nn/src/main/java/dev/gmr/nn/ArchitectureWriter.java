package dev.gmr.nn;

import java.util.List;
import java.util.Locale;

/** Writes descriptions. Names are plain words, so that nothing has to be escaped. */
final class ArchitectureWriter {
  private final StringBuilder text = new StringBuilder();

  String write(Architecture architecture) {
    text.append("{\n  \"name\": \"").append(architecture.name()).append("\",\n  \"layers\": ");
    list(architecture.layers(), "  ");
    return text.append("\n}\n").toString();
  }

  private void list(List<Layer> layers, String indent) {
    String separator = "[\n";
    for (Layer layer : layers) {
      text.append(separator).append(indent).append("  ");
      layer(layer, indent + "  ");
      separator = ",\n";
    }
    text.append(layers.isEmpty() ? "[]" : "\n" + indent + "]");
  }

  private void layer(Layer layer, String indent) {
    text.append("{\"type\": \"")
        .append(layer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .append('"');
    switch (layer) {
      case Layer.Conv conv -> {
        name(conv.name());
        number("channels", conv.channels(), 0);
        number("kernel", conv.kernel(), 0);
        number("stride", conv.stride(), 1);
        number("padding", conv.padding(), 0);
      }
      case Layer.BatchNorm norm -> name(norm.name());
      case Layer.MaxPool pool -> {
        number("window", pool.window(), 0);
        number("stride", pool.stride(), pool.window());
        number("minSide", pool.minSide(), 0);
      }
      case Layer.AvgPool pool -> {
        number("window", pool.window(), 0);
        number("stride", pool.stride(), pool.window());
      }
      case Layer.Residual sum -> {
        text.append(", \"layers\": ");
        list(sum.body(), indent);
        if (!sum.shortcut().isEmpty()) {
          text.append(", \"shortcut\": ");
          list(sum.shortcut(), indent);
        }
      }
      case Layer.Linear linear -> {
        name(linear.name());
        if (linear.outputs() == Layer.Linear.CLASSES) {
          text.append(", \"outputs\": \"classes\"");
        } else {
          number("outputs", linear.outputs(), 0);
        }
      }
      case Layer.Relu relu -> {}
      case Layer.GlobalAvgPool pool -> {}
    }
    text.append('}');
  }

  private void name(String name) {
    text.append(", \"name\": \"").append(name).append('"');
  }

  private void number(String key, int value, int usual) {
    if (value != usual) {
      text.append(", \"").append(key).append("\": ").append(value);
    }
  }
}
