package dev.gmr.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.OptimizerOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of every kind of layer, by gmr, PyTorch and ONNX Runtime. */
class TorchNetworkTest {
  /** Every kind of layer, none of its sizes a multiple of what kernels take. */
  private static final String SMALL =
      """
      {"name": "small", "layers": [
        {"type": "conv", "name": "a", "channels": 5, "kernel": 3, "padding": 1},
        {"type": "batchnorm", "name": "an"},
        {"type": "relu"},
        {"type": "maxpool", "window": 3, "stride": 2},
        {"type": "residual", "layers": [
          {"type": "conv", "name": "b", "channels": 7, "kernel": 3, "stride": 2, "padding": 1},
          {"type": "batchnorm", "name": "bn"},
          {"type": "relu"},
          {"type": "conv", "name": "c", "channels": 7, "kernel": 3, "padding": 1}
        ], "shortcut": [
          {"type": "conv", "name": "d", "channels": 7, "kernel": 1, "stride": 2},
          {"type": "batchnorm", "name": "dn"}
        ]},
        {"type": "relu"},
        {"type": "conv", "name": "e", "channels": 6, "kernel": 2},
        {"type": "batchnorm", "name": "en"},
        {"type": "maxpool", "window": 2, "stride": 1},
        {"type": "relu"},
        {"type": "avgpool", "window": 2, "stride": 1},
        {"type": "linear", "name": "f", "outputs": 9},
        {"type": "relu"},
        {"type": "linear", "name": "g", "outputs": "classes"}
      ]}
      """;

  private static Model model(String name) {
    return name.equals("small")
        ? Model.of(Architecture.parse(SMALL, "small.json"), new ImageShape(17, 15, 3), 4)
        : Model.of(name);
  }

  private static Task task(Model model, String noise) {
    String[] words = noise.split("/", -1);
    NoiseOptions options =
        noise.equals("plain")
            ? NoiseOptions.plain()
            : NoiseOptions.regularized(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
    OptimizerOptions sgd = new OptimizerOptions(OptimizerKind.SGD, 0.1, 0.9, 5e-4, 20);
    return new Task(model, options, RandomImages.normalization(model.shape()), sgd);
  }

  /** Batch norm's scales and shifts beside 1 and 0, of which scales no sign is special. */
  private static Map<String, float[]> values(Model model) {
    Random random = new Random(5);
    Map<String, float[]> values = new HashMap<>(new GmrRandomness(3).initialValues(model));
    for (String name : model.statistics().keySet()) {
      String layer = name.substring(0, name.lastIndexOf('.'));
      for (float[] x : List.of(values.get(layer + ".weight"), values.get(layer + ".bias"))) {
        for (int i = 0; i < x.length; i++) {
          x[i] += random.nextFloat(-0.3f, 0.3f);
        }
      }
      values.get(layer + ".weight")[0] *= -1;
    }
    return values;
  }

  /**
   * Images of noise: in smooth ones neighbours are so alike that roundings decide which of them is
   * a window's maximum, and its gradient goes elsewhere.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet, 20, plain",
    "lenet, 20, 0.5/1",
    "lenet, 20, 2/5",
    "alexnet, 6, plain",
    "alexnet, 6, 0.5/1",
    "resnet8, 4, plain",
    "resnet8, 4, 0.5/1",
    "small, 7, plain",
    "small, 7, 0.5/1",
    "small, 7, 2/5"
  })
  void gradientsAreThoseOfPyTorch(String name, int count, String noise) {
    Model model = model(name);
    Task task = task(model, noise);
    Map<String, float[]> values = values(model);
    List<Batches.Batch> batches = List.of(RandomImages.batch(model, count));
    Walk gmr = Walk.ofGmr(task, values, batches, 2);
    Walk doubles = Walk.ofTorch(task, values, batches, ScalarType.Double);
    Difference gradients = Difference.of(gmr.gradients(), doubles.gradients());
    Difference statistics = Difference.of(gmr.statistics(), doubles.statistics());
    System.out.printf("%s, %s: gradients differ by %s%n", name, noise, gradients);
    assertThat(gmr.gradients().keySet()).isEqualTo(doubles.gradients().keySet());
    assertThat(gmr.statistics()).hasSameSizeAs(model.statistics());
    assertThat(gradients.worst()).isBetween(1e-9, Tolerances.GRADIENT);
    assertThat(statistics.worst()).isLessThanOrEqualTo(Tolerances.STATISTICS);
    double loss = doubles.losses().getFirst();
    assertThat(Math.abs(gmr.losses().getFirst() - loss) / loss)
        .isLessThanOrEqualTo(Tolerances.loss(model));
  }

  /** Channels last is another way of PyTorch's, to the same function. */
  @ParameterizedTest
  @ValueSource(strings = {"lenet", "small"})
  void layoutsComputeTheSame(String name) {
    Model model = model(name);
    Task task = task(model, "0.5/1");
    Map<String, float[]> values = values(model);
    Batches.Batch batch = RandomImages.batch(model, 7);
    List<Map<String, double[]>> gradients = new ArrayList<>();
    for (boolean channelsLast : new boolean[] {false, true}) {
      TorchNetwork network = TorchNetwork.of(model, values, ScalarType.Double, channelsLast);
      TorchTraining training = new TorchTraining(network, task);
      training.gradients(batch);
      gradients.add(training.gradients());
    }
    assertThat(Difference.of(gradients.get(1), gradients.get(0)).worst()).isLessThan(1e-12);
  }

  /** With the running statistics, which are not those of any batch. */
  @ParameterizedTest
  @ValueSource(strings = {"alexnet", "resnet8", "small"})
  void logitsAreThoseOfBothLibraries(String name) {
    Model model = model(name);
    Map<String, float[]> values = values(model);
    Random random = new Random(6);
    for (String statistic : model.statistics().keySet()) {
      float[] x = values.get(statistic);
      for (int i = 0; i < x.length; i++) {
        x[i] += random.nextFloat();
      }
    }
    float[] images = RandomImages.batch(model, 5).images();
    TorchNetwork network = TorchNetwork.of(model, values, ScalarType.Float);
    try (GmrInference gmr = new GmrInference(model, values, 5, 2);
        OrtInference ort = new OrtInference(model, values, images, 5, 2)) {
      gmr.run(images, 5);
      Inference.compare(gmr.logits(5), ort.logits());
      Inference.compare(gmr.logits(5), new TorchInference(network, images, 5).logits());
    }
  }

  private static String output(Program program, String words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    program.run(List.of(words.split(" ")), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String text = bytes.toString(StandardCharsets.UTF_8);
    System.out.println(text);
    return text;
  }

  /** It throws beyond the tolerances, and if gmr's trainer ends in other bits. */
  @Test
  void stepsKeepPaceOnDigits() {
    String text = output(new Lockstep(), "--data digits --batch-size 20 --steps 3 --seed 1");
    assertThat(text.lines())
        .anyMatch(line -> line.startsWith("lenet on digits, 3 steps of 20, adam"))
        .anyMatch(line -> line.startsWith("plain, gradients "))
        .anyMatch(line -> line.startsWith("regularized, of their way "));
  }

  /** Shaken sums are off by their noise, and no further where nothing jumps. */
  @Test
  void shakingIsOfTheSizeOfRoundings() {
    Model model = model("small");
    Task task = task(model, "0.5/1");
    Map<String, float[]> values = values(model);
    List<Batches.Batch> batches = List.of(RandomImages.batch(model, 7));
    Walk doubles = Walk.ofTorch(task, values, batches, ScalarType.Double);
    Walk shaken = Walk.shaken(task, values, batches, 1);
    assertThat(Difference.of(shaken.gradients(), doubles.gradients()).worst())
        .isBetween(0x1p-24, 1e-5);
  }

  private static Walk walk(double loss, double gradient, double weight) {
    return new Walk(
        List.of(loss, loss),
        Map.of("a", new double[] {4, gradient}),
        Map.of(),
        Map.of("a", new double[] {3, weight}));
  }

  /** A jump is one only where PyTorch's doubles jump as far when they are shaken. */
  @Test
  void whatIsTooFarIsTold() {
    Map<String, float[]> start = Map.of("a", new float[] {2, 2});
    Walk truth = walk(2, 1, 3);
    Walk near = walk(2.000002, 1.00002, 3.0001);
    Walk far = walk(2.00001, 1.001, 3.001);
    Walk infinite = walk(Double.NaN, Double.NaN, Double.NaN);
    assertThat(faults(start, near, truth, truth)).isEmpty();
    assertThat(faults(start, far, truth, truth))
        .containsExactly(
            "loss, first loss: gmr is off by 5.0e-06, at most 2.0e-06 is roundings",
            "loss, gradients: gmr is off by 2.5e-04, at most 1.0e-05 is roundings",
            "loss, of their way: gmr is off by 7.1e-04, at most 1.0e-04 is roundings");
    assertThat(faults(start, far, truth, walk(2, 1.001, 3.001))).hasSize(1);
    assertThat(faults(start, infinite, truth, truth)).hasSize(3);
  }

  private static List<String> faults(
      Map<String, float[]> start, Walk gmr, Walk truth, Walk shaken) {
    Tolerances tolerances = new Tolerances(model("lenet"), "loss", start, gmr, truth, truth);
    tolerances.shaken(shaken);
    tolerances.shaken(truth);
    return tolerances.check(Tolerances.table());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model vgg      | unknown value of --model \"vgg\" (known: lenet, alexnet, vgg16,",
        "--data digit     | unknown value of --data \"digit\"; did you mean digits?",
        "--seed 1,2       | --seed takes one number",
        "--steps 0        | --steps is \"0\"; expected a whole number of at least 1",
        "--data digits --batch-size 4000 | 10 steps of 4000 images are more than the 12000",
        "--model alexnet --data digits | alexnet with images of 28 x 28 x 1: maxpool behind"
      })
  void lockstepRefusesWrongWords(String words, String message) {
    assertThatThrownBy(() -> new Lockstep().run(List.of(words.split(" ")), System.out))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  /** It throws if first losses differ. */
  @Test
  void eachNetworkHasARow() {
    String text =
        output(
            new Networks(),
            "--networks resnet8,lenet --losses regularized --batch-size 2 --threads 1 --seconds 1");
    assertThat(text.lines())
        .anyMatch(line -> line.matches("resnet8 +32x32x3 +regularized +2 .*"))
        .anyMatch(line -> line.matches("lenet +28x28x1 +regularized +2 .*"))
        .anyMatch(line -> line.matches("lenet +32x32x3 +regularized +2 .*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--networks lenet,vgg17 | unknown value of --networks \"vgg17\"; did you mean vgg16?",
        "--losses both          | unknown value of --losses \"both\"",
        "--seconds 0            | --seconds is \"0\"; expected a whole number of at least 1"
      })
  void networksRefuseWrongWords(String words, String message) {
    assertThatThrownBy(() -> new Networks().run(List.of(words.split(" ")), System.out))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void differencesAreFound() {
    Map<String, double[]> truth = Map.of("a", new double[] {1, -4}, "b", new double[] {2});
    Map<String, double[]> off = Map.of("a", new double[] {1, -3}, "b", new double[] {2.1});
    assertThat(Difference.of(off, truth)).isEqualTo(new Difference("a", 0.25));
    Map<String, double[]> broken =
        Map.of("a", new double[] {1, -4}, "b", new double[] {Double.NaN});
    assertThat(Difference.of(broken, truth).worst()).isInfinite();
    assertThat(Difference.of(truth, truth).worst()).isZero();
  }
}
