package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.data.DataSet;
import dev.gmr.data.ImageSet;
import dev.gmr.data.Normalization;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.Network;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.TrainingConfig;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {
  private static final long MIB = 1 << 20;

  @TempDir private Path dir;

  private static DataSet black(int side, int channels, int classes) {
    byte[] pixels = new byte[10 * side * side * channels];
    ImageSet set = ImageSet.wrap(side, side, channels, classes, pixels, new byte[10]);
    float[] half = new float[channels];
    Arrays.fill(half, .5f);
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new DataSet("black", set, set, names, new Normalization(half, half));
  }

  /** Adds up the arrays of numbers that gmr's own objects hold. */
  private static long arrays(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    long bytes = 0;
    while (!open.isEmpty()) {
      Object o = open.pop();
      if (!seen.add(o) || o instanceof Thread) {
        continue;
      }
      if (o instanceof float[] x) {
        bytes += 4L * x.length;
      } else if (o instanceof int[] x) {
        bytes += 4L * x.length;
      } else if (o.getClass().isArray() && !o.getClass().componentType().isPrimitive()) {
        for (int i = 0; i < Array.getLength(o); i++) {
          push(open, Array.get(o, i));
        }
      } else if (o instanceof Collection<?> all) {
        all.forEach(x -> push(open, x));
      } else if (o.getClass().getName().startsWith("dev.gmr.") && !o.getClass().isHidden()) {
        for (Field field : o.getClass().getDeclaredFields()) {
          if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
            field.setAccessible(true);
            push(open, field.get(o));
          }
        }
      }
    }
    return bytes;
  }

  private static void push(Deque<Object> open, Object o) {
    if (o != null) {
      open.push(o);
    }
  }

  /** A fiftieth, or a MiB, for the tables of the kernels' plans, which are not counted. */
  @ParameterizedTest
  @CsvSource({
    "lenet, 28, 1, 10, 1",
    "lenet, 28, 1, 10, 100",
    "lenet, 28, 1, 10, 1000",
    "lenet, 32, 3, 100, 250",
    "lenet, 64, 3, 5, 100",
    "alexnet, 32, 3, 10, 128",
    "alexnet, 32, 3, 10, 16",
    "vgg16, 32, 3, 10, 20",
    "resnet20, 32, 3, 10, 100",
  })
  void foretellsWhatANetworkAllocates(
      String model, int side, int channels, int classes, int capacity)
      throws IllegalAccessException {
    DataSet data = black(side, channels, classes);
    long images = 4L * capacity * data.train().imageLength();
    try (Workers workers = new Workers(2)) {
      TrainingConfig config = TrainingConfig.recipe(model, "black");
      MemoryPlan plan = MemoryPlan.of(config, data, capacity, workers);
      Capacity planned = Capacity.training(capacity, false);
      Network network = Models.plan(config.network(), data.train(), planned, workers);
      long found = arrays(network);
      long foretold = plan.weights() + plan.gradients() + plan.activations() - images;
      System.out.printf(
          "%s, %d images of %dx%dx%d: %d MiB planned, %d MiB allocated%n",
          model, capacity, side, side, channels, foretold / MIB, found / MIB);
      assertThat(foretold).isCloseTo(found, within(found / 50 + MIB));
    }
  }

  private static MemoryPlan plan(int capacity, long activationsMib) {
    return new MemoryPlan(
        capacity, 13 * MIB, 14 * MIB, 26 * MIB, 40 * MIB, activationsMib * MIB, 9 * MIB, 0);
  }

  private static MemoryPlan smaller(int capacity) {
    return plan(capacity, 310L * capacity / 100);
  }

  @Test
  void readsInOneLine() {
    assertThat(plan(100, 310))
        .hasToString(
            "412 MiB (weights 13, gradients 14, optimizer 26, saving 40, activations 310, data 9)");
    assertThat(new MemoryPlan(1, 1, 1, 1, 1, 1, 0, 150 * MIB + 1))
        .hasToString(
            "1 MiB (weights 1, gradients 1, optimizer 1, saving 1, activations 1, data 0 and 151"
                + " mapped)");
  }

  @Test
  void refusesWhatDoesNotFit() {
    MemoryPlan plan = plan(100, 310);
    assertThatCode(() -> plan.requireRoom(412 * MIB, 800 * MIB, MemoryPlanTest::smaller))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> plan.requireRoom(257 * MIB, 800 * MIB, MemoryPlanTest::smaller))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "steps of 100 images need "
                + plan
                + ", but Java may use 257 MiB; take a --batch-size of at most 50, or give it more"
                + " by GMR_JAVA_OPTIONS=-Xmx1g")
        .extracting(e -> ((UserError) e).exitCode())
        .isEqualTo(2);
    assertThatThrownBy(() -> plan.requireRoom(257 * MIB, 200 * MIB, MemoryPlanTest::smaller))
        .hasMessageEndingWith(", but this machine has 200 MiB; take a --batch-size of at most 31");
    assertThatThrownBy(() -> plan.requireRoom(100 * MIB, 800 * MIB, MemoryPlanTest::smaller))
        .hasMessageContaining("even a --batch-size of 1 does not fit: take a smaller --model");
  }

  @Test
  void aRunThatDoesNotFitIsRefusedBeforeItBegins() throws Exception {
    Path output = dir.resolve("output");
    Path run = dir.resolve("run");
    try (Child child =
        Child.start(
            output,
            "-Xmx200m",
            List.of("train", "--batch-size", "5000", "--epochs", "1", "--out", run.toString()))) {
      assertThat(child.end()).isEqualTo(2);
    }
    assertThat(Files.readAllLines(output))
        .filteredOn(line -> !line.startsWith("WARNING"))
        .singleElement()
        .asString()
        .matches(
            "gmr train: steps of 5000 images need \\d+ MiB \\(weights .*\\), but Java may use"
                + " \\d+ MiB; take a --batch-size of at most \\d+, or give it more by"
                + " GMR_JAVA_OPTIONS=-Xmx\\dg");
  }
}
