package dev.gmr.kernels;

/**
 * Argument checks of the facades: the message names the argument, its value and what it must be.
 */
final class Check {
  private Check() {}

  static void notNegative(String name, int value) {
    atLeast(name, value, 0);
  }

  static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; expected at least " + least);
    }
  }

  static void index(String name, int value, int count) {
    if (value < 0 || value >= count) {
      throw new IllegalArgumentException(name + " is " + value + "; expected 0 to " + (count - 1));
    }
  }

  static void range(String name, int length, int from, int count) {
    if (from < 0 || count < 0 || (long) from + count > length) {
      throw new IllegalArgumentException(
          "%s has %d elements; expected room for %d from %d".formatted(name, length, count, from));
    }
  }

  static void matrix(String name, int length, int from, int rows, int columns, int stride) {
    if (rows > 0 && columns > 0) {
      long need = (long) (rows - 1) * stride + columns;
      if (from < 0 || from + need > length) {
        throw new IllegalArgumentException(
            "%s has %d floats; expected %d from %d (%d rows of %d, %d apart)"
                .formatted(name, length, need, from, rows, columns, stride));
      }
    }
  }

  static void deviation(double sigma) {
    if (!(sigma >= 0)) {
      throw new IllegalArgumentException(
          "sigma is " + sigma + "; expected a standard deviation of at least 0");
    }
  }

  static void between(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; expected " + least + " to " + most);
    }
  }

  static void below(String name, double value, String aboveName, double above) {
    if (!(value < above)) {
      throw new IllegalArgumentException(
          "%s is %s; expected less than %s, which is %s".formatted(name, value, aboveName, above));
    }
  }
}
