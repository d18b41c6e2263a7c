package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.nn.Workers;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** The garbage is the other thread's, for longer than the two seconds that must be clean. */
  @Test
  void takesStepsUntilNoThreadAllocates() {
    AtomicInteger others = new AtomicInteger();
    Workers.Task task =
        (part, worker) -> {
          if (worker > 0) {
            garbage = calls < 400 ? new byte[4096] : null;
            others.set(calls);
          }
          while (others.get() < calls) {
            Thread.onSpinWait();
          }
        };
    try (Workers team = new Workers(2)) {
      Runnable step =
          () -> {
            pause();
            calls++;
            team.run(2, task);
          };
      assertThat(WarmUp.compile(step, 60_000)).isTrue();
    }
    assertThat(calls).isGreaterThan(400);
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
