package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compiled training step allocates nothing, in a process of its own. */
class StepAllocationTest {
  /**
   * C2 profiles the methods of FloatVector for all of their callers together, so vectors of a
   * second width can leave those of the kernels as objects, 91 MB a step.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lenet", "resnet8"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aStepAllocatesNothingBesideVectorsOfAnotherWidth(String network)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                StepAllocation.class.getName(),
                network)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code").isZero();
    assertThat(printed.strip()).as("bytes in a step, once compiled").isEqualTo("0");
  }
}
