package dev.gmr.bench.peers;

import java.util.Arrays;

/** Timing of programs that take turns. */
final class Turns {
  private Turns() {}

  /** Returns the mean time of the calls in that time, at least one. */
  static double nanos(Runnable call, int millis) {
    long begun = System.nanoTime();
    long elapsed;
    int calls = 0;
    do {
      call.run();
      calls++;
      elapsed = System.nanoTime() - begun;
    } while (elapsed < millis * 1_000_000L);
    return (double) elapsed / calls;
  }

  static double median(double[] x) {
    Arrays.sort(x);
    return x[x.length / 2];
  }
}
