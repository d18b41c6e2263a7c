package dev.gmr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Steps of a network that take turns in one process: plain and regularized, on one thread and on
 * two. Whatever else the machine does meanwhile meets all four alike, so that their ratios say more
 * than those of cases which ran minutes apart. A turn is some steps in a row, as training has them:
 * each but the first finds in the cores' caches what the one before has left there.
 */
@State(Scope.Benchmark)
public abstract class TurnsState {
  /** Images of a turn, unless a step has more. */
  private static final int IMAGES = 400;

  private int steps;
  private TrainingStep plain1;
  private TrainingStep plain2;
  private TrainingStep regularized1;
  private TrainingStep regularized2;

  /** Creates the state. */
  protected TurnsState() {}

  abstract TrainingStep plan(int threads, boolean regularized);

  /**
   * Plans and checks the steps, and runs them until all that they call is compiled.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    steps = steps(Integer.parseInt(params.getParam("batch")));
    plain1 = plan(1, false);
    plain2 = plan(2, false);
    regularized1 = plan(1, true);
    regularized2 = plan(2, true);
    Turns unread = new Turns();
    WarmUp.compile(params, () -> round(unread));
  }

  /** Begins the trainings anew. */
  @Setup(Level.Iteration)
  public void restart() {
    plain1.restart();
    plain2.restart();
    regularized1.restart();
    regularized2.restart();
  }

  /** Ends the teams. */
  @TearDown
  public void tearDown() {
    plain1.close();
    plain2.close();
    regularized1.close();
    regularized2.close();
  }

  private static int steps(int batch) {
    return Math.max(1, IMAGES / batch);
  }

  static Work work(Case c) {
    boolean regularized = c.method().equals("regularized");
    double image =
        switch (c.param("network")) {
          case "lenet" -> Lenet.stepFlops(regularized);
          case "alexnet" -> AlexnetStep.stepFlops(regularized);
          default -> throw new IllegalArgumentException(c.name());
        };
    return Work.flops(c.number("batch") * image, c.number("threads"));
  }

  /**
   * Takes a run's counters apart; the method of a run is the network's name. Allocated bytes are a
   * round's, shared among its steps.
   *
   * @return a measurement for each method and number of threads
   */
  static List<Measurement> measurements(JsonNode run) {
    Case subject = Case.of(run);
    Case step = subject.with("network", subject.method());
    return List.of(
        measurement(run, "plain1", step.ofMethod("plain").with("threads", "1")),
        measurement(run, "plain2", step.ofMethod("plain").with("threads", "2")),
        measurement(run, "regularized1", step.ofMethod("regularized").with("threads", "1")),
        measurement(run, "regularized2", step.ofMethod("regularized").with("threads", "2")));
  }

  private static Measurement measurement(JsonNode run, String counter, Case step) {
    List<Double> nanos = counts(run, counter);
    List<Double> steps = counts(run, "steps");
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < nanos.size(); i++) {
      times.add(nanos.get(i) / steps.get(i));
    }
    double allocated = Measurement.allocated(run) / 4 / steps(step.number("batch"));
    return new Measurement(step, times, allocated);
  }

  private static List<Double> counts(JsonNode run, String counter) {
    return Measurement.values(run.path("secondaryMetrics").path(counter));
  }

  /** Gives each its turn. */
  final void round(Turns turns) {
    turns.plain1 += nanos(plain1);
    turns.plain2 += nanos(plain2);
    turns.regularized1 += nanos(regularized1);
    turns.regularized2 += nanos(regularized2);
    turns.steps += steps;
  }

  private long nanos(TrainingStep step) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return System.nanoTime() - start;
  }

  /** Times of an iteration's steps, by method and threads. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Turns {
    /** Nanoseconds of plain steps on one thread. */
    public long plain1;

    /** Nanoseconds of plain steps on two threads. */
    public long plain2;

    /** Nanoseconds of regularized steps on one thread. */
    public long regularized1;

    /** Nanoseconds of regularized steps on two threads. */
    public long regularized2;

    /** Steps of each. */
    public long steps;

    /** Creates the counters. */
    public Turns() {}
  }
}
