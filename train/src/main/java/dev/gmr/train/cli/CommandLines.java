package dev.gmr.train.cli;

import dev.gmr.nn.ExpectedLoss;
import dev.gmr.train.io.ShellWords;
import dev.gmr.train.run.DataOptions;
import dev.gmr.train.run.LossOptions;
import dev.gmr.train.run.NoiseMode;
import dev.gmr.train.run.NoiseOptions;
import dev.gmr.train.run.OptimizerOptions;
import dev.gmr.train.run.RateOptions;
import dev.gmr.train.run.RateSchedule;
import dev.gmr.train.run.Recipe;
import dev.gmr.train.run.RunConfig;
import dev.gmr.train.run.RunFolder;
import dev.gmr.train.run.ScheduleOptions;
import dev.gmr.train.run.TrainingConfig;
import dev.gmr.train.run.TransformOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The command line that trains a configuration: every option that departs from the recipe. */
final class CommandLines {
  private final StringBuilder line;

  private CommandLines(String command) {
    line = new StringBuilder(command);
  }

  static String train(TrainingConfig config, Path out) {
    CommandLines c = new CommandLines("gmr train");
    Recipe recipe = Recipe.of(config.model());
    c.option("--model", config.model(), "");
    c.data(config.data());
    c.option("--seed", config.seed(), 0L);
    c.noise(config.noise());
    c.loss(config.loss());
    c.transform(config.transform());
    c.updates(config.optimizer(), recipe);
    c.rate(config.rate());
    c.duration(config.schedule(), recipe.schedule(config.rate().schedule()));
    c.option("--out", out.toString(), "");
    return c.line.toString();
  }

  /**
   * Returns the command line that made a run, for others to read: folders are left out, and of the
   * run's folder the name alone is shown.
   */
  static String origin(RunFolder folder, RunConfig run) {
    Path name = folder.root().toAbsolutePath().normalize().getFileName();
    Path out = name == null ? Path.of("run") : name;
    TrainingConfig shown = run.options().shareable();
    if (run.imported() == null) {
      return train(shown, out);
    }
    CommandLines c = new CommandLines("gmr import " + ShellWords.quote(run.imported().file()));
    c.option("--model", shown.model(), "");
    c.option("--data", shown.data().name(), "");
    c.option("--prefix", run.imported().prefix(), "");
    c.option("--out", out.toString(), "");
    return c.line.toString();
  }

  private void data(DataOptions data) {
    option("--data", data.name(), "");
    option("--data-dir", data.dir(), null);
    option("--limit", data.limit(), 0);
    option("--test-limit", data.testLimit(), 0);
    option("--valid-fraction", data.validFraction(), Recipe.VALID_FRACTION);
  }

  private void noise(NoiseOptions noise) {
    option("--sigma", noise.sigma(), 0.0);
    option("--expectation", noise.expectation(), 0.0);
    option("--empirical", noise.empirical(), 1.0);
    option("--augmentation", noise.augmentation(), 0);
    option("--noise", noise.mode(), NoiseMode.FRESH);
  }

  private void loss(LossOptions loss) {
    option("--expected-loss", loss.expectedLoss(), ExpectedLoss.CE);
    option("--label-smoothing", loss.labelSmoothing(), 0.0);
  }

  private void transform(TransformOptions transform) {
    option("--crop", transform.crop(), 0);
    if (transform.flip()) {
      line.append(" --flip");
    }
  }

  private void rate(RateOptions rate) {
    option("--schedule", rate.schedule(), RateSchedule.PLATEAU);
    option("--warmup", rate.warmup(), 0.0);
  }

  private void updates(OptimizerOptions options, Recipe recipe) {
    OptimizerOptions usual = recipe.optimizer(Optional.of(options.kind()));
    option("--optimizer", options.kind(), recipe.optimizer().kind());
    option("--lr", options.learningRate(), usual.learningRate());
    option("--momentum", options.momentum(), usual.momentum());
    option("--weight-decay", options.weightDecay(), usual.weightDecay());
    option("--batch-size", options.batchSize(), usual.batchSize());
  }

  private void duration(ScheduleOptions schedule, ScheduleOptions usual) {
    option("--epochs", schedule.epochs(), usual.epochs());
    option("--patience", schedule.patience(), usual.patience());
    option("--lr-factor", schedule.lrFactor(), usual.lrFactor());
    option("--stop-patience", schedule.stopPatience(), usual.stopPatience());
  }

  private void option(String name, Object value, Object otherwise) {
    if (value != null && !value.equals(otherwise)) {
      line.append(' ').append(name).append(' ').append(ShellWords.quote(word(value)));
    }
  }

  private static String word(Object value) {
    return value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : value.toString();
  }
}
