package dev.gmr.train.run;

import dev.gmr.train.io.UserError;

/** Range checks of option values; the messages name the option as the command line spells it. */
final class Checks {
  private Checks() {}

  static double atLeastZero(String option, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw wrong(option, value, "a finite number, 0 or more");
    }
    return singlePrecision(option, value);
  }

  static double positive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw wrong(option, value, "a finite number above 0");
    }
    return singlePrecision(option, value);
  }

  /** The kernels compute with floats, where too large a number is infinite and too small one 0. */
  private static double singlePrecision(String option, double value) {
    float f = (float) value;
    if (Float.isInfinite(f) || (f == 0 && value > 0)) {
      throw wrong(option, value, "a number that fits single precision, about 1e-45 to 3e38");
    }
    return value;
  }

  static double fraction(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw wrong(option, value, "a number from 0 up to, but not including, 1");
    }
    return value;
  }

  static int atLeast(int least, String option, int value) {
    if (value < least) {
      throw wrong(option, value, "a whole number, " + least + " or more");
    }
    return value;
  }

  static UserError wrong(String option, Object value, String expected) {
    return UserError.usage("%s is %s; expected %s".formatted(option, value, expected));
  }
}
