package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.run.TrainingListener;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorBoardListenerTest {
  /** They write events first, of a run that is there. */
  private static final Set<String> WRITING = Set.of("begin", "epochDone");

  /**
   * What it does not hand on would be lost without a word, since a listener's methods do nothing.
   */
  @Test
  void handsEverythingOn() throws ReflectiveOperationException {
    List<String> heard = new ArrayList<>();
    TrainingListener next =
        (TrainingListener)
            Proxy.newProxyInstance(
                TrainingListener.class.getClassLoader(),
                new Class<?>[] {TrainingListener.class},
                (proxy, method, arguments) -> {
                  heard.add(call(method, arguments));
                  return null;
                });
    TensorBoardListener listener = new TensorBoardListener(null, next);
    List<String> told = new ArrayList<>();
    for (Method method : TrainingListener.class.getMethods()) {
      if (!WRITING.contains(method.getName())) {
        Object[] arguments =
            Arrays.stream(method.getParameterTypes()).map(TensorBoardListenerTest::value).toArray();
        method.invoke(listener, arguments);
        told.add(call(method, arguments));
      }
    }
    assertThat(heard).isEqualTo(told).hasSizeGreaterThan(4);
  }

  private static String call(Method method, Object[] arguments) {
    return method.getName() + Arrays.toString(arguments == null ? new Object[0] : arguments);
  }

  private static Object value(Class<?> type) {
    return switch (type.getName()) {
      case "int" -> 3;
      case "long" -> 4L;
      case "double" -> 0.5;
      case "boolean" -> true;
      default -> "text";
    };
  }
}
