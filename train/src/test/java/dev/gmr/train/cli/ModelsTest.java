package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.nn.Architecture;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks on the command line, built in and of one's own, with made-up training behind it. */
class ModelsTest {
  private static final String TINY =
      """
      {"name": "tiny", "layers": [
        {"type": "conv", "name": "c", "channels": 4, "kernel": 5, "stride": 2},
        {"type": "relu"},
        {"type": "residual", "layers": [
          {"type": "conv", "name": "d", "channels": 4, "kernel": 3, "padding": 1},
          {"type": "batchnorm", "name": "n"}]},
        {"type": "linear", "name": "fc", "outputs": "classes"}]}
      """;

  @TempDir private Path dir;

  private final FakeEngine engine = new FakeEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int gmr(String line) {
    out.reset();
    err.reset();
    Session session =
        new Session(
            () -> engine,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    String[] args =
        Stream.of(line.split(" "))
            .map(word -> word.replace("DIR", dir.toString()))
            .toArray(String[]::new);
    return Gmr.execute(session, false, args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path tiny() throws Exception {
    return Files.writeString(dir.resolve("tiny.json"), TINY);
  }

  /** LeNet's products by hand: 27.77 million, of them 1.25 of conv1; 3 x 27.77 - 1.25 = 82.05. */
  @Test
  void listsWhatIsBuiltIn() {
    assertThat(gmr("models")).isZero();

    assertThat(out().lines().map(line -> line.replaceAll(" {2,}", "  ")))
        .contains(
            "name  images  weight layers  parameters  MFLOP forward  MFLOP a step",
            "lenet  28 x 28 x 1  4  3,274,634  27.77  82.05",
            "alexnet  28 x 28 x 1  -  -  -  -",
            "alexnet with images of 28 x 28 x 1: maxpool behind features.10 (2x2) does not fit its"
                + " input of 1 x 1 x 256",
            "28 x 28 x 1, 10 classes: digits, mnist, fashion-mnist");
    assertThat(out()).contains("resnet110", "10 classes: cifar10; cifar100 has 100 classes");
    assertThat(out().lines()).allMatch(line -> line.length() <= 120);

    assertThat(gmr("models --data cifar100")).isZero();
    assertThat(out()).contains("32 x 32 x 3, 100 classes: cifar100").doesNotContain("28 x 28");
  }

  /** 5 x 5 x 4 + 4; 3 x 3 x 4 x 4; 2 x 4; 576 x 10 + 10. */
  @Test
  void showsLayers() throws Exception {
    tiny();
    assertThat(gmr("models DIR/tiny.json")).isZero();

    assertThat(out().lines().map(line -> line.strip().replaceAll(" {2,}", "  ")))
        .contains(
            "tiny for 28 x 28 x 1, 10 classes",
            "conv 5x5, stride 2  c  28 x 28 x 1  12 x 12 x 4  104  0.03",
            "conv 3x3, padding 1  d  12 x 12 x 4  12 x 12 x 4  144  0.04",
            "batchnorm  n  12 x 12 x 4  12 x 12 x 4  8  -",
            "sum of the residual  12 x 12 x 4  12 x 12 x 4  -  -",
            "in all  6,026  0.08",
            "Batch norm keeps 8 running statistics beside.");
    assertThat(out()).contains("--optimizer adam --lr 1.0E-4 --weight-decay 0.0 --batch-size 128");

    assertThat(gmr("models alexnet")).isZero(); // digits do not fit
    assertThat(out()).startsWith("alexnet for 32 x 32 x 3, 10 classes\n");
  }

  @Test
  void whatJsonPrintsIsADescription() throws Exception {
    assertThat(gmr("models resnet20 --json")).isZero();
    assertThat(Architecture.parse(out(), "out")).isEqualTo(Architecture.builtIn("resnet20"));
    assertThat(out()).contains("\"repeat\"");

    tiny();
    assertThat(gmr("models DIR/tiny.json --json")).isZero();
    assertThat(Architecture.parse(out(), "out")).isEqualTo(Architecture.parse(TINY, "tiny"));
  }

  @Test
  void aRunKeepsItsDescription() throws Exception {
    Path file = tiny();
    Architecture tiny = Architecture.parse(TINY, "tiny");
    assertThat(gmr("train --model DIR/tiny.json --out DIR/run --epochs 1")).isZero();
    TrainingConfig config = engine.trained.get(0).config();
    assertThat(config.network()).isEqualTo(tiny);
    assertThat(config.optimizer().kind()).isEqualTo(OptimizerKind.ADAM);
    assertThat(config.optimizer().batchSize()).isEqualTo(128);
    assertThat(CommandLines.train(config, Path.of("r")))
        .isEqualTo("gmr train --model " + file + " --data digits --epochs 1 --out r");

    Files.delete(file);
    RunFolder run = RunFolder.view(dir.resolve("run"));
    assertThat(run.readConfig().options()).isEqualTo(config);
    assertThat(run.config()).content().contains("\n        {\"type\": \"conv\", \"name\": \"c\"");
    assertThat(gmr("train --resume DIR/run --epochs 2")).isZero();
    assertThat(engine.trained.get(1).config().network()).isEqualTo(tiny);
    assertThat(gmr("evaluate DIR/run")).isZero();
    assertThat(engine.evaluated.getLast().config().network()).isEqualTo(tiny);
  }

  @Test
  void aDamagedDescriptionInARunIsNamed() throws Exception {
    tiny();
    gmr("train --model DIR/tiny.json --out DIR/run --epochs 1");
    Path config = dir.resolve("run/config.json");
    String whole = Files.readString(config);
    List<String> damages =
        List.of(
            whole.replace("\"kernel\": 5", "\"kernel\": 0"),
            whole.replace("\"layers\": [", "\"layers\": 3, \"x\": ["),
            whole.replace("tiny.json", "tiny"));
    List<String> reasons =
        List.of(
            "architecture: layers[0].kernel is 0; expected 1 to 1024",
            "architecture: x is no key of a description; expected name, layers",
            "--model is " + dir + "/tiny; expected lenet, alexnet, vgg16");
    for (int i = 0; i < damages.size(); i++) {
      Files.writeString(config, damages.get(i));
      assertThat(gmr("evaluate DIR/run")).isEqualTo(3);
      assertThat(err())
          .startsWith("gmr evaluate: " + config + " is damaged: " + reasons.get(i))
          .hasLineCount(1);
    }
  }
}
