package dev.gmr.nn;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.LayerKernels;
import dev.gmr.kernels.spi.LayerKernels.Pool;
import dev.gmr.kernels.spi.MomentKernels;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * ReLU's mean behind a convolution under noise, max pooled, with its derivatives at the maxima.
 *
 * <p>{@code E relu(N(mu, sigma^2))} grows with mu. So where all pixels of a window have one sigma,
 * the maximum of the means is the mean at the maximum of mu, and one evaluation a window does. All
 * pixels have their channel's sigma but those whose kernels reach into the padding; windows that
 * such pixels share with others are evaluated pixel by pixel, side by side.
 */
final class ExpectedPool {
  private final Pool pool;

  /**
   * Runs of windows with one sigma each, in order: the first window, and the one behind the last.
   */
  private final int[] runs;

  /** The other windows, in order. */
  private final int[] mixed;

  /** Those windows as an image, one beside the other; null if there are none. */
  private final Pool mixedPool;

  /** The sigma of a window's first pixel, and of all pixels of the mixed ones. */
  private final float[] sigma;

  private final float[] mixedSigma;
  private final Scratch[] scratch;

  /** Of a worker: pixels of mixed windows, and what is left of them. */
  private static final class Scratch {
    final float[] highest;
    final float[] mean;
    final float[] cdf;
    final float[] pdf;
    final float[] pooled;
    final int[] arg;

    Scratch(Memory memory, long size, long mixedSize, long mixedOut) {
      highest = memory.floats(size);
      mean = memory.floats(mixedSize);
      cdf = memory.floats(mixedSize);
      pdf = memory.floats(mixedSize);
      pooled = memory.floats(mixedOut);
      arg = memory.ints(mixedOut);
    }
  }

  /**
   * Plans the pooling.
   *
   * @param image what the convolution reads
   * @param conv the convolution
   * @param pool the pooling of its results
   */
  ExpectedPool(Spec spec, ImageShape image, Layer.Conv conv, Pool pool) {
    this.pool = pool;
    boolean[] rows = even(image.height(), conv, pool.outHeight(), pool);
    boolean[] columns = even(image.width(), conv, pool.outWidth(), pool);
    int windows = rows.length * columns.length;
    IntPredicate one =
        w -> w >= 0 && w < windows && rows[w / columns.length] && columns[w % columns.length];
    runs = IntStream.rangeClosed(0, windows).filter(w -> one.test(w) != one.test(w - 1)).toArray();
    mixed = IntStream.range(0, windows).filter(w -> !one.test(w)).toArray();
    int side = pool.window();
    mixedPool =
        mixed.length == 0 ? null : new Pool(side, side * mixed.length, pool.channels(), side, side);
    Memory memory = spec.memory();
    long size = spec.ifExpected((long) windows * pool.channels());
    long mixedOut = spec.ifExpected((long) mixed.length * pool.channels());
    long mixedSize = mixedOut * side * side;
    sigma = memory.floats(size);
    mixedSigma = memory.floats(mixedSize);
    scratch = new Scratch[spec.workers().size()];
    Arrays.setAll(scratch, i -> new Scratch(memory, size, mixedSize, mixedOut));
  }

  /** Whether the kernels of a window's first and last pixel, and so of all, are cut alike. */
  private static boolean[] even(int size, Layer.Conv conv, int windows, Pool pool) {
    boolean[] even = new boolean[windows];
    for (int w = 0; w < windows; w++) {
      int first = w * pool.stride() * conv.stride() - conv.padding();
      int last = first + (pool.window() - 1) * conv.stride();
      even[w] =
          Math.min(first, 0) == Math.min(last, 0)
              && Math.max(first + conv.kernel(), size) == Math.max(last + conv.kernel(), size);
    }
    return even;
  }

  /** Pixels of a channel for which the mean is computed. */
  int evaluations() {
    int windows = pool.outHeight() * pool.outWidth();
    return windows - mixed.length + mixed.length * pool.window() * pool.window();
  }

  /**
   * Sets sigma.
   *
   * @param map of all pixels
   */
  void deviation(float[] map) {
    int channels = pool.channels();
    for (int w = 0; w < pool.outHeight() * pool.outWidth(); w++) {
      System.arraycopy(map, pixel(w) * channels, sigma, w * channels, channels);
    }
    copyMixed(map, 0, mixedSigma);
  }

  /** A window's first pixel. */
  private int pixel(int window) {
    int row = window / pool.outWidth() * pool.stride();
    return row * pool.width() + window % pool.outWidth() * pool.stride();
  }

  private void copyMixed(float[] map, int off, float[] to) {
    int channels = pool.channels();
    int length = pool.window() * channels;
    for (int i = 0; i < mixed.length; i++) {
      int from = off + pixel(mixed[i]) * channels;
      for (int row = 0; row < pool.window(); row++) {
        System.arraycopy(
            map,
            from + row * pool.width() * channels,
            to,
            (row * mixed.length + i) * length,
            length);
      }
    }
  }

  /**
   * Pools the means of an image.
   *
   * @param worker whose scratch to use
   * @param mu means of all pixels before ReLU
   * @param muOff where they start
   * @param mean pooled means
   * @param arg where each has its maximum within its window
   * @param meanOff where both start
   * @param cdf derivatives of those means to mu
   * @param pdf and to sigma
   * @param slopeOff where both start
   */
  void forward(
      int worker,
      float[] mu,
      int muOff,
      float[] mean,
      int[] arg,
      int meanOff,
      float[] cdf,
      float[] pdf,
      int slopeOff) {
    MomentKernels moments = Backend.kernels().moments();
    float[] highest = scratch[worker].highest;
    Backend.kernels().layers().maxPool(pool, mu, muOff, highest, 0, arg, meanOff, false);
    for (int run = 0; run < runs.length; run += 2) {
      int at = runs[run] * pool.channels();
      int count = runs[run + 1] * pool.channels() - at;
      moments.reluMeanWithGradients(
          highest,
          at,
          sigma,
          at,
          mean,
          meanOff + at,
          cdf,
          slopeOff + at,
          pdf,
          slopeOff + at,
          count);
    }
    if (mixedPool != null) {
      forwardMixed(scratch[worker], mu, muOff, mean, arg, meanOff, cdf, pdf, slopeOff);
    }
  }

  private void forwardMixed(
      Scratch s,
      float[] mu,
      int muOff,
      float[] mean,
      int[] arg,
      int meanOff,
      float[] cdf,
      float[] pdf,
      int slopeOff) {
    LayerKernels layers = Backend.kernels().layers();
    copyMixed(mu, muOff, s.mean);
    Backend.kernels()
        .moments()
        .reluMeanWithGradients(
            s.mean, 0, mixedSigma, 0, s.mean, 0, s.cdf, 0, s.pdf, 0, mixedSigma.length);
    layers.maxPool(mixedPool, s.mean, 0, s.pooled, 0, s.arg, 0, false);
    scatter(s.pooled, mean, meanOff);
    int channels = pool.channels();
    for (int i = 0; i < mixed.length; i++) {
      System.arraycopy(s.arg, i * channels, arg, meanOff + mixed[i] * channels, channels);
    }
    layers.maxPoolGather(mixedPool, s.cdf, 0, s.arg, 0, s.pooled, 0);
    scatter(s.pooled, cdf, slopeOff);
    layers.maxPoolGather(mixedPool, s.pdf, 0, s.arg, 0, s.pooled, 0);
    scatter(s.pooled, pdf, slopeOff);
  }

  /** Puts values of mixed windows into their places. */
  private void scatter(float[] from, float[] to, int toOff) {
    int channels = pool.channels();
    for (int i = 0; i < mixed.length; i++) {
      System.arraycopy(from, i * channels, to, toOff + mixed[i] * channels, channels);
    }
  }
}
