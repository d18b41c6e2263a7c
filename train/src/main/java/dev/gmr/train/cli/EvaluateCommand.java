package dev.gmr.train.cli;

import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.Summary;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TrainingListener;
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
          + " are printed only."
    },
    footer = {
      "",
      "Examples:",
      "  gmr evaluate runs/regularized",
      "  gmr evaluate runs/regularized --seed 1 --points 60",
      "  gmr evaluate runs/regularized --validation"
    })
final class EvaluateCommand implements Callable<Integer> {
  /** Beyond it a point is narrower than the counting error of a million test images. */
  private static final int MAX_POINTS = 1000;

  private final Session session;

  @Parameters(paramLabel = "RUN", description = "folder of the run")
  private Path run;

  @ArgGroup(validate = false, heading = "%nOther than the run's own:%n", order = 1)
  private final Other other = new Other();

  @Option(names = "--no-write", description = "print the figures only")
  private boolean noWrite;

  @Option(names = "--quiet", description = "no progress bar")
  private boolean quiet;

  @ArgGroup(validate = false, heading = "%nMachine:%n", order = 2)
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

    /** The place of the files is no departure: what is in them is checked. */
    private boolean departs() {
      return data != null || seed != null || points != null || limit != null || validation;
    }
  }

  EvaluateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    compute.chooseKernels();
    int points = other.points == null ? TrainingTask.POINTS : other.points;
    if (points < 2 || points > MAX_POINTS) {
      throw UserError.usage("--points is %d; expected 2 to %d".formatted(points, MAX_POINTS));
    }
    if (other.limit != null && other.limit < 0) {
      throw UserError.usage("--limit is %d; expected 0 or more".formatted(other.limit));
    }
    Engine engine = session.engine();
    if (other.data != null) {
      DataChoice.check(engine, other.data);
    }
    boolean keep = !noWrite && !other.departs();
    try (RunFolder folder = keep ? RunFolder.openOrView(run) : RunFolder.view(run)) {
      TrainingConfig config = folder.readConfig().options();
      DataChoice.checkRun(engine, folder, config);
      TrainingConfig wanted = config.withData(data(config.data()));
      long seed = other.seed == null ? config.seed() : other.seed;
      TrainingListener listener = session.listener(quiet);
      Evaluation evaluation =
          engine.evaluate(
              new Engine.EvaluationJob(
                  folder,
                  wanted,
                  other.validation,
                  other.ownImages(),
                  seed,
                  points,
                  compute.threads()),
              listener);
      listener.end();
      session.out().print(Tables.evaluation(evaluation)); // first: writing may fail
      if (keep) {
        keep(folder.goingOnBy(folder.evaluateCommand()), evaluation);
      }
    }
    return 0;
  }

  private void keep(RunFolder folder, Evaluation evaluation) {
    boolean imported = folder.readConfig().imported() != null;
    if (!imported && !folder.complete()) {
      session
          .err()
          .printf(
              "gmr evaluate: %s is not finished, so nothing was written into it; %s goes on%n",
              folder.root(), folder.resumeCommand());
      return;
    }
    folder
        .obstacle()
        .ifPresent(
            reason -> {
              throw UserError.files(
                  ("cannot renew robustness.csv and summary.json in %s: %s; the figures are printed"
                          + " only, for which --no-write asks")
                      .formatted(folder.root(), reason));
            });
    Summary summary = imported ? Summary.imported(folder.weightsSha256()) : folder.readSummary();
    folder.writeEvaluation(summary, evaluation);
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
