package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnceInEveryRegion(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.size()).isEqualTo(threads);
      for (int region = 0; region < 300; region++) {
        int count = region % 40;
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        workers.run(
            count,
            (index, worker) -> {
              assertThat(worker).isBetween(0, threads - 1);
              runs.incrementAndGet(index);
            });
        for (int i = 0; i < count; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void sleepersWakeForTheNextRegion() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      for (int round = 0; round < 3; round++) {
        workers.run(1, (index, worker) -> {});
        Thread.sleep(50); // long enough for the others to stop spinning
        AtomicIntegerArray runs = new AtomicIntegerArray(5);
        workers.run(5, (index, worker) -> runs.incrementAndGet(index));
        assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1]");
      }
    }
  }

  @Test
  void anExceptionReachesTheCallerAndTheTeamLivesOn() {
    try (Workers workers = new Workers(2)) {
      for (int count : new int[] {1, 10}) {
        assertThatThrownBy(
                () ->
                    workers.run(
                        count,
                        (index, worker) -> {
                          throw new IllegalStateException("task " + count);
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("task " + count);
      }
      AtomicIntegerArray runs = new AtomicIntegerArray(4);
      workers.run(4, (index, worker) -> runs.incrementAndGet(index));
      assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1]");
    }
  }

  @Test
  void refusesNoThreads() {
    assertThatThrownBy(() -> new Workers(0)).hasMessage("threads is 0; expected at least 1");
  }
}
