package dev.gmr.bench;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH found for a case.
 *
 * @param subject the case
 * @param nanos mean time of a call
 * @param error half the 99.9% confidence interval of that time; NaN where too few were measured
 * @param allocated bytes allocated by a call; NaN where not measured
 */
record Measurement(Case subject, double nanos, double error, double allocated) {
  static Measurement of(RunResult run) {
    Result<?> time = run.getPrimaryResult();
    long scale = run.getParams().getTimeUnit().toNanos(1);
    return new Measurement(
        Case.of(run.getParams()),
        time.getScore() * scale,
        time.getScoreError() * scale,
        allocated(run));
  }

  /** Bytes allocated by a call; NaN where not measured. */
  static double allocated(RunResult run) {
    Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
    return bytes == null ? Double.NaN : bytes.getScore();
  }
}
