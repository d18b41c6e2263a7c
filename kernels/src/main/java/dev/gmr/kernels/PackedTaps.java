package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.Arrays;

/**
 * The gradient of a convolution's weights, one element of the kernel (tap) after the other. Its
 * terms are the results that have the element on the image: their gradients are packed, panel by
 * panel, and so are the pixels that they meet, so that {@link TileKernels#strided} finds both at
 * one distance.
 */
final class PackedTaps {
  private static final int PANEL = Conv2d.PANEL;

  /** Panels of input channels that go together: what packing the gradients is worth. */
  private static final int PART = 4;

  /** Results to pack at least, where there are as many: worth a tile's loads and stores. */
  private static final int RESULTS = 256;

  private final Axis rows;
  private final Axis columns;
  private final int inChannels;
  private final int outChannels;

  /** Images to pack together. */
  private final int images;

  /** Multiples of {@link #PANEL} and of {@link Conv2d#UNIT}: rows of a panel of the gradient. */
  private final int[] wholeRow = rowsOf(PANEL);

  private final int[] unitRow = rowsOf(Conv2d.UNIT);
  private final float[] zeros = new float[PANEL];

  /**
   * Along one axis: sizes of image and result, and for each element of the kernel the first result
   * that has it on the image, their number, and the first one's place in the image.
   */
  private static final class Axis {
    final int in;
    final int out;
    final int stride;
    final int[] first;
    final int[] count;
    final int[] place;

    Axis(int in, int out, int kernel, int stride, int padding) {
      this.in = in;
      this.out = out;
      this.stride = stride;
      first = new int[kernel];
      count = new int[kernel];
      place = new int[kernel];
      for (int k = 0; k < kernel; k++) {
        first[k] = Math.max(0, Math.ceilDiv(padding - k, stride));
        int end = Math.min(out, Math.floorDiv(in - 1 + padding - k, stride) + 1);
        count[k] = Math.max(0, end - first[k]);
        place[k] = first[k] * stride + k - padding;
      }
    }
  }

  PackedTaps(
      int height,
      int width,
      int inChannels,
      int outChannels,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding) {
    rows =
        new Axis(
            height,
            (height + 2 * padding - kernelHeight) / stride + 1,
            kernelHeight,
            stride,
            padding);
    columns =
        new Axis(
            width, (width + 2 * padding - kernelWidth) / stride + 1, kernelWidth, stride, padding);
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    images = Math.ceilDiv(RESULTS, rows.out * columns.out);
  }

  private static int[] rowsOf(int width) {
    int[] at = new int[PANEL + TileKernels.SPARE];
    Arrays.setAll(at, i -> i * width);
    return at;
  }

  /** Floats of scratch that {@link #run} needs. */
  int scratchSize() {
    int parts = Math.min(PART * PANEL, inChannels);
    return Math.multiplyExact(images * rows.out * columns.out, parts + outChannels);
  }

  /** Parts of a tap. */
  private int parts() {
    return Math.ceilDiv(inChannels, PART * PANEL);
  }

  /** Number of parts of all the weights. */
  int count() {
    return rows.first.length * columns.first.length * parts();
  }

  /**
   * Computes a part of the gradient.
   *
   * @param part which
   * @param total number of images
   * @param fresh whether to start from zeros instead of what {@code dw} holds
   * @param dw the weights' gradient, in the layout of {@link Conv2d}
   */
  void run(
      int part,
      int total,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      boolean fresh,
      float[] dw,
      int dwOff,
      float[] scratch) {
    int tap = part / parts();
    int firstPanel = part % parts() * PART;
    int channel = firstPanel * PANEL;
    int channels = Math.min(PART * PANEL, inChannels - channel);
    int ky = tap / columns.first.length;
    int kx = tap % columns.first.length;
    int each = rows.count[ky] * columns.count[kx];
    int xSize = rows.in * columns.in * inChannels;
    int dySize = rows.out * columns.out * outChannels;
    int taps = rows.first.length * columns.first.length;
    int xAt = xOff + (rows.place[ky] * columns.in + columns.place[kx]) * inChannels + channel;
    int dyAt = dyOff + (rows.first[ky] * columns.out + columns.first[kx]) * outChannels;
    for (int n = 0; n == 0 || n < total; n += images) {
      int count = Math.min(images, total - n);
      int terms = count * each;
      int packed = terms * channels;
      pack(
          count,
          channels,
          x,
          xAt + n * xSize,
          xSize,
          rows.stride * columns.in * inChannels,
          columns.stride * inChannels,
          ky,
          kx,
          scratch,
          0);
      pack(
          count,
          outChannels,
          dy,
          dyAt + n * dySize,
          dySize,
          columns.out * outChannels,
          outChannels,
          ky,
          kx,
          scratch,
          packed);
      multiply(tap, taps, channel, channels, terms, scratch, fresh && n == 0, dw, dwOff);
    }
  }

  /** Copies the tap's pixels, panel after panel of their channels. */
  private void pack(
      int count,
      int channels,
      float[] from,
      int fromAt,
      int image,
      int row,
      int pixel,
      int ky,
      int kx,
      float[] to,
      int toAt) {
    TileKernels tiles = Backend.kernels().tiles();
    int at = toAt;
    for (int c = 0; c < channels; c += PANEL) {
      int width = Math.min(PANEL, channels - c);
      for (int n = 0; n < count; n++) {
        for (int y = 0; y < rows.count[ky]; y++) {
          int rowAt = fromAt + n * image + y * row + c;
          tiles.gather(columns.count[kx], width, from, rowAt, pixel, to, at);
          at += columns.count[kx] * width;
        }
      }
    }
  }

  private void multiply(
      int tap,
      int taps,
      int channel,
      int channels,
      int terms,
      float[] packed,
      boolean fresh,
      float[] dw,
      int dwOff) {
    TileKernels tiles = Backend.kernels().tiles();
    for (int c = 0; c < channels; c += PANEL) {
      int height = Math.min(PANEL, channels - c);
      for (int o = 0; o < outChannels; o += PANEL) {
        int width = Math.min(PANEL, outChannels - o);
        int to = dwOff + o * taps * inChannels + (tap * inChannels + channel + c) * width;
        tiles.strided(
            height,
            width,
            terms,
            packed,
            c * terms,
            1,
            height,
            packed,
            (channels + o) * terms,
            width,
            fresh ? zeros : null,
            0,
            dw,
            to,
            width == PANEL ? wholeRow : unitRow,
            0);
      }
    }
  }
}
