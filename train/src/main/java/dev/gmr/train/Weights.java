package dev.gmr.train;

import dev.gmr.nn.Network;
import dev.gmr.nn.Parameter;
import dev.gmr.nn.Parameters;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Networks, and arrays laid out like their parameters, as tensors under PyTorch's names and layout.
 */
final class Weights {
  private Weights() {}

  /** Adds one tensor a parameter, its name behind {@code prefix}. */
  static void put(Parameters parameters, float[] from, String prefix, Map<String, Tensor> to) {
    for (Parameter p : parameters.list()) {
      to.put(prefix + p.name(), new Tensor.F32(p.shape(), p.read(from)));
    }
  }

  /** Adds a network's weights and running statistics. */
  static void put(Network network, String prefix, Map<String, Tensor> to) {
    put(network.parameters(), network.parameters().values(), prefix, to);
    put(network.statistics(), network.statistics().values(), prefix, to);
  }

  /** Returns a network's weights and running statistics as a file's content. */
  static Safetensors of(Network network, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new TreeMap<>();
    put(network, "", tensors);
    return new Safetensors(tensors, metadata);
  }

  /** Reads a network; every tensor must be there in its shape, and nothing else. */
  static void read(Path file, Network network) {
    Safetensors content = Safetensors.read(file);
    Set<String> known = new HashSet<>();
    network.parameters().list().forEach(p -> known.add(p.name()));
    network.statistics().list().forEach(p -> known.add(p.name()));
    content.expectOnly(known);
    get(content, network, "");
  }

  /** Reads a network's weights and running statistics. */
  static void get(Safetensors content, Network network, String prefix) {
    get(content, network.parameters(), prefix, network.parameters().values());
    get(content, network.statistics(), prefix, network.statistics().values());
  }

  /** Reads one tensor a parameter. */
  static void get(Safetensors content, Parameters parameters, String prefix, float[] to) {
    for (Parameter p : parameters.list()) {
      p.write(content.finiteFloats(prefix + p.name(), p.shape()), to);
    }
  }
}
