package dev.gmr.train.cli;

import dev.gmr.train.Exporter;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TextTable;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gmr export. */
@Command(
    name = "export",
    description = {
      "Writes a run's weights for other programs, and a model card beside them.",
      "An ONNX file takes pixels in [0, 1], layout (batch, C, H, W), as \"input\" and gives"
          + " \"logits\"; with --no-normalize it takes what the data set's mean and standard"
          + " deviation make of them."
    },
    footer = {
      "",
      "Examples:",
      "  gmr export runs/regularized",
      "  gmr export runs/regularized --format safetensors --out lenet.safetensors"
    })
final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "RUN", description = "folder of the run")
  private Path run;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      converter = Choices.FormatConverter.class,
      completionCandidates = Choices.FormatCandidates.class,
      description = "${COMPLETION-CANDIDATES} (default: onnx)")
  private Exporter.Format format = Exporter.Format.ONNX;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the file to write (default: the network's name in RUN)")
  private Path out;

  @Option(
      names = "--normalize",
      negatable = true,
      description = "whether an ONNX file normalises the pixels itself (default: it does)")
  private Boolean normalize;

  @Option(
      names = "--weights",
      paramLabel = "WHICH",
      converter = Choices.WeightsConverter.class,
      completionCandidates = Choices.WeightsCandidates.class,
      description =
          "${COMPLETION-CANDIDATES}: of the best validation loss, or of the last epoch"
              + " (default: best)")
  private String weights = "best";

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    boolean onnx = format == Exporter.Format.ONNX;
    if (!onnx && Boolean.TRUE.equals(normalize)) {
      throw UserError.usage(
          "--format safetensors holds weights alone, which cannot normalise; leave --normalize away"
              + " or take --format onnx");
    }
    try (RunFolder folder = RunFolder.openOrView(run)) {
      RunConfig config = folder.readConfig();
      DataChoice.checkRun(session.engine(), folder, config.options());
      Exporter.Exported exported =
          session
              .engine()
              .export(
                  new Engine.ExportJob(
                      folder,
                      weights.equals("last"),
                      format,
                      onnx && !Boolean.FALSE.equals(normalize),
                      Optional.ofNullable(out),
                      CommandLines.origin(folder, config)));
      session
          .out()
          .print(
              new TextTable()
                  .row("file", exported.file().toString())
                  .row("SHA-256", exported.sha256())
                  .row("model card", exported.card().toString()));
    }
    return 0;
  }
}
