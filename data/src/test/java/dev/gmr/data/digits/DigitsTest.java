package dev.gmr.data.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.data.ImageSet;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static ImageSet train;
  private static ImageSet test;

  @BeforeAll
  static void draw() {
    train = Digits.train();
    test = Digits.test();
  }

  @Test
  void sameBitsEverywhere() {
    assertThat(train.sha256())
        .isEqualTo(Digits.TRAIN_SHA256)
        .isEqualTo("a4e58073f351cceb4723953bba30a309c842627fff3a358e3bf66f25b035613b");
    assertThat(test.sha256())
        .isEqualTo(Digits.TEST_SHA256)
        .isEqualTo("313acb980bef4d0a849243374b85c682940885f473faf1e58d7774b1b55eff5f");
  }

  @Test
  void independentOfThreads() throws InterruptedException, ExecutionException {
    for (int threads : new int[] {1, 7}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        assertThat(pool.submit(Digits::test).get().sha256()).isEqualTo(Digits.TEST_SHA256);
      }
    }
  }

  @Test
  void balancedShape() {
    assertThat(train).hasToString("12000 images of 28x28x1, 10 classes");
    assertThat(test).hasToString("2000 images of 28x28x1, 10 classes");
    int[] counts = new int[10];
    for (int i = 0; i < train.size(); i++) {
      counts[train.label(i)]++;
    }
    assertThat(counts).containsOnly(1200);
  }

  @Test
  void noImageTwiceNorInBothSets() {
    Set<String> seen = new HashSet<>();
    for (ImageSet set : new ImageSet[] {train, test}) {
      byte[] image = new byte[784];
      for (int i = 0; i < set.size(); i++) {
        set.copyInto(i, image, 0);
        assertThat(seen.add(new String(image, StandardCharsets.ISO_8859_1)))
            .as("image %d of %s", i, set)
            .isTrue();
      }
    }
  }

  @Test
  void contrastVariesButInkIsAlwaysThere() {
    int faint = 0;
    int strong = 0;
    for (int i = 0; i < train.size(); i++) {
      int least = 255;
      int most = 0;
      for (int y = 4; y < 24; y++) {
        for (int x = 4; x < 24; x++) {
          least = Math.min(least, train.pixel(i, y, x, 0));
          most = Math.max(most, train.pixel(i, y, x, 0));
        }
      }
      // Ink is at least .3 of what the paper leaves, and the paper at most .3 plus its slope.
      assertThat(most - least).as("image %d", i).isGreaterThan(45);
      faint += most - least < 100 ? 1 : 0;
      strong += most - least > 200 ? 1 : 0;
    }
    assertThat(faint).isBetween(1000, 5000);
    assertThat(strong).isBetween(1000, 5000);
  }

  /** A reader of digits would see the class: the means of a class's images know most digits. */
  @Test
  void classesAreSeparableButNotTrivially() {
    double[][] means = new double[10][784];
    float[] image = new float[784];
    for (int i = 0; i < train.size(); i++) {
      standardized(train, i, image);
      for (int p = 0; p < 784; p++) {
        means[train.label(i)][p] += image[p] / 1200;
      }
    }
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      standardized(test, i, image);
      int best = 0;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < 10; c++) {
        double dot = 0;
        double norm = 0;
        for (int p = 0; p < 784; p++) {
          dot += means[c][p] * image[p];
          norm += means[c][p] * means[c][p];
        }
        double score = dot / Math.sqrt(norm);
        if (score > bestScore) {
          bestScore = score;
          best = c;
        }
      }
      right += best == test.label(i) ? 1 : 0;
    }
    // Chance is 200; what a template can do is far from what a network reaches (1,940 and more).
    assertThat(right).isBetween(800, 1700);
  }

  /** Removes mean and contrast, which say nothing about the class. */
  private static void standardized(ImageSet set, int i, float[] image) {
    set.copyInto(i, 1 / 255f, image, 0);
    double mean = 0;
    for (float v : image) {
      mean += v / 784.;
    }
    double square = 0;
    for (float v : image) {
      square += (v - mean) * (v - mean);
    }
    for (int p = 0; p < 784; p++) {
      image[p] = (float) ((image[p] - mean) / Math.sqrt(square));
    }
  }
}
