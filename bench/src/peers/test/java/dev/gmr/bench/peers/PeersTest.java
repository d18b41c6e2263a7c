package dev.gmr.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gmr.data.DataSet;
import dev.gmr.data.DataSets;
import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Workers;
import dev.gmr.train.Evaluator;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gmr against PyTorch, OpenBLAS and ONNX Runtime, and the words that the programs take. */
class PeersTest {
  private static final Model LENET = Model.of("lenet");

  private static DataSet digits;

  @BeforeAll
  static void draw() {
    digits = DataSets.load("digits", null);
  }

  private static Setting setting(String words) {
    return Setting.of(new Options(Setting.OPTIONS, List.of(words.split(" "))));
  }

  /** Errors beyond roundings throw; those of PyTorch's floats show that the truth is another. */
  @Test
  void meansAndTheirGradientsAreThoseOfPyTorch() {
    String table = Moments.compare().toString();
    System.out.println(table);
    assertThat(table).contains("mean ", "d/dmu ", "d/dsigma ").doesNotContain("0.0e+00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--elements 0      | --elements has 0; expected 1 to 67108864",
        "--elements 8,many | --elements is \"8,many\"; expected whole numbers",
        "--millis 0        | --millis is \"0\"; expected a whole number of at least 1",
        "--seed 1          | unknown option \"--seed\""
      })
  void momentsRefuseWrongWords(String words, String message) {
    assertThatThrownBy(() -> new Moments().run(List.of(words.split(" ")), System.out))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  private static String output(Program program, String words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    program.run(List.of(words.split(" ")), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String text = bytes.toString(StandardCharsets.UTF_8);
    System.out.println(text);
    return text;
  }

  /** It throws if a product is wrong. Numbers of rows that fill no tile, outputs half a panel. */
  @Test
  void productsAreThoseOfBothLibraries() {
    assertThat(output(new Gemm(), "--shapes 29x48x131,1x16x1 --millis 1").lines())
        .anyMatch(line -> line.startsWith("OpenBLAS: OpenBLAS 0."))
        .anyMatch(line -> line.startsWith("Y = X W    ") && line.contains(" 29x48x131 "))
        .anyMatch(line -> line.startsWith("dW = X' dY ") && line.contains(" 1x16x1 "))
        .anyMatch(line -> line.startsWith("dX = dY W' ") && line.contains(" 29x48x131 "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shapes 1024x1024         | --shapes has \"1024x1024\"; expected ROWSxOUTPUTSxINPUTS",
        "--shapes 8x20x8            | --shapes has 20 outputs; expected a multiple of 16",
        "--shapes 8x16x8,8x16x10000 | --shapes has 10000; expected 1 to 8192",
        "--shapes 0x16x8            | --shapes has 0; expected 1 to 8192",
        "--millis 0                 | --millis is \"0\"; expected a whole number of at least 1"
      })
  void productsRefuseWrongWords(String words, String message) {
    assertThatThrownBy(() -> new Gemm().run(List.of(words.split(" ")), System.out))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  /** It throws if logits differ. */
  @Test
  void logitsAreThoseOfPyTorch() {
    String table = output(new Inference(), "--batch-size 1,7 --threads 1,2 --millis 1");
    assertThat(table.lines()).hasSize(5).anyMatch(line -> line.matches(" +7 +2 .*"));
  }

  @Test
  void logitsThatDifferAreFound() {
    float[] logits = {0.1f, -2, 3};
    Inference.compare(logits, new float[] {0.1002f, -2, 3});
    assertThatThrownBy(() -> Inference.compare(logits, new float[] {0.1f, -2, 3.001f}))
        .isInstanceOf(UserError.class)
        .hasMessage("logits differ by 3.3e-04 of the largest; at most 1e-04 is rounding");
    assertThatThrownBy(() -> Inference.compare(logits, new float[] {Float.NaN, -2, 3}))
        .isInstanceOf(UserError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch-size 0      | --batch-size has 0; expected 1 to 65536",
        "--threads 1,2000    | --threads has 2000; expected 1 to 1024",
        "--batch-sise 5      | unknown option \"--batch-sise\"; did you mean --batch-size?"
      })
  void inferenceRefusesWrongWords(String words, String message) {
    assertThatThrownBy(() -> new Inference().run(List.of(words.split(" ")), System.out))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  /** It throws if first losses differ. gmr's own loads no PyTorch, which would be 200 MiB. */
  @Test
  void eachSideHasMemoryOfItsOwn() {
    List<String> lines =
        output(new Memory(), "--batch-size 4 --threads 1 --steps 2").lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(mebibytes(lines.get(1), "gmr")).isBetween(10, 100);
    assertThat(mebibytes(lines.get(2), "PyTorch")).isBetween(100, 1000);
    assertThat(mebibytes(lines.get(3), "PyTorch, channels last")).isBetween(100, 1000);
  }

  /** Returns a row's first number. */
  private static int mebibytes(String line, String title) {
    assertThat(line).startsWith(title + " ");
    return Integer.parseInt(line.substring(title.length()).strip().split(" +", -1)[0]);
  }

  @Test
  void memoryIsThatOfTheFlagsOfGmr() throws IOException {
    String launcher = Files.readString(Path.of("../train/bin/gmr"));
    String options = launcher.substring(launcher.indexOf("\noptions=(\n") + 11);
    assertThat(options.substring(0, options.indexOf(')')).strip().split("\\s+", -1))
        .containsExactlyElementsOf(Child.GMR_FLAGS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch-size 0  | --batch-size is \"0\"; expected a whole number of at least 1",
        "--steps 0       | --steps is \"0\"; expected a whole number of at least 1",
        "--millis 5      | unknown option \"--millis\""
      })
  void memoryRefusesWrongWords(String words, String message) {
    assertThatThrownBy(() -> new Memory().run(List.of(words.split(" ")), System.out))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  /** PyTorch's initial values are uniform in +-1 / sqrt(inputs); so are gmr's. */
  @Test
  void initialValuesAreSpreadAlike() {
    Map<String, double[]> ours = Values.doubles(new GmrRandomness(1).initialValues(LENET));
    Map<String, double[]> theirs = new TorchRandomness(1).network(LENET).values();
    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    Map<String, Integer> inputs = Map.of("conv1", 25, "conv2", 800, "fc1", 3136, "fc2", 1024);
    for (Map<String, double[]> values : List.of(ours, theirs)) {
      values.forEach(
          (name, x) -> {
            double bound = 1 / Math.sqrt(inputs.get(name.substring(0, name.indexOf('.'))));
            double squares = 0;
            for (double v : x) {
              // the bound itself is a float
              assertThat(Math.abs(v)).isLessThanOrEqualTo((double) (float) bound);
              squares += v * v;
            }
            // (x / bound)^2 has mean 1/3 and variance 4/45
            double deviation = Math.sqrt(4.0 / 45 / x.length);
            assertThat(squares / x.length / (bound * bound))
                .as(name)
                .isBetween(1.0 / 3 - 4 * deviation, 1.0 / 3 + 4 * deviation);
          });
    }
  }

  /**
   * A handle whose owner is collected points to freed memory, and a training of minutes crashes.
   */
  @Test
  void weightsStayWhereTheyAreWhenTheirMakersAreCollected() throws InterruptedException {
    TorchNetwork initialized = new TorchRandomness(1).network(LENET);
    TorchNetwork given = new GmrRandomness(1).network(LENET);
    Map<String, double[]> first = initialized.values();
    Map<String, double[]> second = given.values();
    for (int i = 0; i < 20; i++) {
      System.gc();
      Thread.sleep(20); // a thread of the binding frees what was collected
      TorchNetwork.initialized(LENET); // takes the freed memory
    }
    initialized.values().forEach((name, x) -> assertThat(x).isEqualTo(first.get(name)));
    given.values().forEach((name, x) -> assertThat(x).isEqualTo(second.get(name)));
  }

  /** On the same noise; an image at the border of two classes might differ, but here none is. */
  @Test
  void robustnessIsThatOfTheEvaluator(@TempDir Path dir) {
    ImageSet test = digits.test().head(60);
    GmrRandomness random = new GmrRandomness(2);
    TorchNetwork network = random.network(LENET);
    Evaluation theirs = new Robustness(network, test, digits.normalization(), random).measure();
    Path file = dir.resolve("weights.safetensors");
    Values.write(LENET, random.initialValues(LENET), file);
    try (Workers workers = new Workers(1)) {
      Evaluation ours =
          new Evaluator(Architecture.builtIn("lenet"), test, digits.normalization(), workers)
              .evaluate(file, 2, Evaluator.POINTS, TrainingListener.NONE);
      assertThat(ours.robustnessPrediction()).isBetween(0.1, 0.999);
      assertThat(theirs.accuracy()).isEqualTo(ours.accuracy());
      assertThat(theirs.robustnessPrediction()).isEqualTo(ours.robustnessPrediction());
      assertThat(theirs.robustnessLabel()).isEqualTo(ours.robustnessLabel());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sgima 1                 | unknown option \"--sgima\"; did you mean --sigma?",
        "--sigma                   | --sigma needs a value",
        "--limit 5 --limit 6       | --limit is given twice; keep one",
        "--limit many              | --limit is \"many\"; expected whole numbers",
        "--limit -1                | --limit is \"-1\"; expected a whole number of at least 0",
        "--what regulariser        | unknown value of --what \"regulariser\"; did you mean regular",
        "--what plain --sigma 1    | --sigma has no effect on plain",
        "--what regularizer --folds 1 | --folds has no effect on regularizer",
        "--what regularizer --sigma 0 | --sigma is \"0\"; expected a number above 0"
      })
  void wrongWordsGetOneLine(String words, String message) {
    assertThatThrownBy(() -> setting(words))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }
}
