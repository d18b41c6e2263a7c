package dev.gmr.train.cli;

import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gmr import. */
@Command(
    name = "import",
    description = {
      "Makes a run of weights that PyTorch trained, for gmr evaluate to measure.",
      "FILE holds the network's state_dict as safetensors: every tensor of the network under"
          + " PyTorch's name, in F32, F64, F16 or BF16."
    },
    footer = {
      "",
      "Example:",
      "  gmr import alexnet.safetensors --model alexnet --data cifar10 --out runs/torch",
      "  gmr evaluate runs/torch"
    })
final class ImportCommand implements Callable<Integer> {
  /** What mends a fault in writing: a run of weights alone cannot be gone on with. */
  private static final String AGAIN = "gmr import again with another --out";

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "safetensors file of the weights")
  private Path file;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      converter = Choices.ModelConverter.class,
      completionCandidates = Choices.ModelCandidates.class,
      description = "network: ${COMPLETION-CANDIDATES}, or a FILE.json that describes one")
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME",
      completionCandidates = Choices.DataCandidates.class,
      description = "data set that it was trained on: ${COMPLETION-CANDIDATES}")
  private String data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "folder with the data set's files (default: where gmr data fetch puts them)")
  private Path dataDir;

  @Option(names = "--out", required = true, paramLabel = "RUN", description = "folder of a new run")
  private Path out;

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description =
          "take the tensors whose names begin with P and a dot (default: all; a module., model."
              + " or _orig_mod. that all have is stripped)")
  private String prefix;

  ImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    DataChoice.check(session.engine(), data);
    // Nothing is held out of a training that gmr knows nothing of.
    TrainingConfig config =
        TrainingConfig.recipe(model, ModelChoice.own(model), data)
            .withData(new DataOptions(data, dataDir == null ? null : dataDir.toString(), 0, 0, 0));
    try (RunFolder folder = RunFolder.create(out).goingOnBy(AGAIN)) {
      Summary summary =
          session
              .engine()
              .importWeights(
                  new Engine.ImportJob(file, Optional.ofNullable(prefix), config, folder));
      session
          .out()
          .print(
              new TextTable()
                  .row("run", folder.root().toString())
                  .row("weights SHA-256", summary.weightsSha256())
                  .row("to measure it", folder.evaluateCommand()));
    }
    return 0;
  }
}
