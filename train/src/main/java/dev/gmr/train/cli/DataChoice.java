package dev.gmr.train.cli;

import dev.gmr.train.io.UserError;
import java.util.List;

/** The check of a data set's name. */
final class DataChoice {
  private DataChoice() {}

  static void check(Engine engine, String name) {
    List<String> known = engine.dataSetNames();
    if (!known.contains(name)) {
      throw UserError.usage("--data: " + Suggestions.unknown(name, known));
    }
  }
}
