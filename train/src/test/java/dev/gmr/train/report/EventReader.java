package dev.gmr.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads event files by the formats' descriptions alone, every checksum bit by bit; shares no code
 * with what writes them.
 */
public final class EventReader {
  /**
   * An event.
   *
   * @param wallTime field 1
   * @param step field 2
   * @param version field 3, or null
   * @param values of field 5, the summary: tags and simple values
   */
  public record Event(double wallTime, long step, String version, Map<String, Float> values) {}

  private EventReader() {}

  /** Reads all events; refuses a file that ends within one. */
  public static List<Event> read(Path file) throws IOException {
    ByteBuffer in = little(ByteBuffer.wrap(Files.readAllBytes(file)));
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = bytes(in, 8);
      assertThat(in.getInt()).as("checksum of a length").isEqualTo(masked(length));
      byte[] data = bytes(in, Math.toIntExact(little(ByteBuffer.wrap(length)).getLong()));
      assertThat(in.getInt()).as("checksum of an event").isEqualTo(masked(data));
      events.add(event(data));
    }
    return events;
  }

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    byte[] x = new byte[count];
    in.get(x);
    return x;
  }

  /** CRC-32C, polynomial 0x1EDC6F41 reflected, then TFRecord's mask. */
  private static int masked(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static Event event(byte[] data) {
    ByteBuffer in = little(ByteBuffer.wrap(data));
    double wallTime = Double.NaN;
    long step = 0;
    String version = null;
    Map<String, Float> values = new TreeMap<>();
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      switch (tag) {
        case (1 << 3) | 1 -> wallTime = in.getDouble();
        case 2 << 3 -> step = varint(in);
        case (3 << 3) | 2 -> version = text(in);
        case (5 << 3) | 2 -> summary(bytes(in, (int) varint(in)), values);
        default -> throw new AssertionError("field " + tag);
      }
    }
    return new Event(wallTime, step, version, values);
  }

  private static void summary(byte[] data, Map<String, Float> values) {
    ByteBuffer in = little(ByteBuffer.wrap(data));
    while (in.hasRemaining()) {
      assertThat(varint(in)).isEqualTo((1 << 3) | 2);
      ByteBuffer value = little(ByteBuffer.wrap(bytes(in, (int) varint(in))));
      assertThat(varint(value)).isEqualTo((1 << 3) | 2);
      String name = text(value);
      assertThat(varint(value)).isEqualTo((2 << 3) | 5);
      assertThat(values.put(name, value.getFloat())).as("twice " + name).isNull();
      assertThat(value.hasRemaining()).isFalse();
    }
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in, (int) varint(in)), StandardCharsets.UTF_8);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
