package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** A regularized training step of LeNet by size of the batch and number of threads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ScalingBench extends StepState {
  /** Images of a step. */
  @Param({"7", "32", "128", "512"})
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  /** Creates the state. */
  public ScalingBench() {}

  static Work work(Case c) {
    return c.method().equals("regularizedStep")
        ? Work.flops(c.number("batch") * Lenet.stepFlops(true), c.number("threads"))
        : StepWidthBench.work();
  }

  @Override
  TrainingStep plan(Case c) {
    return new LenetStep(batch, threads, true);
  }

  /** Clean and expected pass. */
  @Benchmark
  public void regularizedStep() {
    step().run();
  }
}
