package dev.gmr.data;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Maps pixels to a network's input: {@code (pixel / 255 - mean[c]) / std[c]} for channel {@code c}.
 *
 * <p>Mean and standard deviation are in units of the [0, 1] pixel range. Values are computed once
 * for the 256 possible pixels of each channel, with float division as written above, so that every
 * machine and every loop order gives the same bits.
 */
public final class Normalization {
  /** MNIST, Fashion-MNIST and digits: mean .5, standard deviation 1. */
  public static final Normalization GREY = new Normalization(new float[] {.5f}, new float[] {1f});

  /** CIFAR-10, channels R, G, B. */
  public static final Normalization CIFAR10 =
      new Normalization(new float[] {.4915f, .4823f, .4468f}, new float[] {.2470f, .2435f, .2616f});

  /** CIFAR-100, channels R, G, B. */
  public static final Normalization CIFAR100 =
      new Normalization(new float[] {.5072f, .4867f, .4412f}, new float[] {.2673f, .2564f, .2762f});

  private static final int LEVELS = 256;

  private final float[] mean;
  private final float[] std;
  private final float[] table;

  /**
   * Normalizes each channel by its own mean and standard deviation.
   *
   * @param mean a finite mean for each channel, in units of the [0, 1] pixel range; copied
   * @param std as many standard deviations, finite and positive; copied
   * @throws IllegalArgumentException if the lengths differ or a value is out of range
   */
  public Normalization(float[] mean, float[] std) {
    if (mean.length == 0 || mean.length != std.length) {
      throw new IllegalArgumentException(
          "mean and std need one value a channel, got " + mean.length + " and " + std.length);
    }
    for (int c = 0; c < mean.length; c++) {
      if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || std[c] <= 0) {
        throw new IllegalArgumentException(
            "channel "
                + c
                + ": mean must be finite and std finite and positive, got "
                + mean[c]
                + " and "
                + std[c]);
      }
    }
    this.mean = mean.clone();
    this.std = std.clone();
    table = new float[mean.length * LEVELS];
    for (int c = 0; c < mean.length; c++) {
      for (int pixel = 0; pixel < LEVELS; pixel++) {
        table[c * LEVELS + pixel] = (pixel / 255f - mean[c]) / std[c];
      }
    }
  }

  /**
   * Returns the number of channels.
   *
   * @return the number of channels, at least 1
   */
  public int channels() {
    return mean.length;
  }

  /**
   * Returns the means.
   *
   * @return a copy: one mean for each channel
   */
  public float[] mean() {
    return mean.clone();
  }

  /**
   * Returns the standard deviations.
   *
   * @return a copy: one standard deviation for each channel
   */
  public float[] std() {
    return std.clone();
  }

  /**
   * Normalizes one pixel.
   *
   * @param channel the channel, 0 to channels() - 1
   * @param pixel the pixel, 0 to 255
   * @return (pixel / 255 - mean) / std
   */
  public float apply(int channel, int pixel) {
    return table[channel * LEVELS + pixel];
  }

  /** Normalizes {@code length} interleaved bytes; the first is of channel 0. */
  void applyInto(byte[] pixels, int from, int length, float[] out, int offset) {
    int channels = mean.length;
    for (int c = 0; c < channels; c++) {
      int row = c * LEVELS;
      for (int i = c; i < length; i += channels) {
        out[offset + i] = table[row + (pixels[from + i] & 0xff)];
      }
    }
  }

  /**
   * Normalizes {@code count} bytes of one channel, {@code stride} apart, to as far apart floats.
   */
  void applyInto(
      int channel, MemorySegment pixels, long from, int stride, float[] out, int at, int count) {
    int channels = mean.length;
    int row = channel * LEVELS;
    if (channels == 1) { // the same without multiplications, which cost a tenth
      for (int i = 0; i < count; i++) {
        out[at + i] = table[pixels.get(JAVA_BYTE, from + i) & 0xff];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i * channels] =
          table[row + (pixels.get(JAVA_BYTE, from + (long) i * stride) & 0xff)];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + " std " + Arrays.toString(std);
  }
}
