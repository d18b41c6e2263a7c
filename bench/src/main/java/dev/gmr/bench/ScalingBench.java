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

/** A regularized training step of LeNet by size of the batch and number of threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ScalingBench {
  /** Images of a step. */
  @Param({"7", "32", "128", "512"})
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  private LenetStep step;

  /** Creates the state. */
  public ScalingBench() {}

  static Work work(Case c) {
    return c.method().equals("step")
        ? Work.flops(c.number("batch") * Lenet.regularizedFlops(), c.number("threads"))
        : StepWidthBench.work();
  }

  /** Plans and checks the step. */
  @Setup
  public void setUp() {
    step = new LenetStep(batch, threads);
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

  /** Clean and expected pass. */
  @Benchmark
  public void step() {
    step.regularized();
  }
}
