package dev.gmr.train.cli;

import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;

/** Progress for logs: a line an epoch. */
class ProgressLines implements TrainingListener {
  private final PrintStream err;
  private int totalEpochs;

  ProgressLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void memory(String needs) {
    err.println("memory: " + needs);
  }

  @Override
  public void begin(int totalEpochs, int stepsPerEpoch, long resumedAtStep) {
    this.totalEpochs = totalEpochs;
    if (resumedAtStep > 0) {
      err.printf(
          Locale.ROOT,
          "going on at epoch %d, step %d%n",
          resumedAtStep / stepsPerEpoch + 1,
          resumedAtStep % stepsPerEpoch + 1);
    }
  }

  @Override
  public void nothingLeft(int epochs, boolean early) {
    err.println(
        early
            ? "training ended after epoch %d for want of a better validation loss".formatted(epochs)
            : "all %d epochs are trained; a larger --epochs goes on".formatted(epochs));
  }

  @Override
  public void epochDone(EpochMetrics metrics, boolean best) {
    err.println(line(metrics, totalEpochs, best));
  }

  static String line(EpochMetrics m, int totalEpochs, boolean best) {
    String epoch = String.valueOf(m.epoch());
    String padding = " ".repeat(Math.max(0, String.valueOf(totalEpochs).length() - epoch.length()));
    String valid =
        Double.isNaN(m.validLoss())
            ? ""
            : String.format(
                Locale.ROOT, "  valid loss %.4f acc %.4f", m.validLoss(), m.validAccuracy());
    return String.format(
        Locale.ROOT,
        "epoch %s%s/%d  train loss %.4f acc %.4f%s  lr %.3g  %.1f s%s",
        padding,
        epoch,
        totalEpochs,
        m.trainLoss(),
        m.trainAccuracy(),
        valid,
        m.learningRate(),
        m.seconds(),
        best ? "  best" : "");
  }
}
