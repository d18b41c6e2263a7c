package dev.gmr.train.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads safetensors files; trusts nothing that stands in them. */
final class SafetensorsReader {
  /**
   * A tensor takes a hundred bytes here, so this is a hundred thousand tensors. The format allows
   * ten times as much, of which the parser would make gigabytes of objects before they can be
   * checked.
   */
  private static final int MAX_HEADER_BYTES = 10_000_000;

  private static final int CHUNK_BYTES = 1 << 16;

  private SafetensorsReader() {}

  static Safetensors read(Path file, String remedy) {
    if (Files.isDirectory(file)) {
      throw UserError.files("cannot read %s: it is a folder".formatted(file) + remedy);
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return read(channel, file, remedy);
    } catch (IOException e) {
      throw IoFaults.unreadable(file, e);
    }
  }

  /** Reads from any channel; {@code file} is its name in messages. */
  static Safetensors read(SeekableByteChannel channel, Path file, String remedy) {
    try {
      return content(channel, file.toString());
    } catch (SafetensorsHeader.Malformed e) {
      throw UserError.files(
          "%s is not a safetensors file: %s".formatted(file, e.getMessage()) + remedy, e);
    } catch (IOException e) {
      throw IoFaults.unreadable(file, e);
    }
  }

  private static Safetensors content(SeekableByteChannel channel, String source)
      throws IOException, SafetensorsHeader.Malformed {
    long fileBytes = channel.size();
    if (fileBytes < Long.BYTES) {
      throw new SafetensorsHeader.Malformed(
          "it has %d bytes; the header's length alone takes 8".formatted(fileBytes));
    }
    int chunkBytes = (int) Math.min(CHUNK_BYTES, fileBytes);
    ByteBuffer chunk = ByteBuffer.allocate(chunkBytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = fill(channel, chunk, Long.BYTES).getLong();
    if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
      throw new SafetensorsHeader.Malformed(
          "its header would have %s bytes; at most %d are allowed"
              .formatted(Long.toUnsignedString(headerBytes), MAX_HEADER_BYTES));
    }
    long dataBytes = fileBytes - Long.BYTES - headerBytes;
    if (dataBytes < 0) {
      throw new SafetensorsHeader.Malformed(
          "its header would have %d bytes, the file has %d".formatted(headerBytes, fileBytes));
    }
    ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
    fill(channel, json, (int) headerBytes);
    SafetensorsHeader header = SafetensorsHeader.decode(json.array(), dataBytes);
    Map<String, Tensor> tensors = HashMap.newHashMap(header.entries().size());
    for (SafetensorsHeader.Entry entry : header.entries()) {
      tensors.put(entry.name(), readTensor(channel, chunk, entry));
    }
    return new Safetensors(tensors, header.metadata(), source);
  }

  /** Entries come in file order without gaps, so the channel stands at the tensor's first byte. */
  private static Tensor readTensor(
      SeekableByteChannel channel, ByteBuffer chunk, SafetensorsHeader.Entry entry)
      throws IOException {
    int size = entry.size();
    return switch (entry.dtype()) {
      case "F32" -> {
        float[] data = new float[size];
        for (int i = 0, n; i < size; i += n) {
          n = Math.min(size - i, CHUNK_BYTES / Float.BYTES);
          fill(channel, chunk, n * Float.BYTES).asFloatBuffer().get(data, i, n);
        }
        yield new Tensor.F32(entry.shape(), data);
      }
      case "F64" -> {
        double[] data = new double[size];
        for (int i = 0, n; i < size; i += n) {
          n = Math.min(size - i, CHUNK_BYTES / Double.BYTES);
          fill(channel, chunk, n * Double.BYTES).asDoubleBuffer().get(data, i, n);
        }
        yield new Tensor.F64(entry.shape(), data);
      }
      case "I64" -> {
        long[] data = new long[size];
        for (int i = 0, n; i < size; i += n) {
          n = Math.min(size - i, CHUNK_BYTES / Long.BYTES);
          fill(channel, chunk, n * Long.BYTES).asLongBuffer().get(data, i, n);
        }
        yield new Tensor.I64(entry.shape(), data);
      }
      case "F16" -> new Tensor.F16(entry.shape(), shorts(channel, chunk, size));
      case "BF16" -> new Tensor.BF16(entry.shape(), shorts(channel, chunk, size));
      default -> {
        channel.position(channel.position() + entry.end() - entry.begin());
        yield new Tensor.Unread(entry.dtype(), entry.shape(), size, entry.elementBytes());
      }
    };
  }

  private static short[] shorts(SeekableByteChannel channel, ByteBuffer chunk, int size)
      throws IOException {
    short[] data = new short[size];
    for (int i = 0, n; i < size; i += n) {
      n = Math.min(size - i, CHUNK_BYTES / Short.BYTES);
      fill(channel, chunk, n * Short.BYTES).asShortBuffer().get(data, i, n);
    }
    return data;
  }

  private static ByteBuffer fill(SeekableByteChannel channel, ByteBuffer buffer, int bytes)
      throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file ended while it was read");
      }
    }
    return buffer.flip();
  }
}
