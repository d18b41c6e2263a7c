package dev.gmr.kernels.translate;

/**
 * A translated expression.
 *
 * @param code Java source
 * @param type the scalar type that it stands for: double, float, long, int, boolean or an array
 * @param varying whether it is a vector, one element a lane, and not the same scalar for all
 */
record Value(String code, String type, boolean varying) {
  static Value uniform(String code, String type) {
    return new Value(code, type, false);
  }

  static Value vector(String code, String type) {
    return new Value(code, type, true);
  }

  /** A name or literal, which can stand in several places without being computed again. */
  boolean simple() {
    return code.matches("-?[\\w.]+|-?[\\w.]+[pPeE][+-]?\\d+f?");
  }

  /** The class of a variable that holds it. */
  String variableType() {
    if (!varying) {
      return type;
    }
    return switch (type) {
      case "double" -> "DoubleVector";
      case "float" -> "FloatVector";
      case "long" -> "LongVector";
      case "int" -> "IntVector";
      case "boolean" -> "VectorMask<Double>";
      case "boolean of float" -> "VectorMask<Float>";
      default -> throw new IllegalStateException("no vector of " + type);
    };
  }
}
