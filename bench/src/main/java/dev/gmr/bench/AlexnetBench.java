package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** A whole training step of AlexNet. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AlexnetBench extends StepState {
  /** Images of a step. */
  @Param("128")
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  /** Creates the state. */
  public AlexnetBench() {}

  @Override
  TrainingStep plan(Case c) {
    return new AlexnetStep(batch, threads, regularized(c));
  }

  private static boolean regularized(Case c) {
    return !c.method().equals("alexnetPlain");
  }

  /** One clean pass. */
  @Benchmark
  public void alexnetPlain() {
    step().run();
  }

  /** Clean and expected pass. */
  @Benchmark
  public void alexnetRegularized() {
    step().run();
  }

  static Work work(Case c) {
    double flops = c.number("batch") * AlexnetStep.stepFlops(regularized(c));
    return Work.flops(flops, c.number("threads"));
  }
}
