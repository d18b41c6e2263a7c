package dev.gmr.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> KNOWN = DataSets.names();

  @Test
  void findsTheSlip() {
    assertThat(Suggestions.closest("minst", KNOWN)).contains("mnist");
    assertThat(Suggestions.closest("MNIST", KNOWN)).contains("mnist");
    assertThat(Suggestions.closest("digit", KNOWN)).contains("digits");
    assertThat(Suggestions.closest("cifar-10", KNOWN)).contains("cifar10");
    assertThat(Suggestions.closest("cifar-100", KNOWN)).contains("cifar100");
    assertThat(Suggestions.closest("fashionmnist", KNOWN)).contains("fashion-mnist");
  }

  @Test
  void staysSilentWhenNothingIsNear() {
    assertThat(Suggestions.closest("imagenet", KNOWN)).isEmpty();
    assertThat(Suggestions.closest("", KNOWN)).isEmpty();
    assertThat(Suggestions.unknown("data set", "imagenet", KNOWN))
        .isEqualTo(
            "unknown data set \"imagenet\""
                + " (known: digits, mnist, fashion-mnist, cifar10, cifar100, idx)");
  }

  @Test
  void countsEdits() {
    assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestions.distance("ab", "ba")).isEqualTo(1);
    assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestions.distance("same", "same")).isZero();
  }
}
