package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** LeNet's steps by turns. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LenetTurnsBench extends TurnsState {
  /** Images of a step. */
  @Param({"100", "1000"})
  public int batch;

  /** Creates the state. */
  public LenetTurnsBench() {}

  @Override
  TrainingStep plan(int threads, boolean regularized) {
    return new LenetStep(batch, threads, regularized);
  }

  /**
   * A round of all four.
   *
   * @param turns their times
   */
  @Benchmark
  public void lenet(Turns turns) {
    round(turns);
  }
}
