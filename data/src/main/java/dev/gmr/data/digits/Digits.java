package dev.gmr.data.digits;

import dev.gmr.data.ImageSet;
import dev.gmr.data.SplitMix64;
import dev.gmr.data.SplitMix64.Purpose;
import java.util.stream.IntStream;

/**
 * The embedded data set: 28x28 grey digits 0 to 9, white ink on black, that the project draws.
 *
 * <p>Each image has a random stream of its own and is computed with exactly rounded arithmetic
 * alone, so the set has the same bits on every machine, however many threads draw it. Image i shows
 * the digit i mod 10: the first n images are balanced for every n. Strokes vary in form, slant,
 * size, rotation, place, thickness and contrast; the background is uneven; faint stray strokes and
 * specks lie about.
 */
public final class Digits {
  /** Height and width of an image. */
  public static final int SIDE = 28;

  /** Number of training images. */
  public static final int TRAIN = 12_000;

  /** Number of test images. */
  public static final int TEST = 2_000;

  /** {@link ImageSet#sha256} of the training images. */
  public static final String TRAIN_SHA256 =
      "a4e58073f351cceb4723953bba30a309c842627fff3a358e3bf66f25b035613b";

  /** {@link ImageSet#sha256} of the test images. */
  public static final String TEST_SHA256 =
      "313acb980bef4d0a849243374b85c682940885f473faf1e58d7774b1b55eff5f";

  private static final int CLASSES = 10;

  private Digits() {}

  /**
   * Draws the training images.
   *
   * @return 12,000 images
   */
  public static ImageSet train() {
    return draw(Purpose.DIGITS_TRAIN, TRAIN);
  }

  /**
   * Draws the test images.
   *
   * @return 2,000 images
   */
  public static ImageSet test() {
    return draw(Purpose.DIGITS_TEST, TEST);
  }

  private static ImageSet draw(Purpose purpose, int images) {
    byte[] pixels = new byte[images * SIDE * SIDE];
    byte[] labels = new byte[images];
    IntStream.range(0, images)
        .parallel()
        .forEach(
            i -> {
              int digit = i % CLASSES;
              labels[i] = (byte) digit;
              draw(digit, new SplitMix64(purpose, i)).copyInto(pixels, i * SIDE * SIDE);
            });
    return ImageSet.wrap(SIDE, SIDE, 1, CLASSES, pixels, labels);
  }

  private static Canvas draw(int digit, SplitMix64 random) {
    Canvas canvas = new Canvas(SIDE);
    double paper = random.uniform(0, .3);
    canvas.fill(paper, random.uniform(-.006, .006), random.uniform(-.006, .006));
    double ink = paper + (1 - paper) * random.uniform(.3, 1);
    clutter(canvas, random, paper, ink);
    Glyph[] forms = Glyph.forms(digit);
    Glyph form = forms[random.nextInt(forms.length)];
    Hand hand = new Hand(random, SIDE);
    double radius = random.uniform(.55, 1.45);
    double soft = random.uniform(.45, .8);
    for (double[] stroke : form.strokes()) {
      canvas.stroke(
          hand.place(stroke),
          radius * random.uniform(.8, 1.2),
          radius * random.uniform(.8, 1.2),
          soft);
    }
    canvas.ink(ink);
    return canvas;
  }

  /** Stray strokes and specks, fainter than the digit. */
  private static void clutter(Canvas canvas, SplitMix64 random, double paper, double ink) {
    int strays = random.nextInt(3);
    for (int i = 0; i < strays; i++) {
      double x = random.uniform(0, SIDE);
      double y = random.uniform(0, SIDE);
      double[] line = {
        x, y, x + random.uniform(-9, 9), y + random.uniform(-9, 9),
      };
      double radius = random.uniform(.3, .9);
      canvas.stroke(line, radius, radius, .6);
      canvas.ink(paper + (ink - paper) * random.uniform(.15, .6));
    }
    int specks = random.nextInt(6);
    for (int i = 0; i < specks; i++) {
      double x = random.uniform(0, SIDE);
      double y = random.uniform(0, SIDE);
      double radius = random.uniform(.1, .7);
      canvas.stroke(new double[] {x, y, x, y}, radius, radius, .5);
      canvas.ink(paper + (ink - paper) * random.uniform(.2, .8));
    }
  }
}
