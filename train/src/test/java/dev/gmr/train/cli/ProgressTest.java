package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.run.EpochMetrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

  @Test
  void anEpochIsOneLine() {
    EpochMetrics metrics = new EpochMetrics(3, 0.5, 0.5, 0, 0.9, 0.4, 0.95, 1e-4, 12.34);

    assertThat(ProgressLines.line(metrics, 100, true))
        .isEqualTo(
            "epoch   3/100  train loss 0.5000 acc 0.9000  valid loss 0.4000 acc 0.9500"
                + "  lr 0.000100  12.3 s  best");
  }

  @Test
  void withoutValidationTheLineIsShorter() {
    EpochMetrics metrics = new EpochMetrics(1, 0.5, 0.5, 0, 0.9, Double.NaN, Double.NaN, 0.1, 1);

    assertThat(ProgressLines.line(metrics, 1, false))
        .isEqualTo("epoch 1/1  train loss 0.5000 acc 0.9000  lr 0.100  1.0 s");
  }

  @Test
  void barsShowStepsAndVanishBehindEpochLines() {
    ProgressBars bars = new ProgressBars(stream, 90);
    bars.begin(2, 10, 10);
    for (int step = 1; step <= 10; step++) {
      bars.step(2, step, 10, 0.25, 1234);
    }
    bars.phase("validation", 5);
    bars.advance(5);
    bars.epochDone(new EpochMetrics(2, 0.25, 0.25, 0, 0.9, 0.2, 0.9, 0.1, 1), false);
    bars.end();
    bars.end();

    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("epoch 2/2", "10/10", "0.2500", "1234 img/s", "0:00 left");
    assertThat(shown).contains("validation").contains("\repoch 2/2  train loss 0.2500");
    assertThat(shown.chars().filter(c -> c == '\n')).hasSize(2);
  }

  @Test
  void aRunWithNothingLeftSaysWhy() {
    ProgressLines lines = new ProgressLines(stream);
    lines.nothingLeft(10, false);
    lines.nothingLeft(7, true);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            all 10 epochs are trained; a larger --epochs goes on
            training ended after epoch 7 for want of a better validation loss
            """);
  }

  @Test
  void timesAreClocks() {
    assertThat(ProgressBars.clock(Duration.ofSeconds(65))).isEqualTo("1:05");
    assertThat(ProgressBars.clock(Duration.ofSeconds(2 * 3600 + 61))).isEqualTo("2:01 h");
  }
}
