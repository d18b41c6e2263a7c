package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Standard output that cannot be written. */
class ResultStreamTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Failures failures =
      new Failures(new PrintStream(err, true, StandardCharsets.UTF_8), false);

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  private int printTo(OutputStream target, int exitCode) {
    ResultStream results = new ResultStream(target);
    new PrintStream(results, true, StandardCharsets.UTF_8).println("figures");
    return failures.output(results, exitCode);
  }

  @Test
  void passesEverythingOn() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    assertThat(printTo(target, 0)).isZero();
    assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("figures\n");
    assertThat(err.size()).isZero();
  }

  @Test
  void aFullDiskIsReported() {
    assertThat(printTo(failing("No space left on device"), 0)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "gmr: cannot write to standard output: no space left on device; send it elsewhere\n");
  }

  @Test
  void anEarlierFaultAndAReaderThatLeftAreNot() {
    assertThat(printTo(failing("No space left on device"), 4)).isEqualTo(4);
    assertThat(printTo(failing("Broken pipe"), 0)).isZero();
    assertThat(err.size()).isZero();
  }
}
