package dev.gmr.train;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.exchange.TorchWeights;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Sha256;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.Imported;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a run of weights that another program trained, to be measured and exported. */
public final class Importer {
  private Importer() {}

  /**
   * Reads and checks a file, then writes config.json, best.safetensors and summary.json.
   *
   * @param file safetensors file of PyTorch's weights
   * @param prefix what the tensors' names begin with; empty to find it out
   * @param config network and data set
   * @param facts of the images that it is to be measured on
   * @param folder a new run's
   * @return the summary, without figures of a training
   * @throws UserError if the file is damaged or does not fit, before anything is written
   */
  public static Summary run(
      Path file,
      Optional<String> prefix,
      TrainingConfig config,
      DataFacts facts,
      RunFolder folder) {
    TorchWeights weights =
        TorchWeights.of(
            Safetensors.readForeign(file),
            file,
            expected(config, facts),
            "%s with images of %dx%dx%d and %d classes"
                .formatted(
                    config.model(), facts.side(), facts.side(), facts.channels(), facts.classes()),
            prefix);
    Imported origin =
        new Imported(file.getFileName().toString(), Sha256.of(file), weights.prefix());
    folder.writeConfig(new RunConfig(config, facts, Environment.current(1), origin));
    folder.writeTensors(
        folder.best(), new Safetensors(new TreeMap<>(weights.tensors()), Map.of("format", "pt")));
    Summary summary = Summary.imported(folder.weightsSha256());
    folder.writeSummary(summary);
    return summary;
  }

  private static ArchitectureTensors expected(TrainingConfig config, DataFacts facts) {
    Architecture architecture = config.network();
    try {
      return ArchitectureTensors.of(
          architecture,
          new ImageShape(facts.side(), facts.side(), facts.channels()),
          facts.classes());
    } catch (IllegalArgumentException e) {
      throw UserError.usage(e.getMessage() + "; choose another --model or --data");
    }
  }
}
