package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in networks, held to figures that others published or to sums by hand. */
class ArchitectureTest {
  private static final ImageShape MNIST = new ImageShape(28, 28, 1);
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

  private static List<LayerTrace> trace(String name, ImageShape input, int classes) {
    return Architecture.builtIn(name).trace(input, classes);
  }

  private static long parameters(List<LayerTrace> trace) {
    return trace.stream().mapToLong(LayerTrace::parameters).sum();
  }

  private static long flops(List<LayerTrace> trace) {
    return trace.stream().mapToLong(LayerTrace::flops).sum();
  }

  private static List<String> named(List<LayerTrace> trace) {
    return trace.stream()
        .filter(t -> t.weighted() || t.layer() instanceof Layer.BatchNorm)
        .map(LayerTrace::label)
        .toList();
  }

  static List<String> names() {
    return Architecture.builtInNames();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theirJsonReadsAsTheyAre(String name) {
    Architecture a = Architecture.builtIn(name);

    assertThat(a.name()).isEqualTo(name);
    assertThat(Architecture.parse(a.toJson(), "again")).isEqualTo(a);
    assertThat(a.toJson().lines()).allMatch(line -> line.length() <= 120);
    assertThat(Architecture.builtInJson(name)).startsWith("{\n  \"name\": \"" + name + "\"");
  }

  /** The network that is trained is the one that is described. */
  @ParameterizedTest
  @MethodSource("names")
  void theyArePlannedAsDescribed(String name) {
    List<LayerTrace> trace = trace(name, CIFAR, 100);
    try (Workers workers = new Workers(1)) {
      Network network = Network.of(Architecture.builtIn(name), CIFAR, 100, 1, workers);

      assertThat(network.parameters().count()).isEqualTo((int) parameters(trace));
      assertThat(network.parameters().list().stream().map(Parameter::name).distinct())
          .hasSameSizeAs(network.parameters().list());
      List<String> names =
          network.parameters().list().stream()
              .map(p -> p.name().replaceAll("\\.(weight|bias)$", ""))
              .distinct()
              .toList();
      assertThat(names).containsExactlyInAnyOrderElementsOf(named(trace));
    }
  }

  /** 800 + 32, 51200 + 64, 3136 x 1024 + 1024, 10240 + 10; products at 28x28, 14x14, 1, 1. */
  @Test
  void lenetByHand() {
    List<LayerTrace> trace = trace("lenet", MNIST, 10);

    assertThat(parameters(trace)).isEqualTo(832 + 51_264 + 3_212_288 + 10_250);
    assertThat(flops(trace)).isEqualTo(2L * (800 * 784 + 51_200 * 196 + 3_211_264 + 10_240));
    assertThat(trace.stream().map(LayerTrace::label))
        .containsExactly(
            "conv1",
            "relu behind conv1",
            "maxpool behind conv1",
            "conv2",
            "maxpool behind conv2",
            "relu behind conv2",
            "fc1",
            "relu behind fc1",
            "fc2");
    assertThat(trace.get(4).in()).isEqualTo(new ImageShape(14, 14, 64));
    assertThat(trace.get(4).out()).isEqualTo(new ImageShape(7, 7, 64));
    assertThat(trace.getLast().out()).isEqualTo(new ImageShape(1, 1, 10));
  }

  /** torchvision's alexnet: its convolutions have 2,469,696 parameters. */
  @Test
  void alexnetHasTorchvisionsConvolutions() {
    List<LayerTrace> trace = trace("alexnet", CIFAR, 10);

    List<LayerTrace> convs = trace.stream().filter(t -> t.layer() instanceof Layer.Conv).toList();
    assertThat(parameters(convs)).isEqualTo(2_469_696);
    assertThat(named(trace))
        .containsExactly(
            "features.0",
            "features.3",
            "features.6",
            "features.8",
            "features.10",
            "classifier.1",
            "classifier.4",
            "classifier.6");
  }

  /**
   * torchvision's vgg16_bn has 138,365,992 parameters for 1000 classes of 224 x 224, of which 4,224
   * are the convolutions' biases, which batch norm makes void and we leave out.
   */
  @Test
  void vgg16HasTorchvisionsParameters() {
    List<LayerTrace> trace = trace("vgg16", new ImageShape(224, 224, 3), 1000);

    assertThat(parameters(trace)).isEqualTo(138_365_992 - 4_224);
    assertThat(trace.stream().mapToLong(LayerTrace::statistics).sum()).isEqualTo(2 * 4_224);
  }

  @Test
  void vgg16HasTorchvisionsNames() {
    Stream<String> features =
        IntStream.of(0, 3, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40)
            .boxed()
            .flatMap(i -> Stream.of("features." + i, "features." + (i + 1)));
    Stream<String> classifier = Stream.of("classifier.0", "classifier.3", "classifier.6");

    assertThat(named(trace("vgg16", CIFAR, 10)))
        .containsExactlyElementsOf(Stream.concat(features, classifier).toList());
  }

  @ParameterizedTest
  @CsvSource({"28, 1", "32, 2", "63, 3", "64, 2", "224, 7"})
  void vgg16PoolsAFifthTimeFrom64On(int side, int last) {
    assertThat(trace("vgg16", new ImageShape(side, side, 3), 10))
        .filteredOn(t -> t.label().equals("classifier.0"))
        .singleElement()
        .satisfies(t -> assertThat(t.in()).isEqualTo(new ImageShape(last, last, 512)));
  }

  /**
   * He et al. 2016 give 0.27, 0.85 and 1.7 million; by their layers, without a parameter in the
   * shortcuts, 269,722, 853,018 and 1,727,962 (and 75,290 with one block a stage). A projection
   * adds its products and 2 numbers a channel of batch norm: 16 x 32 + 64 and 32 x 64 + 128.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet8, 75290, 8",
    "resnet20, 269722, 20",
    "resnet56, 853018, 56",
    "resnet110, 1727962, 110"
  })
  void resnetsHaveTheirParameters(String name, long published, int depth) {
    List<LayerTrace> trace = trace(name, CIFAR, 10);

    assertThat(parameters(trace)).isEqualTo(published + 576 + 2_176);
    assertThat(trace.stream().filter(LayerTrace::weighted)).hasSize(depth + 2);
    assertThat(trace.stream().filter(t -> t.layer() instanceof Layer.Residual))
        .hasSize((depth - 2) / 2);
  }

  /** Multiply-adds: 40,551,040 published for ResNet-20, and 2 x 131,072 of the projections. */
  @Test
  void resnet20HasItsProducts() {
    List<LayerTrace> trace = trace("resnet20", CIFAR, 10);

    assertThat(flops(trace)).isEqualTo(2 * (40_551_040 + 2 * 131_072));
    assertThat(named(trace))
        .startsWith("conv1", "bn1", "layer1.0.conv1", "layer1.0.bn1", "layer1.0.conv2")
        .containsSequence(
            "layer1.2.bn2",
            "layer2.0.conv1",
            "layer2.0.bn1",
            "layer2.0.conv2",
            "layer2.0.bn2",
            "layer2.0.downsample.0",
            "layer2.0.downsample.1",
            "layer2.1.conv1")
        .endsWith("layer3.2.conv2", "layer3.2.bn2", "fc")
        .hasSize(2 * 21 + 1);
  }

  @Test
  void mnistFitsAllButAlexnet() {
    for (String name : Architecture.builtInNames()) {
      if (!name.equals("alexnet")) {
        assertThat(trace(name, MNIST, 10)).isNotEmpty();
      }
    }
    assertThatThrownBy(() -> trace("alexnet", MNIST, 10))
        .isInstanceOf(ArchitectureException.class)
        .hasMessage(
            "alexnet with images of 28 x 28 x 1: maxpool behind features.10 (2x2) does not fit its"
                + " input of 1 x 1 x 256");
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> Architecture.builtIn("../x"))
        .isInstanceOf(ArchitectureException.class)
        .hasMessage(
            "there is no network ../x; expected lenet, alexnet, vgg16, resnet8, resnet20, resnet56,"
                + " resnet110");
  }
}
