package dev.gmr.train.report;

import dev.gmr.train.io.ProtobufMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The content of a TensorBoard event file: records of TensorFlow's TFRecord format, each an Event
 * message of its protocol buffers (tensorflow/core/util/event.proto, framework/summary.proto).
 */
final class EventRecords {
  /** TFRecord stores checksums rotated and shifted, so that data holding checksums is no trap. */
  private static final int MASK = 0xa282ead8;

  /** Number and kind of an event's first field, its time: a double. */
  private static final byte TIME = (1 << 3) | 1;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /**
   * Begins a file.
   *
   * @param wallTime seconds since 1970
   */
  EventRecords(double wallTime) {
    record(
        new ProtobufMessage()
            .float64(1, wallTime)
            .text(3, "brain.Event:2")); // the format's version
  }

  /** Returns the time of the first event of a file that begins with {@code head}; NaN if none. */
  static double wallTime(byte[] head) {
    int data = Long.BYTES + Integer.BYTES;
    if (head.length < data + 1 + Double.BYTES || head[data] != TIME) {
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
    ProtobufMessage summary = new ProtobufMessage();
    values.forEach(
        (tag, value) -> {
          if (!Double.isNaN(value)) {
            summary.message(1, new ProtobufMessage().text(1, tag).float32(2, value.floatValue()));
          }
        });
    record(new ProtobufMessage().float64(1, wallTime).integer(2, step).message(5, summary));
  }

  byte[] content() {
    return records.toByteArray();
  }

  private void record(ProtobufMessage event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      event.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] data = bytes.toByteArray();
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
}
