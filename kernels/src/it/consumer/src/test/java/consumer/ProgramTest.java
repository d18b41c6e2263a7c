package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.Backend;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the program in JVMs of its own, in every way that the README tells of. */
class ProgramTest {
  private static final String FLAG = "--add-modules=jdk.incubator.vector";

  /** What the JVM says of every incubator module. */
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  /** What the program prints of its means, everywhere: the README shows it. */
  static final String MEANS = Arrays.toString(new float[] {0.0042453515f, 0.3989423f, 2.0084908f});

  private enum JarOn {
    CLASS_PATH,
    MODULE_PATH
  }

  private record Outcome(int exitCode, List<String> out, List<String> err) {}

  @TempDir private Path folder;

  private Outcome run(JarOn path, String... options) throws Exception {
    String jars = home(Main.class) + System.getProperty("path.separator") + home(Backend.class);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        switch (path) {
          case CLASS_PATH -> List.of("--class-path", jars, "consumer.Main");
          case MODULE_PATH -> List.of("--module-path", jars, "--module", "consumer/consumer.Main");
        });
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // They would add options, and a line that says so.
    builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @EnumSource
  void withTheFlagVectorsRun(JarOn path) throws Exception {
    assertThat(run(path, FLAG))
        .isEqualTo(new Outcome(0, List.of("simd " + MEANS), List.of(INCUBATOR)));
  }

  @ParameterizedTest
  @EnumSource
  void withoutItPlainJavaRunsAndOneLineSaysSo(JarOn path) throws Exception {
    Outcome outcome = run(path);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).containsExactly("scalar " + MEANS);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("gmr: ")
        .contains("--add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @EnumSource
  void plainJavaCanBeForcedAndSaysNothing(JarOn path) throws Exception {
    assertThat(run(path, "-Dgmr.backend=scalar"))
        .isEqualTo(new Outcome(0, List.of("scalar " + MEANS), List.of()));
    assertThat(run(path, FLAG, "-Dgmr.backend=scalar"))
        .isEqualTo(new Outcome(0, List.of("scalar " + MEANS), List.of(INCUBATOR)));
  }

  @ParameterizedTest
  @EnumSource
  void vectorsThatCannotRunAreRefused(JarOn path) throws Exception {
    Outcome outcome = run(path, "-Dgmr.backend=simd");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .filteredOn(line -> line.contains("gmr.backend"))
        .singleElement()
        .asString()
        .endsWith("gmr.backend=simd needs the JVM flag --add-modules jdk.incubator.vector");
  }

  @Test
  void theMeansAreThoseOfTheTextbook() {
    // h(2) / 2, phi(0) and 2 + h(2), where h(2) = phi(2) - 2 Q(2)
    double[] exact = {.00424535130841482, .3989422804014327, 2.0084907026168296};
    String[] printed = MEANS.substring(1, MEANS.length() - 1).split(", ");
    for (int i = 0; i < exact.length; i++) {
      float mean = Float.parseFloat(printed[i]);
      // the accuracy that ReluMoments promises
      assertThat(Math.abs(mean - exact[i]) / Math.ulp(mean)).isLessThan(2.7);
    }
  }

  @Test
  void surefireRunsVectorsToo() {
    assertThat(Backend.kernels().name()).isEqualTo("simd");
  }

  @Test
  void theJarIsAModuleThatNeedsNothingElse() throws Exception {
    assertThat(home(Backend.class)).isRegularFile();
    ModuleDescriptor module =
        ModuleFinder.of(home(Backend.class)).find("dev.gmr.kernels").orElseThrow().descriptor();
    assertThat(module.isAutomatic()).isFalse();
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::toString)
        .containsExactlyInAnyOrder("dev.gmr.kernels", "dev.gmr.kernels.spi");
    assertThat(module.requires())
        .filteredOn(required -> !required.modifiers().contains(Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactly("java.base");
  }
}
