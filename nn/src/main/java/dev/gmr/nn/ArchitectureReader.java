package dev.gmr.nn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads descriptions that anybody may have written: every error names its place, and neither time
 * nor memory grows beyond the limits below.
 */
final class ArchitectureReader {
  /** What a description of the most layers takes with the longest names. */
  private static final int MAX_CHARACTERS = 1 << 22;

  private static final int MAX_LAYERS = 10_000;
  private static final int MAX_DEPTH = 16;

  /** Objects and lists around a layer at {@link #MAX_DEPTH}, and some more to name the mistake. */
  private static final int MAX_NESTING = 100;

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "conv", List.of("name", "channels", "kernel", "stride", "padding"),
          "batchnorm", List.of("name"),
          "relu", List.of(),
          "maxpool", List.of("window", "stride", "minSide"),
          "avgpool", List.of("window", "stride"),
          "globalavgpool", List.of(),
          "residual", List.of("layers", "shortcut"),
          "linear", List.of("name", "outputs"),
          "repeat", List.of("times", "from", "layers"));
  private static final String TYPES =
      "conv, batchnorm, relu, maxpool, avgpool, globalavgpool, residual, linear or repeat";
  private static final List<String> ROOT_KEYS = List.of("name", "layers");

  /** Nothing is kept between files: names of keys come from strangers. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_NESTING)
                      .maxNumberLength(1000)
                      .build())
              .build());

  private final String source;
  private int count;

  ArchitectureReader(String source) {
    this.source = LayerChecks.printable(source);
  }

  Architecture read(String json) {
    if (json.length() > MAX_CHARACTERS) {
      throw wrong(
          "%d characters are too many; at most %d".formatted(json.length(), MAX_CHARACTERS));
    }
    JsonNode root = tree(json);
    if (!root.isObject()) {
      throw wrong("it is %s; expected {\"name\": ..., \"layers\": [...]}".formatted(shown(root)));
    }
    known(root, "", "description", ROOT_KEYS);
    String name = text(root, "", "name");
    List<Layer> layers = layers(root, "", "layers", new Scope(0, null));
    try {
      return new Architecture(name, layers);
    } catch (ArchitectureException e) {
      throw wrong(e.getMessage());
    }
  }

  private JsonNode tree(String json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      try {
        JsonNode root = MAPPER.readTree(parser);
        if (root == null || root.isMissingNode()) {
          throw wrong("it is empty; expected {\"name\": ..., \"layers\": [...]}");
        }
        if (parser.nextToken() != null) {
          throw wrong(
              "something follows the end at %s".formatted(place(parser.currentTokenLocation())));
        }
        return root;
      } catch (StreamConstraintsException e) { // which knows no place
        throw wrong(
            "nested too deeply, or a number too long, at " + place(parser.currentLocation()));
      } catch (JsonProcessingException e) {
        if (e.getOriginalMessage().startsWith("Duplicate")) {
          throw wrong("%s stands twice".formatted(path(parser.getParsingContext())));
        }
        throw wrong("not valid JSON at %s".formatted(place(e.getLocation())));
      }
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot fail to be read", e);
    }
  }

  private static String place(JsonLocation at) {
    return "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String path(JsonStreamContext context) {
    if (context == null || context.inRoot()) {
      return "";
    }
    String before = path(context.getParent());
    return context.inArray()
        ? "%s[%d]".formatted(before, context.getCurrentIndex())
        : join(before, LayerChecks.printable(String.valueOf(context.getCurrentName())));
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /**
   * Where a layer stands.
   *
   * @param depth residuals around it
   * @param index what stands for {i}, null outside of a repeat
   */
  private record Scope(int depth, Integer index) {}

  private List<Layer> layers(JsonNode owner, String path, String key, Scope scope) {
    JsonNode list = required(owner, path, key, "a list of layers");
    String at = join(path, key);
    if (!list.isArray()) {
      throw wrong("%s is %s; expected a list of layers".formatted(at, shown(list)));
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      read(list.get(i), "%s[%d]".formatted(at, i), scope, layers);
    }
    if (layers.isEmpty()) {
      throw wrong("%s is empty; expected at least one layer".formatted(at));
    }
    return layers;
  }

  private void read(JsonNode node, String path, Scope scope, List<Layer> to) {
    if (!node.isObject()) {
      throw wrong("%s is %s; expected a layer in braces".formatted(path, shown(node)));
    }
    String type = text(node, path, "type");
    List<String> keys = KEYS.get(type);
    if (keys == null) {
      throw wrong("%s.type is %s; expected %s".formatted(path, shown(node.get("type")), TYPES));
    }
    known(node, path, type, keys);
    if (type.equals("repeat")) {
      repeat(node, path, scope, to);
      return;
    }
    count++;
    if (count > MAX_LAYERS) {
      throw wrong("%s is beyond the %d layers that a network may have".formatted(path, MAX_LAYERS));
    }
    to.add(layer(type, node, path, scope));
  }

  private void repeat(JsonNode node, String path, Scope scope, List<Layer> to) {
    if (scope.index != null) {
      throw wrong("%s is a repeat in a repeat; write one of them out".formatted(path));
    }
    int times = between(node, path, "times", 1, MAX_LAYERS);
    int from = node.has("from") ? between(node, path, "from", 0, MAX_LAYERS) : 0;
    for (int i = 0; i < times; i++) {
      to.addAll(layers(node, path, "layers", new Scope(scope.depth, from + i)));
    }
  }

  private Layer layer(String type, JsonNode node, String path, Scope scope) {
    return switch (type) {
      case "conv" -> conv(node, path, scope);
      case "batchnorm" -> checked(path, () -> new Layer.BatchNorm(name(node, path, scope)));
      case "relu" -> new Layer.Relu();
      case "maxpool" -> {
        int window = number(node, path, "window");
        int stride = number(node, path, "stride", window);
        int minSide = number(node, path, "minSide", 0);
        yield checked(path, () -> new Layer.MaxPool(window, stride, minSide));
      }
      case "avgpool" -> {
        int window = number(node, path, "window");
        int stride = number(node, path, "stride", window);
        yield checked(path, () -> new Layer.AvgPool(window, stride));
      }
      case "globalavgpool" -> new Layer.GlobalAvgPool();
      case "residual" -> residual(node, path, scope);
      default -> linear(node, path, scope);
    };
  }

  private Layer conv(JsonNode node, String path, Scope scope) {
    String name = name(node, path, scope);
    int channels = number(node, path, "channels");
    int kernel = number(node, path, "kernel");
    int stride = number(node, path, "stride", 1);
    int padding = number(node, path, "padding", 0);
    return checked(path, () -> new Layer.Conv(name, channels, kernel, stride, padding));
  }

  private Layer residual(JsonNode node, String path, Scope scope) {
    if (scope.depth == MAX_DEPTH) {
      throw wrong("%s is a residual in %d others; expected fewer".formatted(path, MAX_DEPTH));
    }
    Scope inner = new Scope(scope.depth + 1, scope.index);
    List<Layer> body = layers(node, path, "layers", inner);
    JsonNode shortcut = node.get("shortcut");
    boolean none = shortcut == null || (shortcut.isArray() && shortcut.isEmpty());
    return new Layer.Residual(body, none ? List.of() : layers(node, path, "shortcut", inner));
  }

  private Layer linear(JsonNode node, String path, Scope scope) {
    String name = name(node, path, scope);
    String expected = "\"classes\", or 1 to " + LayerChecks.MAX_CHANNELS;
    JsonNode outputs = required(node, path, "outputs", expected);
    int number = outputs.isIntegralNumber() && outputs.canConvertToInt() ? outputs.intValue() : 0;
    if (outputs.isTextual() && outputs.textValue().equals("classes")) {
      number = Layer.Linear.CLASSES;
    } else if (number < 1 || number > LayerChecks.MAX_CHANNELS) {
      throw wrong("%s.outputs is %s; expected %s".formatted(path, shown(outputs), expected));
    }
    int given = number;
    return checked(path, () -> new Layer.Linear(name, given));
  }

  /** Makes a layer; what it refuses begins with the key at fault. */
  private Layer checked(String path, Supplier<Layer> made) {
    try {
      return made.get();
    } catch (ArchitectureException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw wrong("%s.%s".formatted(path, e.getMessage()));
    }
  }

  private String name(JsonNode node, String path, Scope scope) {
    String name = text(node, path, "name");
    return scope.index == null ? name : name.replace("{i}", scope.index.toString());
  }

  private void known(JsonNode node, String path, String what, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = entry.getKey();
      if (!keys.contains(key) && !(key.equals("type") && !path.isEmpty())) {
        String expected = keys.isEmpty() ? "type alone" : String.join(", ", keys);
        throw wrong(
            "%s is no key of a %s; expected %s"
                .formatted(join(path, LayerChecks.printable(key)), what, expected));
      }
    }
  }

  private JsonNode required(JsonNode node, String path, String key, String expected) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw wrong("%s is missing; expected %s".formatted(join(path, key), expected));
    }
    return value;
  }

  private String text(JsonNode node, String path, String key) {
    String expected = key.equals("type") ? TYPES : "a text";
    JsonNode value = required(node, path, key, expected);
    if (!value.isTextual()) {
      throw wrong("%s is %s; expected %s".formatted(join(path, key), shown(value), expected));
    }
    return value.textValue();
  }

  private int number(JsonNode node, String path, String key, int usual) {
    return node.has(key) ? number(node, path, key) : usual;
  }

  private int number(JsonNode node, String path, String key) {
    JsonNode value = required(node, path, key, "a whole number");
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      String expected = value.isIntegralNumber() ? "a smaller number" : "a whole number";
      throw wrong("%s is %s; expected %s".formatted(join(path, key), shown(value), expected));
    }
    return value.intValue();
  }

  private int between(JsonNode node, String path, String key, int least, int most) {
    int value = number(node, path, key);
    if (value < least || value > most) {
      throw wrong("%s is %d; expected %d to %d".formatted(join(path, key), value, least, most));
    }
    return value;
  }

  private static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> '"' + LayerChecks.printable(value.textValue()) + '"';
      default -> LayerChecks.printable(value.toString());
    };
  }

  private ArchitectureException wrong(String message) {
    return new ArchitectureException(source + ": " + message);
  }
}
