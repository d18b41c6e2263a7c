package dev.gmr.train.onnx;

import dev.gmr.data.Normalization;
import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.io.AtomicFiles;
import dev.gmr.train.io.ProtobufMessage;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained network as an ONNX file of opset 17.
 *
 * <p>Its input is {@code input}, floats (batch, C, H, W) for any batch; its output {@code logits},
 * floats (batch, classes). Equal content gives equal bytes.
 */
public final class OnnxModel {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private final ProtobufMessage model;

  private OnnxModel(ProtobufMessage model) {
    this.model = model;
  }

  /**
   * Describes a network.
   *
   * @param architecture the layers; the last gives the logits
   * @param input shape of an image
   * @param classes number of classes
   * @param tensors every tensor under PyTorch's name and layout, no other; not copied
   * @param normalization with it the input is pixels in [0, 1] and the graph normalises them;
   *     without it the input is normalised already
   * @param documentation a sentence on what the file holds
   * @param metadata text by key, for the file's metadata
   * @return the file's content
   * @throws IllegalArgumentException if the tensors, the image and the layers do not fit
   * @throws UserError if the file would have 2 GiB or more, which is protobuf's limit
   */
  public static OnnxModel of(
      Architecture architecture,
      ImageShape input,
      int classes,
      Map<String, Tensor.F32> tensors,
      Optional<Normalization> normalization,
      String documentation,
      Map<String, String> metadata) {
    ArchitectureTensors.of(architecture, input, classes).check(tensors);
    if (normalization.isPresent() && normalization.get().channels() != input.channels()) {
      throw new IllegalArgumentException(
          "images of %d channels, normalization of %d"
              .formatted(input.channels(), normalization.get().channels()));
    }
    SortedMap<String, Tensor.F32> sorted = new TreeMap<>(tensors);
    ProtobufMessage model =
        new ProtobufMessage()
            .integer(1, IR_VERSION)
            .text(2, "gmr")
            .text(3, Version.current())
            .text(6, documentation)
            .message(7, OnnxGraph.of(architecture, input, classes, sorted, normalization))
            .message(8, new ProtobufMessage().text(1, "").integer(2, OPSET));
    new TreeMap<>(metadata)
        .forEach(
            (key, value) -> model.message(14, new ProtobufMessage().text(1, key).text(2, value)));
    if (model.size() > Integer.MAX_VALUE) {
      throw UserError.run(
          "%s would take %d bytes as ONNX, whose files end at 2 GiB; take --format safetensors"
              .formatted(architecture.name(), model.size()));
    }
    return new OnnxModel(model);
  }

  /**
   * Replaces a file by this content.
   *
   * @param file the file; its folder must exist
   * @param goOn what the user does once a fault in writing is mended, as for {@link AtomicFiles}
   * @throws UserError when it cannot be written; the old content then stays
   */
  public void write(Path file, String goOn) {
    AtomicFiles.write(file, goOn, this::writeTo);
  }

  /**
   * Writes the content of the file.
   *
   * @param out where to
   * @throws IOException when writing fails
   */
  public void writeTo(OutputStream out) throws IOException {
    model.writeTo(out);
  }
}
