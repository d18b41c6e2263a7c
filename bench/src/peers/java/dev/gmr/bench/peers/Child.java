package dev.gmr.bench.peers;

import dev.gmr.bench.peers.Footprint.Result;
import dev.gmr.bench.peers.Footprint.Side;
import dev.gmr.bench.peers.Footprint.Work;
import dev.gmr.train.io.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own for one side's training steps. */
final class Child {
  /** What {@code train/bin/gmr} gives the JVM. */
  static final List<String> GMR_FLAGS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseParallelGC",
          "-Xmn64m",
          "-XX:MaxRAMPercentage=60",
          "-XX:-UsePerfData",
          "-Djava.awt.headless=true");

  /** The least that a JVM takes around PyTorch. */
  private static final List<String> TORCH_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData");

  /** Where the child finds PyTorch. */
  private static final List<String> PLACES =
      List.of(
          "org.bytedeco.javacpp.cachedir", "org.bytedeco.javacpp.pathsFirst", "java.library.path");

  /** How glibc's malloc is set up. */
  enum Malloc {
    /** As it comes. */
    PLAIN,
    /** As bin/peers sets it, which makes PyTorch faster, and larger by a third. */
    AS_HERE
  }

  private Child() {}

  static Result run(Side side, Work work, Malloc malloc) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (side == Side.GMR) {
      command.addAll(GMR_FLAGS);
      String more = System.getenv().getOrDefault("GMR_JAVA_OPTIONS", "").strip();
      if (!more.isEmpty()) {
        command.addAll(List.of(more.split("\\s+", -1)));
      }
    } else {
      command.addAll(TORCH_FLAGS);
      for (String place : PLACES) {
        if (System.getProperty(place) != null) {
          command.add("-D" + place + "=" + System.getProperty(place));
        }
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Peers.class.getName()));
    command.addAll(List.of(Footprint.NAME, side.name()));
    command.addAll(work.words());
    return Result.parse(lastLine(side, command, malloc));
  }

  /** Runs a process to its end and returns the last line that it prints. */
  private static String lastLine(Side side, List<String> command, Malloc malloc) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    if (malloc == Malloc.PLAIN) {
      builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    }
    Process process = null;
    try {
      process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw UserError.run("the process of %s ended with exit code %d".formatted(side, code));
      }
      return text.lines().reduce("", (first, second) -> second);
    } catch (IOException e) {
      throw UserError.run("cannot run %s: %s".formatted(command.getFirst(), e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserError.run("interrupted");
    } finally {
      if (process != null) {
        process.destroy();
      }
    }
  }
}
