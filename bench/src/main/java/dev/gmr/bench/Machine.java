package dev.gmr.bench;

import dev.gmr.train.run.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where, when and how a run was measured.
 *
 * @param date day in UTC, as in 2026-01-31
 * @param revision of the sources, as git describes it; unknown where it cannot
 * @param effort forks and iterations
 * @param cpu name, family and model; the architecture where the system does not tell
 * @param cores processors that the JVM sees
 * @param flags of the JVMs that measured
 * @param program versions and kernels
 */
public record Machine(
    String date,
    String revision,
    String effort,
    String cpu,
    int cores,
    List<String> flags,
    Environment program) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /**
   * Looks at this machine.
   *
   * @param effort forks and iterations, in words
   * @return what it is now
   */
  public static Machine current(String effort) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Machine(
        LocalDate.now(ZoneOffset.UTC).toString(),
        System.getProperty("gmr.revision", "unknown"),
        effort,
        cpuModel(),
        cores,
        SuiteRunner.FLAGS,
        Environment.current(cores));
  }

  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return cpuModel(lines.takeWhile(line -> !line.isEmpty()).toList())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch"); // not a Linux
    }
  }

  /** The name of a processor, and the numbers that tell generations of one name apart. */
  static Optional<String> cpuModel(List<String> info) {
    Optional<String> family = field(info, "cpu family");
    Optional<String> model = field(info, "model");
    return field(info, "model name")
        .map(
            name ->
                family.isPresent() && model.isPresent()
                    ? "%s (family %s, model %s)".formatted(name, family.get(), model.get())
                    : name);
  }

  private static Optional<String> field(List<String> info, String name) {
    return info.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
        .map(parts -> parts[1].strip())
        .findFirst();
  }

  /**
   * Returns when, of what and where in a line.
   *
   * @return such as {@code 2026-01-31, revision 1a2b3c4. AMD EPYC, 2 cores; JDK 25; ...}
   */
  public String headline() {
    return "%s, revision %s. %s, %d cores; JDK %s; %s; kernels %s, %d lanes"
        .formatted(
            date,
            revision,
            cpu,
            cores,
            program.jdk(),
            program.vm(),
            program.backend(),
            program.lanes());
  }

  /** Returns DATE-CPU-JDK, letters, digits, dots and dashes only. */
  String folderName() {
    String model = cpu.replaceAll("\\((R|TM|r|tm)\\)|@ *[0-9.]+GHz|\\d+-Core|Processor|CPU", " ");
    return plain(date + "-" + model + "-jdk" + System.getProperty("java.version"));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("-$", "");
  }
}
