package dev.gmr.train;

import dev.gmr.data.Normalization;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.exchange.ModelCard;
import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Sha256;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import dev.gmr.train.onnx.OnnxModel;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a run's weights for other programs, with a model card beside them. */
public final class Exporter {
  /** What is written. */
  public enum Format {
    /** A graph with its weights. */
    ONNX("onnx"),
    /** Weights under PyTorch's names. */
    SAFETENSORS("safetensors");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }
  }

  /**
   * What was written.
   *
   * @param file the exported file
   * @param sha256 its checksum
   * @param card the model card
   */
  public record Exported(Path file, String sha256, Path card) {}

  private final RunFolder folder;
  private final RunConfig run;
  private final Path weights;
  private final Normalization normalization;
  private final Architecture architecture;
  private final ImageShape input;
  private final ArchitectureTensors expected;

  /**
   * Plans exports of a run.
   *
   * @param folder the run's folder, locked unless it has an obstacle
   * @param weights the file of its weights
   * @param normalization of the run's data set
   */
  public Exporter(RunFolder folder, Path weights, Normalization normalization) {
    this.folder = folder;
    this.weights = weights;
    this.normalization = normalization;
    run = folder.readConfig();
    architecture = run.options().network();
    DataFacts data = run.data();
    input = new ImageShape(data.side(), data.side(), data.channels());
    expected = ArchitectureTensors.of(architecture, input, data.classes());
  }

  /**
   * Writes a file and its card.
   *
   * @param format of the file
   * @param normalize whether the file's input is pixels in [0, 1], which it normalises; not for
   *     safetensors
   * @param out the file, or empty for the network's name in the run's folder
   * @param command the command line that made the weights, for the card
   * @return what was written
   * @throws UserError if the weights are missing or damaged, the file is one of the run's own, or
   *     cannot be written
   */
  public Exported export(Format format, boolean normalize, Optional<Path> out, String command) {
    String name = architecture.name().replaceAll("[^A-Za-z0-9._-]", "_") + "." + format.extension;
    Path file = out.orElse(folder.root().resolve(name));
    checkTarget(file);
    String weightsSha256 = Sha256.of(weights);
    Map<String, Tensor.F32> tensors = read();
    if (!Sha256.of(weights).equals(weightsSha256)) {
      throw UserError.files(
          "%s was replaced by a training while it was read; export again".formatted(weights));
    }
    if (format == Format.ONNX) {
      OnnxModel.of(
              architecture,
              input,
              run.data().classes(),
              tensors,
              normalize ? Optional.of(normalization) : Optional.empty(),
              documentation(normalize),
              metadata(weightsSha256))
          .write(file, "try again");
    } else {
      Map<String, String> metadata = new TreeMap<>(metadata(weightsSha256));
      metadata.put("format", "pt");
      new Safetensors(new TreeMap<>(tensors), metadata).write(file, "try again");
    }
    String sha256 = Sha256.of(file);
    Path card = file.resolveSibling(file.getFileName() + ".md");
    ModelCard.ExportedFile exported =
        new ModelCard.ExportedFile(
            file.getFileName().toString(), sha256, format == Format.ONNX, normalize);
    AtomicFiles.writeText(card, "try again", card(exported, weightsSha256, command).text());
    return new Exported(file, sha256, card);
  }

  private ModelCard card(ModelCard.ExportedFile file, String weightsSha256, String command) {
    return new ModelCard(
        architecture,
        run,
        figures(weightsSha256),
        normalization,
        file,
        weightsSha256,
        expected.shapes(),
        command);
  }

  /** The summary's figures, if they are those of these weights. */
  private Optional<Summary> figures(String weightsSha256) {
    return folder.complete()
        ? Optional.of(folder.readSummary())
            .filter(s -> s.evaluated() && weightsSha256.equals(s.weightsSha256()))
        : Optional.empty();
  }

  private Map<String, Tensor.F32> read() {
    Safetensors content = Safetensors.read(weights);
    content.expectOnly(expected.shapes().keySet());
    Map<String, Tensor.F32> tensors = new LinkedHashMap<>();
    expected
        .shapes()
        .forEach(
            (name, shape) ->
                tensors.put(name, new Tensor.F32(shape, content.finiteFloats(name, shape))));
    return tensors;
  }

  private String documentation(boolean normalize) {
    return "%s for %s. Input: %s, layout (N, C, H, W). Output: logits."
        .formatted(
            architecture.name(),
            run.options().data().name(),
            normalize ? "pixels in [0, 1]" : "pixels in [0, 1], minus mean, divided by std");
  }

  private Map<String, String> metadata(String weightsSha256) {
    return Map.of(
        "architecture",
        architecture.name(),
        "data",
        run.options().data().name(),
        "mean",
        Arrays.toString(normalization.mean()),
        "std",
        Arrays.toString(normalization.std()),
        "weights_sha256",
        weightsSha256);
  }

  private void checkTarget(Path file) {
    if (file.getFileName() == null || Files.isDirectory(file)) {
      throw UserError.usage("--out %s is a folder; name a file".formatted(file));
    }
    for (Path own : folder.files()) {
      if (same(file, own)) {
        throw UserError.usage(
            "--out %s is one of the run's own files; take another name".formatted(file));
      }
    }
    if (folder.obstacle().isPresent() && inFolder(file)) {
      throw UserError.files(
          "cannot write into %s: %s; say with --out where to write"
              .formatted(folder.root(), folder.obstacle().get()));
    }
  }

  private boolean inFolder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent != null && same(parent, folder.root());
  }

  private static boolean same(Path a, Path b) {
    try {
      if (Files.exists(a) && Files.exists(b)) {
        return Files.isSameFile(a, b);
      }
      return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw IoFaults.unreadable(a, e);
    }
  }
}
