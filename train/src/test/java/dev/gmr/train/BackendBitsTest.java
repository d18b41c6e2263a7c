package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.train.run.Environment;
import dev.gmr.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernels are chosen once a process, so each choice trains in one of its own. */
class BackendBitsTest {
  @TempDir private Path dir;

  private record Result(Environment environment, String weights) {}

  private Result train(String name, String... options) throws IOException, InterruptedException {
    Path root = dir.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--limit=48",
                "--test-limit=10",
                "--batch-size=12",
                "--epochs=1",
                "--lr=1e-3",
                "--sigma=0.5",
                "--expectation=1",
                "--no-evaluate",
                "--quiet",
                "--out=" + root));
    arguments.addAll(List.of(options));
    try (Child child = Child.start(dir.resolve(name + ".txt"), arguments)) {
      assertThat(child.end()).as(child.printed()).isZero();
    }
    RunFolder folder = RunFolder.view(root);
    return new Result(folder.readConfig().environment(), folder.readSummary().weightsSha256());
  }

  @Test
  void sameWeightsAtEveryWidth() throws IOException, InterruptedException {
    Result usual = train("default");
    assertThat(usual.environment().backend()).isEqualTo("simd");
    for (int bits : new int[] {128, 256, 512}) {
      Result forced = train("bits-" + bits, "--backend=simd", "--simd-bits=" + bits, "--threads=1");
      assertThat(forced.environment().backend()).isEqualTo("simd");
      assertThat(forced.environment().lanes()).isEqualTo(bits / 32);
      assertThat(forced.weights()).as("%d bits", bits).isEqualTo(usual.weights());
    }
    Result scalar = train("scalar", "--backend=scalar", "--threads=2");
    assertThat(scalar.environment().backend()).isEqualTo("scalar");
    assertThat(scalar.environment().lanes()).isEqualTo(1);
    assertThat(scalar.weights()).as("scalar").isEqualTo(usual.weights());
  }
}
