package dev.gmr.train.io;

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
 * <p>The few kinds of fields that ONNX and TensorBoard need are a page of code. protobuf-java 4.33
 * has them too, but reaches into sun.misc.Unsafe, of which JDK 25 warns on standard error in four
 * lines.
 */
public final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int FIXED64 = 1;
  private static final int CHUNK_BYTES = 1 << 16;

  private sealed interface Field {}

  private record Varint(int tag, long value) implements Field {}

  /** Bits of a float or double, in little endian. */
  private record Fixed(int tag, long bits, int bytes) implements Field {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(int tag, byte[] content) implements Field {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Floats(int tag, float[] content) implements Field {}

  private record Nested(int tag, ProtobufMessage content) implements Field {}

  private final List<Field> fields = new ArrayList<>();
  private long size;

  /** Makes a message without fields. */
  public ProtobufMessage() {}

  /**
   * Adds an integer or enum.
   *
   * @param field its number
   * @param value the value
   * @return this message
   */
  public ProtobufMessage integer(int field, long value) {
    int tag = tag(field, VARINT);
    size += varintBytes(tag) + varintBytes(value);
    fields.add(new Varint(tag, value));
    return this;
  }

  /**
   * Adds a float.
   *
   * @param field its number
   * @param value the value
   * @return this message
   */
  public ProtobufMessage float32(int field, float value) {
    return fixed(tag(field, FIXED32), Float.floatToRawIntBits(value), Float.BYTES);
  }

  /**
   * Adds a double.
   *
   * @param field its number
   * @param value the value
   * @return this message
   */
  public ProtobufMessage float64(int field, double value) {
    return fixed(tag(field, FIXED64), Double.doubleToRawLongBits(value), Double.BYTES);
  }

  private ProtobufMessage fixed(int tag, long bits, int bytes) {
    size += varintBytes(tag) + bytes;
    fields.add(new Fixed(tag, bits, bytes));
    return this;
  }

  /**
   * Adds a text.
   *
   * @param field its number
   * @param value the text, which becomes UTF-8
   * @return this message
   */
  public ProtobufMessage text(int field, String value) {
    int tag = tag(field, LENGTH_DELIMITED);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    delimited(tag, bytes.length);
    fields.add(new Bytes(tag, bytes));
    return this;
  }

  /**
   * Adds bytes: floats in little endian.
   *
   * @param field its number
   * @param values the floats; read when the message is written
   * @return this message
   */
  public ProtobufMessage floats(int field, float[] values) {
    int tag = tag(field, LENGTH_DELIMITED);
    delimited(tag, (long) values.length * Float.BYTES);
    fields.add(new Floats(tag, values));
    return this;
  }

  /**
   * Adds a message.
   *
   * @param field its number
   * @param content the message, which must not change afterwards
   * @return this message
   */
  public ProtobufMessage message(int field, ProtobufMessage content) {
    int tag = tag(field, LENGTH_DELIMITED);
    delimited(tag, content.size);
    fields.add(new Nested(tag, content));
    return this;
  }

  /**
   * Returns the length.
   *
   * @return bytes that {@link #writeTo} writes
   */
  public long size() {
    return size;
  }

  /**
   * Writes the message.
   *
   * @param out where to
   * @throws IOException when writing fails
   */
  public void writeTo(OutputStream out) throws IOException {
    for (Field field : fields) {
      switch (field) {
        case Varint f -> {
          writeVarint(f.tag, out);
          writeVarint(f.value, out);
        }
        case Fixed f -> {
          writeVarint(f.tag, out);
          for (int i = 0; i < f.bytes; i++) {
            out.write((int) (f.bits >>> (i * Byte.SIZE)));
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
