package dev.gmr.train.cli;

import dev.gmr.train.run.EpochMetrics;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress for a terminal: a bar for the epoch or phase at hand with the time that is left of the
 * whole run, and a line for each epoch that is done.
 */
final class ProgressBars extends ProgressLines {
  private static final int UPDATE_MILLIS = 200;

  private final PrintStream err;
  private final int columns;
  private ProgressBar bar;
  private int barEpoch;
  private int totalEpochs;
  private long totalSteps;
  private long firstStep;
  private long firstNanos;

  ProgressBars(PrintStream err, int columns) {
    super(err);
    this.err = err;
    this.columns = columns;
  }

  @Override
  public void begin(int totalEpochs, int stepsPerEpoch, long resumedAtStep) {
    super.begin(totalEpochs, stepsPerEpoch, resumedAtStep);
    this.totalEpochs = totalEpochs;
    totalSteps = (long) totalEpochs * stepsPerEpoch;
    firstStep = resumedAtStep;
    firstNanos = System.nanoTime();
  }

  @Override
  public void step(
      int epoch, int step, int stepsPerEpoch, double runningLoss, double samplesPerSecond) {
    if (bar == null || barEpoch != epoch) {
      open("epoch " + epoch + "/" + totalEpochs, stepsPerEpoch);
      barEpoch = epoch;
    }
    long done = (epoch - 1L) * stepsPerEpoch + step;
    bar.stepTo(step);
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.4f, %.0f img/s, %s left",
            runningLoss,
            samplesPerSecond,
            timeLeft(done)));
  }

  /** The mean time of the steps seen so far tells the rest. */
  private String timeLeft(long done) {
    double perStep = (System.nanoTime() - firstNanos) / (double) (done - firstStep);
    return clock(Duration.ofNanos((long) (perStep * (totalSteps - done))));
  }

  static String clock(Duration time) {
    return time.toHours() > 0
        ? String.format(Locale.ROOT, "%d:%02d h", time.toHours(), time.toMinutesPart())
        : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  @Override
  public void phase(String name, long total) {
    open(name, total);
    barEpoch = 0;
  }

  @Override
  public void advance(long amount) {
    bar.stepBy(amount);
  }

  @Override
  public void epochDone(EpochMetrics metrics, boolean best) {
    end();
    super.epochDone(metrics, best);
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
      bar = null;
      redraw(" ".repeat(columns - 1));
      redraw("");
    }
  }

  private void redraw(String text) {
    err.print("\r" + text);
    err.flush();
  }

  private void open(String name, long total) {
    end();
    bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total)
            .setConsumer(new DelegatingProgressBarConsumer(this::redraw, columns - 1))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .hideEta()
            .build();
  }
}
