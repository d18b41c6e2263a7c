package dev.gmr.bench;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured. Until C2 has compiled the largest kernels, their vectors are objects and a
 * call takes a hundred times as long: on a busy machine that lasts four seconds. Suites of whole
 * steps and of many cases compile them first, each as long as it takes, and then need a short
 * warm-up.
 */
enum Effort {
  /** For publication. */
  FULL(Pace.STEADY, Pace.STEPS, Pace.COMPILED),
  /** To see that it works; too short for the figures. */
  QUICK(Pace.STEADY_QUICK, Pace.STEPS_QUICK, Pace.COMPILED_QUICK);

  private final Pace warming;
  private final Pace steps;
  private final Pace compiled;

  Effort(Pace warming, Pace steps, Pace compiled) {
    this.warming = warming;
    this.steps = steps;
    this.compiled = compiled;
  }

  /** Who makes sure that C2 has compiled what a suite measures. */
  enum Compilation {
    /** JMH's warm-up. */
    JMH,
    /** Steps that run until they allocate nothing ({@link StepState}, {@link TurnsState}). */
    STEPS,
    /** Each case, its kernel alone ({@link WarmUp}). */
    KERNELS
  }

  /** How often and how long. */
  private enum Pace {
    STEADY(3, 8, 5, 1000),
    STEADY_QUICK(1, 6, 2, 500),
    STEPS(3, 2, 5, 1000),
    STEPS_QUICK(1, 2, 2, 500),
    COMPILED(0, 2, 5, 250),
    COMPILED_QUICK(1, 1, 2, 200);

    /** 0 for as many as the class's annotation says. */
    private final int forks;

    private final int warmups;
    private final int iterations;
    private final int millis;

    Pace(int forks, int warmups, int iterations, int millis) {
      this.forks = forks;
      this.warmups = warmups;
      this.iterations = iterations;
      this.millis = millis;
    }

    void applyTo(ChainedOptionsBuilder options) {
      TimeValue time = TimeValue.milliseconds(millis);
      if (forks > 0) {
        options.forks(forks);
      }
      options
          .warmupIterations(warmups)
          .warmupTime(time)
          .measurementIterations(iterations)
          .measurementTime(time);
    }

    @Override
    public String toString() {
      return "forks: %s, each of %d + %d iterations of %d ms"
          .formatted(forks == 0 ? "1 or 2" : forks, warmups, iterations, millis);
    }
  }

  ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options, Suite suite) {
    Pace pace =
        switch (suite.compilation()) {
          case JMH -> warming;
          case STEPS -> steps;
          case KERNELS -> compiled;
        };
    pace.applyTo(options);
    return options;
  }

  @Override
  public String toString() {
    return "%s; steps, which compile first: %s; moments: %s".formatted(warming, steps, compiled);
  }
}
