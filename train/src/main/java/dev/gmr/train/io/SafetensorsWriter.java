package dev.gmr.train.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes safetensors files. */
final class SafetensorsWriter {
  private static final int CHUNK_BYTES = 1 << 16;

  /** 8-byte elements first: every tensor is then aligned to its element size. */
  private static final Comparator<Map.Entry<String, Tensor>> ORDER =
      Comparator.<Map.Entry<String, Tensor>>comparingInt(e -> -e.getValue().elementBytes())
          .thenComparing(Map.Entry::getKey);

  private SafetensorsWriter() {}

  static void write(Safetensors content, OutputStream out) throws IOException {
    List<Map.Entry<String, Tensor>> tensors = new ArrayList<>(content.tensors().entrySet());
    tensors.sort(ORDER);
    byte[] header = SafetensorsHeader.encode(tensors, content.metadata());
    int padding = -header.length & 7;
    byte[] bytes = new byte[CHUNK_BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    chunk.putLong(header.length + padding);
    out.write(bytes, 0, Long.BYTES);
    out.write(header);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    for (Map.Entry<String, Tensor> named : tensors) {
      writeData(named.getValue(), bytes, chunk, out);
    }
  }

  private static void writeData(Tensor tensor, byte[] bytes, ByteBuffer chunk, OutputStream out)
      throws IOException {
    int width = tensor.elementBytes();
    int size = tensor.size();
    for (int i = 0, n; i < size; i += n) {
      n = Math.min(size - i, CHUNK_BYTES / width);
      chunk.clear();
      switch (tensor) {
        case Tensor.F32 t -> chunk.asFloatBuffer().put(t.data(), i, n);
        case Tensor.F64 t -> chunk.asDoubleBuffer().put(t.data(), i, n);
        case Tensor.I64 t -> chunk.asLongBuffer().put(t.data(), i, n);
        case Tensor.F16 t -> chunk.asShortBuffer().put(t.data(), i, n);
        case Tensor.BF16 t -> chunk.asShortBuffer().put(t.data(), i, n);
        case Tensor.Unread t ->
            throw new IllegalArgumentException("elements of " + t.dtype() + " were not read");
      }
      out.write(bytes, 0, n * width);
    }
  }
}
