package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.spi.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Holds the README's table of errors to the contract. {@code mvn -pl kernels test
 * -Dtest=AccuracyTableTest -Dgmr.accuracy=write -Dgmr.test.stride=1 -Dgmr.test.points=250000}
 * measures anew, with every float there is and ten million pairs, and writes the table.
 */
class AccuracyTableTest {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- accuracy: written by AccuracyTableTest -->\n";
  private static final String END = "<!-- end of accuracy -->\n";

  @Test
  void theReadmeHasTheContractsBounds() throws IOException {
    if ("write".equals(System.getProperty("gmr.accuracy"))) {
      write();
    }
    String table = table(Files.readString(README));
    for (Contract row : Contract.values()) {
      String cells = "\\| [0-9.]+ \\| %s \\| [0-9.]+ \\|";
      assertThat(table)
          .containsPattern(
              "(?m)^\\| \\Q%s\\E \\| \\Q%s\\E ".formatted(row.title, row.floatUlps)
                  + cells.formatted("\\Q" + row.doubleUlps + "\\E"));
    }
  }

  private static String table(String readme) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    assertThat(begin).as("place of the table in " + README).isNotNegative().isLessThan(end);
    return readme.substring(begin + BEGIN.length(), end);
  }

  private static void write() throws IOException {
    for (Function f : Function.values()) {
      FunctionAccuracyTest.floats(f);
      FunctionAccuracyTest.doubles(f);
    }
    ReluMomentsAccuracyTest moments = new ReluMomentsAccuracyTest();
    moments.doubles();
    moments.floats();
    assertThat(AccuracyTable.complete()).isTrue();
    String sample =
        String.format(
            Locale.ROOT,
            "%nFloats of one argument: %s of them; of two: %,d pairs; doubles: %,d arguments or"
                + " pairs.%n",
            FunctionAccuracyTest.STRIDE == 1 ? "all" : "one in " + FunctionAccuracyTest.STRIDE,
            40L * FunctionAccuracyTest.POINTS,
            FunctionAccuracyTest.POINTS);
    String readme = Files.readString(README);
    int at = readme.indexOf(BEGIN) + BEGIN.length();
    String rest = readme.substring(at + table(readme).length());
    Files.writeString(README, readme.substring(0, at) + AccuracyTable.markdown() + sample + rest);
  }
}
