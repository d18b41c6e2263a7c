package dev.gmr.train;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program gmr in a process of its own, which can be killed. */
final class Child implements AutoCloseable {
  /** A child that takes longer hangs. */
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts gmr.
   *
   * @param output takes both of its streams
   * @param arguments command and options
   */
  static Child start(Path output, List<String> arguments) throws IOException {
    return start(output, "-Xmx1g", arguments);
  }

  /**
   * Starts gmr with a heap of its own.
   *
   * @param heap option of the JVM
   */
  static Child start(Path output, String heap, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-Djava.awt.headless=true",
            "-XX:+UseParallelGC",
            heap,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.gmr.train.cli.Gmr"));
    command.addAll(arguments);
    File file = output.toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file).start();
    return new Child(process, output);
  }

  /** Waits for a moment in the child's life; false when it ended first. */
  boolean reaches(BooleanSupplier moment) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      if (moment.getAsBoolean()) {
        return true;
      }
      Thread.sleep(2);
    }
    return false;
  }

  /** Sends SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the end and returns the exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("gmr hangs");
    }
    return process.exitValue();
  }

  /** Returns what it printed so far. */
  String printed() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
