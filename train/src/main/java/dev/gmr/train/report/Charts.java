package dev.gmr.train.report;

import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.RobustnessPoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures as PNG bytes, at twice the size they are meant to be shown at. */
public final class Charts {
  private static final int SCALE = 2;
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;

  /** Okabe and Ito's colours, which colour-blind readers tell apart as well. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  private static final BasicStroke SOLID =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke DASHED =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 5f}, 0f);

  /**
   * A run's robustness, to be drawn beside others'.
   *
   * @param name what the legend calls it
   * @param points its points in rising sigma
   */
  public record Curve(String name, List<RobustnessPoint> points) {
    /** Copies the points. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * A series of bars.
   *
   * @param name what the legend calls it
   * @param values heights by name, in the order in which they stand
   */
  public record Bars(String name, Map<String, Double> values) {
    /** Copies the values. */
    public Bars {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  private Charts() {}

  /**
   * Says why this JVM cannot draw, which is so on machines without fonts.
   *
   * @return what to do about it, or empty where pictures can be drawn
   */
  public static Optional<String> obstacle() {
    try {
      BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
      image.createGraphics().getFontMetrics().stringWidth("x");
      return Optional.empty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // The JDK throws whatever its search for fonts ended in.
      return Optional.of(
          "this Java finds no fonts; install fontconfig and a font, for example"
              + " fonts-dejavu-core");
    }
  }

  /**
   * Draws losses and accuracies over the epochs, side by side.
   *
   * @param epochs the epochs, at least one
   * @return a PNG file's bytes
   */
  public static byte[] metrics(List<EpochMetrics> epochs) {
    XYChart loss = chart("Loss", "epoch", null);
    addEpochs(loss, "training", epochs, EpochMetrics::trainLoss, 0, SOLID);
    addEpochs(loss, "validation", epochs, EpochMetrics::validLoss, 1, SOLID);
    if (epochs.stream().anyMatch(e -> e.trainLossExpectation() != 0)) {
      addEpochs(loss, "clean part", epochs, EpochMetrics::trainLossEmpirical, 0, DASHED);
      addEpochs(loss, "expected part", epochs, EpochMetrics::trainLossExpectation, 2, DASHED);
    }
    XYChart accuracy = chart("Accuracy", "epoch", null);
    addEpochs(accuracy, "training", epochs, EpochMetrics::trainAccuracy, 0, SOLID);
    addEpochs(accuracy, "validation", epochs, EpochMetrics::validAccuracy, 1, SOLID);
    for (XYChart panel : List.of(loss, accuracy)) {
      ChartLooks.epochAxis(panel, epochs.get(0).epoch(), epochs.get(epochs.size() - 1).epoch());
    }
    return png(loss, accuracy);
  }

  /**
   * Draws a run's robustness over the strength of noise.
   *
   * @param points the points in rising sigma, at least two
   * @return a PNG file's bytes
   */
  public static byte[] robustness(List<RobustnessPoint> points) {
    XYChart chart =
        chart("Predictions under Gaussian noise", "sigma of the noise", "share of test images");
    addShare(chart, "right", points, RobustnessPoint::rhoLabel, 0, SOLID);
    addShare(chart, "unchanged", points, RobustnessPoint::rhoPrediction, 0, DASHED);
    ChartLooks.shareAxes(chart, floor(points));
    return png(chart);
  }

  /**
   * Draws the robustness of several runs: solid for right predictions, dashed for unchanged ones.
   *
   * @param curves the runs, at most seven
   * @return a PNG file's bytes
   */
  public static byte[] comparison(List<Curve> curves) {
    XYChart right = chart("Right under noise", "sigma of the noise", "share of test images");
    XYChart unchanged = chart("Unchanged by noise", "sigma of the noise", null);
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      addShare(right, curve.name(), curve.points(), RobustnessPoint::rhoLabel, i, SOLID);
      addShare(unchanged, curve.name(), curve.points(), RobustnessPoint::rhoPrediction, i, DASHED);
    }
    double floor = curves.stream().mapToDouble(curve -> floor(curve.points())).min().orElse(0);
    ChartLooks.shareAxes(right, floor);
    ChartLooks.shareAxes(unchanged, floor);
    return png(right, unchanged);
  }

  /**
   * Draws series of bars side by side.
   *
   * @param title what they show
   * @param unit unit of the heights
   * @param series the series, of the same names, at least one and at most seven
   * @return a PNG file's bytes
   */
  public static byte[] bars(String title, String unit, List<Bars> series) {
    CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setYAxisTitle(unit);
    ChartLooks.apply(chart.getStyler());
    chart.getStyler().setYAxisDecimalPattern("0");
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setXAxisMaxLabelCount(series.get(0).values().size());
    chart.getStyler().setAvailableSpaceFill(0.8);
    for (int i = 0; i < series.size(); i++) {
      Bars bars = series.get(i);
      CategorySeries drawn =
          chart.addSeries(
              bars.name(),
              List.copyOf(bars.values().keySet()),
              List.copyOf(bars.values().values()));
      drawn.setFillColor(COLOURS.get(i % COLOURS.size()));
    }
    return png(chart);
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y == null ? "" : y);
    ChartLooks.apply(chart.getStyler());
    chart.getStyler().setYAxisTitleVisible(y != null);
    return chart;
  }

  private static void addShare(
      XYChart chart,
      String name,
      List<RobustnessPoint> points,
      ToDoubleFunction<RobustnessPoint> value,
      int colour,
      BasicStroke stroke) {
    double[] x = points.stream().mapToDouble(RobustnessPoint::sigma).toArray();
    add(chart, name, x, points.stream().mapToDouble(value).toArray(), colour, stroke);
  }

  /** The smallest share shown, rounded down to a tenth, so that panels compare. */
  private static double floor(List<RobustnessPoint> points) {
    double least =
        points.stream().mapToDouble(p -> Math.min(p.rhoLabel(), p.rhoPrediction())).min().orElse(0);
    return Math.min(Math.floor(least * 10) / 10, 0.9);
  }

  private static void addEpochs(
      XYChart chart,
      String name,
      List<EpochMetrics> epochs,
      ToDoubleFunction<EpochMetrics> value,
      int colour,
      BasicStroke stroke) {
    double[] x = epochs.stream().mapToDouble(EpochMetrics::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    if (!Double.isNaN(y[0])) {
      add(chart, name, x, y, colour, stroke);
    }
  }

  private static void add(
      XYChart chart, String name, double[] x, double[] y, int colour, BasicStroke stroke) {
    Color ink = COLOURS.get(colour % COLOURS.size());
    Marker marker = x.length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE;
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(marker).setMarkerColor(ink);
    series.setLineColor(ink).setLineStyle(stroke);
  }

  private static byte[] png(Chart<?, ?>... panels) {
    BufferedImage image =
        new BufferedImage(
            SCALE * WIDTH * panels.length, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    for (Chart<?, ?> panel : panels) {
      panel.paint(graphics, WIDTH, HEIGHT);
      graphics.translate(WIDTH, 0);
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.setUseCache(false); // would need a folder for temporary files
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this JDK writes no PNG");
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory is always writable", e);
    }
    return out.toByteArray();
  }
}
