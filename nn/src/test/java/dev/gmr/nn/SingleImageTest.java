package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.CounterRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads share an image that is alone, and give it the logits that it has in a batch. */
class SingleImageTest {
  private static final ImageShape SHAPE = new ImageShape(16, 16, 3);
  private static final int CLASSES = 5;
  private static final int IMAGES = 3;

  /** Convolutions of two panels with and without batch norm, pooling and ReLU behind. */
  private static final String ALL =
      """
      {"name": "all", "layers": [
        {"type": "conv", "name": "a", "channels": 64, "kernel": 3, "padding": 1},
        {"type": "relu"},
        {"type": "conv", "name": "b", "channels": 64, "kernel": 3, "padding": 1},
        {"type": "batchnorm", "name": "n"},
        {"type": "relu"},
        {"type": "maxpool", "window": 2},
        {"type": "conv", "name": "c", "channels": 96, "kernel": 3},
        {"type": "relu"},
        {"type": "conv", "name": "d", "channels": 48, "kernel": 1},
        {"type": "linear", "name": "e", "outputs": "classes"}]}
      """;

  @ParameterizedTest
  @CsvSource({"lenet,2", "lenet,3", "resnet8,2", "resnet8,3", "all,2"})
  void hasTheLogitsThatItHasInABatch(String name, int threads) {
    float[] images = new float[IMAGES * SHAPE.size()];
    Random random = new Random(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat() - 0.5f;
    }
    try (Workers alone = new Workers(1);
        Workers team = new Workers(threads)) {
      Network batch = network(name, IMAGES, alone);
      Network single = network(name, 1, team);
      batch.forward(IMAGES, images);
      for (int n = 0; n < IMAGES; n++) {
        float[] image = Arrays.copyOfRange(images, n * SHAPE.size(), (n + 1) * SHAPE.size());
        single.forward(1, image);
        assertThat(logits(single, 0)).isEqualTo(logits(batch, n)).doesNotContain(0f, Float.NaN);
      }
    }
  }

  /** Weights that are prepared for several passes are prepared anew when one of them changes. */
  @ParameterizedTest
  @CsvSource({"lenet", "resnet8", "all"})
  void passesFollowTheWeights(String name) {
    float[] image = new float[SHAPE.size()];
    Arrays.fill(image, 0.5f);
    try (Workers workers = new Workers(1)) {
      Network network = network(name, 1, workers);
      network.forward(1, image);
      float[] before = logits(network, 0);
      float[] values = network.parameters().values();
      for (Parameter p : network.parameters().list()) {
        if (p.shape().length == 4) {
          float[] x = p.read(values);
          x[x.length - 1] += 1;
          p.write(x, values);
        }
      }
      Network fresh = network(name, 1, workers);
      System.arraycopy(values, 0, fresh.parameters().values(), 0, values.length);
      network.forward(1, image);
      fresh.forward(1, image);
      assertThat(logits(network, 0)).isEqualTo(logits(fresh, 0)).isNotEqualTo(before);
    }
  }

  private static Network network(String name, int images, Workers workers) {
    Architecture architecture =
        name.equals("all") ? Architecture.parse(ALL, name) : Architecture.builtIn(name);
    Network network =
        Network.of(architecture, SHAPE, CLASSES, Capacity.evaluation(images), workers);
    network.parameters().initialize(CounterRandom.of(1));
    return network;
  }

  private static float[] logits(Network network, int row) {
    int from = row * network.logitsStride();
    return Arrays.copyOfRange(network.logits(), from, from + CLASSES);
  }
}
