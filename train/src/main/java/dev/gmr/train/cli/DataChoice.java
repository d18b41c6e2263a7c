package dev.gmr.train.cli;

import dev.gmr.train.io.UserError;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingConfig;
import java.util.List;

/** The checks of a data set's name. */
final class DataChoice {
  private DataChoice() {}

  /** Checks the name in a run's config.json, which only the engine can. */
  static void checkRun(Engine engine, RunFolder folder, TrainingConfig config) {
    List<String> known = engine.dataSetNames();
    String name = config.data().name();
    if (!known.contains(name)) {
      throw UserError.files(
          "%s is damaged: data set %s; bring back a copy of it or train again in a new folder"
              .formatted(folder.config(), Suggestions.unknown(name, known)));
    }
  }

  static void check(Engine engine, String name) {
    List<String> known = engine.dataSetNames();
    if (!known.contains(name)) {
      throw UserError.usage("data set " + Suggestions.unknown(name, known));
    }
  }
}
