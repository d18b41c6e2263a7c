package dev.gmr.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * A regularized training step of LeNet at 128, 256 and 512 bits, one thread, each in a fork that
 * forces the width; the number in a method's name is that width.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepWidthBench extends StepState {
  private static final int BATCH = 100;

  /** Creates the state. */
  public StepWidthBench() {}

  static Work work() {
    return Work.flops(BATCH * Lenet.stepFlops(true), 1);
  }

  /** The same step at 512 bits. */
  static Case widest(Case c) {
    return c.method().startsWith("bits") ? c.ofMethod("bits512") : c;
  }

  @Override
  TrainingStep plan(Case c) {
    String method = c.method();
    String bits = System.getProperty("gmr.simd.bits");
    if (bits != null && !method.endsWith(bits)) {
      throw new IllegalStateException(method + " runs at " + bits + " bits");
    }
    return new LenetStep(BATCH, 1, true);
  }

  /** Clean and expected pass. */
  @Benchmark
  @Fork(jvmArgsAppend = "-Dgmr.simd.bits=128")
  public void bits128() {
    step().run();
  }

  /** Clean and expected pass. */
  @Benchmark
  @Fork(jvmArgsAppend = "-Dgmr.simd.bits=256")
  public void bits256() {
    step().run();
  }

  /** Clean and expected pass. */
  @Benchmark
  @Fork(jvmArgsAppend = "-Dgmr.simd.bits=512")
  public void bits512() {
    step().run();
  }
}
