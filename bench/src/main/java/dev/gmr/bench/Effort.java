package dev.gmr.bench;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured. Until C2 has compiled the largest kernels, their vectors are objects and a
 * call takes a hundred times as long: on a busy machine that lasts four seconds.
 */
enum Effort {
  /** For publication. */
  FULL(3, 8, 5, 1000),
  /** To see that it works; too short for the figures. */
  QUICK(1, 6, 2, 500);

  private final int forks;
  private final int warmups;
  private final int iterations;
  private final int millis;

  Effort(int forks, int warmups, int iterations, int millis) {
    this.forks = forks;
    this.warmups = warmups;
    this.iterations = iterations;
    this.millis = millis;
  }

  ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
    TimeValue time = TimeValue.milliseconds(millis);
    return options
        .forks(forks)
        .warmupIterations(warmups)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time);
  }

  @Override
  public String toString() {
    return "forks: %d, each of %d + %d iterations of %d ms"
        .formatted(forks, warmups, iterations, millis);
  }
}
