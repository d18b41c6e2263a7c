package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Broken descriptions: each is read or refused in one line, with bounded work. */
class ArchitectureFuzzTest {
  private static final int INPUTS = 100_000;

  /** The most layers take some 10 MB; a loop without end takes more. */
  private static final long MAX_BYTES = 64L << 20;

  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "0.5",
    "\"type\"",
    "\"residual\"",
    "\"repeat\"",
    "\"times\": 10000",
    "\"layers\"",
    "{i}",
    "\\u0000",
    "\\n",
    "\n",
    "\u2028",
    "\ud800",
    "9".repeat(30),
    "9".repeat(1200),
    "[[[[[[[[",
    "{\"type\": \"relu\"},"
  };
  private static final String[] NUMBERS = {
    "0",
    "-1",
    "1",
    "2",
    "3",
    "1024",
    "1025",
    "65536",
    "65537",
    "2147483647",
    "2147483648",
    "-2147483648",
    "9223372036854775807",
    "18446744073709551616",
    "1.5",
    "1e3",
    "1e999",
    "-0"
  };

  private final SplittableRandom random = new SplittableRandom(20260101);

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private String mutate(String text) {
    if (text.isEmpty()) {
      return pick(TOKENS);
    }
    int at = random.nextInt(text.length());
    String before = text.substring(0, at);
    String behind = text.substring(at);
    return switch (random.nextInt(12)) {
      case 0 -> before + (char) (text.charAt(at) ^ (1 << random.nextInt(16))) + behind.substring(1);
      case 1 -> before;
      case 2 -> before + pick(TOKENS) + behind;
      case 3 -> before + behind.substring(random.nextInt(Math.min(40, behind.length())));
      case 4 -> before + behind.substring(0, Math.min(behind.length(), 60)) + behind;
      case 5, 6, 7, 8 -> number(text, at);
      default -> word(text, at);
    };
  }

  /** Replaces the next number. */
  private String number(String text, int from) {
    int start = from;
    while (start < text.length() && !Character.isDigit(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(0, start) + pick(NUMBERS) + text.substring(end);
  }

  /** Replaces the next quoted word by another one of the text. */
  private String word(String text, int from) {
    int start = text.indexOf('"', from);
    int end = text.indexOf('"', start + 1);
    int other = text.indexOf('"', random.nextInt(text.length()));
    int otherEnd = text.indexOf('"', other + 1);
    return start < 0 || end < 0 || other < 0 || otherEnd < 0
        ? text
        : text.substring(0, start) + text.substring(other, otherEnd) + text.substring(end);
  }

  @Test
  void brokenDescriptionsAreRefusedInOneLine() {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<String> originals =
        Architecture.builtInNames().stream().map(Architecture::builtInJson).toList();
    int refused = 0;
    int read = 0;
    int traced = 0;
    for (int n = 0; n < INPUTS; n++) {
      int size = originals.size();
      // the first ones are short and quickly read
      String json = originals.get(Math.min(random.nextInt(size), random.nextInt(size)));
      for (int m = random.nextInt(3); m >= 0; m--) {
        json = mutate(json);
      }
      long bytes = memory.getCurrentThreadAllocatedBytes();
      try {
        Architecture a = Architecture.parse(json, "f.json");
        read++;
        a.trace(new ImageShape(32, 32, 3), 10);
        traced++;
      } catch (ArchitectureException e) {
        refused++;
        assertThat(e.getMessage()).as(json).matches("[^\\p{Cntrl}\u2028\u2029]{10,700}");
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("input " + n + ": " + json, e);
      }
      assertThat(memory.getCurrentThreadAllocatedBytes() - bytes).as(json).isLessThan(MAX_BYTES);
    }
    System.out.printf(
        "%.1f s: %d refused, %d read, %d of them traced%n",
        memory.getCurrentThreadCpuTime() / 1e9, refused, read, traced);
    // the mutations reach behind the parser, and the reader, and not always
    assertThat(refused).isGreaterThan(INPUTS / 2);
    assertThat(read).isGreaterThan(INPUTS / 10);
    assertThat(traced).isBetween(INPUTS / 50, read - INPUTS / 200);
  }
}
