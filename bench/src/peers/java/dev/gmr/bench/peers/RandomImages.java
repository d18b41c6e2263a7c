package dev.gmr.bench.peers;

import dev.gmr.data.DataSet;
import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.nn.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Images of noise, their pixels - 0.5. */
final class RandomImages {
  private RandomImages() {}

  static Normalization normalization(ImageShape shape) {
    float[] mean = new float[shape.channels()];
    float[] std = new float[shape.channels()];
    Arrays.fill(mean, 0.5f);
    Arrays.fill(std, 1);
    return new Normalization(mean, std);
  }

  /** Returns a batch, normalised. */
  static Batches.Batch batch(Model model, int count) {
    Random random = new Random(1);
    float[] images = new float[Math.multiplyExact(count, model.shape().size())];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat() - 0.5f;
    }
    return new Batches.Batch(images, random.longs(count, 0, model.classes()).toArray());
  }

  /** Returns a set of which all images are for training. */
  static DataSet set(ImageShape shape, int classes, int count) {
    Random random = new Random(1);
    byte[] pixels = new byte[Math.multiplyExact(count, shape.size())];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(classes);
    }
    ImageSet images =
        ImageSet.wrap(shape.height(), shape.width(), shape.channels(), classes, pixels, labels);
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    return new DataSet("random", images, images.head(0), names, normalization(shape));
  }
}
