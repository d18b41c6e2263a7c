package dev.gmr.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals are sent to a process of its own, which "trains" until it is stopped. */
@DisabledOnOs(OS.WINDOWS)
class StopSignalTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path dir;

  /** A child that takes steps until it is asked to stop, and then saves, which takes a while. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      Path saved = Path.of(args[0]);
      try (StopSignal stop = StopSignal.install(() -> System.out.println("asked"))) {
        System.out.println("training");
        while (!stop.requested()) {
          Thread.sleep(5);
        }
        Thread.sleep(300);
        Files.writeString(saved, "whole");
      }
      System.exit(7); // the signal's own exit code must win
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalLetsTheTrainingSave(String signal, int exitCode) throws Exception {
    assumeFalse(
        ignored(signal), "SIG" + signal + " is ignored here, as in a shell's background job");
    Path saved = dir.resolve("saved");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                saved.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("training");
      send(signal, child);
      assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(out.readLine()).isEqualTo("asked");
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).isEqualTo(exitCode);
    assertThat(saved).hasContent("whole");
  }

  /** A JVM leaves a signal ignored that was so when it started, and its children inherit that. */
  private static boolean ignored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    int number = signal.equals("INT") ? 2 : 15;
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> new BigInteger(line.substring("SigIgn:".length()).trim(), 16))
          .anyMatch(mask -> mask.testBit(number - 1));
    }
  }

  private static void send(String signal, Process child) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start().waitFor();
  }

  @Test
  void isRaisedByHandToo() {
    try (StopSignal stop = StopSignal.manual()) {
      assertThat(stop.requested()).isFalse();
      stop.request();
      assertThat(stop.requested()).isTrue();
    }
  }
}
