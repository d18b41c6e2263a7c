package dev.gmr.train.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in protobuf's wire format: fields in the order in which they were added. Lengths stand
 * before contents, so a message knows its size before it is written; weights are not copied.
 *
 * <p>The four kinds of fields that ONNX needs are a page of code. protobuf-java 4.33 has them too,
 * but reaches into sun.misc.Unsafe, of which JDK 25 warns on standard error in four lines.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int CHUNK_BYTES = 1 << 16;

  private sealed interface Field {}

  private record Varint(int tag, long value) implements Field {}

  private record Fixed32(int tag, int bits) implements Field {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(int tag, byte[] content) implements Field {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Floats(int tag, float[] content) implements Field {}

  private record Nested(int tag, Message content) implements Field {}

  private final List<Field> fields = new ArrayList<>();
  private long size;

  /** Adds an integer or enum. */
  Message integer(int field, long value) {
    int tag = tag(field, VARINT);
    size += varintBytes(tag) + varintBytes(value);
    fields.add(new Varint(tag, value));
    return this;
  }

  /** Adds a float. */
  Message number(int field, float value) {
    int tag = tag(field, FIXED32);
    size += varintBytes(tag) + Float.BYTES;
    fields.add(new Fixed32(tag, Float.floatToRawIntBits(value)));
    return this;
  }

  /** Adds a text. */
  Message text(int field, String value) {
    int tag = tag(field, LENGTH_DELIMITED);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    delimited(tag, bytes.length);
    fields.add(new Bytes(tag, bytes));
    return this;
  }

  /** Adds bytes: the floats in little endian. The array is read when the message is written. */
  Message floats(int field, float[] values) {
    int tag = tag(field, LENGTH_DELIMITED);
    delimited(tag, (long) values.length * Float.BYTES);
    fields.add(new Floats(tag, values));
    return this;
  }

  /** Adds a message, which must not change afterwards. */
  Message message(int field, Message content) {
    int tag = tag(field, LENGTH_DELIMITED);
    delimited(tag, content.size);
    fields.add(new Nested(tag, content));
    return this;
  }

  /** Returns the bytes that {@link #writeTo} writes. */
  long size() {
    return size;
  }

  void writeTo(OutputStream out) throws IOException {
    for (Field field : fields) {
      switch (field) {
        case Varint f -> {
          writeVarint(f.tag, out);
          writeVarint(f.value, out);
        }
        case Fixed32 f -> {
          writeVarint(f.tag, out);
          for (int shift = 0; shift < Float.SIZE; shift += Byte.SIZE) {
            out.write(f.bits >>> shift);
          }
        }
        case Bytes f -> {
          writeVarint(f.tag, out);
          writeVarint(f.content.length, out);
          out.write(f.content);
        }
        case Floats f -> {
          writeVarint(f.tag, out);
          writeVarint((long) f.content.length * Float.BYTES, out);
          writeFloats(f.content, out);
        }
        case Nested f -> {
          writeVarint(f.tag, out);
          writeVarint(f.content.size, out);
          f.content.writeTo(out);
        }
      }
    }
  }

  private static void writeFloats(float[] values, OutputStream out) throws IOException {
    byte[] bytes = new byte[CHUNK_BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0, n; i < values.length; i += n) {
      n = Math.min(values.length - i, CHUNK_BYTES / Float.BYTES);
      chunk.asFloatBuffer().put(values, i, n);
      out.write(bytes, 0, n * Float.BYTES);
    }
  }

  private void delimited(int tag, long length) {
    size += varintBytes(tag) + varintBytes(length) + length;
  }

  private static int tag(int field, int wireType) {
    return (field << 3) | wireType;
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private static void writeVarint(long value, OutputStream out) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static int varintBytes(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }
}
