package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.infra.BenchmarkParams;

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
  TrainingStep plan(BenchmarkParams params) {
    return new AlexnetStep(batch, threads);
  }

  @Override
  boolean regularized(Case c) {
    return c.method().equals("alexnetRegularized");
  }

  /** One clean pass. */
  @Benchmark
  public void alexnetPlain() {
    step().plain();
  }

  /** Clean and expected pass. */
  @Benchmark
  public void alexnetRegularized() {
    step().regularized();
  }

  static Work work(Case c) {
    boolean plain = c.method().equals("alexnetPlain");
    double flops = plain ? AlexnetStep.plainFlops() : AlexnetStep.regularizedFlops();
    return Work.flops(c.number("batch") * flops, c.number("threads"));
  }
}
