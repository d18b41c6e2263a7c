package dev.gmr.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gmr.train.run.DataFacts;
import dev.gmr.train.run.Environment;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.RobustnessPoint;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final int BLUE = 0x0072B2;
  private static final int VERMILLION = 0xD55E00;

  private static List<RobustnessPoint> points(double slope) {
    return IntStream.range(0, 30)
        .mapToObj(i -> new RobustnessPoint(i / 58.0, 1 - slope * i / 30, 0.9 - slope * i / 30))
        .toList();
  }

  private static boolean has(BufferedImage image, int colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF)
        .anyMatch(rgb -> rgb == colour);
  }

  private static BufferedImage decode(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void tablesAlignNumbersRight() {
    TextTable table =
        new TextTable()
            .row("run", "accuracy", "cost")
            .row("plain", "0.98", "1.00x")
            .row("regularized", "0.975", "12.00x");

    assertThat(table)
        .hasToString(
            """
            run          accuracy    cost
            plain            0.98   1.00x
            regularized     0.975  12.00x
            """);
    assertThatThrownBy(() -> table.row("short")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theComparisonShowsEachRunInItsColour() throws IOException {
    BufferedImage image =
        decode(
            Charts.comparison(
                List.of(
                    new Charts.Curve("plain", points(0.8)),
                    new Charts.Curve("regularized", points(0.2)))));

    assertThat(image.getWidth()).isEqualTo(2240);
    assertThat(image.getHeight()).isEqualTo(800);
    assertThat(has(image, BLUE)).isTrue();
    assertThat(has(image, VERMILLION)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void metricsAreDrawnFromTheFirstEpochOn(int count) throws IOException {
    List<EpochMetrics> epochs =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new EpochMetrics(i, 1.0 / i, 1.0 / i, 0, 0.5, 2.0 / i, 0.4, 0.1, 1))
            .toList();
    BufferedImage image = decode(Charts.metrics(epochs));

    assertThat(has(image, BLUE)).isTrue();
    assertThat(has(image, VERMILLION)).isTrue();
  }

  @Test
  void runsWithoutValidationHaveNoValidationCurve() throws IOException {
    EpochMetrics epoch = new EpochMetrics(1, 1, 1, 0, 0.5, Double.NaN, Double.NaN, 0.1, 1);
    BufferedImage image = decode(Charts.metrics(List.of(epoch)));

    assertThat(has(image, BLUE)).isTrue();
    assertThat(has(image, VERMILLION)).isFalse();
  }

  @Test
  void costsAreOfTheFastestEpoch() {
    List<EpochMetrics> epochs =
        List.of(
            new EpochMetrics(1, 1, 1, 0, 0.5, 1, 0.5, 0.001, 7),
            new EpochMetrics(2, 1, 1, 0, 0.5, 1, 0.5, 0.001, 1.7),
            new EpochMetrics(3, 1, 1, 0, 0.5, 1, 0.5, 0.001, 1.8));
    assertThat(EpochMetrics.fastest(epochs)).isEqualTo(1.7);
  }

  @Test
  void theReportNeedsNothingBesideIt() {
    RunConfig config =
        new RunConfig(
            TrainingConfig.recipe("lenet", "digits"),
            new DataFacts(12_000, 2_000, 28, 1, 10, "aa", "bb"),
            Environment.current(2));
    Summary summary = new Summary(0.98, 0.9, 0.89, 3, 3, 20, "cc");
    byte[] png = Charts.robustness(points(0.5));
    String html =
        HtmlReport.render(
            "Title <&>",
            List.of(
                new HtmlReport.Run("plain", config, summary, 1.857, "gmr train --out 'a<b'", png)),
            png,
            List.of("gmr quickstart"));

    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("Title &lt;&amp;&gt;", "gmr train --out 'a&lt;b'", "0.9800", "1.86x", "cc")
        .contains("src=\"data:image/png;base64,iVBOR")
        .doesNotContain("http:", "https:", "<script", "<link");
  }
}
