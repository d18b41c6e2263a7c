package dev.gmr.train.cli;

import dev.gmr.train.io.UserError;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.Evaluation;
import dev.gmr.train.run.RunFolder;
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
      "Without the options of the first group the run folder's robustness.csv, robustness.png and"
          + " summary.json are renewed; with any of them the figures are printed only."
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
    try (RunFolder folder = RunFolder.open(run)) {
      TrainingConfig config = folder.readConfig().options();
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
      if (!other.departs() && folder.complete()) {
        folder.writeEvaluation(folder.readSummary(), evaluation);
        session.drawPictures(folder);
      }
      session.out().print(Tables.evaluation(evaluation));
    }
    return 0;
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
