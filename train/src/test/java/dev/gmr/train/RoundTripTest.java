package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.data.ImageSet;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Network;
import dev.gmr.nn.Parameter;
import dev.gmr.nn.Workers;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.run.TrainingConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of weights hold PyTorch's names and shapes and give back the same bits. */
class RoundTripTest {
  /** Written by hand for images of 28 x 28 x 1. */
  private static final String LENET =
      """
      conv1.bias [32]
      conv1.weight [32, 1, 5, 5]
      conv2.bias [64]
      conv2.weight [64, 32, 5, 5]
      fc1.bias [1024]
      fc1.weight [1024, 3136]
      fc2.bias [10]
      fc2.weight [10, 1024]
      """;

  /** The names of torchvision's alexnet; shapes for images of 32 x 32 x 3. */
  private static final String ALEXNET =
      """
      classifier.1.bias [4096]
      classifier.1.weight [4096, 256]
      classifier.4.bias [4096]
      classifier.4.weight [4096, 4096]
      classifier.6.bias [100]
      classifier.6.weight [100, 4096]
      features.0.bias [64]
      features.0.weight [64, 3, 11, 11]
      features.10.bias [256]
      features.10.weight [256, 256, 3, 3]
      features.3.bias [192]
      features.3.weight [192, 64, 5, 5]
      features.6.bias [384]
      features.6.weight [384, 192, 3, 3]
      features.8.bias [256]
      features.8.weight [256, 384, 3, 3]
      """;

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({
    "lenet, 28, 1, 10",
    "alexnet, 32, 3, 100",
    "vgg16, 32, 3, 10",
    "resnet8, 32, 3, 10",
    "resnet20, 32, 3, 100",
    "resnet56, 32, 3, 10",
    "resnet110, 32, 3, 10"
  })
  void weightsComeBackToTheBit(String model, int side, int channels, int classes) {
    String wanted =
        switch (model) {
          case "lenet" -> LENET;
          case "alexnet" -> ALEXNET;
          case "vgg16" -> vgg16(classes);
          default -> resnet(Integer.parseInt(model.substring("resnet".length())), classes);
        };
    Path file = dir.resolve("w.safetensors");
    ImageSet none = ImageSet.wrap(side, side, channels, classes, new byte[0], new byte[0]);
    try (Workers workers = new Workers(1)) {
      Network network = Models.plan(Architecture.builtIn(model), none, Capacity.full(1), workers);
      network.parameters().initialize(Stream.INITIAL_VALUES.of(5));
      float[] statistics = network.statistics().values();
      for (int i = 0; i < statistics.length; i++) {
        statistics[i] = i;
      }
      Weights.of(network, Map.of("format", "pt")).write(file, "try again");
      Safetensors read = Safetensors.read(file);

      Map<String, int[]> shapes = new TreeMap<>();
      read.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
      assertThat(lines(shapes)).isEqualTo(wanted);
      for (Parameter p : network.parameters().list()) {
        float[] before = p.read(network.parameters().values());
        assertThat(Arrays.equals(read.floats(p.name(), p.shape()), before)).isTrue();
      }
      Network other = Models.plan(Architecture.builtIn(model), none, Capacity.full(1), workers);
      Weights.read(file, other);
      assertThat(Arrays.equals(other.parameters().values(), network.parameters().values()))
          .isTrue();
      for (Parameter p : network.statistics().list()) {
        assertThat(p.read(other.statistics().values())).isEqualTo(p.read(statistics));
      }
    }
    ArchitectureTensors expected =
        ArchitectureTensors.of(
            TrainingConfig.recipe(model, "digits").network(),
            new ImageShape(side, side, channels),
            classes);
    assertThat(lines(new TreeMap<>(expected.shapes()))).isEqualTo(wanted);
  }

  /** torchvision's vgg16_bn, its convolutions without the biases that batch norm would undo. */
  private static String vgg16(int classes) {
    Map<String, int[]> shapes = new TreeMap<>();
    int[] places = {0, 3, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40};
    int[] channels = {64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512};
    for (int i = 0; i < places.length; i++) {
      int in = i == 0 ? 3 : channels[i - 1];
      shapes.put("features." + places[i] + ".weight", new int[] {channels[i], in, 3, 3});
      norm(shapes, "features." + (places[i] + 1), channels[i]);
    }
    linear(shapes, "classifier.0", 2048, 4096);
    linear(shapes, "classifier.3", 4096, 4096);
    linear(shapes, "classifier.6", 4096, classes);
    return lines(shapes);
  }

  /** The names that torchvision gives residual networks. */
  private static String resnet(int depth, int classes) {
    Map<String, int[]> shapes = new TreeMap<>();
    shapes.put("conv1.weight", new int[] {16, 3, 3, 3});
    norm(shapes, "bn1", 16);
    int in = 16;
    for (int stage = 1; stage <= 3; stage++) {
      int out = 8 << stage;
      for (int block = 0; block < (depth - 2) / 6; block++) {
        String name = "layer" + stage + "." + block + ".";
        shapes.put(name + "conv1.weight", new int[] {out, in, 3, 3});
        norm(shapes, name + "bn1", out);
        shapes.put(name + "conv2.weight", new int[] {out, out, 3, 3});
        norm(shapes, name + "bn2", out);
        if (in != out) {
          shapes.put(name + "downsample.0.weight", new int[] {out, in, 1, 1});
          norm(shapes, name + "downsample.1", out);
        }
        in = out;
      }
    }
    linear(shapes, "fc", 64, classes);
    return lines(shapes);
  }

  private static void norm(Map<String, int[]> shapes, String name, int channels) {
    for (String tensor : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      shapes.put(name + "." + tensor, new int[] {channels});
    }
  }

  private static void linear(Map<String, int[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {out, in});
    shapes.put(name + ".bias", new int[] {out});
  }

  private static String lines(Map<String, int[]> shapes) {
    StringBuilder text = new StringBuilder();
    shapes.forEach(
        (name, shape) -> text.append(name).append(' ').append(Arrays.toString(shape)).append('\n'));
    return text.toString();
  }
}
