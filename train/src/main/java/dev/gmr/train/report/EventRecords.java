package dev.gmr.train.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The content of a TensorBoard event file: records of TensorFlow's TFRecord format, each an Event
 * message of its protocol buffers (tensorflow/core/util/event.proto, framework/summary.proto).
 *
 * <p>Five fields are written by hand: the library for them warns on standard error under this Java,
 * about its use of the JDK's internals.
 */
final class EventRecords {
  /** TFRecord stores checksums rotated and shifted, so that data holding checksums is no trap. */
  private static final int MASK = 0xa282ead8;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /**
   * Begins a file.
   *
   * @param wallTime seconds since 1970
   */
  EventRecords(double wallTime) {
    Message event = new Message();
    event.fixed64(1, wallTime);
    event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)); // the format's version
    record(event.content());
  }

  /** Returns the time of the first event of a file that begins with {@code head}; NaN if none. */
  static double wallTime(byte[] head) {
    int data = Long.BYTES + Integer.BYTES;
    if (head.length < data + 1 + Double.BYTES || head[data] != ((1 << 3) | FIXED64)) {
      return Double.NaN;
    }
    return little(head).getDouble(data + 1);
  }

  /**
   * Adds the values of a step; those that are NaN are left out.
   *
   * @param step the step, 0 or more
   * @param wallTime seconds since 1970
   * @param values values by tag
   */
  void scalars(long step, double wallTime, Map<String, Double> values) {
    Message summary = new Message();
    values.forEach(
        (tag, x) -> {
          if (!Double.isNaN(x)) {
            Message value = new Message();
            value.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
            value.fixed32(2, x.floatValue());
            summary.bytes(1, value.content());
          }
        });
    Message event = new Message();
    event.fixed64(1, wallTime);
    event.varint(2, step);
    event.bytes(5, summary.content());
    record(event.content());
  }

  byte[] content() {
    return records.toByteArray();
  }

  private void record(byte[] data) {
    byte[] length = little(new byte[Long.BYTES]).putLong(data.length).array();
    records.writeBytes(length);
    records.writeBytes(checksum(length));
    records.writeBytes(data);
    records.writeBytes(checksum(data));
  }

  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    return little(new byte[Integer.BYTES]).putInt(masked).array();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A message of protocol buffers, field by field. */
  private static final class Message {
    private final ByteArrayOutputStream fields = new ByteArrayOutputStream();

    void varint(int field, long value) {
      base128(((long) field << 3) | VARINT);
      base128(value);
    }

    void fixed64(int field, double value) {
      base128(((long) field << 3) | FIXED64);
      fields.writeBytes(little(new byte[Double.BYTES]).putDouble(value).array());
    }

    void fixed32(int field, float value) {
      base128(((long) field << 3) | FIXED32);
      fields.writeBytes(little(new byte[Float.BYTES]).putFloat(value).array());
    }

    void bytes(int field, byte[] value) {
      base128(((long) field << 3) | BYTES);
      base128(value.length);
      fields.writeBytes(value);
    }

    byte[] content() {
      return fields.toByteArray();
    }

    /** Seven bits a byte, the lowest first, the top bit where more follow. */
    private void base128(long value) {
      long rest = value;
      for (; rest >>> 7 != 0; rest >>>= 7) {
        fields.write((int) ((rest & 0x7f) | 0x80));
      }
      fields.write((int) rest);
    }
  }
}
