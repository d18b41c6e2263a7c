package dev.gmr.train;

import dev.gmr.nn.Parameter;
import dev.gmr.nn.Parameters;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Parameters, and arrays laid out like them, as tensors under PyTorch's names and layout. */
final class Weights {
  private Weights() {}

  /** Adds one tensor a parameter, its name behind {@code prefix}. */
  static void put(Parameters parameters, float[] from, String prefix, Map<String, Tensor> to) {
    for (Parameter p : parameters.list()) {
      to.put(prefix + p.name(), new Tensor.F32(p.shape(), p.read(from)));
    }
  }

  /** Returns the values of all parameters as a file's content. */
  static Safetensors of(Parameters parameters, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new TreeMap<>();
    put(parameters, parameters.values(), "", tensors);
    return new Safetensors(tensors, metadata);
  }

  /** Reads weights; every parameter must be there in its shape, and nothing else. */
  static void read(Path file, Parameters parameters) {
    Safetensors content = Safetensors.read(file);
    for (String name : content.tensors().keySet()) {
      if (parameters.list().stream().noneMatch(p -> p.name().equals(name))) {
        throw UserError.files(
            "%s: tensor \"%s\" belongs to no layer of this network; bring back the run's own file"
                .formatted(file, name));
      }
    }
    get(content, parameters, "", parameters.values());
  }

  /** Reads one tensor a parameter. */
  static void get(Safetensors content, Parameters parameters, String prefix, float[] to) {
    for (Parameter p : parameters.list()) {
      float[] elements = content.floats(prefix + p.name(), p.shape());
      for (float x : elements) {
        if (!Float.isFinite(x)) {
          throw content.refuse("tensor \"%s\" holds %s".formatted(prefix + p.name(), x));
        }
      }
      p.write(elements, to);
    }
  }
}
