package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** AlexNet's steps by turns. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AlexnetTurnsBench extends TurnsState {
  /** Images of a step. */
  @Param("128")
  public int batch;

  /** Creates the state. */
  public AlexnetTurnsBench() {}

  @Override
  TrainingStep plan(int threads, boolean regularized) {
    return new AlexnetStep(batch, threads, regularized);
  }

  /**
   * A round of all four.
   *
   * @param turns their times
   */
  @Benchmark
  public void alexnet(Turns turns) {
    round(turns);
  }
}
