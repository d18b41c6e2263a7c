package dev.gmr.bench.peers;

import dev.gmr.nn.Network;
import dev.gmr.nn.Parameter;
import dev.gmr.nn.Parameters;
import dev.gmr.train.exchange.ArchitectureTensors;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Values of a network's tensors, trained and running, under PyTorch's names in its layout. */
final class Values {
  private Values() {}

  /** Returns an array laid out like the parameters as PyTorch has it. */
  static Map<String, float[]> read(Parameters parameters, float[] from) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter p : parameters.list()) {
      values.put(p.name(), p.read(from));
    }
    return values;
  }

  /** Returns the values of a network of gmr's. */
  static Map<String, float[]> of(Network network) {
    Map<String, float[]> values = read(network.parameters(), network.parameters().values());
    values.putAll(read(network.statistics(), network.statistics().values()));
    return values;
  }

  /** Gives a network of gmr's its values. */
  static void write(Map<String, float[]> values, Network network) {
    write(values, network.parameters());
    write(values, network.statistics());
  }

  private static void write(Map<String, float[]> values, Parameters to) {
    to.list().forEach(p -> p.write(values.get(p.name()), to.values()));
  }

  /**
   * Reads a file that gmr wrote.
   *
   * @throws dev.gmr.train.io.UserError if it is not of this network
   */
  static Map<String, float[]> read(Path file, Model model) {
    Safetensors content = Safetensors.read(file);
    Map<String, float[]> values = new HashMap<>();
    model.tensors().forEach((name, shape) -> values.put(name, content.floats(name, shape)));
    return values;
  }

  /** Writes them to a file. */
  static void write(Model model, Map<String, float[]> values, Path file) {
    new Safetensors(new TreeMap<>(tensors(model, values)), Map.of()).write(file, "try again");
  }

  /** Returns tensors of a model. */
  static Map<String, Tensor.F32> tensors(Model model, Map<String, float[]> values) {
    Map<String, Tensor.F32> tensors = new TreeMap<>();
    model
        .tensors()
        .forEach((name, shape) -> tensors.put(name, new Tensor.F32(shape, values.get(name))));
    return tensors;
  }

  /**
   * Returns initial values that neither side draws: uniform in +-1 / sqrt(inputs), as both have
   * them; batch norm begins as the identity of what it normalised.
   */
  static Map<String, float[]> drawn(Model model) {
    Random random = new Random(1);
    Map<String, float[]> values = new LinkedHashMap<>();
    double bound = 0;
    for (Map.Entry<String, int[]> tensor : model.tensors().entrySet()) {
      String name = tensor.getKey();
      int[] shape = tensor.getValue();
      float[] x = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
      String layer = name.substring(0, name.lastIndexOf('.'));
      if (shape.length > 1) {
        bound = Math.sqrt((double) shape[0] / x.length);
      }
      if (model.tensors().containsKey(layer + ArchitectureTensors.VARIANCE)) {
        Arrays.fill(x, name.endsWith("weight") || name.endsWith("var") ? 1 : 0);
      } else {
        for (int i = 0; i < x.length; i++) { // a bias comes after its weights
          x[i] = (float) random.nextDouble(-bound, bound);
        }
      }
      values.put(name, x);
    }
    return values;
  }

  static Map<String, double[]> doubles(Map<String, float[]> values) {
    Map<String, double[]> doubles = new LinkedHashMap<>();
    values.forEach((name, x) -> doubles.put(name, doubles(x)));
    return doubles;
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
