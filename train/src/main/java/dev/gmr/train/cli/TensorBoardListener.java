package dev.gmr.train.cli;

import dev.gmr.train.report.TensorBoard;
import dev.gmr.train.run.EpochMetrics;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingListener;

/** Keeps a run's events up to date, and passes everything on. */
final class TensorBoardListener implements TrainingListener {
  private final RunFolder folder;
  private final TrainingListener next;

  TensorBoardListener(RunFolder folder, TrainingListener next) {
    this.folder = folder;
    this.next = next;
  }

  @Override
  public void begin(int totalEpochs, int stepsPerEpoch, long resumedAtStep) {
    TensorBoard.updateEpochs(folder);
    next.begin(totalEpochs, stepsPerEpoch, resumedAtStep);
  }

  @Override
  public void memory(String needs) {
    next.memory(needs);
  }

  @Override
  public void nothingLeft(int epochs, boolean early) {
    next.nothingLeft(epochs, early);
  }

  @Override
  public void step(
      int epoch, int step, int stepsPerEpoch, double runningLoss, double samplesPerSecond) {
    next.step(epoch, step, stepsPerEpoch, runningLoss, samplesPerSecond);
  }

  @Override
  public void phase(String name, long total) {
    next.phase(name, total);
  }

  @Override
  public void advance(long amount) {
    next.advance(amount);
  }

  @Override
  public void epochDone(EpochMetrics metrics, boolean best) {
    TensorBoard.updateEpochs(folder);
    next.epochDone(metrics, best);
  }

  @Override
  public void end() {
    next.end();
  }
}
