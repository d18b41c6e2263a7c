package dev.gmr.bench;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A training step that begins its training anew in each iteration. Before the first one, steps of
 * the case run until all that they call is compiled.
 */
@State(Scope.Benchmark)
public abstract class StepState {
  private TrainingStep step;

  /** Creates the state. */
  protected StepState() {}

  abstract TrainingStep plan(Case c);

  /** Prepares what else a suite needs, behind the step. */
  void prepare() {}

  final TrainingStep step() {
    return step;
  }

  /**
   * Plans and checks the step.
   *
   * @param params the case
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    step = plan(Case.of(params));
    prepare();
    WarmUp.compile(params, step::run);
  }

  /** Begins the training anew. */
  @Setup(Level.Iteration)
  public void restart() {
    step.restart();
  }

  /** Ends the team. */
  @TearDown
  public void tearDown() {
    step.close();
  }
}
