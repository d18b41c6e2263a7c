package dev.gmr.train.exchange;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.nn.LayerTrace;
import dev.gmr.train.io.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of an architecture as PyTorch names and shapes them: what a file of its weights must
 * hold.
 *
 * @param shapes shape by name, in the order of the layers
 * @param normalised for each convolution before a batch norm, the batch norm's name
 */
public record ArchitectureTensors(Map<String, int[]> shapes, Map<String, String> normalised) {
  /** What follows a layer's name: weights of a convolution, linear layer or batch norm. */
  public static final String WEIGHT = ".weight";

  /** What follows a layer's name: biases. */
  public static final String BIAS = ".bias";

  /** What follows a batch norm's name: means of its inputs. */
  public static final String MEAN = ".running_mean";

  /** What follows a batch norm's name: variances of its inputs. */
  public static final String VARIANCE = ".running_var";

  /** Keeps the maps from change. */
  public ArchitectureTensors {
    shapes = Collections.unmodifiableMap(shapes);
    normalised = Collections.unmodifiableMap(normalised);
  }

  /**
   * Derives the tensors of an architecture.
   *
   * @param architecture the layers
   * @param input shape of an image
   * @param classes number of classes
   * @return its tensors
   * @throws dev.gmr.nn.ArchitectureException if the layers do not fit each other or the image
   */
  public static ArchitectureTensors of(Architecture architecture, ImageShape input, int classes) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    Map<String, String> normalised = new LinkedHashMap<>();
    List<LayerTrace> steps = architecture.trace(input, classes);
    for (int i = 0; i < steps.size(); i++) {
      LayerTrace step = steps.get(i);
      int outputs = step.out().channels();
      int[] each = {outputs};
      switch (step.layer()) {
        case Layer.Conv l -> {
          int[] weight = {outputs, step.in().channels(), l.kernel(), l.kernel()};
          shapes.put(l.name() + WEIGHT, weight);
          // a linear layer comes last, so there is a next step
          if (steps.get(i + 1).layer() instanceof Layer.BatchNorm norm) {
            normalised.put(l.name(), norm.name());
          } else {
            shapes.put(l.name() + BIAS, each);
          }
        }
        case Layer.BatchNorm l ->
            List.of(WEIGHT, BIAS, MEAN, VARIANCE).forEach(t -> shapes.put(l.name() + t, each));
        case Layer.Linear l -> {
          shapes.put(l.name() + WEIGHT, new int[] {outputs, step.in().size()});
          shapes.put(l.name() + BIAS, each);
        }
        default -> {}
      }
    }
    return new ArchitectureTensors(shapes, normalised);
  }

  /**
   * Checks that these are the tensors.
   *
   * @param tensors tensors by name
   * @throws IllegalArgumentException naming a tensor that is missing, too much or of another shape
   */
  public void check(Map<String, Tensor.F32> tensors) {
    for (Map.Entry<String, int[]> wanted : shapes.entrySet()) {
      Tensor.F32 tensor = tensors.get(wanted.getKey());
      if (tensor == null || !Arrays.equals(tensor.shape(), wanted.getValue())) {
        throw new IllegalArgumentException(
            "tensor %s is %s; expected %s"
                .formatted(
                    wanted.getKey(),
                    tensor == null ? "missing" : Arrays.toString(tensor.shape()),
                    Arrays.toString(wanted.getValue())));
      }
    }
    for (String name : tensors.keySet()) {
      if (!shapes.containsKey(name)) {
        throw new IllegalArgumentException("tensor " + name + " belongs to no layer");
      }
    }
  }
}
