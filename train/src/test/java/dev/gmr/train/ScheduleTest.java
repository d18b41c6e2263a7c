package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.run.ScheduleOptions;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static Schedule schedule(int patience, int stopPatience) {
    return new Schedule(new ScheduleOptions(100, patience, 0.5, stopPatience), 1);
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
}
