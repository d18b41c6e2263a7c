package dev.gmr.data.digits;

/**
 * A grey picture that strokes are drawn on, antialiased by the distance to the stroke.
 *
 * <p>Only +, -, *, / and sqrt of doubles: Java computes these alike on every machine.
 */
final class Canvas {
  private final int side;

  /** What is on the picture: 0 black to 1 white. */
  private final double[] grey;

  /** How far the stroke being drawn covers each pixel: 0 to 1. */
  private final double[] cover;

  Canvas(int side) {
    this.side = side;
    grey = new double[side * side];
    cover = new double[side * side];
  }

  /** Covers everything with a plane: {@code level} in the middle, changing along x and y. */
  void fill(double level, double slopeX, double slopeY) {
    double middle = (side - 1) / 2.;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        grey[y * side + x] =
            Math.clamp(level + slopeX * (x - middle) + slopeY * (y - middle), 0., 1.);
      }
    }
  }

  /**
   * Adds a polyline to the stroke being drawn.
   *
   * @param points x0, y0, x1, y1, ... in pixels
   * @param r0 the pen's radius at its beginning
   * @param r1 the pen's radius at its end
   * @param soft half the width of the edge, over which the ink fades out
   */
  void stroke(double[] points, double r0, double r1, double soft) {
    int segments = points.length / 2 - 1;
    for (int s = 0; s < segments; s++) {
      double r = r0 + (r1 - r0) * s / segments;
      segment(points[2 * s], points[2 * s + 1], points[2 * s + 2], points[2 * s + 3], r, soft);
    }
  }

  private void segment(double ax, double ay, double bx, double by, double r, double soft) {
    double reach = r + soft;
    int left = Math.max(0, (int) (Math.min(ax, bx) - reach));
    int right = Math.min(side - 1, (int) (Math.max(ax, bx) + reach) + 1);
    int top = Math.max(0, (int) (Math.min(ay, by) - reach));
    int bottom = Math.min(side - 1, (int) (Math.max(ay, by) + reach) + 1);
    double dx = bx - ax;
    double dy = by - ay;
    double length2 = dx * dx + dy * dy;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = (x - ax) * dx + (y - ay) * dy;
        double t = length2 > 0 ? Math.clamp(along / length2, 0., 1.) : 0;
        double ex = x - (ax + t * dx);
        double ey = y - (ay + t * dy);
        double d2 = ex * ex + ey * ey;
        if (d2 < reach * reach) {
          double c = Math.min(1, (reach - Math.sqrt(d2)) / (2 * soft));
          int i = y * side + x;
          cover[i] = Math.max(cover[i], c);
        }
      }
    }
  }

  /** Lays ink of one grey on what the stroke covers, and begins the next stroke. */
  void ink(double tone) {
    for (int i = 0; i < grey.length; i++) {
      grey[i] += cover[i] * (tone - grey[i]);
      cover[i] = 0;
    }
  }

  /** Writes the picture as side * side unsigned bytes. */
  void copyInto(byte[] out, int offset) {
    for (int i = 0; i < grey.length; i++) {
      out[offset + i] = (byte) (int) (Math.clamp(grey[i], 0., 1.) * 255 + .5);
    }
  }
}
