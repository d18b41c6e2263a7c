package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.data.Shuffle;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.nn.Workers;
import dev.gmr.train.run.TransformOptions;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Crops and flips against the pixels of the set, padded in pixel space. */
class TransformTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;
  private static final int IMAGES = 400;
  private static final Normalization NORMALIZATION = Normalization.CIFAR10;

  private final ImageSet set = images();

  private static ImageSet images() {
    byte[] pixels = new byte[IMAGES * HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (1 + i % 251); // never the padding's
    }
    return ImageSet.wrap(HEIGHT, WIDTH, 3, 2, pixels, new byte[IMAGES]);
  }

  private Transform transform(TransformOptions options, CounterRandom base) {
    return new Transform(options, base, 2, set, NORMALIZATION);
  }

  private float[] transformed(Transform transform, int copy, int image) {
    float[] x = new float[set.imageLength()];
    set.normalizedInto(image, NORMALIZATION, x, 0);
    transform.apply(copy, image, x, 0, new int[3], new float[set.imageLength()]);
    return x;
  }

  /** The image that a crop from {@code (down, right)} of the padded one leaves, flipped or not. */
  private float[] expected(int image, int down, int right, boolean mirrored) {
    float[] x = new float[set.imageLength()];
    for (int i = 0; i < HEIGHT; i++) {
      for (int j = 0; j < WIDTH; j++) {
        int row = i + down;
        int column = j + right;
        boolean inside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
        int to = mirrored ? WIDTH - 1 - j : j;
        for (int c = 0; c < 3; c++) {
          int pixel = inside ? set.pixel(image, row, column, c) : 0;
          x[(i * WIDTH + to) * 3 + c] = NORMALIZATION.apply(c, pixel);
        }
      }
    }
    return x;
  }

  @Test
  void everyCropAndFlipComesAboutAsOften() {
    int padding = 2;
    Transform transform =
        transform(new TransformOptions(padding, true), Stream.TRANSFORM.of(7).child(1));
    int[] down = new int[5];
    int[] right = new int[5];
    int mirrored = 0;
    for (int image = 0; image < IMAGES; image++) {
      float[] x = transformed(transform, 0, image);
      int[] place = place(image, x, padding);
      down[place[0] + padding]++;
      right[place[1] + padding]++;
      mirrored += place[2];
    }
    // binomial counts; five standard deviations
    for (int k = 0; k < 5; k++) {
      assertThat((double) down[k]).isBetween(80 - 40.0, 80 + 40.0);
      assertThat((double) right[k]).isBetween(80 - 40.0, 80 + 40.0);
    }
    assertThat((double) mirrored).isBetween(200 - 50.0, 200 + 50.0);
  }

  /** Finds the one crop and flip that explains an image. */
  private int[] place(int image, float[] x, int padding) {
    int[] found = null;
    for (int down = -padding; down <= padding; down++) {
      for (int right = -padding; right <= padding; right++) {
        for (int mirrored = 0; mirrored < 2; mirrored++) {
          if (Arrays.equals(x, expected(image, down, right, mirrored == 1))) {
            assertThat(found).as("one explanation").isNull();
            found = new int[] {down, right, mirrored};
          }
        }
      }
    }
    assertThat(found).as("image %d is a crop", image).isNotNull();
    return found;
  }

  @Test
  void flipAloneAndCropAloneDoNoMore() {
    CounterRandom base = Stream.TRANSFORM.of(7).child(1);
    Transform flip = transform(new TransformOptions(0, true), base);
    Transform crop = transform(new TransformOptions(1, false), base);
    for (int image = 0; image < 40; image++) {
      assertThat(place(image, transformed(flip, 0, image), 0)[0]).isZero();
      assertThat(place(image, transformed(crop, 0, image), 1)[2]).isZero();
    }
  }

  @Test
  void drawsDifferByEpochImageCopyAndSeedAndComeAgain() {
    TransformOptions options = new TransformOptions(2, true);
    int[][] draws = {
      draws(options, 7, 1, 0),
      draws(options, 7, 2, 0),
      draws(options, 7, 1, 1),
      draws(options, 8, 1, 0),
    };
    assertThat(draws(options, 7, 1, 0)).isEqualTo(draws[0]);
    for (int i = 0; i < draws.length; i++) {
      for (int j = 0; j < i; j++) {
        int a = i;
        int b = j;
        long same = IntStream.range(0, 100).filter(k -> draws[a][k] == draws[b][k]).count();
        // one in fifty by chance
        assertThat(same).as("%d and %d", i, j).isLessThan(15);
      }
    }
  }

  private int[] draws(TransformOptions options, long seed, int epoch, int copy) {
    Transform transform = transform(options, Stream.TRANSFORM.of(seed).child(epoch));
    return IntStream.range(0, 100)
        .map(
            image -> {
              int[] p = place(image, transformed(transform, copy, image), 2);
              return (p[0] + 2) * 10 + (p[1] + 2) * 2 + p[2];
            })
        .toArray();
  }

  /** An item of a batch is its image, cropped and flipped, and then its noise. */
  @Test
  void noiseIsAddedBehind() {
    int[] indices = {4, 9, 2};
    int copies = 2;
    int[] order = Shuffle.permutation(indices.length * copies, 5, 1);
    Transform transform = transform(new TransformOptions(2, true), Stream.TRANSFORM.of(5).child(1));
    Noise noise =
        Noise.fresh(Stream.FRESH_NOISE.of(5).child(1), 1, Noise.sigmas(0.5, NORMALIZATION));
    int length = set.imageLength();
    try (Workers workers = new Workers(2)) {
      Batch batch = new Batch(set, NORMALIZATION, order.length, workers);
      batch.source(indices, order, copies, noise, transform);
      batch.load(0, order.length);
      for (int i = 0; i < order.length; i++) {
        int image = indices[order[i] / copies];
        int copy = order[i] % copies;
        float[] x = transformed(transform, copy, image);
        if (copy > 0) {
          noise.add(0, image, x, 0, new float[length]);
        }
        assertThat(Arrays.copyOfRange(batch.images(), i * length, (i + 1) * length)).isEqualTo(x);
      }
    }
  }
}
