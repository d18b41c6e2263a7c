package dev.gmr.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gmr.nn.ImageShape;
import dev.gmr.train.io.UserError;
import dev.gmr.train.onnx.OnnxModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Logits by ONNX Runtime, on the CPU with all of its optimizations, of images that it has already;
 * the network is the file that gmr writes.
 */
final class OrtInference implements AutoCloseable {
  private final OrtSession session;
  private final OnnxTensor images;

  OrtInference(Model model, Map<String, float[]> values, float[] images, int count, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(file(model, values), options);
      ImageShape s = model.shape();
      long[] shape = {count, s.channels(), s.height(), s.width()};
      this.images = OnnxTensor.createTensor(environment, channelsFirst(images, count, s), shape);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static byte[] file(Model model, Map<String, float[]> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      OnnxModel.of(
              model.architecture(),
              model.shape(),
              model.classes(),
              Values.tensors(model, values),
              Optional.empty(),
              "",
              Map.of())
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static FloatBuffer channelsFirst(float[] images, int count, ImageShape shape) {
    int pixels = shape.height() * shape.width();
    FloatBuffer out =
        ByteBuffer.allocateDirect(count * shape.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int p = 0; p < pixels; p++) {
          out.put(images[i * shape.size() + p * shape.channels() + c]);
        }
      }
    }
    return out.flip();
  }

  void run() {
    try (OrtSession.Result result = session.run(Map.of("input", images))) {
      if (result.size() != 1) {
        throw UserError.run(
            "ONNX Runtime has %d results; expected logits".formatted(result.size()));
      }
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  float[] logits() {
    try (OrtSession.Result result = session.run(Map.of("input", images))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      return values;
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static UserError failed(OrtException e) {
    return UserError.run("ONNX Runtime failed: " + e.getMessage());
  }

  @Override
  public void close() {
    try {
      images.close();
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
