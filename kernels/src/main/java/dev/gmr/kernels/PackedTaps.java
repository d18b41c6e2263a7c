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

  /** By the width of a panel of input channels. */
  private static final PanelStrides WHOLE = PanelStrides.of(1, PANEL);

  private static final PanelStrides HALF = PanelStrides.of(1, Conv2d.UNIT);

  /** Panels of input channels that go together: what packing the gradients is worth. */
  private static final int PART = 4;

  /** Results to pack at least, where there are as many: worth a tile's loads and stores. */
  private static final int RESULTS = 256;

  /** Results of an image from which on one image's are worth a tile's loads and stores. */
  private static final int RUN = 100;

  private final Axis rows;
  private final Axis columns;
  private final int inChannels;
  private final int outChannels;

  /** Images to pack together. */
  private final int images;

  /**
   * Whether the taps in a column of the kernel share what is packed: then an image's rows are a run
   * of terms by themselves, which they should be long enough for.
   */
  private final boolean shared;

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
    shared = stride == 1 && rows.out * columns.out >= RUN;
  }

  private static int[] rowsOf(int width) {
    int[] at = new int[PANEL + TileKernels.SPARE];
    Arrays.setAll(at, i -> i * width);
    return at;
  }

  /** Floats of scratch that {@link #run} needs. */
  int scratchSize() {
    int parts = Math.min(PART * PANEL, inChannels);
    int pixels = shared ? rows.in : rows.out;
    return Math.multiplyExact(images * columns.out, pixels * parts + rows.out * outChannels);
  }

  /** Parts of a tap, or of a column of them. */
  private int parts() {
    return Math.ceilDiv(inChannels, PART * PANEL);
  }

  /** Input channels of the part that starts at one. */
  private int channels(int first) {
    return Math.min(PART * PANEL, inChannels - first);
  }

  /** Number of parts of all the weights. */
  int count() {
    return (shared ? 1 : rows.first.length) * columns.first.length * parts();
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
    int channel = part % parts() * PART * PANEL;
    int tap = part / parts();
    for (int n = 0; n == 0 || n < total; n += images) {
      int count = Math.min(images, total - n);
      int xAt = xOff + n * rows.in * columns.in * inChannels + channel;
      int dyAt = dyOff + n * rows.out * columns.out * outChannels;
      boolean zero = fresh && n == 0;
      if (shared) {
        column(tap, channel, count, x, xAt, dy, dyAt, zero, dw, dwOff, scratch);
      } else {
        int ky = tap / columns.first.length;
        int kx = tap % columns.first.length;
        single(ky, kx, channel, count, x, xAt, dy, dyAt, zero, dw, dwOff, scratch);
      }
    }
  }

  /** Packs what one tap needs, of all images together. */
  private void single(
      int ky,
      int kx,
      int channel,
      int count,
      float[] x,
      int xAt,
      float[] dy,
      int dyAt,
      boolean fresh,
      float[] dw,
      int dwOff,
      float[] scratch) {
    int terms = count * rows.count[ky] * columns.count[kx];
    int channels = channels(channel);
    int b = terms * channels;
    packPixels(kx, rows.place[ky], rows.count[ky], rows.stride, count, channels, x, xAt, scratch);
    packGradients(kx, rows.first[ky], rows.count[ky], count, dy, dyAt, scratch, b);
    multiply(ky, kx, channel, terms, scratch, 0, terms, b, 0, terms, fresh, dw, dwOff);
  }

  /** Packs whole columns, which the taps of a column of the kernel share, image by image. */
  private void column(
      int kx,
      int channel,
      int count,
      float[] x,
      int xAt,
      float[] dy,
      int dyAt,
      boolean fresh,
      float[] dw,
      int dwOff,
      float[] scratch) {
    int width = columns.count[kx];
    int channels = channels(channel);
    int pixels = count * rows.in * width;
    int results = count * rows.out * width;
    int b = pixels * channels;
    packPixels(kx, 0, rows.in, 1, count, channels, x, xAt, scratch);
    packGradients(kx, 0, rows.out, count, dy, dyAt, scratch, b);
    for (int ky = 0; ky < rows.first.length; ky++) {
      int terms = count == 0 ? 0 : rows.count[ky] * width;
      for (int n = 0; n == 0 || n < count; n++) {
        int a = (n * rows.in + rows.place[ky]) * width;
        int g = (n * rows.out + rows.first[ky]) * width;
        boolean zero = fresh && n == 0;
        multiply(ky, kx, channel, terms, scratch, a, pixels, b, g, results, zero, dw, dwOff);
      }
    }
  }

  /**
   * Packs pixels that a column of the kernel meets, panel after panel of their channels. Where it
   * meets none, their place may lie behind the image.
   */
  private void packPixels(
      int kx,
      int firstRow,
      int rowCount,
      int rowStride,
      int count,
      int channels,
      float[] x,
      int xAt,
      float[] packed) {
    TileKernels tiles = Backend.kernels().tiles();
    if (columns.count[kx] == 0) {
      return;
    }
    int row = columns.in * inChannels;
    int at = xAt + firstRow * row + columns.place[kx] * inChannels;
    int to = 0;
    for (int c = 0; c < channels; c += PANEL) {
      int width = Math.min(PANEL, channels - c);
      for (int n = 0; n < count; n++) {
        tiles.gather(
            rowCount,
            columns.count[kx],
            width,
            x,
            at + n * rows.in * row + c,
            rowStride * row,
            columns.stride * inChannels,
            packed,
            to);
        to += rowCount * columns.count[kx] * width;
      }
    }
  }

  /** Packs the gradients of the results that meet them. */
  private void packGradients(
      int kx,
      int firstRow,
      int rowCount,
      int count,
      float[] dy,
      int dyAt,
      float[] packed,
      int packedAt) {
    TileKernels tiles = Backend.kernels().tiles();
    if (columns.count[kx] == 0) {
      return;
    }
    int row = columns.out * outChannels;
    int at = dyAt + firstRow * row + columns.first[kx] * outChannels;
    int to = packedAt;
    for (int o = 0; o < outChannels; o += PANEL) {
      int width = Math.min(PANEL, outChannels - o);
      for (int n = 0; n < count; n++) {
        int from = at + n * rows.out * row + o;
        tiles.gather(rowCount, columns.count[kx], width, dy, from, row, outChannels, packed, to);
        to += rowCount * columns.count[kx] * width;
      }
    }
  }

  /**
   * Multiplies packed pixels, of which each panel has {@code aTerms} and the first to take is
   * {@code a}, with as many gradients behind {@code b}.
   */
  private void multiply(
      int ky,
      int kx,
      int channel,
      int terms,
      float[] packed,
      int a,
      int aTerms,
      int b,
      int g,
      int gTerms,
      boolean fresh,
      float[] dw,
      int dwOff) {
    TileKernels tiles = Backend.kernels().tiles();
    int taps = rows.first.length * columns.first.length;
    int tap = ky * columns.first.length + kx;
    int channels = channels(channel);
    for (int c = 0; c < channels; c += PANEL) {
      int height = Math.min(PANEL, channels - c);
      for (int o = 0; o < outChannels; o += PANEL) {
        int width = Math.min(PANEL, outChannels - o);
        tiles.strided(
            (height == PANEL ? WHOLE : HALF).of(width),
            height,
            width,
            terms,
            packed,
            c * aTerms + a * height,
            packed,
            b + o * gTerms + g * width,
            fresh ? zeros : null,
            0,
            dw,
            dwOff + o * taps * inChannels + (tap * inChannels + channel + c) * width,
            width == PANEL ? wholeRow : unitRow,
            0);
      }
    }
  }
}
