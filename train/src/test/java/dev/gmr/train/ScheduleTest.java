package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.train.run.RateOptions;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.ScheduleOptions;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static Schedule schedule(int patience, int stopPatience) {
    return new Schedule(
        new ScheduleOptions(100, patience, 0.5, stopPatience), RateOptions.plateau(), 1, 7);
  }

  @Test
  void betterEpochsKeepTheRate() {
    Schedule s = schedule(1, 1);
    for (int epoch = 1; epoch <= 5; epoch++) {
      assertThat(s.epoch(epoch, 1.0 / epoch)).isTrue();
      assertThat(s.exhausted(epoch)).isFalse();
    }
    assertThat(s.learningRate()).isEqualTo(1);
    assertThat(s.bestEpoch()).isEqualTo(5);
    assertThat(s.bestLoss()).isEqualTo(0.2);
  }

  @Test
  void anEqualLossIsNotBetter() {
    Schedule s = schedule(0, 0);
    assertThat(s.epoch(1, 2)).isTrue();
    assertThat(s.epoch(2, 2)).isFalse();
    assertThat(s.bestEpoch()).isEqualTo(1);
  }

  @Test
  void theRateFallsEachTimeThePatienceIsSpent() {
    Schedule s = schedule(3, 0);
    double[] rates = new double[9];
    for (int epoch = 1; epoch <= 9; epoch++) {
      s.epoch(epoch, epoch == 1 ? 1 : 2);
      rates[epoch - 1] = s.learningRate();
    }
    // epochs 2, 3, 4 bring nothing, and again 5, 6, 7
    assertThat(rates).containsExactly(1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25);
    assertThat(s.exhausted(1000)).as("0 waits for ever").isFalse();
  }

  @Test
  void aBetterEpochRestoresThePatience() {
    Schedule s = schedule(2, 3);
    double[] losses = {5, 6, 4, 6, 3, 6, 6, 6};
    boolean[] exhausted = new boolean[losses.length];
    for (int i = 0; i < losses.length; i++) {
      s.epoch(i + 1, losses[i]);
      exhausted[i] = s.exhausted(i + 1);
    }
    assertThat(s.learningRate()).isEqualTo(0.5);
    assertThat(s.waited()).isEqualTo(1);
    assertThat(s.bestEpoch()).isEqualTo(5);
    assertThat(exhausted).containsExactly(false, false, false, false, false, false, false, true);
  }

  @Test
  void withoutValidationEveryEpochIsTheBest() {
    Schedule s = schedule(1, 1);
    for (int epoch = 1; epoch <= 3; epoch++) {
      assertThat(s.epoch(epoch, Double.NaN)).isTrue();
      assertThat(s.exhausted(epoch)).isFalse();
    }
    assertThat(s.learningRate()).isEqualTo(1);
    assertThat(s.bestEpoch()).isEqualTo(3);
  }

  @Test
  void goesOnWhereItWas() {
    Schedule whole = schedule(2, 4);
    double[] losses = {3, 4, 4, 2, 5, 5, 5, 5};
    for (int cut = 0; cut < losses.length; cut++) {
      Schedule first = schedule(2, 4);
      for (int i = 0; i < cut; i++) {
        first.epoch(i + 1, losses[i]);
      }
      Schedule second = schedule(2, 4);
      second.resume(first.learningRate(), first.bestLoss(), first.bestEpoch(), first.waited());
      for (int i = cut; i < losses.length; i++) {
        second.epoch(i + 1, losses[i]);
      }
      if (cut == 0) {
        for (int i = 0; i < losses.length; i++) {
          whole.epoch(i + 1, losses[i]);
        }
      }
      assertThat(second.learningRate()).isEqualTo(whole.learningRate()).isEqualTo(0.125);
      assertThat(second.bestEpoch()).isEqualTo(4);
      assertThat(second.exhausted(8)).isTrue();
      assertThat(second.exhausted(7)).isFalse();
    }
  }

  private static Schedule course(RateSchedule kind, double warmup, int epochs, int steps) {
    return new Schedule(
        new ScheduleOptions(epochs, 0, 1, 0), new RateOptions(kind, warmup), 0.3, steps);
  }

  @Test
  void warmUpRisesStepByStepAndThenHolds() {
    Schedule s = course(RateSchedule.PLATEAU, 0.5, 4, 10);
    double[] rates = new double[7];
    for (int step = 0; step < rates.length; step++) {
      rates[step] = s.rate(step);
    }
    assertThat(rates)
        .containsExactly(
            new double[] {0.06, 0.12, 0.18, 0.24, 0.3, 0.3, 0.3}, within(Math.ulp(0.3)));
    assertThat(s.rate(39)).isEqualTo(0.3);
  }

  /** A warm-up of 2.5 steps: the third step is past it, and the cosine begins there. */
  @Test
  void warmUpMayEndWithinAStep() {
    Schedule s = course(RateSchedule.COSINE, 0.25, 1, 10);
    assertThat(s.rate(0)).isEqualTo(0.3 * 0.4);
    assertThat(s.rate(1)).isEqualTo(0.3 * 0.8);
    assertThat(s.rate(2)).isEqualTo(0.3);
    assertThat(s.rate(3)).isCloseTo(0.15 * (1 + Math.cos(Math.PI / 15)), within(1e-15));
  }

  @Test
  void cosineFallsToZeroAtTheEndOfTheRun() {
    Schedule s = course(RateSchedule.COSINE, 0, 4, 25);
    assertThat(s.rate(0)).isEqualTo(0.3);
    assertThat(s.rate(50)).isCloseTo(0.15, within(1e-15));
    for (int step = 1; step < 100; step++) {
      assertThat(s.rate(step)).isLessThan(s.rate(step - 1)).isPositive();
      // half a cosine is odd about its middle
      assertThat(s.rate(step) + s.rate(100 - step)).isCloseTo(0.3, within(1e-15));
    }
    assertThat(s.rate(100)).isZero();
  }

  @Test
  void plateausLowerTheRateOfWarmUpToo() {
    Schedule s =
        new Schedule(
            new ScheduleOptions(9, 1, 0.5, 0), new RateOptions(RateSchedule.PLATEAU, 4), 0.3, 10);
    s.epoch(1, 1);
    s.epoch(2, 2);
    assertThat(s.rate(20)).isEqualTo(0.15 * 0.525);
    assertThat(s.rate(40)).isEqualTo(0.15);
  }
}
