package dev.gmr.train.cli;

import dev.gmr.train.io.ShellWords;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** gmr quickstart. */
@Command(
    name = "quickstart",
    description = {
      "Trains LeNet on drawn digits three ways (plain, with noisy copies, with the regularizer) and"
          + " compares how they withstand noise.",
      "A quickstart that was stopped goes on where it was."
    },
    footer = {"", "Examples:", "  gmr quickstart", "  gmr quickstart --out /tmp/try --seed 1"})
final class QuickstartCommand implements Callable<Integer> {
  private static final String NAME = "gmr quickstart";

  private final Session session;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/quickstart",
      description = "folder of the three runs and the report (default: ${DEFAULT-VALUE})")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "K",
      defaultValue = "0",
      description = "seed of all three runs (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--short", description = "a few images and one epoch: shows that it works")
  private boolean shortForm;

  @Option(names = "--again", description = "replace the runs of an earlier quickstart")
  private boolean again;

  @Option(names = "--quiet", description = "no progress bar: a line an epoch")
  private boolean quiet;

  @ArgGroup(validate = false, heading = "%nMachine:%n")
  private final ComputeOptions compute = new ComputeOptions();

  QuickstartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    compute.chooseKernels();
    int threads = compute.threads();
    Map<String, RunFolder> finished = new LinkedHashMap<>();
    for (Map.Entry<String, TrainingConfig> plan : QuickstartPlan.runs(shortForm, seed).entrySet()) {
      Path root = out.resolve(plan.getKey());
      if (!train(plan.getKey(), root, plan.getValue(), threads)) {
        return 1;
      }
      finished.put(plan.getKey(), RunFolder.view(root));
    }
    QuickstartReport report = new QuickstartReport(finished, out, command());
    report.write();
    session.out().print(report.text());
    return 0;
  }

  private String command() {
    return NAME
        + (shortForm ? " --short" : "")
        + (seed == 0 ? "" : " --seed " + seed)
        + " --out "
        + ShellWords.quote(out.toString());
  }

  private boolean train(String name, Path root, TrainingConfig config, int threads) {
    boolean begun = Files.isRegularFile(root.resolve("config.json"));
    try (RunFolder folder =
        (begun ? RunFolder.open(root) : RunFolder.create(root)).goingOnBy(command())) {
      boolean resume = begun && !again;
      if (resume) {
        checkSame(folder, config);
      } else {
        folder.clear();
      }
      if (folder.complete()) {
        session.err().printf("%s: %s is there already; --again replaces it%n", NAME, root);
        return true;
      }
      session.err().printf("%s: training %s%n", NAME, name);
      Engine.TrainingJob job = new Engine.TrainingJob(folder, config, threads, resume);
      return new TrainingTask(session, job, NAME, command()).run(true, quiet);
    }
  }

  private static void checkSame(RunFolder folder, TrainingConfig config) {
    if (!folder.readConfig().options().equals(config)) {
      throw UserError.usage(
          "%s holds a run with other options; take another folder with --out or add --again"
              .formatted(folder.root()));
    }
  }
}
