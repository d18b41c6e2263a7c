package dev.gmr.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFolderTest {
  @TempDir private Path dir;

  static RunConfig config() {
    return new RunConfig(
        TrainingConfig.recipe("lenet", "digits")
            .withNoise(NoiseOptions.augmented(0.1, 5, NoiseMode.FROZEN)),
        new DataFacts(12_000, 2_000, 28, 1, 10, "ab", "cd"),
        Environment.current(2));
  }

  private static final EpochMetrics METRICS =
      new EpochMetrics(1, 0.1, 1.0 / 3, 0, 0.9, Double.NaN, Double.NaN, 1e-4, 12.5);

  private Path begunRun() {
    Path root = dir.resolve("run");
    try (RunFolder folder = RunFolder.create(root)) {
      folder.writeConfig(config());
    }
    return root;
  }

  @Test
  void readsBackWhatItWrote() {
    Path root = dir.resolve("deep/run");
    Summary summary = new Summary(0.99, 0.5, null, 3, 10, 1.5, "ef");
    List<RobustnessPoint> points =
        List.of(new RobustnessPoint(0, 1, 0.98), new RobustnessPoint(0.5, 1.0 / 3, 1e-5));
    try (RunFolder folder = RunFolder.create(root)) {
      folder.writeConfig(config());
      folder.writeMetrics(List.of(METRICS, METRICS));
      folder.writeRobustness(points);
      folder.writeSummary(summary);
    }
    RunFolder read = RunFolder.view(root);

    assertThat(read.readConfig()).isEqualTo(config());
    assertThat(read.readMetrics()).containsExactly(METRICS, METRICS);
    assertThat(read.readRobustness()).isEqualTo(points);
    assertThat(read.readSummary()).isEqualTo(summary);
    assertThat(read.complete()).isTrue();
  }

  @Test
  void writesTheColumnsThatOthersRead() throws IOException {
    try (RunFolder folder = RunFolder.create(dir.resolve("run"))) {
      folder.writeMetrics(List.of(METRICS));
      folder.writeRobustness(List.of(new RobustnessPoint(0.5, 0.25, 1)));

      assertThat(folder.metrics())
          .hasContent(
              """
              epoch,train_loss,train_loss_empirical,train_loss_expectation,train_accuracy,\
              valid_loss,valid_accuracy,learning_rate,seconds
              1,0.1,0.3333333333333333,0.0,0.9,NaN,NaN,1.0E-4,12.5
              """);
      assertThat(folder.robustness()).hasContent("sigma,rho_prediction,rho_label\n0.5,0.25,1.0\n");
    }
  }

  @Test
  void writesTheKeysThatOthersRead() throws IOException {
    try (RunFolder folder = RunFolder.create(dir.resolve("run"))) {
      folder.writeSummary(new Summary(0.5, 0.25, 0.125, 3, 10, 1.5, "ef"));

      assertThat(folder.summary())
          .hasContent(
              """
              {
                "accuracy" : 0.5,
                "robustness_prediction" : 0.25,
                "robustness_label" : 0.125,
                "best_epoch" : 3,
                "epochs" : 10,
                "train_seconds" : 1.5,
                "weights_sha256" : "ef"
              }
              """);
    }
  }

  @Test
  void tablesThatAreNotThereYetAreEmpty() {
    RunFolder folder = RunFolder.view(begunRun());

    assertThat(folder.readMetrics()).isEmpty();
    assertThat(folder.readRobustness()).isEmpty();
    assertThat(folder.complete()).isFalse();
  }

  @Test
  void refusesAFolderThatHoldsARun() {
    Path root = begunRun();

    assertThatThrownBy(() -> RunFolder.create(root))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s holds a run already; go on with it by gmr train --resume %s, or take another folder with --out"
                .formatted(root, root));
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws IOException {
    Files.writeString(dir.resolve("thesis.tex"), "");

    assertThatThrownBy(() -> RunFolder.create(dir))
        .hasMessage(dir + " is not empty and holds no run; take another folder with --out");
    assertThat(dir.resolve("thesis.tex")).exists();
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "");

    assertThatThrownBy(() -> RunFolder.create(file))
        .hasMessage(file + " is a file; take another folder with --out");
    assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("cannot make the folder " + file.resolve("run"));
  }

  @Test
  void refusesToGoOnWithNothing() {
    Path none = dir.resolve("none");

    assertThatThrownBy(() -> RunFolder.open(none))
        .hasMessage(
            "%s does not exist; gmr train --out %s starts a run there".formatted(none, none));
    assertThatThrownBy(() -> RunFolder.open(dir))
        .hasMessage(dir + " holds no run: config.json is missing; gmr train --out starts one");
  }

  @Test
  void keepsASecondOneOutWhileItIsOpen() {
    Path root = begunRun();
    try (RunFolder first = RunFolder.open(root)) {
      assertThat(first.readConfig()).isEqualTo(config());
      assertThatThrownBy(() -> RunFolder.open(root))
          .isInstanceOf(UserError.class)
          .hasMessage(root + " is in use by another gmr; wait for it to end or stop it");
    }
    RunFolder.open(root).close();
  }

  @Test
  void removesTheFolderOfARunThatNeverBegan() throws IOException {
    RunFolder.create(dir.resolve("run")).close();
    assertThat(dir.resolve("run")).doesNotExist();

    Path own = Files.createDirectory(dir.resolve("own"));
    RunFolder.create(own).close();
    assertThat(own).exists();
  }

  @Test
  void startsAnewWhereAKilledProcessLeftItsLock() throws IOException {
    Path root = Files.createDirectory(dir.resolve("run"));
    Files.writeString(root.resolve(".lock"), "");
    Files.writeString(root.resolve(".config.json.tmp"), "{");

    try (RunFolder folder = RunFolder.create(root)) {
      folder.writeConfig(config());
    }
    assertThat(RunFolder.view(root).readConfig()).isEqualTo(config());
  }

  @Test
  void clearingLeavesOtherFilesAlone() throws IOException {
    Path root = begunRun();
    Files.writeString(root.resolve("notes.txt"), "mine");
    try (RunFolder folder = RunFolder.open(root)) {
      folder.clear();
    }
    assertThat(root.resolve("config.json")).doesNotExist();
    assertThat(root.resolve("notes.txt")).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "sigma" : 0.1    | "sigma" : -1 | --sigma is -1.0; expected a finite number, 0 or more
          "sigma" : 0.1    | "sigma" : "a" | options.noise.sigma: Cannot coerce
          "seed" : 0,      |            | options.seed: Missing creator property 'seed'
          "seed" : 0,      | "seed" : 0, "sede" : 1, | Unrecognized field "sede"
          "seed" : 0,      | "seed" : 0, "seed" : 1, | Duplicate field 'seed'
          "frozen"         | "thawed"   | options.noise.mode: "thawed" is none of fresh, frozen
          "frozen"         | null       | there is no noise mode
          12000            | null       | train_images
          12000            | 1.5        | train_images
          """)
  void namesTheDamageInAConfiguration(String from, String to, String damage) throws IOException {
    Path root = begunRun();
    Path file = root.resolve("config.json");
    Files.writeString(file, Files.readString(file).replace(from, to == null ? "" : to));

    assertThatThrownBy(() -> RunFolder.view(root).readConfig())
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.exitCode()).isEqualTo(3))
        .hasMessageStartingWith(file + " is damaged: ")
        .hasMessageContaining(damage)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                                        | it is empty
          sigma,rho                                | its columns are sigma,rho; expected sigma,
          sigma,rho_prediction,rho_label;1,2       | line 2 has 2 values; expected 3
          sigma,rho_prediction,rho_label;1,2,three | line 2 holds something that is not a number
          sigma,rho_prediction,rho_label;1,2,"3    | EOF
          """)
  void namesTheDamageInATable(String content, String damage) throws IOException {
    Path root = begunRun();
    Path file = root.resolve("robustness.csv");
    Files.writeString(file, content == null ? "" : content.replace(';', '\n'));

    assertThatThrownBy(() -> RunFolder.view(root).readRobustness())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(damage)
        .message()
        .hasLineCount(1);
  }

  @Test
  void namesAnEmptyConfiguration() throws IOException {
    Path root = begunRun();
    Files.writeString(root.resolve("config.json"), "");

    assertThatThrownBy(() -> RunFolder.view(root).readConfig())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json is damaged")
        .message()
        .hasLineCount(1);
  }
}
