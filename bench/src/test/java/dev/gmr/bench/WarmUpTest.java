package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.nn.Workers;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final int N = 5000;

  private int calls;
  private Object garbage;
  private final boolean[] seen = new boolean[N];

  private void allocateAtFirst(int from, int count) {
    calls++;
    for (int i = from; i < from + count; i++) {
      seen[i] = true;
    }
    // 20 ms are a batch: none of the first ones is free of garbage
    garbage = calls <= 100_000 ? new Object() : null;
  }

  @Test
  void runsUntilNothingIsAllocatedOverTheWholeArray() {
    assertThat(WarmUp.compile(this::allocateAtFirst, N, 0, Long.MAX_VALUE)).isTrue();
    assertThat(garbage).isNull();
    assertThat(calls).isGreaterThan(100_000);
    for (int i = 0; i < N / 1024 * 1024; i++) {
      assertThat(seen[i]).isTrue();
    }
  }

  @Test
  void tellsOfWhatNeverStopsToAllocate() {
    assertThat(WarmUp.compile((from, count) -> garbage = new byte[count], 10, 0, 50)).isFalse();
  }

  /** Garbage of the team's other threads counts; the first second is not clean. */
  @Test
  void takesStepsUntilNoThreadAllocates() {
    byte[][] kept = new byte[2][];
    try (Workers team = new Workers(2)) {
      Runnable step =
          () -> {
            pause();
            calls++;
            team.run(2, (part, worker) -> kept[part] = calls < 100 ? new byte[4096] : null);
          };
      assertThat(WarmUp.compile(step, 60_000)).isTrue();
    }
    assertThat(calls).isGreaterThan(100);
  }

  @Test
  void tellsOfStepsThatNeverStopToAllocate() {
    assertThat(WarmUp.compile(() -> garbage = new byte[2048], 2500)).isFalse();
  }

  private static void pause() {
    try {
      Thread.sleep(8);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
