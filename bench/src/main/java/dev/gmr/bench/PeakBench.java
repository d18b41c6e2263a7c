package dev.gmr.bench;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.spi.TileKernels;
import dev.gmr.nn.Workers;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The limits that the other suites are held against, measured in the same run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBench {
  private static final int ITERATIONS = 100_000;

  /** Parts of a call: a thread that the system puts aside then holds up a small part, not half. */
  private static final int PARTS = 32;

  /** Threads that work at the same time. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private float[] sums;
  private final Workers.Task chains =
      (index, worker) -> sums[index] = Backend.kernels().tiles().fmaChains(ITERATIONS);

  /** Creates the state. */
  public PeakBench() {}

  /** The arrays of the triad: three of 64 MB, beyond the caches of most machines. */
  @State(Scope.Benchmark)
  public static class Memory {
    private static final int LENGTH = 1 << 24;
    private static final int CHUNK = 1 << 18;

    private final float[] a = new float[LENGTH];
    private final float[] b = new float[LENGTH];
    private final float[] c = new float[LENGTH];
    private final Workers.Task triad = (index, worker) -> triad(a, b, c, index * CHUNK);

    /** Creates the state. */
    public Memory() {}

    /** Touches every page, and checks one element. */
    @Setup
    public void setUp() {
      Arrays.fill(b, 1f);
      Arrays.fill(c, 2f);
      triad(a, b, c, 0);
      Samples.check("triad", a[CHUNK - 1], 7, 0);
    }

    /** {@code a = b + 3 c} over a chunk; C2 vectorises it. */
    private static void triad(float[] a, float[] b, float[] c, int from) {
      for (int i = from; i < from + CHUNK; i++) {
        a[i] = b[i] + 3 * c[i];
      }
    }
  }

  /** Starts the team and checks what the chains add up to. */
  @Setup
  public void setUp() {
    workers = new Workers(threads);
    sums = new float[PARTS];
    // each of the 12 chains grows by 1/8 an iteration, exactly, wherever it starts
    TileKernels tiles = Backend.kernels().tiles();
    Samples.check("fma", tiles.fmaChains(16) - tiles.fmaChains(8), 12, 0);
  }

  /** Ends the team. */
  @TearDown
  public void tearDown() {
    workers.close();
  }

  /**
   * Independent FMA chains in registers, on every thread.
   *
   * @return the sum of the first part's chains
   */
  @Benchmark
  public float fma() {
    workers.run(PARTS, chains);
    return sums[0];
  }

  /**
   * The triad of the STREAM benchmark, shared by the threads.
   *
   * @param memory the arrays
   */
  @Benchmark
  public void triad(Memory memory) {
    workers.run(Memory.LENGTH / Memory.CHUNK, memory.triad);
  }

  static Work work(Case c) {
    int threads = c.number("threads");
    return switch (c.method()) {
      case "fma" -> Work.flops(24.0 * Backend.kernels().lanes() * ITERATIONS * PARTS, threads);
      // two loads, the read of the line that a store goes to, and its write: what the memory moves
      case "triad" -> Work.elements(Memory.LENGTH, 16, threads).boundByMemory();
      default -> throw new IllegalArgumentException(c.name());
    };
  }
}
