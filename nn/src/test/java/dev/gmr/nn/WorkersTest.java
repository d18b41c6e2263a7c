package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  void eachMemberBeginsWithItsOwnRun() {
    try (Workers workers = new Workers(3)) {
      CyclicBarrier all = new CyclicBarrier(3);
      AtomicIntegerArray member = new AtomicIntegerArray(3);
      for (int region = 0; region < 20; region++) {
        workers.run(
            3,
            (index, worker) -> {
              await(all); // until each has one
              member.set(index, worker);
            });
        assertThat(member.toString()).isEqualTo("[0, 1, 2]");
      }
    }
  }

  @Test
  void whoIsDoneTakesWhatOthersHaveLeft() {
    try (Workers workers = new Workers(2)) {
      CyclicBarrier both = new CyclicBarrier(2);
      CountDownLatch others = new CountDownLatch(7);
      AtomicIntegerArray member = new AtomicIntegerArray(8);
      workers.run(
          8,
          (index, worker) -> {
            member.set(index, worker);
            if (index % 4 == 0) {
              await(both); // each is at the first of its own
            }
            if (index == 4) {
              await(others);
            } else {
              others.countDown();
            }
          });
      assertThat(member.toString()).isEqualTo("[0, 0, 0, 0, 1, 0, 0, 0]");
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody took the others");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
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
