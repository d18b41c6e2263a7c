package dev.gmr.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script bin/gmr in a made-up repository, with scripts for JDK and Maven. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  /** Prints its locale and arguments; refuses the option -Xfoo as a JVM does. */
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        if [ "$word" = -Xfoo ]; then
          echo 'Unrecognized option: -Xfoo' >&2
          echo 'Error: Could not create the Java Virtual Machine.' >&2
          exit 1
        fi
      done
      echo "$LC_ALL:$*"
      """;

  /** Leaves a jar as the build does. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$JAVA25_HOME" >made-by
      mkdir -p train/target/lib
      echo jar >train/target/lib/gmr.jar
      """;

  @TempDir private Path dir;

  private Path root;
  private Path jdk;
  private Path tools;

  @BeforeEach
  void makeRepository() throws IOException {
    root = dir.resolve("a checkout");
    Path launcher = root.resolve("train/bin/gmr");
    Files.createDirectories(launcher.getParent());
    Files.copy(Path.of("bin", "gmr"), launcher);
    jdk = dir.resolve("a jdk");
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    tools = dir.resolve("tools");
    script(tools.resolve("mvn"), MAVEN);
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Result(int exitCode, String out, String err) {}

  private Result run(Map<String, String> variables, String... command) throws Exception {
    Path out = dir.resolve("out");
    Path err = dir.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools + ":/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("GMR_JAVA_HOME", jdk.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher hangs");
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Result gmr(Map<String, String> variables, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("train/bin/gmr").toString()));
    command.addAll(List.of(arguments));
    return run(variables, command.toArray(String[]::new));
  }

  private void build() throws Exception {
    assertThat(gmr(Map.of()).exitCode()).isZero();
  }

  @Test
  void buildsOnceAndStartsTheJvm() throws Exception {
    Result first = gmr(Map.of(), "info", "two words");

    assertThat(first.err()).isEqualTo("gmr: building once, about a minute...\n");
    assertThat(first.out())
        .contains("--add-modules jdk.incubator.vector", root + "/train/target/app.")
        .endsWith("dev.gmr.train.cli.Gmr info two words\n");
    assertThat(root.resolve("made-by")).hasContent(jdk.toString());
    assertThat(gmr(Map.of(), "info").err()).isEmpty();
  }

  @Test
  void runsThroughALinkAndByAnotherShell() throws Exception {
    build();
    Path link = Files.createSymbolicLink(dir.resolve("link"), root.resolve("train/bin/gmr"));

    assertThat(run(Map.of(), link.toString(), "info").out()).endsWith("Gmr info\n");
    assertThat(run(Map.of(), "sh", link.toString(), "info").out()).endsWith("Gmr info\n");
  }

  @Test
  void aCopyRunsItsOwnJars() throws Exception {
    build();
    Path moved = Files.move(root, dir.resolve("moved"));

    Result result = run(Map.of(), moved.resolve("train/bin/gmr").toString(), "info");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains(moved + "/train/target/app.");
  }

  /** Without a home folder too, which the environment of the other tests lacks as well. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-,-,C.UTF-8", "C,-,C.UTF-8", "POSIX,-,C.UTF-8", "de_DE.UTF-8,-,''", "C,xx,xx"})
  void namesBeyondAsciiWorkInThePlainLocale(String lang, String all, String expected)
      throws Exception {
    build();
    Map<String, String> locale = new HashMap<>();
    if (lang != null) {
      locale.put("LANG", lang);
    }
    if (all != null) {
      locale.put("LC_ALL", all);
    }
    assertThat(gmr(locale, "info").out()).startsWith(expected + ":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GMR_JAVA_HOME    | /none | GMR_JAVA_HOME is /none, which is not the folder of a JDK 25 or later; correct it or unset it
          GMR_JAVA_OPTIONS | -Xfoo | Java refuses GMR_JAVA_OPTIONS="-Xfoo" (Unrecognized option: -Xfoo); correct it or unset it
          """)
  void aWrongVariableGetsOneLineAndExitCode2(String name, String value, String message)
      throws Exception {
    build();
    Result result = gmr(Map.of(name, value), "info");

    assertThat(result.err()).isEqualTo("gmr: " + message + "\n");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aJdkThatIsTooOldOrLacksTheVectorModuleIsRefused() throws Exception {
    for (String release :
        List.of("JAVA_VERSION=\"24.0.2\"\n", "JAVA_VERSION=\"25\"\nMODULES=\"java.base\"\n", "")) {
      Files.writeString(jdk.resolve("release"), release);
      Result result = gmr(Map.of(), "info");
      assertThat(result.err()).hasLineCount(1).contains("is not the folder of a JDK 25 or later");
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Files.writeString(root.resolve("train/target"), "in the way");
    Result result = gmr(Map.of(), "info");

    assertThat(result.err())
        .hasLineCount(1)
        .startsWith("gmr: cannot build in " + root + "/train/target: ")
        .contains("; make it writable, free some space, or build a copy of the repository");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aColonInThePathIsRefused() throws Exception {
    Path odd = Files.move(root, dir.resolve("a:b"));
    Result result = run(Map.of(), odd.resolve("train/bin/gmr").toString(), "info");

    assertThat(result.err())
        .isEqualTo(
            "gmr: %s has a colon in its name, which separates folders for Java; rename it%n"
                .formatted(odd));
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aFailedBuildNamesItsCauseAndItsLog() throws Exception {
    script(
        tools.resolve("mvn"),
        "#!/bin/sh\necho '[ERROR] no network'\necho '[ERROR] try -e'\nexit 1\n");
    Result result = gmr(Map.of(), "info");

    Path log = root.resolve("train/target/build.log");
    assertThat(result.err())
        .isEqualTo(
            "gmr: building once, about a minute...\ngmr: the build failed (no network); all of its"
                + " output is in %s\n".formatted(log));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(log).content().contains("try -e");
  }

  @Test
  void aBuildThatDiedIsNotWaitedFor() throws Exception {
    Path lock = Files.createDirectories(root.resolve("train/target/.gmr-building"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(lock.resolve("owner"), dead.pid() + "\n");

    assertThat(gmr(Map.of(), "info").exitCode()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aStoppedBuildStopsMavenAndLeavesNoLock() throws Exception {
    script(tools.resolve("mvn"), "#!/bin/sh\necho $$ >begun\nexec sleep 60\n");
    ProcessBuilder builder = new ProcessBuilder(root.resolve("train/bin/gmr").toString(), "info");
    builder.environment().put("PATH", tools + ":/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("GMR_JAVA_HOME", jdk.toString());
    Process process = builder.start();
    Path begun = root.resolve("begun");
    while (process.isAlive() && (Files.notExists(begun) || Files.size(begun) == 0)) {
      Thread.sleep(5);
    }
    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(root.resolve("train/target/.gmr-building")).doesNotExist();
    long maven = Long.parseLong(Files.readString(begun).strip());
    ProcessHandle.of(maven).ifPresent(p -> p.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }
}
