package dev.gmr.train.exchange;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gmr.data.Normalization;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.nn.LayerTrace;
import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.Summary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What must be known of a network that is given away, as a model card: Markdown under a head of
 * YAML that model hubs read. The licence is the author's to fill in. Equal content gives equal
 * text.
 *
 * @param architecture the layers
 * @param run the run's config.json
 * @param figures accuracy and robustness of these very weights; empty where not measured
 * @param normalization of the data set
 * @param file what was exported
 * @param weights checksum of the weights in it
 * @param shapes shape of each tensor
 * @param command the command line that made the weights
 */
public record ModelCard(
    Architecture architecture,
    RunConfig run,
    Optional<Summary> figures,
    Normalization normalization,
    ExportedFile file,
    String weights,
    Map<String, int[]> shapes,
    String command) {
  /**
   * What was exported.
   *
   * @param name the file's name
   * @param sha256 its checksum
   * @param onnx whether it is ONNX, else safetensors
   * @param normalizes whether the file holds the normalisation, so that its input is pixels
   */
  public record ExportedFile(String name, String sha256, boolean onnx, boolean normalizes) {}

  private static final String NOT_MEASURED = "not measured";

  /** Data sets by the names that hubs know them by; drawn digits are gmr's alone. */
  private static final Map<String, String> HUB_NAMES =
      Map.of(
          "mnist", "mnist",
          "fashion-mnist", "fashion_mnist",
          "cifar10", "cifar10",
          "cifar100", "cifar100");

  /**
   * Writes the card.
   *
   * @return Markdown
   */
  public String text() {
    return String.join(
        "\n", head(), title(), network(), input(), data(), results(), recipe(), checksums(), use());
  }

  private String head() {
    StringBuilder yaml = new StringBuilder("---\n# license: left to the author\n");
    yaml.append("pipeline_tag: image-classification\ntags:\n");
    for (String tag :
        List.of("image-classification", "robustness", "gaussian-noise", "gmr", format())) {
      yaml.append("- ").append(tag).append('\n');
    }
    String hubName = HUB_NAMES.get(dataSet());
    yaml.append(
        hubName == null
            ? "# datasets: %s, which hubs do not have\n".formatted(dataSet())
            : "datasets:\n- %s\n".formatted(hubName));
    yaml.append("metrics:\n- accuracy\n");
    figures.ifPresent(s -> yaml.append(modelIndex(s, hubName)));
    return yaml.append("---\n").toString();
  }

  private String modelIndex(Summary s, String hubName) {
    StringBuilder yaml = new StringBuilder("model-index:\n");
    yaml.append("- name: ").append(quote(architecture.name() + " on " + dataSet())).append('\n');
    yaml.append("  results:\n  - task:\n      type: image-classification\n");
    yaml.append("    dataset:\n      name: ").append(quote(dataSet()));
    yaml.append("\n      type: ").append(hubName == null ? quote(dataSet()) : hubName);
    yaml.append("\n      split: test\n    metrics:\n");
    metric(yaml, "accuracy", "accuracy", s.accuracy());
    metric(yaml, "robustness_label", "R label", s.robustnessLabel());
    metric(yaml, "robustness_prediction", "R prediction", s.robustnessPrediction());
    return yaml.toString();
  }

  private static void metric(StringBuilder yaml, String type, String name, double value) {
    yaml.append("    - type: ").append(type).append("\n      name: ").append(name);
    yaml.append("\n      value: ").append(value).append('\n');
  }

  private String title() {
    String origin =
        run.imported() == null
            ? "Trained on " + dataSet() + " by gmr " + run.environment().gmr() + "."
            : "Imported into gmr %s from `%s`, trained elsewhere."
                .formatted(run.environment().gmr(), run.imported().file());
    return "# %s for %s\n\n%s\n".formatted(architecture.name(), dataSet(), origin);
  }

  private String network() {
    DataFacts d = run.data();
    long numbers =
        architecture.trace(new ImageShape(d.side(), d.side(), d.channels()), d.classes()).stream()
            .mapToLong(LayerTrace::parameters)
            .sum();
    StringBuilder text = new StringBuilder("## Network\n\n");
    text.append(String.format(Locale.ROOT, "%,d trained numbers. Layers:\n\n", numbers));
    list(architecture.layers(), "", text);
    text.append("\n| tensor | shape |\n| --- | --- |\n");
    shapes.forEach(
        (name, shape) -> text.append("| `%s` | %s |\n".formatted(name, Arrays.toString(shape))));
    return text.toString();
  }

  private void list(List<Layer> layers, String indent, StringBuilder text) {
    for (Layer layer : layers) {
      text.append(indent).append("- ").append(describe(layer)).append('\n');
      if (layer instanceof Layer.Residual sum) {
        list(sum.body(), indent + "  ", text);
        if (!sum.shortcut().isEmpty()) {
          text.append(indent).append("  - shortcut:\n");
          list(sum.shortcut(), indent + "    ", text);
        }
      }
    }
  }

  private String describe(Layer layer) {
    return switch (layer) {
      case Layer.Conv l ->
          "`%s`: convolution %dx%d, stride %d, padding %d, %d channels"
              .formatted(l.name(), l.kernel(), l.kernel(), l.stride(), l.padding(), l.channels());
      case Layer.BatchNorm l -> "`%s`: batch norm".formatted(l.name());
      case Layer.Relu l -> "ReLU";
      case Layer.MaxPool l ->
          "max pooling %dx%d, stride %d".formatted(l.window(), l.window(), l.stride());
      case Layer.AvgPool l ->
          "average pooling %dx%d, stride %d".formatted(l.window(), l.window(), l.stride());
      case Layer.GlobalAvgPool l -> "average of each channel";
      case Layer.Residual l ->
          "sum of its input" + (l.shortcut().isEmpty() ? "" : " by a shortcut") + " and:";
      case Layer.Linear l ->
          "`%s`: linear, %d outputs"
              .formatted(
                  l.name(),
                  l.outputs() == Layer.Linear.CLASSES ? run.data().classes() : l.outputs());
    };
  }

  private String input() {
    DataFacts d = run.data();
    String formula =
        "(x - mean) / std for pixels x in [0, 1], with mean %s and std %s"
            .formatted(Arrays.toString(normalization.mean()), Arrays.toString(normalization.std()));
    String shape =
        "(batch, %d, %d, %d)".formatted(d.channels(), d.side(), d.side())
            + (d.channels() == 3 ? ", channels in the order R, G, B" : "");
    String range =
        file.normalizes
            ? "Values: pixels divided by 255, in [0, 1]. The file itself computes " + formula
            : "Values: normalised, " + formula + "; the file does not do that";
    String names = file.onnx ? " `input`, 32-bit floats " : ": 32-bit floats ";
    String outputs = file.onnx ? " `logits`, 32-bit floats " : ": 32-bit floats ";
    return "## Input and output\n\nInput%s%s. %s.\n\nOutput%s(batch, %d): logits, one a class.\n"
        .formatted(names, shape, range, outputs, d.classes());
  }

  private String data() {
    DataFacts d = run.data();
    return table(
        "## Data",
        rows(
            "data set",
            dataSet(),
            run.imported() == null ? "training images" : "training images of the data set",
            d.trainImages() + ", SHA-256 `" + d.trainSha256() + "`",
            "test images",
            d.testImages() + ", SHA-256 `" + d.testSha256() + "`"));
  }

  private String results() {
    return table(
            "## Results on the test images",
            rows(
                "accuracy", figure(figures.map(Summary::accuracy)),
                "R label", figure(figures.map(Summary::robustnessLabel)),
                "R prediction", figure(figures.map(Summary::robustnessPrediction))))
        + "\nR: share of images classified right (label), or as without noise (prediction), averaged"
        + " over Gaussian noise of sigma 0 to 0.5 in units of the [0, 1] pixel range.\n";
  }

  private static String figure(Optional<Double> value) {
    return value.map(v -> String.format(Locale.ROOT, "%.4f", v)).orElse(NOT_MEASURED);
  }

  /** Folders are nobody's business. */
  private String recipe() {
    if (run.imported() != null) {
      return "## Training\n\nNot known: the weights were imported, by\n\n    %s\n"
          .formatted(command);
    }
    RunConfig shown = new RunConfig(run.options().shareable(), run.data(), run.environment());
    return "## Training\n\n    %s\n\nEvery option in force:\n\n```json\n%s```\n"
        .formatted(command, shown.optionsText());
  }

  private String checksums() {
    Map<String, String> rows =
        rows(
            "`" + file.name + "`",
            "SHA-256 `" + file.sha256 + "`",
            "weights",
            "SHA-256 `" + weights + "`",
            "gmr",
            run.environment().gmr());
    if (run.imported() != null) {
      rows.put("`" + run.imported().file() + "`", "SHA-256 `" + run.imported().sha256() + "`");
    }
    return table("## Checksums", rows);
  }

  private String use() {
    String known =
        figures.isPresent()
            ? "It was measured on the test images of that data set alone"
            : "It was not measured by gmr";
    return """
        ## Use and limits

        Meant for research on robustness to Gaussian noise, with images like those of %s. %s; \
        nothing is said of other images, other kinds of noise or adversarial attacks, and R is an \
        average that promises nothing for a single image.
        """
        .formatted(dataSet(), known);
  }

  private static Map<String, String> rows(String... cells) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      rows.put(cells[i], cells[i + 1]);
    }
    return rows;
  }

  private static String table(String heading, Map<String, String> rows) {
    return rows.entrySet().stream()
        .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |\n")
        .collect(Collectors.joining("", heading + "\n\n| | |\n| --- | --- |\n", ""));
  }

  private String dataSet() {
    return run.options().data().name();
  }

  private String format() {
    return file.onnx ? "onnx" : "safetensors";
  }

  /** A text in JSON's quotes is one in YAML's. */
  private static String quote(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
