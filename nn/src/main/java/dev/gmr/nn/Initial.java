package dev.gmr.nn;

/**
 * How a tensor's values begin: uniform in {@code +-1 / sqrt(fanIn)}, or one constant.
 *
 * @param fanIn inputs of one output; 0 for the constant
 * @param constant the value otherwise
 */
record Initial(int fanIn, float constant) {
  static Initial uniform(int fanIn) {
    return new Initial(fanIn, 0);
  }

  static Initial constant(float value) {
    return new Initial(0, value);
  }
}
