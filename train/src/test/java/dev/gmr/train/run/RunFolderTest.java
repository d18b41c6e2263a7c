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

  /** A run that ended before it saved anything. */
  private Path begunRun() {
    Path root = dir.resolve("run");
    try (RunFolder folder = RunFolder.create(root)) {
      folder.writeConfig(config());
    }
    return root;
  }

  private Path savedRun() {
    Path root = begunRun();
    try (RunFolder folder = RunFolder.open(root)) {
      folder.writeMetrics(List.of(METRICS));
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
  void configSaysWhetherTheWeightsWereImported() throws IOException {
    Path root = begunRun();
    assertThat(root.resolve("config.json")).content().doesNotContain("imported");
    Imported origin = new Imported("w.safetensors", "ab", "module.");
    RunConfig imported =
        new RunConfig(config().options(), config().data(), config().environment(), origin);
    try (RunFolder folder = RunFolder.open(root)) {
      folder.writeConfig(imported);
      assertThat(folder.readConfig()).isEqualTo(imported);
    }
    Path file = root.resolve("config.json");
    Files.writeString(file, Files.readString(file).replace("\"sha256\"", "\"sha\""));
    assertThatThrownBy(() -> RunFolder.view(root).readConfig())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + " is damaged: ");
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
    Path root = savedRun();

    assertThatThrownBy(() -> RunFolder.create(root))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s holds a run already; go on with it by gmr train --resume %s, or take another folder with --out"
                .formatted(root, root));
  }

  @Test
  void takesTheFolderOfARunThatSavedNothing() {
    Path root = begunRun();
    RunConfig other =
        new RunConfig(
            TrainingConfig.recipe("lenet", "mnist"), config().data(), config().environment());

    try (RunFolder folder = RunFolder.create(root)) {
      folder.writeConfig(other);
    }
    assertThat(RunFolder.view(root).readConfig()).isEqualTo(other);

    try (RunFolder running = RunFolder.open(root)) {
      assertThat(running.root()).isEqualTo(root);
      assertThatThrownBy(() -> RunFolder.create(root))
          .hasMessage(root + " is in use by another gmr; wait for it to end or stop it");
    }
  }

  @Test
  void leavesTheConfigurationOfAnotherProgramAlone() throws IOException {
    Path file = Files.writeString(dir.resolve("config.json"), "{\"architectures\": []}");

    assertThatThrownBy(() -> RunFolder.create(dir))
        .isInstanceOf(UserError.class)
        .hasMessage(
            dir
                + " holds a config.json that is damaged or no run's; take another folder with"
                + " --out");
    assertThat(file).hasContent("{\"architectures\": []}");
    assertThat(dir.resolve(".lock")).doesNotExist();
  }

  /** A folder named like the lock stands for any fault, such as a read-only file system. */
  @Test
  void opensForReadingWhatCannotBeWritten() throws IOException {
    Path root = begunRun();
    try (RunFolder first = RunFolder.open(root);
        RunFolder second = RunFolder.openOrView(root)) {
      assertThat(first.obstacle()).isEmpty();
      assertThat(second.obstacle()).hasValue("it is in use by another gmr");
      assertThat(second.readConfig()).isEqualTo(config());
    }
    try (RunFolder folder = RunFolder.openOrView(root)) {
      assertThat(folder.obstacle()).isEmpty();
    }
    Files.delete(root.resolve(".lock"));
    Files.createDirectory(root.resolve(".lock"));
    try (RunFolder folder = RunFolder.openOrView(root)) {
      assertThat(folder.obstacle()).hasValue("is a directory");
    }
    assertThatThrownBy(() -> RunFolder.open(root))
        .hasMessage("cannot lock " + root + ": is a directory; mend that");
  }

  @Test
  void proposesTheCommandThatGoesOn() throws IOException {
    Path root = dir.resolve("a run");
    try (RunFolder folder = RunFolder.create(root).goingOnBy("gmr quickstart")) {
      assertThat(folder.resumeCommand()).isEqualTo("gmr train --resume '" + root + "'");
      folder.writeConfig(config());
      Files.createDirectories(folder.metrics().resolve("in the way"));
      assertThatThrownBy(() -> folder.writeMetrics(List.of(METRICS)))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("cannot write " + folder.metrics() + ": ")
          .hasMessageEndingWith(" and run gmr quickstart");
    }
  }

  @Test
  void saysWhenAConfigurationAloneIsMissing() throws IOException {
    Path root = begunRun();
    Files.move(root.resolve("config.json"), root.resolve("best.safetensors"));

    assertThatThrownBy(() -> RunFolder.open(root))
        .hasMessage(root + " lacks the config.json of its run; bring back a copy of it");
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
          "sigma" : 0.1    | "sigma" : "a" | "options.noise.sigma" is wrong, expected a number
          "seed" : 0,      |            | "options.seed" is missing
          "seed" : 0,      | "seed" : 0, "sede" : 1, | "options.sede" is no key of a run
          "seed" : 0,      | "seed" : 0, "seed" : 1, | Duplicate field 'seed'
          "frozen"         | "thawed"   | "options.noise.mode" is thawed, expected one of fresh, frozen
          "frozen"         | null       | there is no noise mode
          12000            | null       | "data.train_images" is wrong, expected a whole number
          12000            | 1.5        | "data.train_images" is 1.5, expected a whole number
          12000            | 99999999999 | "data.train_images" is out of range;
          "noise" : {      | "noise" : [], "x" : { | "options.noise" is wrong, expected an object
          "sigma" : 0.1    | "sigma" : NaN | in "options.noise": Non-standard token 'NaN'
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
          sigma,rho                                | its columns are sigma,rho, expected sigma,
          sigma,rho_prediction,rho_label;1,2       | line 2 has 2 values, expected 3
          sigma,rho_prediction,rho_label;1,2,three | line 2 holds something that is not a number
          sigma,rho_prediction,rho_label;1,2,"3    | a quote has no end
          """)
  void namesTheDamageInATable(String content, String damage) throws IOException {
    Path root = begunRun();
    Path file = root.resolve("robustness.csv");
    Files.writeString(file, content == null ? "" : content.replace(';', '\n'));

    assertThatThrownBy(() -> RunFolder.view(root).readRobustness())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + " is damaged: ")
        .hasMessageContaining(damage)
        .hasMessageEndingWith(
            "; delete it and run gmr evaluate %s, which writes it again".formatted(root))
        .message()
        .hasLineCount(1);
  }

  @Test
  void namesAnEmptyConfiguration() throws IOException {
    Path root = begunRun();
    Files.writeString(root.resolve("config.json"), "");

    assertThatThrownBy(() -> RunFolder.view(root).readConfig())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json is damaged: it is empty;")
        .message()
        .hasLineCount(1);
  }
}
