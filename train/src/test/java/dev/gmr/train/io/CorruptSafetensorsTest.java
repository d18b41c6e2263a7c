package dev.gmr.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files of every kind get one line that names the damage. */
class CorruptSafetensorsTest {
  @TempDir private Path dir;

  private static byte[] file(long headerLength, byte[] header, int dataBytes) {
    return ByteBuffer.allocate(Long.BYTES + header.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerLength)
        .put(header)
        .array();
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, dataBytes);
  }

  private static String entry(String dtype, String shape, String offsets) {
    return "\"w\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}".formatted(dtype, shape, offsets);
  }

  private static byte[] one(String dtype, String shape, String offsets, int dataBytes) {
    return file("{" + entry(dtype, shape, offsets) + "}", dataBytes);
  }

  static Stream<Arguments> damaged() {
    String good = entry("\"F32\"", "[2]", "[0,8]");
    String second = good.replace("\"w\"", "\"v\"");
    return Stream.of(
        arguments(new byte[0], "it has 0 bytes; the header's length alone takes 8"),
        arguments(new byte[7], "it has 7 bytes; the header's length alone takes 8"),
        arguments(
            file(-1, new byte[0], 0),
            "its header would have 18446744073709551615 bytes; at most 10000000 are allowed"),
        arguments(file(1000, new byte[2], 0), "its header would have 1000 bytes, the file has 10"),
        arguments(file("", 0), "the header is not a JSON object"),
        arguments(file("{", 0), "the header is not valid JSON (Unexpected end-of-input"),
        arguments(file("[]", 0), "the header is not a JSON object"),
        arguments(file("{} {}", 0), "the header is not valid JSON (Trailing token"),
        arguments(file("{" + good + "," + good + "}", 8), "Duplicate field 'w'"),
        arguments(file(3, new byte[] {'{', (byte) 0xff, '}'}, 0), "the header is not valid JSON"),
        arguments(file("{\"w\":3}", 0), "tensor \"w\" is not a JSON object"),
        arguments(
            file("{\"w\":{\"dtype\":\"F32\",\"shape\":[],\"offsets\":[0,4]}}", 4),
            "tensor \"w\" has the unknown key \"offsets\""),
        arguments(one("7", "[2]", "[0,8]", 8), "tensor \"w\" has no dtype"),
        arguments(one("\"Q4\"", "[2]", "[0,4]", 4), "tensor \"w\" has the unknown dtype \"Q4\""),
        arguments(one("\"F32\"", "2", "[0,8]", 8), "tensor \"w\" has no shape"),
        arguments(
            one("\"F32\"", "[2.0]", "[0,8]", 8),
            "tensor \"w\" has a dimension that is not a whole number"),
        arguments(
            one("\"F32\"", "[-2]", "[0,8]", 8), "tensor \"w\" has the dimension -2, out of range"),
        arguments(
            one("\"F32\"", "[9999999999]", "[0,8]", 8),
            "tensor \"w\" has the dimension 9999999999, out of range"),
        arguments(
            one("\"F32\"", "[65536,65536,65536,65536]", "[0,8]", 8),
            "tensor \"w\" has more than 2^31 - 1 elements"),
        arguments(one("\"F32\"", "[2]", "[0]", 8), "tensor \"w\" has no data_offsets of two whole"),
        arguments(one("\"F32\"", "[2]", "[-8,0]", 8), "tensor \"w\" has data_offsets out of range"),
        arguments(
            one("\"F32\"", "[2]", "[0,99999999999999999999]", 8),
            "tensor \"w\" has data_offsets out of range"),
        arguments(one("\"F32\"", "[2]", "[8,0]", 8), "the byte range [8, 0), outside the 8 bytes"),
        arguments(one("\"F32\"", "[2]", "[0,8]", 7), "the byte range [0, 8), outside the 7 bytes"),
        arguments(
            one("\"F32\"", "[3]", "[0,8]", 8),
            "tensor \"w\" takes 12 bytes by its shape and dtype, 8 by its offsets"),
        arguments(one("\"F32\"", "[2]", "[0,8]", 9), "1 bytes follow the last tensor"),
        arguments(
            one("\"F32\"", "[2]", "[4,12]", 12),
            "tensor \"w\" begins at byte 4 of the data; the one before it ends at 0"),
        arguments(
            file("{" + good + "," + second + "}", 8),
            "begins at byte 0 of the data; the one before it ends at 8"),
        arguments(file("{\"__metadata__\":[]}", 0), "__metadata__ is not a JSON object"),
        arguments(file("{\"__metadata__\":{\"a\":1}}", 0), "__metadata__ \"a\" is not a text"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void namesTheDamage(byte[] bytes, String damage) throws Exception {
    Path file = dir.resolve("x.safetensors");
    Files.write(file, bytes);

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + " is not a safetensors file: ")
        .hasMessageContaining(damage)
        .message()
        .hasLineCount(1);
  }

  @Test
  void namesFilesThatCannotBeRead() {
    Path missing = dir.resolve("none.safetensors");
    assertThatThrownBy(() -> Safetensors.read(missing))
        .hasMessage("cannot read " + missing + ": no such file or folder; bring it back");
    assertThatThrownBy(() -> Safetensors.read(dir))
        .hasMessage(
            "cannot read "
                + dir
                + ": it is a folder; bring back a copy of it or train again in a new folder");
  }

  /** Whatever bytes change: the file is read or refused in one line, nothing else happens. */
  @Test
  void survivesRandomDamage() throws Exception {
    Path file = dir.resolve("x.safetensors");
    new Safetensors(
            Map.of("weight", new Tensor.F32(new int[] {2, 2}, new float[4])), Map.of("k", "v"))
        .write(file, "try again");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = Arrays.copyOf(whole, whole.length - (round % 3 == 0 ? random.nextInt(9) : 0));
      for (int i = 0; i <= round % 4; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        Safetensors.read(file);
      } catch (UserError e) {
        refused++;
        assertThat(e.getMessage()).hasLineCount(1);
      }
    }
    assertThat(refused).isBetween(1000, 1999);
  }
}
