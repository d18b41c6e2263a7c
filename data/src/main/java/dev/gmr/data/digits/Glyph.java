package dev.gmr.data.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * The ideal form of a written digit: strokes as polylines in the unit box, x to the right, y down.
 *
 * <p>Forms are written as paths of absolute commands: M x y begins a stroke, L x y draws a line, C
 * x1 y1 x2 y2 x y a cubic Bezier curve. Each class has several forms, as people write it.
 */
final class Glyph {
  /** Pieces of a line or curve: fine enough to bend under distortion and look smooth. */
  private static final int PIECES = 9;

  private static final Glyph[][] FORMS = {
    {
      of(
          "M .52 .04 C .26 .02 .16 .28 .17 .52 C .18 .78 .3 .97 .5 .96 C .72 .95 .84 .74 .83 .5"
              + " C .82 .24 .72 .05 .5 .04"),
      of(
          "M .62 .08 C .4 -.03 .2 .2 .17 .5 C .14 .8 .34 1.02 .56 .95 C .78 .88 .88 .6 .82 .36"
              + " C .78 .16 .64 .06 .46 .1"),
      of("M .36 .1 C .1 .3 .14 .94 .5 .96 C .86 .96 .9 .36 .68 .14 C .6 .05 .46 .03 .34 .12"),
    },
    {
      of("M .5 .04 L .5 .96"),
      of("M .3 .24 C .4 .18 .48 .1 .53 .04 L .53 .96"),
      of("M .3 .22 L .52 .04 L .52 .95 M .26 .95 L .78 .95"),
      of("M .24 .3 L .54 .05 L .52 .96"),
    },
    {
      of(
          "M .2 .26 C .24 .08 .4 .03 .53 .04 C .72 .05 .82 .18 .78 .34 C .72 .56 .42 .72 .18 .94"
              + " L .84 .94"),
      of(
          "M .22 .2 C .36 .02 .74 .0 .76 .26 C .78 .5 .5 .8 .24 .92 C .12 .96 .1 .78 .24 .76"
              + " C .44 .74 .6 .98 .86 .86"),
      of("M .18 .14 C .5 -.02 .86 .08 .74 .4 C .66 .6 .4 .8 .2 .92 C .42 .86 .64 .92 .84 .94"),
    },
    {
      of(
          "M .22 .14 C .4 -.02 .76 .02 .75 .25 C .74 .42 .56 .47 .42 .47 C .62 .47 .82 .54 .81 .73"
              + " C .8 .98 .4 1.02 .2 .85"),
      of("M .2 .06 L .76 .06 L .44 .4 C .7 .38 .84 .54 .8 .73 C .75 .98 .36 1.0 .18 .84"),
      of(
          "M .26 .08 C .5 .0 .78 .1 .7 .3 C .64 .42 .54 .46 .44 .48 C .52 .42 .84 .48 .8 .74"
              + " C .76 .94 .44 1.0 .2 .92"),
    },
    {
      of("M .3 .05 L .18 .58 L .84 .58 M .66 .28 L .62 .97"),
      of("M .64 .96 L .64 .04 L .14 .66 L .88 .66"),
      of(
          "M .24 .06 C .2 .3 .16 .52 .3 .55 C .46 .58 .64 .54 .74 .46 M .78 .06 C .74 .4 .68 .7"
              + " .66 .97"),
    },
    {
      of("M .78 .06 L .3 .06 L .24 .45 C .44 .32 .82 .36 .81 .66 C .8 .97 .4 1.02 .18 .85"),
      of(
          "M .3 .07 C .28 .24 .26 .36 .25 .46 C .44 .36 .78 .4 .78 .68 C .77 .94 .42 1.0 .2 .9"
              + " M .3 .07 L .82 .05"),
      of(
          "M .8 .1 C .62 .02 .44 .04 .36 .1 C .28 .2 .24 .34 .28 .42 C .4 .46 .76 .46 .74 .72"
              + " C .72 .94 .4 .98 .22 .88"),
    },
    {
      of("M .7 .05 C .42 .14 .18 .42 .18 .68 C .18 1.06 .82 1.06 .82 .7 C .82 .4 .3 .4 .2 .7"),
      of("M .58 .04 C .36 .2 .2 .56 .24 .78 C .3 1.02 .74 1.0 .76 .76 C .77 .54 .42 .5 .26 .74"),
      of("M .76 .12 C .5 -.06 .16 .3 .18 .68 C .2 1.02 .7 1.04 .78 .76 C .84 .5 .46 .42 .22 .66"),
    },
    {
      of("M .16 .08 L .82 .08 L .42 .96"),
      of("M .18 .08 L .82 .07 C .66 .34 .52 .62 .46 .96 M .34 .52 L .76 .5"),
      of("M .18 .2 C .18 .08 .3 .08 .4 .1 C .56 .14 .7 .12 .84 .06 C .66 .36 .5 .64 .48 .96"),
    },
    {
      of(
          "M .72 .16 C .6 -.02 .28 .02 .28 .24 C .28 .46 .8 .5 .8 .75 C .8 1.04 .2 1.04 .2 .75"
              + " C .2 .5 .72 .46 .74 .24 C .74 .18 .72 .14 .66 .1"),
      of(
          "M .5 .04 C .2 .04 .2 .46 .5 .46 C .8 .46 .8 .04 .5 .04 M .5 .46 C .1 .46 .1 .97 .5 .97"
              + " C .9 .97 .9 .46 .5 .46"),
      of(
          "M .5 .47 C .24 .4 .2 .06 .52 .04 C .84 .06 .74 .38 .48 .48 C .12 .62 .16 .96 .5 .96"
              + " C .84 .96 .84 .6 .5 .47"),
    },
    {
      of("M .78 .28 C .72 -.02 .2 .0 .2 .3 C .2 .6 .72 .56 .78 .24 C .8 .5 .76 .76 .7 .96"),
      of("M .78 .28 C .72 .0 .22 .0 .22 .3 C .22 .58 .7 .54 .78 .26 C .86 .7 .7 1.06 .26 .92"),
      of("M .74 .1 C .4 -.04 .14 .22 .24 .42 C .36 .58 .7 .4 .76 .08 L .74 .96"),
    },
  };

  private final double[][] strokes;

  private Glyph(double[][] strokes) {
    this.strokes = strokes;
  }

  /** The forms of a digit. */
  static Glyph[] forms(int digit) {
    return FORMS[digit];
  }

  /** The strokes: x0, y0, x1, y1, ... each; not to be written to. */
  double[][] strokes() {
    return strokes;
  }

  private static Glyph of(String path) {
    List<double[]> strokes = new ArrayList<>();
    List<Double> points = new ArrayList<>();
    String[] words = path.split(" ", -1);
    double[] p = new double[8];
    int w = 0;
    while (w < words.length) {
      char command = words[w++].charAt(0);
      int arguments = command == 'C' ? 6 : 2;
      for (int i = 0; i < arguments; i++) {
        p[2 + i] = Double.parseDouble(words[w++]);
      }
      if (command == 'M') {
        finish(points, strokes);
        points.add(p[2]);
        points.add(p[3]);
      } else {
        for (int i = 1; i <= PIECES; i++) {
          double t = (double) i / PIECES;
          points.add(command == 'L' ? p[0] + t * (p[2] - p[0]) : bezier(p, 0, t));
          points.add(command == 'L' ? p[1] + t * (p[3] - p[1]) : bezier(p, 1, t));
        }
      }
      p[0] = p[arguments];
      p[1] = p[arguments + 1];
    }
    finish(points, strokes);
    return new Glyph(strokes.toArray(double[][]::new));
  }

  private static void finish(List<Double> points, List<double[]> strokes) {
    if (!points.isEmpty()) {
      strokes.add(points.stream().mapToDouble(Double::doubleValue).toArray());
      points.clear();
    }
  }

  private static double bezier(double[] p, int axis, double t) {
    double s = 1 - t;
    return s * s * s * p[axis]
        + 3 * s * s * t * p[axis + 2]
        + 3 * s * t * t * p[axis + 4]
        + t * t * t * p[axis + 6];
  }
}
