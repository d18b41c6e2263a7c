package dev.gmr.train.cli;

import dev.gmr.train.Evaluator;
import dev.gmr.train.report.TensorBoard;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.StopSignal;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Files;
import java.util.Optional;

/** Trains a run, evaluates it, and draws its pictures, unless a signal comes in between. */
final class TrainingTask {
  private final Session session;
  private final Engine.TrainingJob job;
  private final String command;
  private final String goOn;
  private boolean tensorBoard;
  private volatile boolean trained;

  /**
   * Prepares a task.
   *
   * @param command the command that runs it, for messages
   * @param goOn the command line that goes on with it
   */
  TrainingTask(Session session, Engine.TrainingJob job, String command, String goOn) {
    this.session = session;
    this.job = job;
    this.command = command;
    this.goOn = goOn;
  }

  /** Keeps a file of events up to date too, as is done anyway where there is one. */
  TrainingTask withTensorBoard() {
    tensorBoard = true;
    return this;
  }

  /** Returns whether the run came to its end; if not, a signal stopped it and it was saved. */
  boolean run(boolean evaluate, boolean quiet) {
    tensorBoard |= Files.exists(job.folder().events());
    if (tensorBoard) {
      TensorBoard.begin(job.folder());
    }
    TrainingListener shown = session.listener(quiet);
    TrainingListener listener = tensorBoard ? new TensorBoardListener(job.folder(), shown) : shown;
    try (StopSignal stop = StopSignal.install(this::announceStop)) {
      Optional<Summary> summary = session.engine().train(job, listener, stop);
      listener.end();
      if (summary.isEmpty()) {
        session.err().printf("%s: stopped and saved; go on with %s%n", command, goOn);
        return false;
      }
      trained = true;
      stop.release();
      finish(summary.get(), listener, evaluate);
      return true;
    } finally {
      listener.end();
    }
  }

  private void announceStop() {
    String what =
        trained ? "stopped during the evaluation; go on with " + goOn : "stopping after this step";
    session.err().println("\n" + command + ": " + what);
  }

  private void finish(Summary summary, TrainingListener listener, boolean evaluate) {
    RunFolder folder = job.folder();
    if (evaluate) {
      TrainingConfig config = job.config();
      Evaluation evaluation =
          session
              .engine()
              .evaluate(
                  new Engine.EvaluationJob(
                      folder, config, false, true, config.seed(), Evaluator.POINTS, job.threads()),
                  listener);
      listener.end();
      folder.writeEvaluation(summary, evaluation);
    } else {
      folder.writeSummary(summary);
    }
    if (tensorBoard) {
      TensorBoard.update(folder);
    }
    session.drawPictures(folder);
  }
}
