package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.KernelSet;
import org.junit.jupiter.api.Test;

class GateTest {
  private final KernelSet simd = Parity.simd();
  private final KernelSet scalar = Parity.scalar();
  private long now;
  private long simdNanos = 1000;
  private long scalarNanosOfCall = 10;
  private int simdElements;
  private int scalarElements;
  private final Gate gate = new Gate(simd, scalar, () -> now);

  private void call(int n) {
    int[] done = {0};
    gate.run(
        n,
        (kernels, from, count) -> {
          assertThat(from).isEqualTo(done[0]);
          done[0] += count;
          now += count * (kernels == simd ? simdNanos : scalarNanosOfCall);
          if (kernels == simd) {
            simdElements += count;
          } else {
            scalarElements += count;
          }
        });
    assertThat(done[0]).as("elements of a call of " + n).isEqualTo(n);
  }

  @Test
  void slowSimdCodeGetsHalfTheTimeAndAHeadStartAtMost() {
    for (int i = 0; i < 100_000; i++) {
      call(i % 1500);
    }
    assertThat(gate.isOpen()).isFalse();
    assertThat(1000L * simdElements).isGreaterThan(Gate.HEAD_START);
    // the last probe may be one too many
    assertThat(1000L * (simdElements - 128))
        .isLessThanOrEqualTo(10L * scalarElements + Gate.HEAD_START);
  }

  @Test
  void smallCallsGoToSimdCodeEveryOtherTimeFromTheStart() {
    for (int i = 0; i < 1000; i++) {
      call(128);
    }
    assertThat(simdElements).isEqualTo(64_000);
  }

  @Test
  void itOpensInTheMiddleOfALongCall() {
    simdNanos = 1;
    call(1_000_000);
    assertThat(gate.isOpen()).isTrue();
    assertThat(scalarElements).isLessThan(50_000);
  }

  @Test
  void itOpensOnceSimdCodeIsFaster() {
    for (int i = 0; i < 10; i++) {
      call(100);
    }
    assertThat(gate.isOpen()).isFalse();
    simdNanos = 1;
    for (int i = 0; i < 10_000 && !gate.isOpen(); i++) {
      call(100);
    }
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void aSlowMomentOfScalarCodeDoesNotOpenIt() {
    simdNanos = 20;
    for (int i = 0; i < 1000; i++) {
      scalarNanosOfCall = i % 2 == 0 ? 10 : 1000;
      call(500);
    }
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void emptyCallsAreNoMeasurement() {
    simdNanos = 0;
    for (int i = 0; i < 100; i++) {
      call(0);
    }
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void aGatedKernelGivesTheScalarBitsBeforeAndAfterItOpens() {
    KernelSet gated = new GatedKernels(simd, scalar);
    int n = 1000;
    float[] mu = Parity.between(-3, 3, n, 1);
    float[] sigma = Parity.between(0, 2, n, 2);
    float[] expected = new float[n];
    scalar.moments().reluMean(mu, 1, sigma, 0, expected, 0, n - 1);
    float[] got = new float[n];
    for (int i = 0; i < 200; i++) {
      gated.moments().reluMean(mu, 1, sigma, 0, got, 0, n - 1);
      assertThat(got).containsExactly(expected);
    }
  }
}
