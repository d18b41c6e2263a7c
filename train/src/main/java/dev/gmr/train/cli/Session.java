package dev.gmr.train.cli;

import dev.gmr.train.report.Charts;
import dev.gmr.train.report.RunCharts;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingListener;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;

/** What the commands share: the engine, made when first needed, and where to print. */
final class Session {
  private final Supplier<Engine> maker;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final int columns;
  private Engine engine;
  private boolean toldObstacle;

  /**
   * Makes a session.
   *
   * @param maker makes the engine
   * @param out results
   * @param err progress and errors
   * @param terminal whether err is a terminal that can redraw a line
   * @param columns width of that terminal
   */
  Session(Supplier<Engine> maker, PrintStream out, PrintStream err, boolean terminal, int columns) {
    this.maker = maker;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** Returns the session of this process, with the terminal as the launcher describes it. */
  static Session ofProcess(Supplier<Engine> maker, PrintStream out) {
    return new Session(
        maker,
        out,
        System.err,
        Boolean.getBoolean("gmr.terminal"),
        Math.clamp(Integer.getInteger("gmr.columns", 80), 40, 160));
  }

  Engine engine() {
    if (engine == null) {
      engine = maker.get();
    }
    return engine;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  boolean terminal() {
    return terminal;
  }

  /** Draws the run's pictures, or says why it cannot. */
  void drawPictures(RunFolder folder) {
    Optional<String> obstacle = Charts.obstacle();
    if (obstacle.isEmpty()) {
      RunCharts.draw(folder);
    } else if (!toldObstacle) {
      err.println("gmr: no pictures: " + obstacle.get());
      toldObstacle = true;
    }
  }

  TrainingListener listener(boolean quiet) {
    return terminal && !quiet ? new ProgressBars(err, columns) : new ProgressLines(err);
  }
}
