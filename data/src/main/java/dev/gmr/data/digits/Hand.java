package dev.gmr.data.digits;

import dev.gmr.data.SplitMix64;

/**
 * One writer's way with one digit: slant, size, rotation, place, and a smooth random distortion.
 * Maps points of the unit box to pixels.
 */
final class Hand {
  /** Knots of the distortion in each direction. */
  private static final int KNOTS = 4;

  private final double[] bend = new double[2 * KNOTS * KNOTS];
  private final double xx;
  private final double xy;
  private final double yx;
  private final double yy;
  private final double centreX;
  private final double centreY;

  Hand(SplitMix64 random, int side) {
    double amount = random.uniform(.03, .11);
    for (int i = 0; i < bend.length; i++) {
      bend[i] = random.uniform(-amount, amount);
    }
    double height = side * random.uniform(.56, .76);
    double width = height * random.uniform(.55, .95);
    double slant = random.uniform(-.4, .25);
    // Half-angle tangent: a rotation without sine and cosine, up to +-14 degrees.
    double t = random.uniform(-.12, .12);
    double cos = (1 - t * t) / (1 + t * t);
    double sin = 2 * t / (1 + t * t);
    xx = cos * width;
    xy = cos * slant * height - sin * height;
    yx = sin * width;
    yy = sin * slant * height + cos * height;
    centreX = (side - 1) / 2. + random.uniform(-3, 3);
    centreY = (side - 1) / 2. + random.uniform(-3, 3);
  }

  /** Maps x0, y0, x1, y1, ... from the unit box to pixels. */
  double[] place(double[] points) {
    double[] out = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      double x = points[i] - .5 + bent(points[i], points[i + 1], 0);
      double y = points[i + 1] - .5 + bent(points[i], points[i + 1], 1);
      out[i] = centreX + xx * x + xy * y;
      out[i + 1] = centreY + yx * x + yy * y;
    }
    return out;
  }

  /** The displacement along an axis: between the knots, cubic steps keep it smooth. */
  private double bent(double x, double y, int axis) {
    double u = Math.clamp(x, 0., .999) * (KNOTS - 1);
    double v = Math.clamp(y, 0., .999) * (KNOTS - 1);
    int i = (int) u;
    int j = (int) v;
    double a = step(u - i);
    double b = step(v - j);
    double upper = knot(i, j, axis) * (1 - a) + knot(i + 1, j, axis) * a;
    double lower = knot(i, j + 1, axis) * (1 - a) + knot(i + 1, j + 1, axis) * a;
    return upper * (1 - b) + lower * b;
  }

  private double knot(int i, int j, int axis) {
    return bend[2 * (j * KNOTS + i) + axis];
  }

  private static double step(double t) {
    return t * t * (3 - 2 * t);
  }
}
