package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteTableTest {
  private static final Limits LIMITS = new Limits(Map.of(1, 100.0, 2, 180.0), Map.of(1, 20.0));

  private static Measurement step(String method, String threads, double millis) {
    Case subject = new Case(method, Map.of("batch", "100", "threads", threads));
    return new Measurement(subject, millis * 1e6, millis * 1e4, 12.4);
  }

  @Test
  void stepsAreHeldAgainstTheirBaselinesAndThePeakOfAsManyThreads() {
    List<Measurement> steps =
        List.of(step("plain", "1", 100), step("plain", "2", 50), step("regularized", "1", 190));

    String[] lines = new SuiteTable(Suite.STEP, steps, LIMITS).markdown().split("\n");

    // 82.05 and 161.6 Mflop an image: 82.05 GFLOP/s of 100, then 164.1 of 180
    assertThat(lines)
        .containsExactly(
            "| case | ms/call | +-% | GFLOP/s | % of FMA peak | time/plain | speed/1 thread"
                + " | B/call |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            "| plain batch=100 threads=1 | 100.000 | 1.0 | 82.0 | 82.0 | - | - | 12 |",
            "| plain batch=100 threads=2 | 50.000 | 1.0 | 164.1 | 91.2 | - | 2.00 | 12 |",
            "| regularized batch=100 threads=1 | 190.000 | 1.0 | 85.0 | 85.0 | 1.90 | - | 12 |");
  }

  @Test
  void memoryIsTheLimitOnlyOfWhatDoesNotFitACache() {
    List<Measurement> updates =
        List.of(
            new Measurement(new Case("adam", Map.of("backend", "simd")), 5e6, Double.NaN, 0),
            new Measurement(new Case("adam", Map.of("backend", "scalar")), 10e6, Double.NaN, 0),
            new Measurement(new Case("exp", Map.of("backend", "simd")), 25_088, Double.NaN, 0));

    String text = new SuiteTable(Suite.ELEMENTWISE, updates, LIMITS).text();

    assertThat(text)
        .isEqualTo(
            """
            case                   us/call  ns/element  GB/s  % of memory  speed/scalar  B/call
            adam backend=simd     5000.000       1.527  18.3         91.7          2.00       0
            adam backend=scalar  10000.000       3.054   9.2         45.8             -       0
            exp backend=simd        25.088       1.000   8.0            -             -       0
            """);
  }

  @Test
  void limitsComeFromTheResultsOfThePeakSuite() {
    Case triad = new Case("triad", Map.of("threads", "2"));
    double bytes = PeakBench.work(triad).bytes();

    Limits limits = Limits.of(List.of(new Measurement(triad, bytes / 30, Double.NaN, 0)));

    assertThat(limits.bandwidth().get(2)).isCloseTo(30, within(1e-9));
    assertThat(limits.toString())
        .contains("memory (triad, 16 bytes an element) 30.0 GB/s (2 threads)");
  }
}
