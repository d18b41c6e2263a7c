package dev.gmr.train.cli;

import dev.gmr.train.io.UserError;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** gmr train. */
@Command(
    name = "train",
    description = "Trains a network, measures its robustness, and keeps both in a run folder.",
    footer = {
      "",
      "Examples:",
      "  gmr train --out runs/plain",
      "  gmr train --data mnist --sigma 0.5 --expectation 1 --out runs/regularized",
      "  gmr train --data mnist --sigma 0.5 --augmentation 5 --out runs/augmented",
      "  gmr train --model my.json --data cifar10 --out runs/mine",
      "  gmr train --resume runs/plain --epochs 200",
      "",
      "A run has the regularizer (--expectation) or augmentation, never both, and noise (--sigma)",
      "exactly when it has one of them. Ctrl-C finishes the step and saves; --resume goes on."
    })
final class TrainCommand implements Callable<Integer> {
  private static final Set<String> WITH_RESUME =
      Set.of(
          "--resume",
          "--data-dir",
          "--epochs",
          "--threads",
          "--backend",
          "--simd-bits",
          "--quiet",
          "--no-evaluate");

  private final Session session;

  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @ArgGroup(validate = false, heading = "%nRun:%n", order = 5)
  private final RunArguments run = new RunArguments();

  @ArgGroup(validate = false, heading = "%nMachine:%n", order = 6)
  private final ComputeOptions compute = new ComputeOptions();

  /** Where the run is kept and what is shown of it. */
  static final class RunArguments {
    @Option(names = "--out", paramLabel = "RUN", description = "folder of a new run")
    private Path out;

    @Option(
        names = "--resume",
        paramLabel = "RUN",
        description = "go on with the run of this folder, under its own options")
    private Path resume;

    @Option(names = "--no-evaluate", description = "do not measure accuracy and robustness")
    private boolean noEvaluate;

    @Option(names = "--quiet", description = "no progress bar: a line an epoch")
    private boolean quiet;
  }

  TrainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if ((run.out == null) == (run.resume == null)) {
      throw UserError.usage(
          "give --out RUN for a new run or --resume RUN to go on with one, for example --out"
              + " runs/first");
    }
    compute.chooseKernels();
    return run.resume == null ? start() : resume();
  }

  private int start() {
    TrainingConfig config = options.config();
    DataChoice.check(session.engine(), options.data());
    int threads = compute.threads();
    try (RunFolder folder = RunFolder.create(run.out)) {
      return train(folder, config, threads, false);
    }
  }

  private int resume() {
    refuseOtherOptions();
    int threads = compute.threads();
    try (RunFolder folder = RunFolder.open(run.resume)) {
      RunConfig begun = folder.readConfig();
      if (begun.imported() != null) {
        throw UserError.usage(
            "%s was imported from %s and has no training to go on with; %s measures it"
                .formatted(folder.root(), begun.imported().file(), folder.evaluateCommand()));
      }
      TrainingConfig config = begun.options();
      DataChoice.checkRun(session.engine(), folder, config);
      if (options.epochs().isPresent()) {
        config = raise(config, options.epochs().get());
      }
      // What is in the files is checked: the place of them may be another.
      return train(folder, options.movedData(config), threads, true);
    }
  }

  private void refuseOtherOptions() {
    List<String> refused =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(option -> option.longestName())
            .filter(name -> !WITH_RESUME.contains(name))
            .distinct()
            .toList();
    if (!refused.isEmpty()) {
      throw UserError.usage(
          "--resume goes on under the run's own options; leave away %s"
              .formatted(String.join(", ", refused)));
    }
  }

  private static TrainingConfig raise(TrainingConfig config, int epochs) {
    if (epochs < config.schedule().epochs()) {
      throw UserError.usage(
          "--epochs %d is below the run's %d; it can only be raised"
              .formatted(epochs, config.schedule().epochs()));
    }
    return config.withEpochs(epochs);
  }

  private int train(RunFolder folder, TrainingConfig config, int threads, boolean resume) {
    TrainingTask task =
        new TrainingTask(
            session,
            new Engine.TrainingJob(folder, config, threads, resume),
            "gmr train",
            folder.resumeCommand());
    if (!task.run(!run.noEvaluate, run.quiet)) {
      return 1;
    }
    session.out().print(Tables.summary(folder));
    return 0;
  }
}
