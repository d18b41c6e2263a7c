package dev.gmr.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> NAMES =
      List.of("digits", "mnist", "fashion-mnist", "cifar10", "cifar100");

  @ParameterizedTest
  @CsvSource({
    "minst,mnist",
    "MNIST,mnist",
    "cifar,cifar10",
    "cifar-10,cifar10",
    "cifar-100,cifar100",
    "fashion,fashion-mnist",
    "fashionmnist,fashion-mnist",
    "digit,digits"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertThat(Suggestions.nearest(word, NAMES)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"imagenet", "x", "''"})
  void isSilentWhereNothingIsNear(String word) {
    assertThat(Suggestions.nearest(word, NAMES)).isEmpty();
  }
}
