package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.data.DataSet;
import dev.gmr.data.Normalization;
import dev.gmr.data.Shuffle;
import dev.gmr.nn.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final int LENGTH = 3 * 1024;

  /** The noise alone: what is added to zeros. */
  private static float[] noise(Noise noise, int fold, int image) {
    float[] x = new float[LENGTH];
    noise.add(fold, image, x, 0, new float[LENGTH]);
    return x;
  }

  private static Noise fresh(long seed, int epoch) {
    return Noise.fresh(Stream.FRESH_NOISE.of(seed).child(epoch), 3, new float[] {1, 1, 1});
  }

  private static Noise frozen(long seed) {
    return Noise.frozen(Stream.FROZEN_NOISE.of(seed), 3, new float[] {1, 1, 1});
  }

  @Test
  void frozenNoiseIsOneImageAFold() {
    float[] first = noise(frozen(7), 0, 0);
    for (int image : new int[] {1, 2, 59_999}) {
      assertThat(noise(frozen(7), 0, image)).containsExactly(first);
    }
    assertThat(noise(frozen(7), 1, 0)).isNotEqualTo(first);
    assertThat(noise(frozen(8), 0, 0)).isNotEqualTo(first);
  }

  @Test
  void freshNoiseDiffersByEpochImageFoldAndSeed() {
    float[][] all = {
      noise(fresh(7, 1), 0, 0),
      noise(fresh(7, 2), 0, 0),
      noise(fresh(7, 1), 0, 1),
      noise(fresh(7, 1), 1, 0),
      noise(fresh(8, 1), 0, 0),
      noise(fresh(7, 2), 1, 1),
    };
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < i; j++) {
        double dot = 0;
        for (int k = 0; k < LENGTH; k++) {
          dot += (double) all[i][k] * all[j][k];
        }
        // a sum of n products of independent standard normals has standard deviation sqrt(n)
        assertThat(dot / Math.sqrt(LENGTH)).as("%d and %d", i, j).isBetween(-4.0, 4.0);
      }
    }
    assertThat(noise(fresh(7, 1), 0, 0)).containsExactly(all[0]);
  }

  /** Sigma counts in pixels of [0, 1], so channel c gets sigma / std_c. */
  @Test
  void strengthIsInPixels() {
    double sigma = 0.25;
    Normalization normalization = Normalization.CIFAR10;
    float[] std = normalization.std();
    Noise noise =
        Noise.fresh(Stream.FRESH_NOISE.of(1).child(1), 1, Noise.sigmas(sigma, normalization));
    int images = 200;
    double[] sum = new double[3];
    double[] squares = new double[3];
    for (int i = 0; i < images; i++) {
      float[] x = noise(noise, 0, i);
      for (int k = 0; k < LENGTH; k++) {
        double pixels = x[k] * (double) std[k % 3];
        sum[k % 3] += pixels;
        squares[k % 3] += pixels * pixels;
      }
    }
    double n = images * (LENGTH / 3);
    for (int c = 0; c < 3; c++) {
      // standard errors: sigma / sqrt(n) of the mean, sigma / sqrt(2 n) of the deviation
      assertThat(sum[c] / n).isCloseTo(0, within(4 * sigma / Math.sqrt(n)));
      assertThat(Math.sqrt(squares[c] / n)).isCloseTo(sigma, within(4 * sigma / Math.sqrt(2 * n)));
    }
  }

  @Test
  void anEpochHasEachImageOnceCleanAndOnceAFold() {
    int copies = 3;
    int[] indices = {4, 9, 2, 11, 30};
    int items = indices.length * copies;
    DataSet data = TestRuns.digits(40, 20);
    int[] order = Shuffle.permutation(items, 5, 1);
    float[] sigmas = Noise.sigmas(0.5, data.normalization());
    Noise noise = Noise.fresh(Stream.FRESH_NOISE.of(5).child(1), copies - 1, sigmas);
    int length = data.train().imageLength();
    float[] expected = new float[length];
    try (Workers workers = new Workers(2)) {
      Batch batch = new Batch(data.train(), data.normalization(), 4, workers);
      batch.source(indices, order, copies, noise, null);
      int[] seen = new int[items];
      for (int first = 0; first < items; first += 4) {
        int count = Math.min(4, items - first);
        batch.load(first, count);
        for (int i = 0; i < count; i++) {
          int item = order[first + i];
          seen[item]++;
          int image = indices[item / copies];
          int copy = item % copies;
          data.train().normalizedInto(image, data.normalization(), expected, 0);
          if (copy > 0) {
            noise.add(copy - 1, image, expected, 0, new float[length]);
          }
          assertThat(batch.clean(i)).isEqualTo(copy == 0);
          assertThat(batch.labels()[i]).isEqualTo(data.train().label(image));
          assertThat(Arrays.copyOfRange(batch.images(), i * length, (i + 1) * length))
              .containsExactly(expected);
        }
      }
      assertThat(seen).containsOnly(1);
      assertThat(IntStream.of(order).sum()).isEqualTo(items * (items - 1) / 2);
    }
  }
}
