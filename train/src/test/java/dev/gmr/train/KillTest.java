package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gmr.train.TestRuns.Outcome;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.report.EventReader;
import dev.gmr.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a training in a process of its own. */
class KillTest {
  private static final int EPOCHS = 8;

  @TempDir private static Path dir;

  private static Outcome undisturbed;
  private static List<Float> events;

  private static Child begin(Path root, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(
        0,
        List.of(
            "train",
            "--limit=120",
            "--test-limit=20",
            "--batch-size=20",
            "--lr=1e-3",
            "--seed=11",
            "--epochs=" + EPOCHS,
            "--no-evaluate",
            "--quiet",
            "--tensorboard",
            "--out=" + root));
    return Child.start(dir.resolve(root.getFileName() + ".txt"), words);
  }

  private static Child resume(Path root) throws IOException {
    return Child.start(
        dir.resolve(root.getFileName() + ".txt"),
        List.of("train", "--resume=" + root, "--no-evaluate", "--quiet"));
  }

  @BeforeAll
  static void trainUndisturbed() throws IOException, InterruptedException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows has no signals");
    Path root = dir.resolve("undisturbed");
    try (Child child = begin(root)) {
      assertThat(child.end()).as(child.printed()).isZero();
    }
    undisturbed = Outcome.of(root);
    events = everyEpochOnce(root);
  }

  /** Checks the events of a run that ended, and returns their losses. */
  private static List<Float> everyEpochOnce(Path root) throws IOException {
    List<EventReader.Event> all = EventReader.read(RunFolder.view(root).events());
    assertThat(all.stream().skip(1).map(EventReader.Event::step))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    return all.stream().skip(1).map(e -> e.values().get("loss/valid")).toList();
  }

  /** The epochs that metrics.csv shows; it is whole whenever it is there. */
  private static int epochs(Path root) {
    return RunFolder.view(root).readMetrics().size();
  }

  private static boolean begun(Path root) {
    return Files.exists(root.resolve("config.json"));
  }

  @Test
  void killedAtThreeRandomMoments() throws IOException, InterruptedException {
    Path root = dir.resolve("killed");
    Random random = new Random(20240607);
    int[] earliest = {0, 2, 4};
    for (int k = 0; k < 3; k++) {
      int epoch = earliest[k];
      // anywhere in an epoch of some 100 to 300 ms, its files' writing included
      int delay = random.nextInt(250);
      try (Child child = k == 0 ? begin(root) : resume(root)) {
        assertThat(child.reaches(() -> begun(root) && epochs(root) >= epoch))
            .as(child.printed())
            .isTrue();
        Thread.sleep(delay);
        child.kill();
        assertThat(child.end()).as("128 + SIGKILL").isEqualTo(137);
      }
      everyFileParses(root);
      assertThat(epochs(root)).as("killed in time").isBetween(epoch, EPOCHS - 1);
    }
    try (Child child = resume(root)) {
      assertThat(child.end()).as(child.printed()).isZero();
    }
    assertThat(Outcome.of(root)).isEqualTo(undisturbed);
    assertThat(everyEpochOnce(root)).isEqualTo(events);
  }

  /** Running statistics and momenta are part of the state. */
  @Test
  void killedWithBatchNormAndSgd() throws IOException, InterruptedException {
    String[] resnet = {"--model=resnet8", "--optimizer=sgd", "--sigma=0.5", "--expectation=1"};
    Path whole = dir.resolve("resnet-undisturbed");
    try (Child child = begin(whole, resnet)) {
      assertThat(child.end()).as(child.printed()).isZero();
    }
    Path root = dir.resolve("resnet-killed");
    try (Child child = begin(root, resnet)) {
      assertThat(child.reaches(() -> begun(root) && epochs(root) >= 2))
          .as(child.printed())
          .isTrue();
      child.kill();
      assertThat(child.end()).isEqualTo(137);
    }
    everyFileParses(root);
    assertThat(epochs(root)).as("killed in time").isBetween(2, EPOCHS - 1);
    try (Child child = resume(root)) {
      assertThat(child.end()).as(child.printed()).isZero();
    }
    assertThat(Outcome.of(root)).isEqualTo(Outcome.of(whole));
  }

  private static void everyFileParses(Path root) throws IOException {
    RunFolder folder = RunFolder.view(root);
    assertThat(folder.readConfig().options().schedule().epochs()).isEqualTo(EPOCHS);
    folder.readMetrics();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors")) {
          assertThat(Safetensors.read(file).tensors()).isNotEmpty();
        } else {
          assertThat(name)
              .matches("config\\.json|metrics\\.csv|events\\.out\\..*|\\..*\\.tmp|\\.lock");
        }
      }
    }
  }

  @Test
  void terminatedItSavesAndSaysHowToGoOn() throws IOException, InterruptedException {
    Path root = dir.resolve("terminated");
    try (Child child = begin(root)) {
      assertThat(child.reaches(() -> begun(root) && epochs(root) >= 1)).isTrue();
      child.terminate();
      assertThat(child.end()).as("128 + SIGTERM").isEqualTo(143);
      assertThat(child.printed())
          .contains("gmr train: stopping after this step")
          .contains("gmr train: stopped and saved; go on with gmr train --resume " + root)
          .doesNotContain("Exception");
    }
    assertThat(epochs(root)).isLessThan(EPOCHS);
    try (Child child = resume(root)) {
      assertThat(child.end()).as(child.printed()).isZero();
    }
    assertThat(Outcome.of(root)).isEqualTo(undisturbed);
    assertThat(everyEpochOnce(root)).isEqualTo(events);
  }
}
