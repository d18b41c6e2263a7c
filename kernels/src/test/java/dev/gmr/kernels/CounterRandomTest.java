package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.kernels.scalar.Threefry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final int MANY = 1 << 22;

  /** How many standard errors a seeded statistic may be off: one in 15,000 seeds would fail. */
  private static final double ERRORS = 4;

  @Test
  void threefryGivesItsAuthorsKnownAnswers() {
    assertThat(Threefry.encrypt(0, 0, 0, 0)).isEqualTo(0x99ba4efe6b200159L);
    assertThat(Threefry.encrypt(-1, -1, -1, -1)).isEqualTo(0xbb002be71cb996fcL);
    assertThat(Threefry.encrypt(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3))
        .isEqualTo(0x483df7a0c4923a9cL);
  }

  @Test
  void elementsLieInBlocksOf32() {
    int[] bits = new int[100];
    CounterRandom.of(0x0000000200000001L).bitsInto(7, bits, 0, bits.length);
    for (int e = 0; e < bits.length; e++) {
      long words = Threefry.encrypt(1, 2, e / 32 * 16 + e % 16, 7);
      assertThat(bits[e]).isEqualTo((int) (e % 32 < 16 ? words : words >>> 32));
    }
  }

  @Test
  void fewerNumbersAreAPrefixOfMore() {
    CounterRandom random = CounterRandom.of(3);
    float[] all = new float[1000];
    random.normalInto(1, all, 0, all.length);
    for (int n : Parity.SIZES) {
      float[] some = new float[n];
      random.normalInto(1, some, 0, n);
      assertThat(some).isEqualTo(Arrays.copyOf(all, n));
    }
  }

  @Test
  void childrenAndStreamsDiffer() {
    Set<Integer> firstWords = new HashSet<>();
    CounterRandom root = CounterRandom.of(1);
    int[] word = new int[1];
    int generators = 0;
    for (long purpose : new long[] {0, 1, 2, -1, 1L << 32}) {
      for (long epoch : new long[] {0, 1, 2, -1, 1L << 32}) {
        for (int stream = 0; stream < 3; stream++) {
          root.child(purpose).child(epoch).bitsInto(stream, word, 0, 1);
          firstWords.add(word[0]);
          generators++;
        }
      }
    }
    assertThat(firstWords).hasSize(generators);
    int[] again = new int[1];
    root.child(1L << 32).child(1L << 32).bitsInto(2, again, 0, 1);
    assertThat(again).isEqualTo(word);
  }

  @Test
  void uniformNumbersAreUniform() {
    float[] u = new float[MANY];
    CounterRandom.of(11).child(1).uniformInto(0, u, 0, MANY);
    double sum = 0;
    int[] bins = new int[64];
    for (float x : u) {
      assertThat(x > 0f && x <= 1f).isTrue();
      sum += x;
      bins[(int) Math.min(63, x * 64)]++;
    }
    assertThat(sum / MANY).isCloseTo(0.5, within(ERRORS * Math.sqrt(1.0 / 12 / MANY)));
    double chiSquare = 0;
    for (int count : bins) {
      chiSquare += (count - MANY / 64.0) * (count - MANY / 64.0) / (MANY / 64.0);
    }
    // 63 degrees of freedom: mean 63, standard deviation sqrt(126).
    assertThat(chiSquare).isCloseTo(63, within(ERRORS * Math.sqrt(126)));
  }

  @Test
  void normalNumbersAreNormal() {
    float[] x = new float[MANY];
    CounterRandom.of(12).child(2).normalInto(3, x, 0, MANY);
    double[] moments = new double[5];
    double neighbours = 0;
    double pairs = 0;
    for (int i = 0; i < MANY; i++) {
      assertThat(Math.abs(x[i]) <= 5.78f).isTrue();
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= x[i];
        moments[k] += power;
      }
      neighbours += i > 0 ? (double) x[i] * x[i - 1] : 0;
      pairs += i % 32 < 16 && i + 16 < MANY ? (double) x[i] * x[i + 16] : 0;
    }
    double error = ERRORS / Math.sqrt(MANY);
    // The variance of x^k is the 2k-th moment minus the square of the k-th: 1, 2, 15, 96.
    assertThat(moments[1] / MANY).isCloseTo(0, within(error));
    assertThat(moments[2] / MANY).isCloseTo(1, within(error * Math.sqrt(2)));
    assertThat(moments[3] / MANY).isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(moments[4] / MANY).isCloseTo(3, within(error * Math.sqrt(96)));
    assertThat(neighbours / MANY).isCloseTo(0, within(error));
    assertThat(pairs / (MANY / 2.0)).isCloseTo(0, within(error * Math.sqrt(2)));
    for (double z : new double[] {-4, -3, -2, -1, -0.25, 0, 0.25, 1, 2, 3, 4}) {
      int below = 0;
      for (float value : x) {
        below += value <= z ? 1 : 0;
      }
      double p = Reference.cdf(z);
      assertThat((double) below / MANY)
          .as("share below " + z)
          .isCloseTo(p, within(error * Math.sqrt(p * (1 - p))));
    }
  }

  @Test
  void normalNumbersAreBoxAndMullersOfTheirWords() {
    int n = 1 << 16;
    int[] words = new int[n];
    float[] x = new float[n];
    CounterRandom.of(5).bitsInto(1, words, 0, n);
    CounterRandom.of(5).normalInto(1, x, 0, n);
    for (int e = 0; e < n; e++) {
      int first = e % 32 < 16 ? e : e - 16;
      double radius = Math.sqrt(-2 * StrictMath.log(((words[first] >>> 8) + 1) * 0x1p-24));
      double angle = Integer.toUnsignedLong(words[first + 16]) * (2 * Math.PI * 0x1p-32);
      double exact = radius * (e == first ? StrictMath.cos(angle) : StrictMath.sin(angle));
      // Relative to the radius: four roundings of a factor, 2^-24 each, and the angle's own.
      assertThat((double) x[e]).isCloseTo(exact, within(radius * 5 * 0x1p-24));
    }
  }

  @Test
  void shortArraysAreNamed() {
    assertThatThrownBy(() -> CounterRandom.of(1).normalInto(0, new float[3], 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out has 3 elements");
  }
}
