package dev.gmr.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Runs a kernel until C2 has compiled it. Before that every vector is an object: the first batch of
 * calls that allocates nothing is the first one of compiled code, be it after half a second or on a
 * busy machine after twenty. Scalar code never allocates; it gets the least time.
 */
public final class WarmUp {
  /** Long enough for C2 to compile scalar kernels. */
  private static final long LEAST_MILLIS = 1000;

  /** Whoever still allocates then is not compiled whole, and B/call will show it. */
  private static final long MOST_MILLIS = 30_000;

  private static final long BATCH_MILLIS = 20;

  /** The same for steps, of which some parts are called only a few times each. */
  private static final long MOST_STEPS_MILLIS = 90_000;

  private static final long STEPS_MILLIS = 1000;

  /** Of a step: the team's and the JVM's own, a few hundred at most. */
  private static final long CLEAN_BYTES = 1024;

  /**
   * Elements of a call. C2 counts calls too: whole arrays would take seconds of boxed vectors until
   * there are enough of them.
   */
  private static final int PIECE = 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private WarmUp() {}

  /** A kernel over a part of its arrays. */
  @FunctionalInterface
  public interface Range {
    /**
     * Computes some elements.
     *
     * @param from index of the first
     * @param count how many
     */
    void run(int from, int count);
  }

  /**
   * Runs a kernel over an array in pieces, again and again, until it is compiled.
   *
   * @param kernel the kernel
   * @param n length of the arrays
   * @return whether it has stopped to allocate within half a minute
   */
  public static boolean compile(Range kernel, int n) {
    return compile(kernel, n, LEAST_MILLIS, MOST_MILLIS);
  }

  /** Does so for a case, unless it is run only once, to see that it works. */
  static void compile(BenchmarkParams params, Range kernel, int n) {
    if (params.getMode() != Mode.SingleShotTime && !compile(kernel, n)) {
      report(params, MOST_MILLIS);
    }
  }

  static boolean compile(Range kernel, int n, long leastMillis, long mostMillis) {
    int piece = Math.min(PIECE, n);
    int from = 0;
    long begun = System.nanoTime();
    while (true) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      long batch = System.nanoTime();
      do {
        kernel.run(from, piece);
        from = from + 2 * piece <= n ? from + piece : 0;
      } while (millisSince(batch) < BATCH_MILLIS);
      boolean clean = THREADS.getCurrentThreadAllocatedBytes() == before;
      long elapsed = millisSince(begun);
      if (elapsed >= mostMillis || (clean && elapsed >= leastMillis)) {
        return clean;
      }
    }
  }

  /** Takes steps until they are compiled, unless a case is run only once. */
  static void compile(BenchmarkParams params, Runnable step) {
    if (params.getMode() != Mode.SingleShotTime && !compile(step, MOST_STEPS_MILLIS)) {
      report(params, MOST_STEPS_MILLIS);
    }
  }

  /**
   * Takes steps until all threads together allocate nothing in two seconds one after another.
   *
   * @return whether they did in that time
   */
  static boolean compile(Runnable step, long mostMillis) {
    long begun = System.nanoTime();
    int clean = 0;
    while (clean < 2 && millisSince(begun) < mostMillis) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      long batch = System.nanoTime();
      long steps = 0;
      do {
        step.run();
        steps++;
      } while (millisSince(batch) < STEPS_MILLIS);
      long bytes = THREADS.getTotalThreadAllocatedBytes() - before;
      clean = bytes < steps * CLEAN_BYTES ? clean + 1 : 0;
    }
    return clean == 2;
  }

  private static void report(BenchmarkParams params, long millis) {
    System.out.printf(
        "%s still allocates after %d s: not compiled whole%n",
        Case.of(params).name(), millis / 1000);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
