package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README shows is what this project compiles, configures and prints. */
class ReadmeTest {
  /** A file's lines without their indentation: that of an excerpt differs. */
  private static String lines(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static String file(String name) throws IOException {
    return lines(Files.readString(Path.of(name)));
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of(System.getProperty("gmr.readme")));
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.+?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(readme())
        .results()
        .map(block -> lines(block.group(1)))
        .toList();
  }

  @Test
  void javaIsTheProgram() throws IOException {
    String sources =
        file("src/main/java/consumer/Main.java") + "\n" + file("src/main/java/module-info.java");
    assertThat(blocks("java"))
        .hasSize(2)
        .flatMap(block -> List.of(block.split("\n\n")))
        .allSatisfy(paragraph -> assertThat(sources).contains(paragraph));
  }

  @Test
  void xmlIsTheBuild() throws IOException {
    String pom = file("pom.xml");
    assertThat(blocks("xml")).hasSize(2).allSatisfy(block -> assertThat(pom).contains(block));
  }

  @Test
  void outputIsThatOfTheProgram() throws IOException {
    assertThat(readme().lines().map(String::strip)).containsOnlyOnce("simd " + ProgramTest.MEANS);
  }
}
