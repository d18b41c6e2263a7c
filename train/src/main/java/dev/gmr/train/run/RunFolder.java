package dev.gmr.train.run;

import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.IoFaults;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Sha256;
import dev.gmr.train.io.ShellWords;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a run and the files in it, each of which is whole at every moment. While it is open
 * for writing no other process can open it so.
 */
public final class RunFolder implements AutoCloseable {
  private static final String CONFIG = "config.json";

  /** TensorBoard takes every file with tfevents in its name, and of several the last. */
  private static final String EVENTS = "events.out.tfevents.0.gmr";

  private final Path root;
  private final Optional<RunLock> lock;
  private final Optional<String> obstacle;
  private final String goOn;
  private final boolean made;

  private RunFolder(
      Path root, Optional<RunLock> lock, Optional<String> obstacle, String goOn, boolean made) {
    this.root = root;
    this.lock = lock;
    this.obstacle = obstacle;
    this.goOn = goOn;
    this.made = made;
  }

  private static RunFolder of(Path root, Optional<RunLock> lock) {
    return new RunFolder(root, lock, Optional.empty(), resume(root), false);
  }

  /**
   * Makes the folder of a new run.
   *
   * @param root the folder; it may exist when nothing is in it, or the configuration alone of a run
   *     that ended before it saved anything else
   * @return the folder, locked
   * @throws UserError when the folder holds something already, cannot be made, or is in use
   */
  public static RunFolder create(Path root) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw UserError.files("%s is a file; take another folder with --out".formatted(root));
    }
    boolean made = !Files.exists(root);
    try {
      Files.createDirectories(root);
      refuseOccupied(root); // before the lock leaves a file in somebody else's folder
    } catch (IOException e) {
      throw UserError.files(
          "cannot make the folder %s: %s; take another with --out"
              .formatted(root, IoFaults.describe(e)),
          e);
    }
    RunLock lock = lock(root);
    try {
      refuseOccupied(root); // what another process saved in between
    } catch (IOException e) {
      lock.close();
      throw IoFaults.unreadable(root, e);
    } catch (UserError e) {
      lock.close();
      throw e;
    }
    return new RunFolder(root, Optional.of(lock), Optional.empty(), resume(root), made);
  }

  /** A run that was killed before it wrote anything leaves hidden files and a head of events. */
  private static void refuseOccupied(Path root) throws IOException {
    List<String> names;
    try (Stream<Path> entries = Files.list(root)) {
      names =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !name.startsWith(".") && !name.equals(EVENTS))
              .toList();
    }
    if (names.isEmpty()) {
      return;
    }
    RunFolder folder = of(root, Optional.empty());
    boolean imported;
    if (!Files.isRegularFile(folder.config())) {
      throw UserError.files(
          "%s is not empty and holds no run; take another folder with --out".formatted(root));
    }
    try {
      imported = folder.readConfig().imported() != null; // refuses another program's file
    } catch (UserError e) {
      throw UserError.files(
          "%s holds a config.json that is damaged or no run's; take another folder with --out"
              .formatted(root),
          e);
    }
    if (names.size() > 1) {
      throw UserError.files(
          imported
              ? "%s holds imported weights already; take another folder with --out".formatted(root)
              : "%s holds a run already; go on with it by %s, or take another folder with --out"
                  .formatted(root, resume(root)));
    }
  }

  private static RunLock lock(Path root) {
    try {
      return RunLock.acquire(root).orElseThrow(() -> inUse(root));
    } catch (IOException e) {
      throw UserError.files(
          "cannot lock %s: %s; %s".formatted(root, IoFaults.describe(e), IoFaults.remedy(e)), e);
    }
  }

  private static UserError inUse(Path root) {
    return UserError.files(
        "%s is in use by another gmr; wait for it to end or stop it".formatted(root));
  }

  /**
   * Opens the folder of a run to go on with it.
   *
   * @param root the folder
   * @return the folder, locked
   * @throws UserError when there is no run in the folder or it is in use
   */
  public static RunFolder open(Path root) {
    view(root);
    return of(root, Optional.of(lock(root)));
  }

  /**
   * Opens the folder of a run to measure it: for writing where that is possible, else for reading
   * alone, for which {@link #obstacle} gives the reason.
   *
   * @param root the folder
   * @return the folder, locked if nothing stands against it
   * @throws UserError when there is no run in the folder
   */
  public static RunFolder openOrView(Path root) {
    view(root);
    Optional<RunLock> lock = Optional.empty();
    Optional<String> obstacle = Optional.empty();
    try {
      lock = RunLock.acquire(root);
      if (lock.isEmpty()) {
        obstacle = Optional.of("it is in use by another gmr");
      }
    } catch (IOException e) {
      obstacle = Optional.of(IoFaults.describe(e));
    }
    return new RunFolder(root, lock, obstacle, resume(root), false);
  }

  /**
   * Opens the folder of a run for reading alone, without a lock.
   *
   * @param root the folder
   * @return the folder
   * @throws UserError when there is no run in the folder
   */
  public static RunFolder view(Path root) {
    if (Files.isRegularFile(root)) {
      throw UserError.files("%s is a file; give the folder of a run".formatted(root));
    }
    if (!Files.isDirectory(root)) {
      throw UserError.files(
          "%s does not exist; gmr train --out %s starts a run there"
              .formatted(root, ShellWords.quote(root.toString())));
    }
    if (!Files.isExecutable(root)) {
      throw IoFaults.unreadable(root, new AccessDeniedException(root.toString()));
    }
    RunFolder folder = of(root, Optional.empty());
    if (!Files.isRegularFile(folder.config())) {
      throw UserError.files(
          Files.exists(folder.best()) || Files.exists(folder.state())
              ? "%s lacks the config.json of its run; bring back a copy of it".formatted(root)
              : "%s holds no run: config.json is missing; gmr train --out starts one"
                  .formatted(root));
    }
    return folder;
  }

  /**
   * Returns this folder with another command for the user to go on with once a fault in writing is
   * mended; {@link #resumeCommand} unless this is called.
   *
   * @param command a command line
   * @return the folder, under the same lock; it is to be closed in place of this one
   */
  public RunFolder goingOnBy(String command) {
    return new RunFolder(root, lock, obstacle, command, made);
  }

  /**
   * Returns why nothing can be written though the folder was opened for it.
   *
   * @return a phrase such as "read-only file system"; empty unless {@link #openOrView} found one
   */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /**
   * Returns the folder itself.
   *
   * @return the path that was given
   */
  public Path root() {
    return root;
  }

  /**
   * Returns the file of options, checksums and versions.
   *
   * @return config.json
   */
  public Path config() {
    return root.resolve(CONFIG);
  }

  /**
   * Returns the file of a row an epoch.
   *
   * @return metrics.csv
   */
  public Path metrics() {
    return root.resolve("metrics.csv");
  }

  /**
   * Returns the file of the weights with the best validation loss.
   *
   * @return best.safetensors
   */
  public Path best() {
    return root.resolve("best.safetensors");
  }

  /**
   * Returns the file of the weights after the last epoch.
   *
   * @return last.safetensors
   */
  public Path last() {
    return root.resolve("last.safetensors");
  }

  /**
   * Returns the file of what resuming needs beside the weights.
   *
   * @return state.safetensors
   */
  public Path state() {
    return root.resolve("state.safetensors");
  }

  /**
   * Returns the file of robustness over the strength of noise.
   *
   * @return robustness.csv
   */
  public Path robustness() {
    return root.resolve("robustness.csv");
  }

  /**
   * Returns the file of the loss at the expected logits beside the expected loss.
   *
   * @return gap.csv
   */
  public Path gap() {
    return root.resolve("gap.csv");
  }

  /**
   * Returns the file of final figures.
   *
   * @return summary.json
   */
  public Path summary() {
    return root.resolve("summary.json");
  }

  /**
   * Returns the picture of losses and accuracies over the epochs.
   *
   * @return metrics.png
   */
  public Path metricsImage() {
    return root.resolve("metrics.png");
  }

  /**
   * Returns the picture of robustness over the strength of noise.
   *
   * @return robustness.png
   */
  public Path robustnessImage() {
    return root.resolve("robustness.png");
  }

  /**
   * Returns the file of what TensorBoard shows.
   *
   * @return events.out.tfevents.0.gmr
   */
  public Path events() {
    return root.resolve(EVENTS);
  }

  /**
   * Returns whether the run came to its end.
   *
   * @return true when summary.json is there
   */
  public boolean complete() {
    return Files.isRegularFile(summary());
  }

  /**
   * Returns what the user does to go on with this run.
   *
   * @return a command line
   */
  public String resumeCommand() {
    return resume(root);
  }

  private static String resume(Path root) {
    return "gmr train --resume " + ShellWords.quote(root.toString());
  }

  /**
   * Returns what the user does to measure this run.
   *
   * @return a command line
   */
  public String evaluateCommand() {
    return "gmr evaluate " + ShellWords.quote(root.toString());
  }

  private static String rewrittenBy(String command) {
    return "delete it and run " + command + ", which writes it again";
  }

  /**
   * Reads config.json.
   *
   * @return its content
   * @throws UserError when it is damaged
   */
  public RunConfig readConfig() {
    return Json.read(
        config(), RunConfig.class, () -> "bring back a copy of it or train again in a new folder");
  }

  /**
   * Replaces config.json.
   *
   * @param content the new content
   * @throws UserError when it cannot be written
   */
  public void writeConfig(RunConfig content) {
    Json.write(config(), goOn(), content);
  }

  /**
   * Reads metrics.csv.
   *
   * @return its rows; none when the file is not there yet
   * @throws UserError when it is damaged
   */
  public List<EpochMetrics> readMetrics() {
    return Files.exists(metrics())
        ? RunTables.readMetrics(metrics(), rewrittenBy(resumeCommand()))
        : List.of();
  }

  /**
   * Replaces metrics.csv.
   *
   * @param epochs all rows
   * @throws UserError when it cannot be written
   */
  public void writeMetrics(List<EpochMetrics> epochs) {
    RunTables.writeMetrics(metrics(), goOn(), epochs);
  }

  /**
   * Reads robustness.csv.
   *
   * @return its rows; none when the file is not there yet
   * @throws UserError when it is damaged
   */
  public List<RobustnessPoint> readRobustness() {
    return Files.exists(robustness())
        ? RunTables.readRobustness(robustness(), rewrittenBy(evaluateCommand()))
        : List.of();
  }

  /**
   * Replaces robustness.csv.
   *
   * @param points all rows
   * @throws UserError when it cannot be written
   */
  public void writeRobustness(List<RobustnessPoint> points) {
    RunTables.writeRobustness(robustness(), goOn(), points);
  }

  /**
   * Replaces gap.csv.
   *
   * @param gap the losses
   * @throws UserError when it cannot be written
   */
  public void writeGap(LossGap gap) {
    RunTables.writeGap(gap(), goOn(), gap);
  }

  /**
   * Reads summary.json.
   *
   * @return its content
   * @throws UserError when it is missing or damaged
   */
  public Summary readSummary() {
    return Json.read(
        summary(),
        Summary.class,
        () -> rewrittenBy(readConfig().imported() == null ? resumeCommand() : evaluateCommand()));
  }

  /**
   * Replaces summary.json.
   *
   * @param content the new content
   * @throws UserError when it cannot be written
   */
  public void writeSummary(Summary content) {
    Json.write(summary(), goOn(), content);
  }

  /**
   * Writes robustness.csv and, with the figures of the evaluation, summary.json.
   *
   * @param summary the summary as training leaves it
   * @param evaluation the evaluation of best.safetensors
   * @throws UserError when they cannot be written
   */
  public void writeEvaluation(Summary summary, Evaluation evaluation) {
    writeRobustness(evaluation.points());
    writeSummary(summary.with(evaluation));
  }

  /**
   * Replaces a safetensors file of this folder.
   *
   * @param file {@link #best}, {@link #last} or {@link #state}
   * @param content the new content
   * @throws UserError when it cannot be written
   */
  public void writeTensors(Path file, Safetensors content) {
    content.write(file, goOn());
  }

  /**
   * Replaces a picture or another file of this folder.
   *
   * @param file the file
   * @param content writes the new content
   * @throws UserError when it cannot be written
   */
  public void writeFile(Path file, AtomicFiles.Content content) {
    AtomicFiles.write(file, goOn(), content);
  }

  /**
   * Gives a file of this folder a content that is known to grow.
   *
   * @param file the file
   * @param content the whole content
   * @throws UserError when it cannot be written
   */
  public void extendFile(Path file, byte[] content) {
    AtomicFiles.extend(file, goOn(), content);
  }

  /**
   * Computes the checksum of best.safetensors.
   *
   * @return 64 hexadecimal digits
   * @throws UserError when it cannot be read
   */
  public String weightsSha256() {
    return Sha256.of(best());
  }

  /**
   * Returns the files that a run consists of, whether they are there or not.
   *
   * @return the files, config.json last
   */
  public List<Path> files() {
    return List.of(
        summary(),
        robustnessImage(),
        metricsImage(),
        events(),
        gap(),
        robustness(),
        state(),
        last(),
        best(),
        metrics(),
        config());
  }

  /**
   * Removes every file of the run, config.json last, and what was exported of it into the folder,
   * so that the folder can take a new run.
   *
   * @throws UserError when a file cannot be removed
   */
  public void clear() {
    try {
      for (Path card : exportedCards()) {
        String name = card.getFileName().toString();
        remove(card.resolveSibling(name.substring(0, name.length() - ".md".length())));
        remove(card);
      }
    } catch (IOException e) {
      throw cannotRemove("what was exported into " + root, e);
    }
    files().forEach(RunFolder::remove);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw cannotRemove(file.toString(), e);
    }
  }

  /** An export is known by the card beside it. */
  private List<Path> exportedCards() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(f -> f.getFileName().toString().matches(".+\\.(onnx|safetensors)\\.md"))
          .toList();
    }
  }

  private static UserError cannotRemove(String what, IOException e) {
    return UserError.files(
        "cannot remove %s: %s; %s".formatted(what, IoFaults.describe(e), IoFaults.remedy(e)), e);
  }

  /** Lets other processes in; a folder that was made for a run which never began is removed. */
  @Override
  public void close() {
    if (made && !Files.exists(config())) {
      remove(events());
      lock.ifPresent(l -> l.discard(root));
    }
    lock.ifPresent(RunLock::close);
  }

  private String goOn() {
    return Files.exists(config()) ? "run " + goOn : "try again";
  }
}
