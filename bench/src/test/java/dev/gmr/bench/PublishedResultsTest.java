package dev.gmr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Summaries that are published are what {@code bench --report} makes of the results beside them.
 */
class PublishedResultsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path RESULTS = ROOT.resolve("bench/results");

  static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(RESULTS)) {
      return folders.filter(f -> Files.exists(f.resolve("summary.md"))).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void tablesAreThoseOfTheResults(Path folder) {
    List<SuiteResults> results = Report.read(folder);
    for (SuiteResults suite : results) {
      assertThat(folder.resolve(suite.suite().title() + ".md")).hasContent(suite.markdown());
    }
    assertThat(folder.resolve("summary.md")).hasContent(Summary.markdown(results));
  }

  @Test
  void theReadmeShowsTheTablesOfTheFolderThatItNames() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher named = Pattern.compile("bench --report (bench/results/[^ \n]+)").matcher(readme);

    assertThat(named.find()).isTrue();
    List<String> lines = Files.readAllLines(ROOT.resolve(named.group(1)).resolve("summary.md"));
    assertThat(readme.lines()).containsAll(lines.stream().filter(l -> l.startsWith("|")).toList());
  }
}
