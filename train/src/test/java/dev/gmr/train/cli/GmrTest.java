package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.Exporter;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.EventReader;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user meets it, with made-up training behind it. */
class GmrTest {
  @TempDir private Path dir;

  private final FakeEngine engine = new FakeEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int gmr(String line) {
    out.reset();
    err.reset();
    String[] args =
        Stream.of(line.split(" "))
            .map(word -> word.replace("DIR", dir.toString()))
            .toArray(String[]::new);
    Session session =
        new Session(
            () -> engine,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return Gmr.execute(session, false, args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void forgetBackend() {
    System.clearProperty("gmr.backend");
    System.clearProperty("gmr.simd.bits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian                       | gmr: unknown command 'trian'; did you mean train?
          train --sgima 1             | gmr train: unknown option --sgima; did you mean --sigma?
          train --out DIR/r x         | gmr train: unexpected argument 'x'
          train --sigma               | gmr train: missing required parameter for option '--sigma'
          train --sigma abc           | '--sigma': 'abc' is not a number; expected one such as 0.5 or 1e-3
          train --sigma 0,5           | '0,5' is not a number
          train --epochs 1.5          | '--epochs': '1.5' is not a whole number
          train --seed 99999999999999999999 | is out of range; expected -9223372036854775808 to
          train --batch-size 2147483648 | is out of range; expected -2147483648 to 2147483647
          train --model lenett        | '--model': 'lenett' is unknown; did you mean lenet?
          train --optimizer adm       | 'adm' is unknown; did you mean adam? expected adam, sgd
          train --optimizer ADAM      | 'ADAM' is unknown; did you mean adam?
          train --noise frsh          | 'frsh' is unknown; did you mean fresh? expected fresh, frozen
          train --schedule cosin      | 'cosin' is unknown; did you mean cosine? expected plateau, cosine
          train --expected-loss mae   | 'mae' is unknown; did you mean mse? expected ce, mse, pseudo
          train --out DIR/r --sigma 1 --alpha 0.5 --expectation 1 | gmr train: --alpha sets both weights; leave --expectation away
          train --out DIR/r --alpha 0.5 --empirical 1 | gmr train: --alpha sets both weights; leave --empirical away
          train --out DIR/r --sigma 1 --alpha 1.5 | gmr train: --alpha is 1.5; expected a number from 0 to 1
          train --out DIR/r --alpha 0.5 | gmr train: --alpha 0.5 needs noise; add --sigma, for example
          train --out DIR/r --expected-loss mse | gmr train: --expected-loss mse has no effect without the regularizer
          train --out DIR/r --sigma 1 --alpha 1 --expected-loss pseudo | sees no label; raise --empirical
          train --out DIR/r --label-smoothing 1 | gmr train: --label-smoothing is 1.0; expected a number from 0
          train --out DIR/r --warmup 3 --epochs 2 | gmr train: --warmup 3.0 is longer than the run's --epochs 2
          train --out DIR/r --schedule cosine --patience 2 | --patience 2 has no effect with --schedule cosine
          train --out DIR/r --schedule cosine --lr-factor 0.5 | --lr-factor 0.5 has no effect with --schedule cosine
          train --out DIR/r --crop -1 | gmr train: --crop is -1; expected a whole number, 0 or more
          train --backend gpu         | 'gpu' is unknown; expected auto, simd, scalar
          train --out DIR/r --data mnits | gmr train: data set 'mnits' is unknown; did you mean mnist?
          train --out DIR/r --sigma NaN --expectation 1 | gmr train: --sigma is NaN; expected
          train --out DIR/r --sigma 0.5 | gmr train: --sigma 0.5 has no effect alone; add
          train --out DIR/r --expectation 1 | gmr train: --expectation 1.0 needs noise; add --sigma
          train --out DIR/r --epochs 0 | gmr train: --epochs is 0; expected a whole number, 1 or more
          train --out DIR/r --threads 0 | gmr train: --threads is 0; expected 1 to 1024
          train --out DIR/r --simd-bits 64 | gmr train: --simd-bits is 64; expected 128, 256 or 512
          train                       | gmr train: give --out RUN for a new run or --resume RUN
          train --out a --resume b    | gmr train: give --out RUN for a new run or --resume RUN
          evaluate                    | gmr evaluate: missing required parameter: 'RUN'
          train --lr 1 --lr=2 --out DIR/r | gmr train: --lr is given twice; keep one of them; see gmr train --help
          evaluate DIR --points 1     | gmr evaluate: --points is 1; expected 2 to 1000
          evaluate DIR --draws 5      | gmr evaluate: --draws belongs to the measurement that --gap asks for
          evaluate DIR --sigma 1      | gmr evaluate: --sigma belongs to the measurement that --gap asks for
          evaluate DIR --gap --draws 1 | gmr evaluate: --draws is 1; expected 2 to 10000
          evaluate DIR --gap --sigma 0 | gmr evaluate: --sigma is 0.0; expected a number above 0
          evaluate DIR --gap --points 9 | gmr evaluate: --points says nothing to --gap; leave it away
          evaluate DIR --validation --limit 9 | gmr evaluate: --validation measures on the images that the run held out; leave --limit away
          evaluate DIR --validation --data mnist | gmr evaluate: --validation measures on the images that the run held out; leave --data away
          train @DIR                  | gmr train: unexpected argument '@DIR'
          train --out=                | '--out': it is empty; give the name of a folder
          evaluate DIR/r --data-dir=  | '--data-dir': it is empty; give the name of a folder
          data                        | gmr data: missing required subcommand
          data fetch                  | gmr data fetch: missing required parameter: 'NAME'
          data fetch minst            | gmr data fetch: data set 'minst' is unknown; did you mean mnist?
          data get mnist              | gmr data: unknown command 'get'
          export                      | gmr export: missing required parameter: 'RUN'
          export DIR/r --format onx   | 'onx' is unknown; did you mean onnx? expected onnx, safetensors
          export DIR/r --weights bst  | 'bst' is unknown; did you mean best? expected best, last
          export DIR/r --format safetensors --normalize | gmr export: --format safetensors holds weights alone
          import w --data mnist --out DIR/r | gmr import: missing required option: '--model=NAME'
          import w --model lenet --data mnits --out DIR/r | gmr import: data set 'mnits' is unknown; did you mean mnist?
          models lenett               | 'lenett' is unknown; did you mean lenet? expected lenet, alexnet, vgg16, resnet8, resnet20, resnet56, resnet110 or a file ending in .json
          models --data mnits         | gmr models: data set 'mnits' is unknown; did you mean mnist?
          models lenet --data idx     | gmr models: images of --data idx have no one size; choose a data set of --help
          models --json               | gmr models: --json goes with NAME alone, for example gmr models lenet --json
          models alexnet --data mnist | gmr models: alexnet with images of 28 x 28 x 1: maxpool behind features.10 (2x2) does not fit its input of 1 x 1 x 256; choose another --data
          quickstart --seed x         | '--seed': 'x' is not a whole number
          """)
  void wrongUseGetsOneLineAndExitCode2(String line, String message) {
    int exitCode = gmr(line);

    assertThat(err()).contains(message.replace("DIR", dir.toString())).hasLineCount(1);
    assertThat(exitCode).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(engine.trained).isEmpty();
    assertThat(dir.resolve("r")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --resume DIR/none | gmr train: DIR/none does not exist; gmr train --out DIR/none starts
          train --resume DIR      | gmr train: DIR holds no run: config.json is missing
          evaluate DIR/none       | gmr evaluate: DIR/none does not exist
          train --out DIR/file    | gmr train: DIR/file is a file; take another folder with --out
          train --out DIR         | gmr train: DIR is not empty and holds no run; take another
          train --out DIR/r --model DIR/no.json | gmr train: cannot read DIR/no.json: no such file or folder; give --model a file that describes
          models DIR/no.json      | gmr models: cannot read DIR/no.json: no such file or folder
          models DIR/file.json    | gmr models: DIR/file.json: not valid JSON at line 1, column 2; gmr models NAME --json prints an example
          train --out DIR/r --model DIR/file.json | gmr train: DIR/file.json: not valid JSON at line 1, column 2; gmr models
          models DIR/latin.json   | gmr models: DIR/latin.json is no text in UTF-8; write it as one
          models DIR/long.json    | gmr models: DIR/long.json is longer than the 1048576 bytes a description may have
          data verify cifar10     | gmr data verify: cifar10 is not here; gmr data fetch cifar10 gets it
          """)
  void wrongFilesGetOneLineAndExitCode3(String line, String message) throws Exception {
    Files.writeString(dir.resolve("file"), "");
    Files.writeString(dir.resolve("file.json"), "{");
    Files.write(dir.resolve("latin.json"), new byte[] {'{', (byte) 0xe9, '}'});
    Files.writeString(dir.resolve("long.json"), " ".repeat((1 << 20) + 1));
    int exitCode = gmr(line);

    assertThat(err()).contains(message.replace("DIR", dir.toString())).hasLineCount(1);
    assertThat(exitCode).isEqualTo(3);
  }

  @Test
  void trainsEvaluatesAndDraws() {
    assertThat(gmr("train --out DIR/run --epochs 3 --seed 7 --threads 1")).isZero();

    RunFolder run = RunFolder.view(dir.resolve("run"));
    assertThat(run.readSummary().evaluated()).isTrue();
    assertThat(run.readRobustness()).hasSize(30);
    assertThat(run.metricsImage()).isNotEmptyFile();
    assertThat(run.robustnessImage()).isNotEmptyFile();
    assertThat(engine.evaluated.get(0).seed()).isEqualTo(7);
    assertThat(err()).hasLineCount(3).contains("epoch 3/3  train loss 0.5000 acc 0.8750");
    assertThat(out()).contains("accuracy", "0.9800", run.readSummary().weightsSha256());
  }

  @Test
  void optionsReachTheEngine() {
    int exitCode =
        gmr(
            "train --out DIR/r --data mnist --data-dir DIR/d --sigma 0.25 --augmentation 3"
                + " --noise frozen --optimizer sgd --lr 0.1 --momentum 0.8 --weight-decay 0.01"
                + " --batch-size 64 --epochs 2 --patience 4 --lr-factor 0.5 --stop-patience 6"
                + " --seed -3 --threads 5 --valid-fraction 0.2 --limit 100 --test-limit 50"
                + " --empirical 0.5 --no-evaluate --quiet");

    assertThat(exitCode).isZero();
    Engine.TrainingJob job = engine.trained.get(0);
    assertThat(job.threads()).isEqualTo(5);
    assertThat(job.config().noise()).isEqualTo(new NoiseOptions(0.25, 0, 0.5, 3, NoiseMode.FROZEN));
    // The remaining options: each is found in the command line made from the configuration.
    assertThat(CommandLines.train(job.config(), Path.of("r")))
        .isEqualTo(
            "gmr train --model lenet --data mnist --data-dir "
                + dir
                + "/d --limit 100 --test-limit 50 --valid-fraction 0.2 --seed -3 --sigma 0.25"
                + " --empirical 0.5 --augmentation 3 --noise frozen --optimizer sgd --lr 0.1"
                + " --momentum 0.8 --weight-decay 0.01 --batch-size 64 --epochs 2 --patience 4"
                + " --lr-factor 0.5 --stop-patience 6 --out r");
    assertThat(engine.evaluated).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--sigma 0.5 --expectation 2 --seed 9",
        "--optimizer sgd --momentum 0",
        "--sigma 0.5 --alpha 0.9 --expected-loss mse --label-smoothing 0.1 --crop 4 --flip",
        "--model alexnet --schedule cosine --warmup 0.5 --epochs 7",
        "--schedule cosine --stop-patience 5",
        "--lr 1e-3 --batch-size 100 --epochs 10 --limit 20000 --valid-fraction 0"
      })
  void theCommandLineOfAConfigurationRepeatsIt(String options) {
    gmr("train --out DIR/a " + options);
    TrainingConfig config = engine.trained.get(0).config();
    gmr(CommandLines.train(config, dir.resolve("b")).substring("gmr ".length()));

    assertThat(engine.trained.get(1).config()).isEqualTo(config);
  }

  @Test
  void resumingKeepsTheRunsOptions() {
    gmr("train --out DIR/run --epochs 2 --seed 5 --no-evaluate");
    assertThat(gmr("train --resume DIR/run --epochs 4 --threads 1 --quiet")).isZero();

    Engine.TrainingJob resumed = engine.trained.get(1);
    assertThat(resumed.resume()).isTrue();
    assertThat(resumed.config().seed()).isEqualTo(5);
    assertThat(resumed.config().schedule().epochs()).isEqualTo(4);
    assertThat(RunFolder.view(dir.resolve("run")).readMetrics()).hasSize(4);
    assertThat(err()).startsWith("going on at epoch 3, step 1\n").hasLineCount(3);
  }

  @Test
  void tensorBoardIsKeptUpToDateOnceAskedFor() throws Exception {
    gmr("train --out DIR/plain --epochs 1");
    assertThat(RunFolder.view(dir.resolve("plain")).events()).doesNotExist();

    gmr("train --out DIR/run --epochs 2 --no-evaluate --tensorboard");
    Path events = RunFolder.view(dir.resolve("run")).events();
    assertThat(EventReader.read(events)).hasSize(3);
    gmr("train --resume DIR/run --epochs 4 --no-evaluate");
    assertThat(EventReader.read(events).stream().map(e -> e.step()))
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    gmr("evaluate DIR/run");
    assertThat(EventReader.read(events)).hasSize(5 + 1 + 30);
    assertThat(gmr("train --resume DIR/plain --tensorboard --epochs 2")).isZero();
    assertThat(EventReader.read(RunFolder.view(dir.resolve("plain")).events())).hasSize(3 + 1 + 30);
  }

  @Test
  void aRunThatNeverBeganLeavesNoEvents() {
    engine.failure = UserError.usage("no");
    gmr("train --out DIR/run --tensorboard");
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void alphaSharesTheWeightsInDecimals() {
    gmr("train --out DIR/a --sigma 0.5 --alpha 0.9");
    assertThat(engine.trained.get(0).config().noise())
        .isEqualTo(new NoiseOptions(0.5, 0.9, 0.1, 0, NoiseMode.FRESH));
  }

  @Test
  void aCosineCannotBeLengthened() {
    gmr("train --out DIR/run --epochs 2 --schedule cosine");
    assertThat(gmr("train --resume DIR/run --epochs 4")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "gmr train: --epochs cannot be raised: the cosine of this run reaches a learning rate of"
                + " 0 after 2; begin a new run with --epochs 4\n");
    assertThat(gmr("train --resume DIR/run --epochs 2")).isZero();
  }

  @Test
  void aRunOfAnUnknownDataSetIsDamaged() throws Exception {
    gmr("train --out DIR/run --epochs 1");
    Path config = dir.resolve("run/config.json");
    Files.writeString(config, Files.readString(config).replace("\"digits\"", "\"digts\""));

    for (String line : List.of("train --resume DIR/run", "evaluate DIR/run")) {
      assertThat(gmr(line)).isEqualTo(3);
      assertThat(err())
          .contains(config + " is damaged: data set 'digts' is unknown; did you mean digits?")
          .hasLineCount(1);
    }
  }

  @Test
  void resumingTakesTheDataFromAnotherFolder() {
    gmr("train --out DIR/run --epochs 1 --data mnist --data-dir DIR/old");
    assertThat(gmr("train --resume DIR/run --data-dir DIR/new")).isZero();

    TrainingConfig before = engine.trained.get(0).config();
    TrainingConfig after = engine.trained.get(1).config();
    assertThat(after.data().dir()).isEqualTo(dir + "/new");
    assertThat(after.withData(before.data())).isEqualTo(before);
    assertThat(RunFolder.view(dir.resolve("run")).readConfig().options()).isEqualTo(after);
  }

  @Test
  void resumingRefusesOtherOptionsByName() {
    gmr("train --out DIR/run --epochs 2");
    assertThat(gmr("train --resume DIR/run --sigma 1 --seed=3 --threads 1")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "gmr train: --resume goes on under the run's own options; leave away --sigma,"
                + " --seed\n");

    assertThat(gmr("train --resume DIR/run --epochs 1")).isEqualTo(2);
    assertThat(err())
        .isEqualTo("gmr train: --epochs 1 is below the run's 2; it can only be raised\n");
  }

  @Test
  void aSecondRunInTheSameFolderIsRefused() {
    gmr("train --out DIR/run --epochs 1");

    assertThat(gmr("train --out DIR/run --epochs 1")).isEqualTo(3);
    assertThat(err()).contains("holds a run already; go on with it by gmr train --resume ");
  }

  @Test
  void theFolderOfARunThatSavedNothingIsTakenAgain() {
    engine.stopAtOnce = true; // the fake one saves its configuration alone
    gmr("train --out DIR/run --seed 1");

    engine.stopAtOnce = false;
    assertThat(gmr("train --out DIR/run --seed 2 --epochs 1")).isZero();
    assertThat(engine.trained.get(1).resume()).isFalse();
    assertThat(RunFolder.view(dir.resolve("run")).readConfig().options().seed()).isEqualTo(2);
  }

  @Test
  void aStoppedRunSaysHowToGoOn() {
    engine.stopAtOnce = true;

    assertThat(gmr("train --out DIR/run")).isEqualTo(1);
    assertThat(err())
        .isEqualTo("gmr train: stopped and saved; go on with gmr train --resume " + dir + "/run\n");
    assertThat(dir.resolve("run/summary.json")).doesNotExist();
  }

  @Test
  void divergenceHasItsOwnExitCode() {
    engine.failure = UserError.diverged("the loss became NaN; train again with a smaller --lr");

    assertThat(gmr("train --out DIR/run")).isEqualTo(4);
    assertThat(err())
        .isEqualTo("gmr train: the loss became NaN; train again with a smaller --lr\n");
  }

  @Test
  void memoryThatRunsOutNamesTheOptionsOfTheCommand() {
    engine.error = new OutOfMemoryError("Java heap space");
    assertThat(gmr("train --out DIR/run")).isEqualTo(1);
    assertThat(err())
        .hasLineCount(1)
        .matches(
            "gmr train: out of memory; take a smaller --batch-size, --augmentation or --limit, or"
                + " give Java more than its \\d+ MB by GMR_JAVA_OPTIONS=-Xmx\\d+g\n");

    assertThat(gmr("quickstart --out DIR/q")).isEqualTo(1);
    assertThat(err()).hasLineCount(2).contains("gmr quickstart: out of memory; give Java more");

    engine.error = new OutOfMemoryError("unable to create native thread: limits reached");
    assertThat(gmr("train --out DIR/run")).isEqualTo(1);
    assertThat(err()).hasLineCount(1).contains("take a smaller --threads or raise the limit");
  }

  @Test
  void aDefectGetsOneLineAndALogFile() throws Exception {
    engine.failure = new IllegalStateException("inner\ntrouble");

    assertThat(gmr("train --out DIR/run")).isEqualTo(1);
    assertThat(err())
        .hasLineCount(1)
        .startsWith("gmr train: a defect of gmr: IllegalStateException: inner; please report");
    Path log = Path.of(err().strip().replaceFirst(".* with ", ""));
    assertThat(log).content().contains("trouble", "aDefectGetsOneLineAndALogFile");
    Files.delete(log);
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void evaluationRenewsTheRunsFiguresOrPrintsOthers() {
    gmr("train --out DIR/run --epochs 1 --no-evaluate");
    RunFolder run = RunFolder.view(dir.resolve("run"));

    assertThat(gmr("evaluate DIR/run --points 5 --seed 3")).isZero();
    assertThat(out()).contains("accuracy", "0.9800", "0.8700");
    assertThat(run.readSummary().evaluated()).isFalse();
    assertThat(run.readRobustness()).isEmpty();

    assertThat(gmr("evaluate DIR/run")).isZero();
    assertThat(run.readSummary().evaluated()).isTrue();
    assertThat(run.readRobustness()).hasSize(30);
  }

  @Test
  void theGapIsPrintedAndKept() throws Exception {
    gmr("train --out DIR/run --epochs 1 --no-evaluate --sigma 0.25 --expectation 1");
    assertThat(gmr("evaluate DIR/run --gap --no-write --draws 9")).isZero();
    assertThat(engine.measured.get(0).draws()).isEqualTo(9);
    assertThat(dir.resolve("run/gap.csv")).doesNotExist();

    assertThat(gmr("evaluate DIR/run --gap")).isZero();
    assertThat(engine.measured.get(1).sigma()).isEqualTo(0.25);
    assertThat(engine.measured.get(1).draws()).isEqualTo(20);
    assertThat(engine.evaluated).isEmpty();
    // 1.95996 standard errors each way
    assertThat(out())
        .contains("sampled less expected              0.12500   0.01960        0.02940\n")
        .contains("2000 images, sigma 0.25, 20 draws")
        .endsWith("the gap is what a loss at the expected logits does not see of the noise.\n");
    assertThat(dir.resolve("run/gap.csv"))
        .hasContent(
            """
            quantity,mean,error_of_draws,error,sigma,draws,images
            clean,0.25,0.0,0.01,0.25,20,2000
            expected,0.5,0.0,0.02,0.25,20,2000
            sampled,0.625,0.01,0.03,0.25,20,2000
            gap,0.125,0.01,0.015,0.25,20,2000
            """);

    engine.gap = -0.125;
    gmr("evaluate DIR/run --gap --validation");
    assertThat(out()).contains("The gap is negative, which an exact E f cannot bring");
    assertThat(dir.resolve("run/gap.csv")).content().doesNotContain("-0.125");
    engine.gap = 0.01;
    gmr("evaluate DIR/run --gap --seed 3");
    assertThat(out()).contains("more --draws would tell the two apart here");
  }

  @Test
  void theGapOfARunWithoutNoiseNeedsASigma() {
    gmr("train --out DIR/run --epochs 1 --no-evaluate");
    assertThat(gmr("evaluate DIR/run --gap")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "gmr evaluate: %s/run was trained without noise; say with --sigma which to measure with\n"
                .formatted(dir));
    assertThat(gmr("evaluate DIR/run --gap --sigma 0.5")).isZero();
    assertThat(dir.resolve("run/gap.csv")).content().contains(",0.5,20,2000");
  }

  /** A folder named like the lock stands for any fault, such as a read-only file system. */
  @Test
  void evaluationPrintsItsFiguresWhereItCannotWriteThem() throws Exception {
    gmr("train --out DIR/run --epochs 1 --no-evaluate");
    Path lock = dir.resolve("run/.lock");
    Files.delete(lock);
    Files.createDirectory(lock);

    assertThat(gmr("evaluate DIR/run")).isEqualTo(3);
    assertThat(out()).contains("accuracy", "0.9800", "0.8700");
    assertThat(err())
        .isEqualTo(
            "gmr evaluate: cannot renew robustness.csv and summary.json in "
                + dir
                + "/run: is a directory; the figures are printed only, for which --no-write asks\n");

    for (String wanted : List.of("--no-write", "--seed 5")) {
      assertThat(gmr("evaluate DIR/run " + wanted)).isZero();
      assertThat(out()).contains("accuracy", "0.9800", "0.8700");
      assertThat(err()).isEmpty();
    }
    assertThat(RunFolder.view(dir.resolve("run")).readRobustness()).isEmpty();
  }

  @Test
  void evaluationPrintsItsFiguresBeforeWritingFails() throws Exception {
    gmr("train --out DIR/run --epochs 1 --no-evaluate");
    Files.createDirectories(dir.resolve("run/robustness.csv/in the way"));

    assertThat(gmr("evaluate DIR/run")).isEqualTo(3);
    assertThat(out()).contains("accuracy", "0.9800", "0.8700");
    assertThat(err())
        .hasLineCount(1)
        .startsWith("gmr evaluate: cannot write " + dir + "/run/robustness.csv: ")
        .endsWith(" and run gmr evaluate " + dir + "/run\n");
  }

  @Test
  void evaluationOfAnUnfinishedRunWritesNothingAndSaysSo() {
    engine.stopAtOnce = true;
    gmr("train --out DIR/run");

    assertThat(gmr("evaluate DIR/run")).isZero();
    assertThat(out()).contains("accuracy", "0.9800");
    assertThat(err())
        .isEqualTo(
            "gmr evaluate: %1$s/run is not finished, so nothing was written into it; gmr train"
                    .formatted(dir)
                + " --resume %s/run goes on\n".formatted(dir));
    assertThat(dir.resolve("run/robustness.csv")).doesNotExist();
  }

  @Test
  void exportOptionsReachTheEngine() {
    gmr("train --out DIR/run --data mnist --data-dir DIR/d --sigma 1 --expectation 2 --epochs 1");
    assertThat(gmr("export DIR/run")).isZero();
    assertThat(out()).contains("lenet.onnx", "lenet.onnx.md", "33".repeat(32));
    Engine.ExportJob job = engine.exported.get(0);
    assertThat(job.format()).isEqualTo(Exporter.Format.ONNX);
    assertThat(job.normalize()).isTrue();
    assertThat(job.last()).isFalse();
    assertThat(job.out()).isEmpty();
    assertThat(job.command())
        .isEqualTo(
            "gmr train --model lenet --data mnist --sigma 1.0 --expectation 2.0 --epochs 1 --out"
                + " run");

    gmr("export DIR/run --normalize");
    assertThat(engine.exported.get(1).normalize()).isTrue();
    gmr("export DIR/run --no-normalize --weights last --out DIR/x.onnx");
    assertThat(engine.exported.get(2).normalize()).isFalse();
    assertThat(engine.exported.get(2).last()).isTrue();
    assertThat(engine.exported.get(2).out()).contains(dir.resolve("x.onnx"));
    gmr("export DIR/run --format safetensors");
    assertThat(engine.exported.get(3).format()).isEqualTo(Exporter.Format.SAFETENSORS);
    assertThat(engine.exported.get(3).normalize()).isFalse();
  }

  @Test
  void importOptionsReachTheEngine() {
    assertThat(
            gmr(
                "import DIR/w.safetensors --model alexnet --data cifar10 --data-dir DIR/d --prefix"
                    + " net --out DIR/run"))
        .isZero();
    assertThat(out()).contains("gmr evaluate " + dir + "/run");
    Engine.ImportJob job = engine.imported.get(0);
    assertThat(job.file()).isEqualTo(dir.resolve("w.safetensors"));
    assertThat(job.prefix()).contains("net");
    assertThat(job.config().model()).isEqualTo("alexnet");
    assertThat(job.config().data()).isEqualTo(new DataOptions("cifar10", dir + "/d", 0, 0, 0));

    assertThat(gmr("evaluate DIR/run")).isZero();
    RunFolder run = RunFolder.view(dir.resolve("run"));
    assertThat(run.readSummary().accuracy()).isEqualTo(0.98);
    assertThat(run.readSummary().epochs()).isZero();
    assertThat(run.readRobustness()).hasSize(30);
  }

  @Test
  void quickstartComparesThreeRuns() throws Exception {
    assertThat(gmr("quickstart --short --out DIR/q")).isZero();

    assertThat(out()).contains("plain", "augmented", "regularized", "3.50x", "gmr data fetch");
    assertThat(dir.resolve("q/comparison.png")).isNotEmptyFile();
    assertThat(dir.resolve("q/report.html"))
        .content()
        .contains("gmr quickstart --short --out ", "--augmentation 5", "11".repeat(32));
    assertThat(engine.trained).hasSize(3);
    assertThat(engine.trained.stream().map(job -> job.config().seed()).distinct()).hasSize(1);
  }

  @Test
  void quickstartGoesOnWhereItWasStopped() {
    engine.stopAtOnce = true;
    assertThat(gmr("quickstart --out DIR/q")).isEqualTo(1);
    assertThat(err()).contains("go on with gmr quickstart --out " + dir);

    engine.stopAtOnce = false;
    assertThat(gmr("quickstart --out DIR/q")).isZero();
    assertThat(engine.trained)
        .extracting(Engine.TrainingJob::resume)
        .containsExactly(false, true, false, false);

    assertThat(gmr("quickstart --out DIR/q")).isZero();
    assertThat(err()).contains("is there already; --again replaces it");
    assertThat(engine.trained).hasSize(4);

    assertThat(gmr("quickstart --out DIR/q --seed 1")).isEqualTo(2);
    assertThat(err()).contains("holds a run with other options");

    assertThat(gmr("quickstart --out DIR/q --seed 1 --again")).isZero();
    assertThat(engine.trained).hasSize(7);
  }

  @Test
  void dataCommandsReachTheEngine() {
    assertThat(gmr("data list")).isZero();
    assertThat(out()).contains("digits", "built in");
    assertThat(gmr("data fetch mnist")).isZero();
    assertThat(engine.fetched).isEqualTo(List.of("mnist"));
    assertThat(out()).isEqualTo("mnist is in data-sets/mnist\n");
    assertThat(gmr("data fetch digits")).isZero();
    assertThat(out()).isEqualTo("digits is built in: there is nothing to fetch\n");
    assertThat(gmr("data verify mnist")).isZero();
    assertThat(out()).isEqualTo("train.gz: whole\n");
  }

  @Test
  void infoPrintsTheKernelsInUse() {
    assertThat(gmr("info --threads 2")).isZero();
    assertThat(out()).contains("backend", "lanes", "JDK", "VM", "100.0 GFLOP/s", "200.0 GFLOP/s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "evaluate",
        "export",
        "import",
        "quickstart",
        "info",
        "models",
        "data",
        "data list",
        "data fetch",
        "data verify"
      })
  void everyCommandHasHelp(String command) {
    assertThat(gmr((command + " --help").strip())).isZero();
    assertThat(out()).contains("Usage: gmr", "Exit codes:").hasLineCount(out().split("\n").length);
    assertThat(out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void completionAndVersionPrint() {
    assertThat(gmr("generate-completion")).isZero();
    assertThat(out())
        .contains("--expectation", "fashion-mnist", "resnet110", "pseudo", "cosine", "complete -F");
    assertThat(gmr("--version")).isZero();
    assertThat(out()).startsWith("gmr ").contains("on Java");
  }
}
