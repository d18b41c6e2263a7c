package dev.gmr.kernels.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Holds the translated SIMD classes to their scalar specification. After a change of the latter,
 * {@code mvn -pl kernels test -Dtest=TranslationTest -Dgmr.translate=write -Dspotless.check.skip
 * spotless:apply} writes them anew.
 */
class TranslationTest {
  private static final Path MAIN = Path.of("src/main/java/dev/gmr/kernels");
  private static final String[] LOOPS = {
    "ReluMean",
    "ReluVariance",
    "ReluSecondMoment",
    "LeakyRelu",
    "Gelu",
    "Clipped",
    "GaussianPair",
    "ReluCovarianceForms",
    "GaussianMaximum"
  };

  @Test
  void simdClassesAreTranslationsOfTheScalarOnes() throws IOException {
    ClassTranslator translator = new ClassTranslator(new ScalarSources(MAIN.resolve("scalar")));
    Map<String, String> translations = new TreeMap<>(translator.functions("ScalarFunctions"));
    for (String name : LOOPS) {
      translations.put("Simd" + name, translator.loops(name, "Simd" + name));
    }
    boolean write = "write".equals(System.getProperty("gmr.translate"));
    for (Map.Entry<String, String> t : translations.entrySet()) {
      Path file = MAIN.resolve("simd").resolve(t.getKey() + ".java");
      if (write) {
        Files.writeString(file, t.getValue());
      }
      assertThat(tokens(Files.readString(file)))
          .as(file.toString())
          .isEqualTo(tokens(t.getValue()));
    }
  }

  /** The formatter decides on spaces, line ends and how comments flow. */
  private static String tokens(String source) {
    return source.replaceAll("\\s|\\*", "");
  }
}
