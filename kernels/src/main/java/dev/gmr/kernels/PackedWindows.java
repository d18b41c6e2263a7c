package dev.gmr.kernels;

import dev.gmr.kernels.spi.TileKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums over windows of images that were packed so that the rows of a register tile lie side by
 * side: for every pixel and channel, {@link #LANES} floats, those of the same channel in all images
 * of a call and, while there is room, in the next pixels too. A window's elements then lie {@link
 * #LANES} apart over as many channels and pixels as it has side by side, its weights a panel's
 * width apart, and {@link TileKernels#strided} does the rest. What a pixel's window has in the
 * image is the same in every image: nothing is multiplied with padding.
 */
final class PackedWindows {
  /** Floats for each pixel and channel, of which {@link #ROWS} at most are used. */
  private static final int LANES = TileKernels.LANES;

  /** Images that a call may take, and rows of a tile: what the tallest one has. */
  static final int ROWS = TileKernels.ROWS;

  private static final PanelStrides STRIDES = PanelStrides.of(1, LANES);

  /** Images below which a border's pixels, one at a time, make too low tiles. */
  static final int LEAST_IMAGES = 2;

  private final int height;
  private final int width;
  private final int channels;
  private final int step;
  private final int cPixel;

  /** By number of images and of pixels in reach, the offsets of a tile's lanes in the images. */
  private final int[][][] aLane = new int[ROWS + 1][][];

  /** By number of images, the offsets of the rows of c that a tile's lanes stand for. */
  private final int[][] cLane = new int[ROWS + 1][];

  /** Pixels side by side with windows cut alike, and the pieces of their windows. */
  private record Strip(int a, int c, int pixels, List<Piece> pieces) {}

  /** Terms side by side: where they start from the window's, in a and among the weights' rows. */
  private record Piece(int a, int b, int terms) {}

  private final Strip[] strips;

  private PackedWindows(Builder builder) {
    height = builder.height;
    width = builder.width;
    channels = builder.channels;
    step = builder.step;
    cPixel = builder.cPixel;
    strips = builder.strips.toArray(Strip[]::new);
    for (int images = 1; images <= ROWS; images++) {
      cLane[images] = lanes(LANES + TileKernels.SPARE, images, cPixel, builder.cImage, ROWS);
      aLane[images] = new int[pixels(images)][];
      for (int near = 1; near <= pixels(images); near++) {
        aLane[images][near - 1] =
            lanes(LANES, images, step * channels, height * width * channels, near);
      }
    }
  }

  /** Offsets of images side by side for one pixel after the other; the last pixel is repeated. */
  private static int[] lanes(int count, int images, int pixel, int image, int pixels) {
    int[] at = new int[count];
    Arrays.setAll(at, lane -> Math.min(lane / images, pixels - 1) * pixel + lane % images * image);
    return at;
  }

  /** Gathers the pixels of a result. */
  static final class Builder {
    private final int height;
    private final int width;
    private final int channels;
    private final int step;
    private final int kernelWidth;
    private final int cPixel;
    private final int cImage;
    private final List<Strip> strips = new ArrayList<>();
    private final Map<Window, List<Piece>> windows = new HashMap<>();

    private record Window(List<Contraction.Tap> y, List<Contraction.Tap> x) {}

    /**
     * Starts with the images' shape.
     *
     * @param step pixels of an image from one pixel of a strip to the next
     * @param kernelWidth elements in a row of the kernel
     * @param cPixel floats of c from one pixel of a strip to the next
     * @param cImage floats of c from one image to the next
     */
    Builder(
        int height, int width, int channels, int step, int kernelWidth, int cPixel, int cImage) {
      this.height = height;
      this.width = width;
      this.channels = channels;
      this.step = step;
      this.kernelWidth = kernelWidth;
      this.cPixel = cPixel;
      this.cImage = cImage;
    }

    /** Adds the pixel at c; it joins the strip of the last one if it may. */
    void add(Contraction.Taps y, Contraction.Taps x, int c) {
      List<Piece> pieces = windows.computeIfAbsent(new Window(y.taps(), x.taps()), this::pieces);
      int a = (y.base() * width + x.base()) * channels * LANES;
      Strip last = strips.isEmpty() ? null : strips.getLast();
      if (last != null
          && last.pieces.equals(pieces)
          && a == last.a + last.pixels * step * channels * LANES
          && c == last.c + last.pixels * cPixel) {
        strips.removeLast();
        strips.add(new Strip(last.a, last.c, last.pixels + 1, pieces));
      } else {
        strips.add(new Strip(a, c, 1, pieces));
      }
    }

    private List<Piece> pieces(Window window) {
      List<Piece> pieces = new ArrayList<>();
      for (Contraction.Tap y : window.y) {
        for (Contraction.Tap x : window.x) {
          int a = (y.a() * width + x.a()) * channels * LANES;
          int b = (y.b() * kernelWidth + x.b()) * channels;
          Piece last = pieces.isEmpty() ? null : pieces.getLast();
          if (last != null && a == last.a + last.terms * LANES && b == last.b + last.terms) {
            pieces.removeLast();
            pieces.add(new Piece(last.a, last.b, last.terms + channels));
          } else {
            pieces.add(new Piece(a, b, channels));
          }
        }
      }
      if (pieces.isEmpty()) {
        // a pixel that no result saw: its sum starts and ends
        pieces.add(new Piece(0, 0, 0));
      }
      return List.copyOf(pieces);
    }

    PackedWindows build() {
      return new PackedWindows(this);
    }
  }

  /** Floats of packed images, however many they are. */
  int packedSize() {
    return Math.multiplyExact(height * width * channels, LANES);
  }

  /** Pixels of a tile. */
  private static int pixels(int images) {
    return ROWS / images;
  }

  /** Packs images. */
  void pack(int images, float[] x, int xOff, float[] packed) {
    TileKernels tiles = Backend.kernels().tiles();
    int count = height * width;
    for (int pixel = 0; pixel < count; pixel++) {
      // the next ones may lie in the next row, as a strip's do where windows are single pixels
      int near = Math.min(pixels(images), (count - pixel + step - 1) / step);
      int at = pixel * channels;
      tiles.interleave(channels, x, xOff + at, aLane[images][near - 1], packed, at * LANES, LANES);
    }
  }

  /** Computes a panel of the results of all windows; other arguments as of the kernel. */
  void run(
      int images,
      float[] packed,
      float[] b,
      int bOff,
      int panel,
      float[] bias,
      int biasOff,
      float[] c,
      int cOff) {
    TileKernels tiles = Backend.kernels().tiles();
    int most = pixels(images);
    for (Strip strip : strips) {
      for (int p = 0; p < strip.pixels; p += most) {
        int rows = Math.min(most, strip.pixels - p) * images;
        int a = strip.a + p * step * channels * LANES;
        int at = cOff + strip.c + p * cPixel;
        float[] start = bias;
        for (int i = 0; i < strip.pieces.size(); i++) {
          Piece piece = strip.pieces.get(i);
          tiles.strided(
              STRIDES.of(panel),
              rows,
              panel,
              piece.terms,
              packed,
              a + piece.a,
              b,
              bOff + piece.b * panel,
              start,
              biasOff,
              c,
              at,
              cLane[images],
              0);
          start = null;
        }
      }
    }
  }
}
