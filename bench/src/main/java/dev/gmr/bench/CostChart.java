package dev.gmr.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.Charts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws what training costs, from the published results of the suite {@code augmentation}. */
final class CostChart {
  private static final String SUITE = Suite.AUGMENTATION.title();

  private CostChart() {}

  /**
   * Reads augmentation.json of a folder and writes augmentation.png beside it.
   *
   * @return the picture's file
   * @throws UserError if the results are not there, are not JMH's, or nothing can be drawn here
   */
  static Path draw(Path folder) {
    Path from = folder.resolve(SUITE + ".json");
    List<Charts.Bars> bars = new ArrayList<>();
    costs(read(from))
        .forEach(
            (threads, byKind) ->
                bars.add(
                    new Charts.Bars(threads + (threads == 1 ? " thread" : " threads"), byKind)));
    if (bars.isEmpty()) {
      throw UserError.files(from + " holds no results of this suite; run bench " + SUITE, null);
    }
    Charts.obstacle()
        .ifPresent(
            obstacle -> {
              throw UserError.run(obstacle);
            });
    byte[] png = Charts.bars("Training of LeNet on 100 images in an epoch", "milliseconds", bars);
    Path to = folder.resolve(SUITE + ".png");
    AtomicFiles.write(to, "run bench --chart again", out -> out.write(png));
    return to;
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw UserError.files("there is no " + file + "; run bench " + SUITE + " first", e);
    } catch (JsonProcessingException e) {
      throw UserError.files(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw UserError.files("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Milliseconds by threads and by kind of training, from none to most folds. */
  private static Map<Integer, Map<String, Double>> costs(JsonNode runs) {
    Map<Integer, Map<Integer, Double>> byFolds = new TreeMap<>();
    for (JsonNode run : runs) {
      String method = run.path("benchmark").asText();
      boolean lenet = run.path("params").path("network").asText().equals("lenet");
      if (lenet && method.startsWith(AugmentationBench.class.getName() + ".")) {
        int threads = run.path("params").path("threads").asInt();
        // the regularizer between no fold and one
        int place =
            method.endsWith(".regularizer") ? 1 : 2 * run.path("params").path("folds").asInt();
        JsonNode time = run.path("primaryMetric");
        if (!time.path("scoreUnit").asText().equals("ms/op")) {
          throw UserError.files("times of " + method + " are not in milliseconds");
        }
        byFolds
            .computeIfAbsent(threads, t -> new TreeMap<>())
            .put(place, time.path("score").asDouble());
      }
    }
    Map<Integer, Map<String, Double>> costs = new TreeMap<>();
    byFolds.forEach(
        (threads, places) -> {
          Map<String, Double> named = new LinkedHashMap<>();
          places.forEach((place, cost) -> named.put(name(place), cost));
          costs.put(threads, named);
        });
    return costs;
  }

  private static String name(int place) {
    return switch (place) {
      case 0 -> "plain";
      case 1 -> "regularizer";
      case 2 -> "1 fold";
      default -> place / 2 + " folds";
    };
  }
}
