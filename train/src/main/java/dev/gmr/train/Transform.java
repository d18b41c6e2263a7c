package dev.gmr.train;

import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.train.run.TransformOptions;

/**
 * Random crops and flips of normalised images, channels last, of one epoch: as PyTorch's {@code
 * RandomCrop(size, padding)} and {@code RandomHorizontalFlip()} before its {@code Normalize}, so
 * that what is padded is pixel 0 normalised. An item's draw depends on seed, epoch, image and copy
 * alone.
 */
final class Transform {
  private final CounterRandom[] copies;
  private final int padding;
  private final boolean flip;
  private final int height;
  private final int width;
  private final float[] background;

  /**
   * Plans an epoch.
   *
   * @param base the epoch's generator
   * @param copyCount copies of an image, the clean one included
   */
  Transform(
      TransformOptions options,
      CounterRandom base,
      int copyCount,
      ImageSet shape,
      Normalization normalization) {
    copies = new CounterRandom[copyCount];
    for (int c = 0; c < copyCount; c++) {
      copies[c] = base.child(c);
    }
    padding = options.crop();
    flip = options.flip();
    height = shape.height();
    width = shape.width();
    background = new float[normalization.channels()];
    for (int c = 0; c < background.length; c++) {
      background[c] = normalization.apply(c, 0);
    }
  }

  /**
   * Crops and flips an image.
   *
   * @param copy which copy of the image it is
   * @param image number of the image in its set
   * @param words three, overwritten
   * @param scratch as long as an image, overwritten
   */
  void apply(int copy, int image, float[] x, int at, int[] words, float[] scratch) {
    copies[copy].bitsInto(image, words, 0, 3);
    int down = below(words[0], 2 * padding + 1) - padding;
    int right = below(words[1], 2 * padding + 1) - padding;
    boolean mirrored = flip && words[2] < 0;
    int channels = background.length;
    System.arraycopy(x, at, scratch, 0, scratch.length);
    for (int i = 0; i < height; i++) {
      int row = i + down;
      for (int j = 0; j < width; j++) {
        int column = (mirrored ? width - 1 - j : j) + right;
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        System.arraycopy(
            inside ? scratch : background,
            inside ? (row * width + column) * channels : 0,
            x,
            at + (i * width + j) * channels,
            channels);
      }
    }
  }

  /** Maps a word to 0 to bound - 1, each as often as the others but for one word in 2^32. */
  private static int below(int word, int bound) {
    return (int) ((Integer.toUnsignedLong(word) * bound) >>> 32);
  }
}
