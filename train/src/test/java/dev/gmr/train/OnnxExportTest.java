package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import dev.gmr.train.onnx.OnnxModel;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime computes what gmr computes from the files that gmr writes. */
class OnnxExportTest {
  /**
   * Of the largest logit. Both sum up to 9216 products in float, in other orders: an error of 1e-6
   * is usual, and one wrong padding or transposition is an error of 1e-1.
   */
  private static final double TOLERANCE = 1e-4;

  private static final int CLASSES = 10;

  /** Networks that gmr runs, each with an image that it takes: a line a network. */
  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("lenet", new ImageShape(28, 28, 1)),
        Arguments.of("lenet", new ImageShape(13, 18, 3)),
        Arguments.of("alexnet", new ImageShape(32, 32, 3)),
        Arguments.of("vgg16", new ImageShape(32, 32, 3)),
        Arguments.of("vgg16", new ImageShape(64, 64, 1)),
        Arguments.of("resnet8", new ImageShape(28, 28, 1)),
        Arguments.of("resnet20", new ImageShape(32, 32, 3)),
        Arguments.of("resnet56", new ImageShape(32, 32, 3)),
        Arguments.of("resnet110", new ImageShape(32, 32, 3)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runtimeGivesTheNetworksLogits(String model, ImageShape shape) throws Exception {
    Normalization normalization = normalization(shape);
    ImageSet images = images(shape, 7);
    try (Workers workers = new Workers(1)) {
      Network network = Models.plan(Architecture.builtIn(model), images, Capacity.full(7), workers);
      network.parameters().initialize(dev.gmr.train.Stream.INITIAL_VALUES.of(1));
      float[] normalized = new float[7 * shape.size()];
      for (int i = 0; i < 7; i++) {
        images.normalizedInto(i, normalization, normalized, i * shape.size());
      }
      network.forwardTraining(7, normalized); // moves the running statistics of batch norm
      Map<String, Tensor.F32> tensors = new TreeMap<>();
      Weights.of(network, Map.of())
          .tensors()
          .forEach((name, tensor) -> tensors.put(name, (Tensor.F32) tensor));
      network.forward(7, normalized);
      double[][] wanted = new double[7][CLASSES];
      for (int i = 0; i < 7; i++) {
        for (int c = 0; c < CLASSES; c++) {
          wanted[i][c] = network.logits()[i * network.logitsStride() + c];
        }
      }
      Architecture architecture = TrainingConfig.recipe(model, "digits").network();
      assertThat(architecture.name()).isEqualTo(network.name());
      check(architecture, images, tensors, wanted);
    }
  }

  /** Every kind of layer; maps of odd sides, of which pooling leaves a border out. */
  static Stream<Arguments> architectures() {
    return Stream.of(
        Arguments.of(TrainingConfig.recipe("lenet", "digits").network(), new ImageShape(12, 12, 1)),
        Arguments.of(
            new Architecture(
                "residual",
                List.of(
                    new Layer.Conv("conv1", 8, 3, 1, 1),
                    new Layer.BatchNorm("bn1"),
                    new Layer.Relu(),
                    new Layer.Residual(
                        List.of(
                            new Layer.Conv("layer1.0.conv1", 16, 3, 2, 1),
                            new Layer.BatchNorm("layer1.0.bn1"),
                            new Layer.Relu(),
                            new Layer.Conv("layer1.0.conv2", 16, 3, 1, 1),
                            new Layer.BatchNorm("layer1.0.bn2")),
                        List.of(
                            new Layer.Conv("layer1.0.downsample.0", 16, 1, 2, 0),
                            new Layer.BatchNorm("layer1.0.downsample.1"))),
                    new Layer.Relu(),
                    new Layer.Residual(
                        List.of(
                            new Layer.Conv("layer1.1.conv1", 16, 3, 1, 1),
                            new Layer.BatchNorm("layer1.1.bn1"),
                            new Layer.Relu(),
                            new Layer.Conv("layer1.1.conv2", 16, 3, 1, 1)),
                        List.of()),
                    new Layer.Relu(),
                    new Layer.GlobalAvgPool(),
                    new Layer.Linear("fc", Layer.Linear.CLASSES))),
            new ImageShape(15, 15, 3)),
        Arguments.of(
            new Architecture(
                "pools",
                List.of(
                    new Layer.Conv("input", 5, 3, 2, 1),
                    new Layer.Relu(),
                    new Layer.MaxPool(2, 1),
                    new Layer.AvgPool(2, 1),
                    new Layer.Conv("relu", 6, 2, 1, 0),
                    new Layer.Relu(),
                    new Layer.Residual(
                        List.of(new Layer.AvgPool(3, 2)), List.of(new Layer.MaxPool(3, 2))),
                    new Layer.Linear("logits", 17),
                    new Layer.Relu(),
                    new Layer.Linear("same", 17),
                    new Layer.Linear("last", Layer.Linear.CLASSES))),
            new ImageShape(23, 18, 3)));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void runtimeGivesTheLogitsOfPlainLoops(Architecture architecture, ImageShape shape)
      throws Exception {
    Map<String, Tensor.F32> tensors = tensors(architecture, shape);
    ImageSet images = images(shape, 7);
    Normalization normalization = normalization(shape);
    double[][] wanted = new double[7][];
    for (int i = 0; i < 7; i++) {
      double[] image = new double[shape.size()];
      float[] chw = channelsFirst(images, i, Optional.of(normalization));
      for (int j = 0; j < image.length; j++) {
        image[j] = chw[j];
      }
      wanted[i] =
          ReferenceEvaluator.logits(
              architecture, tensors, shape.channels(), shape.height(), shape.width(), image);
    }
    check(architecture, images, tensors, wanted);
  }

  /** Compares batches of 1 and 7 through one session, with and without normalisation. */
  private static void check(
      Architecture architecture,
      ImageSet images,
      Map<String, Tensor.F32> tensors,
      double[][] wanted)
      throws Exception {
    ImageShape shape = new ImageShape(images.height(), images.width(), images.channels());
    double largest = 0;
    double worst = 0;
    for (double[] row : wanted) {
      assertThat(row).hasSize(CLASSES);
      for (double logit : row) {
        largest = Math.max(largest, Math.abs(logit));
      }
    }
    for (boolean inside : new boolean[] {false, true}) {
      Optional<Normalization> norm = Optional.of(normalization(shape));
      byte[] file = bytes(architecture, shape, tensors, inside ? norm : Optional.empty());
      Optional<Normalization> outside = inside ? Optional.empty() : norm;
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
        for (int[] batch : new int[][] {{3}, {0, 1, 2, 3, 4, 5, 6}}) {
          float[][] logits = run(session, images, batch, outside);
          assertThat(logits).hasDimensions(batch.length, CLASSES);
          for (int i = 0; i < batch.length; i++) {
            for (int c = 0; c < CLASSES; c++) {
              double error = Math.abs(logits[i][c] - wanted[batch[i]][c]) / largest;
              assertThat(error).isLessThan(TOLERANCE);
              worst = Math.max(worst, error);
            }
          }
        }
      }
    }
    System.out.printf("onnx %s: error %.1e of the largest logit%n", architecture.name(), worst);
  }

  private static float[][] run(
      OrtSession session, ImageSet images, int[] batch, Optional<Normalization> normalization)
      throws OrtException {
    FloatBuffer input = FloatBuffer.allocate(batch.length * images.imageLength());
    for (int image : batch) {
      input.put(channelsFirst(images, image, normalization));
    }
    long[] shape = {batch.length, images.channels(), images.height(), images.width()};
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), input.flip(), shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      return (float[][]) result.get("logits").orElseThrow().getValue();
    }
  }

  /** Pixels divided by 255, and normalised if so asked, in layout (C, H, W). */
  private static float[] channelsFirst(
      ImageSet images, int image, Optional<Normalization> normalization) {
    float[] chw = new float[images.imageLength()];
    int at = 0;
    for (int c = 0; c < images.channels(); c++) {
      for (int y = 0; y < images.height(); y++) {
        for (int x = 0; x < images.width(); x++) {
          int pixel = images.pixel(image, y, x, c);
          int channel = c;
          chw[at++] = normalization.map(n -> n.apply(channel, pixel)).orElse(pixel / 255f);
        }
      }
    }
    return chw;
  }

  private static Normalization normalization(ImageShape shape) {
    return shape.channels() == 1 ? Normalization.GREY : Normalization.CIFAR10;
  }

  private static ImageSet images(ImageShape shape, int n) {
    byte[] pixels = new byte[n * shape.size()];
    new Random(1).nextBytes(pixels);
    return ImageSet.wrap(
        shape.height(), shape.width(), shape.channels(), CLASSES, pixels, new byte[n]);
  }

  /** Values as after a training: spread by the number of inputs, variances around 1. */
  private static Map<String, Tensor.F32> tensors(Architecture architecture, ImageShape shape) {
    Random random = new Random(2);
    Map<String, Tensor.F32> tensors = new TreeMap<>();
    ArchitectureTensors.of(architecture, shape, CLASSES)
        .shapes()
        .forEach(
            (name, dims) -> {
              int size = 1;
              for (int d : dims) {
                size *= d;
              }
              double spread = Math.sqrt(3.0 * dims[0] / size);
              float[] data = new float[size];
              for (int i = 0; i < size; i++) {
                double u = 2 * random.nextDouble() - 1;
                data[i] = (float) (name.endsWith("running_var") ? 1 + 0.9 * u : spread * u);
              }
              tensors.put(name, new Tensor.F32(dims, data));
            });
    return tensors;
  }

  private static byte[] bytes(
      Architecture architecture,
      ImageShape shape,
      Map<String, Tensor.F32> tensors,
      Optional<Normalization> normalization)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxModel.of(
            architecture,
            shape,
            CLASSES,
            tensors,
            normalization,
            "what it is",
            Map.of("b", "2", "a", "\u03c3"))
        .writeTo(out);
    return out.toByteArray();
  }

  private static final Architecture TINY =
      new Architecture(
          "tiny",
          List.of(
              new Layer.Conv("conv", 3, 1, 1, 0),
              new Layer.Relu(),
              new Layer.Linear("fc", Layer.Linear.CLASSES)));

  @Test
  void namesInputOutputAndOrigin() throws Exception {
    ImageShape shape = new ImageShape(4, 5, 3);
    byte[] file = bytes(TINY, shape, tensors(TINY, shape), Optional.of(Normalization.CIFAR10));
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
      assertThat(session.getInputNames()).containsExactly("input");
      assertThat(session.getOutputNames()).containsExactly("logits");
      TensorInfo input = (TensorInfo) session.getInputInfo().get("input").getInfo();
      TensorInfo output = (TensorInfo) session.getOutputInfo().get("logits").getInfo();
      assertThat(input.getShape()).containsExactly(-1, 3, 4, 5);
      assertThat(output.getShape()).containsExactly(-1, CLASSES);
      assertThat(input.getDimensionNames()).containsExactly("batch", "", "", "");
      assertThat(output.getDimensionNames()).containsExactly("batch", "");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("gmr");
      assertThat(session.getMetadata().getGraphName()).isEqualTo("tiny");
      assertThat(session.getMetadata().getDescription()).isEqualTo("what it is");
      assertThat(session.getMetadata().getCustomMetadata())
          .isEqualTo(Map.of("a", "\u03c3", "b", "2"));
    }
    String head = new String(file, StandardCharsets.ISO_8859_1);
    String version = Version.current();
    // ir_version, producer_name and producer_version; opset_import of the default domain
    assertThat(head).startsWith("\b\b\u0012\u0003gmr\u001a" + (char) version.length() + version);
    assertThat(head).containsOnlyOnce("B\u0004\n\0\u0010\u0011");
  }

  @Test
  void equalContentGivesEqualBytes() throws Exception {
    ImageShape shape = new ImageShape(4, 5, 3);
    Map<String, Tensor.F32> tensors = tensors(TINY, shape);
    Map<String, Tensor.F32> turned = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(tensors.keySet());
    names.reversed().forEach(name -> turned.put(name, tensors.get(name)));

    assertThat(bytes(TINY, shape, turned, Optional.empty()))
        .isEqualTo(bytes(TINY, shape, tensors, Optional.empty()));
  }

  @Test
  void refusesTensorsThatDoNotFit() {
    ImageShape shape = new ImageShape(4, 5, 3);
    Map<String, Tensor.F32> tensors = tensors(TINY, shape);
    Tensor.F32 weight = tensors.remove("fc.weight");
    assertThatThrownBy(() -> bytes(TINY, shape, tensors, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor fc.weight is missing; expected [10, 60]");
    tensors.put("fc.weight", new Tensor.F32(new int[] {60, 10}, weight.data()));
    assertThatThrownBy(() -> bytes(TINY, shape, tensors, Optional.empty()))
        .hasMessage("tensor fc.weight is [60, 10]; expected [10, 60]");
    tensors.put("fc.weight", weight);
    tensors.put("more", weight);
    assertThatThrownBy(() -> bytes(TINY, shape, tensors, Optional.empty()))
        .hasMessage("tensor more belongs to no layer");
  }

  /** 130 layers of 16 MiB, all of one array. */
  @Test
  void refusesMoreThanTwoGibibytes() {
    int n = 2048;
    List<Layer> layers = new ArrayList<>();
    Map<String, Tensor.F32> tensors = new TreeMap<>();
    Tensor.F32 weight = new Tensor.F32(new int[] {n, n}, new float[n * n]);
    Tensor.F32 bias = new Tensor.F32(new int[] {n}, new float[n]);
    layers.add(new Layer.Conv("conv", 1, 1, 1, 0));
    layers.add(new Layer.Relu());
    tensors.put("conv.weight", new Tensor.F32(new int[] {1, 1, 1, 1}, new float[1]));
    tensors.put("conv.bias", new Tensor.F32(new int[] {1}, new float[1]));
    for (int i = 0; i < 130; i++) {
      layers.add(new Layer.Linear("l" + i, n));
      tensors.put("l" + i + ".weight", weight);
      tensors.put("l" + i + ".bias", bias);
    }
    layers.add(new Layer.Linear("last", Layer.Linear.CLASSES));
    tensors.put("last.weight", new Tensor.F32(new int[] {CLASSES, n}, new float[CLASSES * n]));
    tensors.put("last.bias", new Tensor.F32(new int[] {CLASSES}, new float[CLASSES]));
    assertThatThrownBy(
            () ->
                bytes(
                    new Architecture("large", layers),
                    new ImageShape(32, 64, 1),
                    tensors,
                    Optional.empty()))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "large would take 218\\d{7} bytes as ONNX, whose files end at 2 GiB; take --format"
                + " safetensors");
  }
}
