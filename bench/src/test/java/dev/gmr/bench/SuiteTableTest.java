package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteTableTest {
  private static final Limits LIMITS = new Limits(Map.of(1, 100.0, 2, 180.0), Map.of(1, 20.0));

  private static Measurement step(String method, String threads, double millis) {
    Case subject = new Case(method, Map.of("batch", "100", "threads", threads));
    List<Double> times = List.of(millis * 1.01e6, millis * 0.99e6, millis * 1e6);
    return new Measurement(subject, times, 12.4);
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
  void stepsByTurnsAreComparedIterationByIteration() {
    Map<String, String> params = Map.of("batch", "100", "network", "lenet");
    Case one = new Case("plain", params).with("threads", "1");
    // the machine was slow in the second iteration, for both
    List<Measurement> turns =
        List.of(
            new Measurement(one, List.of(40e6, 90e6, 42e6), 0),
            new Measurement(one.with("threads", "2"), List.of(20e6, 50e6, 20e6), 0));

    String text = new SuiteTable(Suite.TURNS, turns, LIMITS).text();

    assertThat(text.lines().skip(2)).singleElement().asString().contains(" 20.000 ", " 2.00 ");
  }

  @Test
  void memoryIsTheLimitOnlyOfWhatDoesNotFitACache() {
    List<Measurement> updates =
        List.of(
            new Measurement(new Case("adam", Map.of("backend", "simd")), List.of(5e6), 0),
            new Measurement(new Case("adam", Map.of("backend", "scalar")), List.of(10e6), 0),
            new Measurement(new Case("exp", Map.of("backend", "simd")), List.of(25_088.0), 0));

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

  private static Measurement micros(double micros, String method, String... params) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < params.length; i += 2) {
      values.put(params[i], params[i + 1]);
    }
    return new Measurement(new Case(method, values), List.of(micros * 1e3), 0);
  }

  @Test
  void momentsAreHeldAgainstCopyCacheAndPeers() {
    String large = "16777216";
    List<Measurement> moments =
        List.of(
            micros(25.088, "fusedMean", "n", "25088", "backend", "simd"),
            micros(20971.52, "fusedMean", "n", large, "backend", "simd"),
            micros(167772.16, "fusedMean", "n", large, "backend", "scalar"),
            micros(16777.216, "copy", "n", large),
            micros(838860.8, "commonsMean", "n", large),
            micros(40.96, "reluCovariance", "type", "float", "backend", "simd"),
            micros(4096, "quadrature"),
            micros(10475.52, "exactMatrix", "type", "float"),
            micros(50.176, "fusedMean128"),
            micros(25.088, "fusedMean512"));

    String[] lines = new SuiteTable(Suite.MOMENTS, moments, LIMITS).markdown().split("\n");

    assertThat(lines)
        .hasSize(12)
        .contains(
            "| case | us/call | ns/element | GB/s | % of memory | M pairs/s | % of copy"
                + " | % of cached | speed/scalar | speed/Commons | speed/quadrature | speed/128 bits | B/call |",
            "| fusedMean backend=simd n=25088 | 25.088 | 1.000 | 20.0 | - | - | - | - | - | - | - | - | 0 |",
            "| fusedMean backend=simd n=16777216 | 20971.520 | 1.250 | 25.6 | 128.0 | - | 80.00 | 80.00 | 8.00 | 40.00 | - | - | 0 |",
            "| fusedMean backend=scalar n=16777216 | 167772.160 | 10.000 | 3.2 | 16.0 | - | 10.00 | - | - | 5.00 | - | - | 0 |",
            "| copy n=16777216 | 16777.216 | 1.000 | 32.0 | 160.0 | - | - | - | - | - | - | - | 0 |",
            "| commonsMean n=16777216 | 838860.800 | 50.000 | 0.6 | 3.2 | - | - | - | - | - | - | - | 0 |",
            "| reluCovariance backend=simd type=float | 40.960 | 10.000 | 2.4 | - | 100.0 | - | - | - | - | 100.00 | - | 0 |",
            "| quadrature | 4096.000 | 1000.000 | 0.0 | - | 1.0 | - | - | - | - | - | - | 0 |",
            "| exactMatrix type=float | 10475.520 | 20.000 | 0.6 | - | 50.0 | - | - | - | - | 50.00 | - | 0 |",
            "| fusedMean128 | 50.176 | 2.000 | 10.0 | - | - | - | - | - | - | - | - | 0 |",
            "| fusedMean512 | 25.088 | 1.000 | 20.0 | - | - | - | - | - | - | - | 2.00 | 0 |");
  }

  @Test
  void limitsComeFromTheResultsOfThePeakSuite() {
    Case triad = new Case("triad", Map.of("threads", "2"));
    double bytes = PeakBench.work(triad).bytes();

    Limits limits = Limits.of(List.of(new Measurement(triad, List.of(bytes / 30), 0)));

    assertThat(limits.bandwidth().get(2)).isCloseTo(30, within(1e-9));
    assertThat(limits.toString())
        .contains("memory (triad, 16 bytes an element) 30.0 GB/s (2 threads)");
  }
}
