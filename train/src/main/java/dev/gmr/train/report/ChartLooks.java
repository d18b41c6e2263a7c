package dev.gmr.train.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The looks that all charts share: white ground, thin grid, no frames, one font. */
final class ChartLooks {
  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xE3E3E3);

  private ChartLooks() {}

  static void apply(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setChartFontColor(INK);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(GRID);
    styler.setAxisTicksLineVisible(false);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendPadding(14);
    styler.setChartPadding(14);
    styler.setMarkerSize(7);
    styler.setAntiAlias(true);
    styler.setTextAntiAlias(true);
  }

  /** Whole epochs, with room for a single one. */
  static void epochAxis(XYChart chart, int first, int last) {
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(first == last ? first - 1.0 : first);
    styler.setXAxisMax(first == last ? last + 1.0 : last);
    styler.setXAxisDecimalPattern("#");
    styler.setXAxisMaxLabelCount(Math.min(last - first + 1, 10));
  }

  /** Noise from 0 on, shares up to 1. */
  static void shareAxes(XYChart chart, double floor) {
    XYStyler styler = chart.getStyler();
    roundTicks(chart, floor);
    styler.setXAxisMin(0.0);
    styler.setXAxisDecimalPattern("0.0#");
    styler.setYAxisDecimalPattern("0.0#");
    styler.setYAxisMin(floor);
    styler.setYAxisMax(1.0);
  }

  /**
   * Ticks stand at the curves' own x where those are equally spaced, however odd the numbers; a
   * point that is not drawn breaks the spacing, and round numbers are chosen instead.
   */
  private static void roundTicks(XYChart chart, double y) {
    XYSeries unseen = chart.addSeries("ticks", new double[] {0.001}, new double[] {y});
    unseen.setMarker(SeriesMarkers.NONE);
    unseen.setShowInLegend(false);
  }
}
