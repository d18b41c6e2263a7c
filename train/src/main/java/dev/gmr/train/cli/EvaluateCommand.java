package dev.gmr.train.cli;

import dev.gmr.train.Evaluator;
import dev.gmr.train.GapMeter;
import dev.gmr.train.io.UserError;
import dev.gmr.train.report.TensorBoard;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.LossGap;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gmr evaluate. */
@Command(
    name = "evaluate",
    description = {
      "Measures accuracy and robustness of a run's best weights.",
      "The files robustness.csv, robustness.png and summary.json of a finished run are renewed,"
          + " unless an option other than --data-dir of the next group is given: then the figures"
          + " are printed only. With --gap the loss at the expected logits is measured instead, and"
          + " gap.csv renewed."
    },
    footer = {
      "",
      "Examples:",
      "  gmr evaluate runs/regularized",
      "  gmr evaluate runs/regularized --seed 1 --points 60",
      "  gmr evaluate runs/regularized --validation",
      "  gmr evaluate runs/regularized --gap --draws 100"
    })
final class EvaluateCommand implements Callable<Integer> {
  /** Beyond it a point is narrower than the counting error of a million test images. */
  private static final int MAX_POINTS = 1000;

  /** The sampled mean's error has fallen to a hundredth of one draw's. */
  private static final int MAX_DRAWS = 10_000;

  private final Session session;

  @Parameters(paramLabel = "RUN", description = "folder of the run")
  private Path run;

  @ArgGroup(validate = false, heading = "%nOther than the run's own:%n", order = 1)
  private final Other other = new Other();

  @ArgGroup(validate = false, heading = "%nLoss at the expected logits:%n", order = 2)
  private final Gap bracket = new Gap();

  @Option(names = "--no-write", description = "print the figures only")
  private boolean noWrite;

  @Option(names = "--quiet", description = "no progress bar")
  private boolean quiet;

  @ArgGroup(validate = false, heading = "%nMachine:%n", order = 3)
  private final ComputeOptions compute = new ComputeOptions();

  /** What departs from the run's own measurement. */
  static final class Other {
    @Option(
        names = "--data",
        paramLabel = "NAME",
        completionCandidates = Choices.DataCandidates.class,
        description = "data set: ${COMPLETION-CANDIDATES} (default: the run's)")
    private String data;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "folder with the data set's files (default: the run's)")
    private Path dataDir;

    @Option(
        names = "--seed",
        paramLabel = "K",
        description = "decides the noise (default: the run's)")
    private Long seed;

    @Option(
        names = "--points",
        paramLabel = "N",
        description = "strengths of noise between 0 and 0.5 (default: 30)")
    private Integer points;

    @Option(
        names = "--validation",
        description =
            "measure on the images that the run held out of its training set, to choose options by")
    private boolean validation;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "take the first N test images; 0 takes all (default: the run's)")
    private Integer limit;

    private boolean ownImages() {
      return data == null && limit == null && !validation;
    }

    private void check() {
      if (limit != null && limit < 0) {
        throw UserError.usage("--limit is %d; expected 0 or more".formatted(limit));
      }
      if (validation && (data != null || limit != null)) {
        throw UserError.usage(
            "--validation measures on the images that the run held out; leave %s away"
                .formatted(data == null ? "--limit" : "--data"));
      }
    }

    /** The place of the files is no departure: what is in them is checked. */
    private boolean departs() {
      return data != null || seed != null || points != null || limit != null || validation;
    }
  }

  /** The measurement of the loss gap. */
  static final class Gap {
    @Option(
        names = "--gap",
        description =
            "in place of robustness, measure the cross entropy of the expected logits, CE(E "
                + "f), beside the expected cross entropy, E CE(f), which it bounds from below "
                + "where E f is exact")
    private boolean gap;

    @Option(
        names = "--sigma",
        paramLabel = "S",
        description =
            "standard deviation of the noise, in units of the [0, 1] pixel range (default: the run's)")
    private Double sigma;

    @Option(
        names = "--draws",
        paramLabel = "N",
        description = "noisy copies of each image behind the sampled E CE(f) (default: 20)")
    private Integer draws;

    private boolean given() {
      return sigma != null || draws != null;
    }

    private void check(Integer points) {
      if (!gap && given()) {
        throw UserError.usage(
            "%s belongs to the measurement that --gap asks for; add --gap or leave it away"
                .formatted(sigma == null ? "--draws" : "--sigma"));
      }
      if (gap && points != null) {
        throw UserError.usage("--points says nothing to --gap; leave it away");
      }
      if (draws != null && (draws < 2 || draws > MAX_DRAWS)) {
        throw UserError.usage("--draws is %d; expected 2 to %d".formatted(draws, MAX_DRAWS));
      }
      if (sigma != null && !(sigma > 0 && Float.isFinite(sigma.floatValue()))) {
        throw UserError.usage("--sigma is %s; expected a number above 0".formatted(sigma));
      }
    }

    private double sigma(RunFolder folder, double own) {
      if (sigma == null && own == 0) {
        throw UserError.usage(
            "%s was trained without noise; say with --sigma which to measure with"
                .formatted(folder.root()));
      }
      return sigma == null ? own : sigma;
    }
  }

  EvaluateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    compute.chooseKernels();
    int points = other.points == null ? Evaluator.POINTS : other.points;
    if (points < 2 || points > MAX_POINTS) {
      throw UserError.usage("--points is %d; expected 2 to %d".formatted(points, MAX_POINTS));
    }
    other.check();
    bracket.check(other.points);
    Engine engine = session.engine();
    if (other.data != null) {
      DataChoice.check(engine, other.data);
    }
    boolean keep = !noWrite && !other.departs(); // gap.csv names its sigma and draws itself
    try (RunFolder folder = keep ? RunFolder.openOrView(run) : RunFolder.view(run)) {
      TrainingConfig config = folder.readConfig().options();
      DataChoice.checkRun(engine, folder, config);
      TrainingConfig wanted = config.withData(data(config.data()));
      long seed = other.seed == null ? config.seed() : other.seed;
      TrainingListener listener = session.listener(quiet);
      Engine.EvaluationJob job =
          new Engine.EvaluationJob(
              folder, wanted, other.validation, other.ownImages(), seed, points, compute.threads());
      if (bracket.gap) {
        double sigma = bracket.sigma(folder, config.noise().sigma());
        int draws = bracket.draws == null ? GapMeter.DRAWS : bracket.draws;
        LossGap gap = engine.gap(new Engine.GapJob(job, sigma, draws), listener);
        listener.end();
        session.out().print(Tables.gap(gap)); // first: writing may fail
        if (keep && writable(folder, "gap.csv")) {
          folder.goingOnBy(folder.evaluateCommand() + " --gap").writeGap(gap);
        }
        return 0;
      }
      Evaluation evaluation = engine.evaluate(job, listener);
      listener.end();
      session.out().print(Tables.evaluation(evaluation)); // first: writing may fail
      if (keep && writable(folder, "robustness.csv and summary.json")) {
        keep(folder.goingOnBy(folder.evaluateCommand()), evaluation);
      }
    }
    return 0;
  }

  /** Returns whether the run is finished, so that the files named are to be renewed. */
  private boolean writable(RunFolder folder, String files) {
    if (folder.readConfig().imported() == null && !folder.complete()) {
      session
          .err()
          .printf(
              "gmr evaluate: %s is not finished, so nothing was written into it; %s goes on%n",
              folder.root(), folder.resumeCommand());
      return false;
    }
    folder
        .obstacle()
        .ifPresent(
            reason -> {
              throw UserError.files(
                  ("cannot renew %s in %s: %s; the figures are printed only, for which --no-write"
                          + " asks")
                      .formatted(files, folder.root(), reason));
            });
    return true;
  }

  private void keep(RunFolder folder, Evaluation evaluation) {
    boolean imported = folder.readConfig().imported() != null;
    Summary summary = imported ? Summary.imported(folder.weightsSha256()) : folder.readSummary();
    folder.writeEvaluation(summary, evaluation);
    if (Files.exists(folder.events())) {
      TensorBoard.update(folder);
    }
    session.drawPictures(folder);
  }

  private DataOptions data(DataOptions own) {
    String dir = other.data == null ? own.dir() : null;
    return new DataOptions(
        other.data == null ? own.name() : other.data,
        other.dataDir == null ? dir : other.dataDir.toString(),
        own.validFraction(),
        own.limit(),
        other.limit == null ? own.testLimit() : other.limit);
  }
}
