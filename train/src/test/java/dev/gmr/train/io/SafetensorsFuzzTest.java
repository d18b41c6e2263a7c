package dev.gmr.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file: it is read, or refused in one line, soon and without much memory. */
class SafetensorsFuzzTest {
  private static final int ROUNDS = 120_000;

  /** What a mutated header may say instead of one of its words. */
  private static final String[] TOKENS = {
    "",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "0",
    "1",
    "1.5",
    "1e400",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "99999999999999999999999",
    "\"F32\"",
    "\"F16\"",
    "\"BOOL\"",
    "\"F4\"",
    "\"w\"",
    "\"dtype\"",
    "\"shape\"",
    "\"data_offsets\"",
    "\"__metadata__\"",
    "[0,0]",
    "\"\\ud800\"",
    "\"\\u001b[2J\\n\"",
    "{\"a\":1}",
    "[[[[[[[[",
    "//",
    "NaN",
    "\u0000",
    "\u2028"
  };

  private static Safetensors read(byte[] bytes) {
    return SafetensorsReader.read(
        new SeekableInMemoryByteChannel(bytes), Path.of("x.safetensors"), "; bring back a copy");
  }

  private static byte[] whole() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("w", new Tensor.F32(new int[] {2, 3}, new float[6]));
    tensors.put("h", new Tensor.F16(new int[] {3}, new short[3]));
    tensors.put("n", new Tensor.I64(new int[0], new long[1]));
    tensors.put("d", new Tensor.F64(new int[] {1, 2}, new double[2]));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter.write(new Safetensors(tensors, Map.of("format", "pt")), out);
    return out.toByteArray();
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void refusesOrReadsEveryMutation() throws Exception {
    byte[] whole = whole();
    assertThat(read(whole).tensors()).hasSize(4);
    int headerBytes = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(whole, Long.BYTES, headerBytes, StandardCharsets.UTF_8);
    int dataBytes = whole.length - Long.BYTES - headerBytes;
    Random random = new Random(1);
    int[] read = new int[5];
    int[] refused = new int[5];
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2), // hung, not slow
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            int kind = round % read.length;
            byte[] bytes =
                switch (kind) {
                  case 0 -> flipped(whole, random);
                  case 1 -> Arrays.copyOf(whole, random.nextInt(whole.length + 9));
                  case 2 -> otherLength(whole, random);
                  case 3 -> file(otherToken(header, random), dataBytes);
                  default -> file(otherNumber(header, random), dataBytes);
                };
            if (isRead(bytes)) {
              read[kind]++;
            } else {
              refused[kind]++;
            }
          }
        });
    System.out.printf(
        "mutations read %s, refused %s%n", Arrays.toString(read), Arrays.toString(refused));
    // every kind meets both the checks and, where it can, files that are still whole
    for (int kind = 0; kind < read.length; kind++) {
      assertThat(refused[kind]).as("refused of kind " + kind).isGreaterThan(1000);
    }
    assertThat(read[0]).as("flips in the data are no damage that can be seen").isGreaterThan(100);
    assertThat(read[1]).as("the whole length is among the truncations").isPositive();
    assertThat(read[4]).as("some numbers are replaced by themselves").isPositive();
  }

  /** Any other exception than the user's error ends the test. */
  private static boolean isRead(byte[] bytes) {
    try {
      read(bytes);
      return true;
    } catch (UserError e) {
      String message = e.getMessage();
      if (!message.startsWith("x.safetensors is not a safetensors file: ")
          || message.length() > 500
          || message.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x2028)) {
        throw new AssertionError("not a line that one can read: " + message, e);
      }
      return false;
    }
  }

  private static byte[] flipped(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] otherLength(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    long length =
        switch (random.nextInt(3)) {
          case 0 -> random.nextInt(2 * whole.length);
          case 1 -> random.nextLong() >>> random.nextInt(64);
          default -> random.nextLong() << random.nextInt(64);
        };
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    return bytes;
  }

  /** Replaces a stretch of the header, or sets something between. */
  private static String otherToken(String header, Random random) {
    int from = random.nextInt(header.length());
    int to = Math.min(header.length(), from + random.nextInt(12));
    return header.substring(0, from) + TOKENS[random.nextInt(TOKENS.length)] + header.substring(to);
  }

  /** Replaces one of the numbers of shapes and offsets. */
  private static String otherNumber(String header, Random random) {
    int from = random.nextInt(header.length());
    while (!Character.isDigit(header.charAt(from))) {
      from = (from + 1) % header.length();
    }
    int to = from;
    while (to < header.length() && Character.isDigit(header.charAt(to))) {
      to++;
    }
    long number =
        random.nextBoolean() ? random.nextInt(64) : random.nextLong() >> random.nextInt(64);
    return header.substring(0, from) + number + header.substring(to);
  }

  /** Sizes are compared with the file's before anything of that size is allocated. */
  @Test
  void claimsOfTerabytesAllocateNothing() {
    String terabytes = "{\"w\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[0,%s]}}";
    byte[][] claims = {
      file(terabytes.formatted("2147483647", "8589934588"), 8),
      file(terabytes.formatted("2147483647,1,1", "1099511627776"), 8),
      file(terabytes.formatted("1000000,1000000", "4000000000000"), 8),
      file(terabytes.formatted("2", "4611686018427387904"), 8),
      ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array(),
      ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(9_999_999).array()
    };
    for (byte[] claim : claims) {
      isRead(claim); // loads classes
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (byte[] claim : claims) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(isRead(claim)).isFalse();
      // the parser's buffers and the message take some tens of kilobytes
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 18);
    }
  }

  /**
   * The parser makes objects of a header before it can be checked: about 22 bytes for each byte.
   */
  @Test
  void theLargestHeaderTakesBoundedMemory() {
    byte[] bytes = file("{\"w\":[" + "[],".repeat(3_300_000) + "[]]}", 0);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(isRead(bytes)).isFalse();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf("a header of %d bytes: %d bytes allocated%n", bytes.length, allocated);
    assertThat(allocated).isLessThan(400_000_000);

    byte[] more = file("{\"w\":[" + "[],".repeat(3_400_000) + "[]]}", 0);
    assertThatThrownBy(() -> read(more)).hasMessageContaining("at most 10000000 are allowed");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(isRead(file("[".repeat(1_000_000), 0))).isFalse();
    assertThat(isRead(file("{\"w\":".repeat(1_000_000), 0))).isFalse();
    assertThat(isRead(file("{\"" + "x".repeat(2_000_000) + "\":3}", 0))).isFalse();
  }
}
