package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** A whole training step of LeNet. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepBench extends StepState {
  /** Images of a step. */
  @Param({"100", "1000"})
  public int batch;

  /** Threads of the team. */
  @Param({"1", "2"})
  public int threads;

  /** Creates the state. */
  public StepBench() {}

  @Override
  TrainingStep plan(Case c) {
    return new LenetStep(batch, threads, regularized(c));
  }

  private static boolean regularized(Case c) {
    return !c.method().equals("plain");
  }

  /** One clean pass. */
  @Benchmark
  public void plain() {
    step().run();
  }

  /** Clean and expected pass. */
  @Benchmark
  public void regularized() {
    step().run();
  }

  /** The plain step of the same network. */
  static Case plain(Case c) {
    return c.ofMethod(c.method().startsWith("alexnet") ? "alexnetPlain" : "plain");
  }

  static Work work(Case c) {
    if (c.method().startsWith("alexnet")) {
      return AlexnetBench.work(c);
    }
    double flops = c.number("batch") * Lenet.stepFlops(regularized(c));
    return Work.flops(flops, c.number("threads"));
  }
}
