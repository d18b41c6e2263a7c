package dev.gmr.bench.peers;

import java.util.Arrays;
import java.util.List;

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

  /** Lets the calls take turns, one round to warm up and as many as said; returns the medians. */
  static double[] medians(List<Runnable> calls, int rounds, int millis) {
    double[][] times = new double[calls.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < times.length; i++) {
        double nanos = nanos(calls.get(i), millis);
        if (round >= 0) {
          times[i][round] = nanos;
        }
      }
    }
    return Arrays.stream(times).mapToDouble(Turns::median).toArray();
  }

  static double median(double[] x) {
    Arrays.sort(x);
    return x[x.length / 2];
  }
}
