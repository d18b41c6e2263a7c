package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole training step of AlexNet. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AlexnetBench {
  /** Images of a step. */
  @Param("128")
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  private AlexnetStep step;

  /** Creates the state. */
  public AlexnetBench() {}

  /** Plans and checks the step. */
  @Setup
  public void setUp() {
    step = new AlexnetStep(batch, threads);
  }

  /** Begins the training anew. */
  @Setup(Level.Iteration)
  public void restart() {
    step.restart();
  }

  /** Ends the team. */
  @TearDown
  public void tearDown() {
    step.close();
  }

  /** One clean pass. */
  @Benchmark
  public void alexnetPlain() {
    step.plain();
  }

  /** Clean and expected pass. */
  @Benchmark
  public void alexnetRegularized() {
    step.regularized();
  }

  static Work work(Case c) {
    boolean plain = c.method().equals("alexnetPlain");
    double flops = plain ? AlexnetStep.plainFlops() : AlexnetStep.regularizedFlops();
    return Work.flops(c.number("batch") * flops, c.number("threads"));
  }
}
