package dev.gmr.kernels.translate;

import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.VariableTree;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Constants of scalar classes that a translated class uses, copied under names of its own. */
final class Constants {
  private final ScalarSources sources;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final StringBuilder declarations = new StringBuilder();

  Constants(ScalarSources sources) {
    this.sources = sources;
  }

  /** Returns the copy of a constant, declaring it first if it is new; null if there is none. */
  Value use(String className, String name) {
    VariableTree constant = sources.constant(className, name);
    if (constant == null) {
      return null;
    }
    String type = constant.getType().toString();
    String key = className + "." + name;
    String copy = names.get(key);
    if (copy == null) {
      copy = names.containsValue(name) ? upperSnake(className) + "_" + name : name;
      if (copy.equals("D") || copy.equals("F") || copy.equals("L")) {
        copy = upperSnake(className) + "_" + name;
      }
      names.put(key, copy);
      String value =
          constant.getInitializer() instanceof NewArrayTree array
              ? array.getInitializers().toString()
              : new ExpressionTranslator(sources, this, className).uniform(constant);
      if (type.endsWith("[]")) {
        value = "{" + value + "}";
      }
      declarations.append("private static final %s %s = %s;\n".formatted(type, copy, value));
    }
    return Value.uniform(copy, type);
  }

  String declarations() {
    return declarations.toString();
  }

  private static String upperSnake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
