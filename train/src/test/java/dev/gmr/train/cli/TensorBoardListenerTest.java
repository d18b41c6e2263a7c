package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.run.TrainingListener;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TensorBoardListenerTest {
  /**
   * What it does not hand on would be lost without a word, since a listener's methods do nothing.
   */
  @Test
  void handsEverythingOn() {
    for (Method told : TrainingListener.class.getMethods()) {
      assertThat(TensorBoardListener.class.getDeclaredMethods())
          .as(told.getName())
          .anyMatch(
              own ->
                  own.getName().equals(told.getName())
                      && Arrays.equals(own.getParameterTypes(), told.getParameterTypes()));
    }
  }
}
