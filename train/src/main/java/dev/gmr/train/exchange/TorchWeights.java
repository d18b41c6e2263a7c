package dev.gmr.train.exchange;

import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Weights that PyTorch trained, brought to the names and types of gmr's own files.
 *
 * @param tensors exactly the architecture's tensors
 * @param prefix what was stripped from the names; empty for nothing
 */
public record TorchWeights(Map<String, Tensor.F32> tensors, String prefix) {
  /** What data parallel training, a module that holds the network, and compilation put in front. */
  private static final List<String> WRAPPERS = List.of("module.", "model.", "_orig_mod.");

  /** A batch norm's counter, which decides nothing once its momentum is set. */
  private static final String COUNTER = ".num_batches_tracked";

  private static final int SHOWN_NAMES = 3;
  private static final int SHOWN_CHARACTERS = 80;

  /**
   * Converts the content of a file: strips a prefix, leaves out batch norms' counters, takes other
   * usual names of the same layer, rounds to 32 bits, and moves a convolution's bias before a batch
   * norm into the norm's mean: {@code conv + bias - mean = conv - (mean - bias)}.
   *
   * @param content of the file
   * @param file its name, for messages
   * @param wanted the architecture's tensors
   * @param network a few words that name the network and the images, for messages
   * @param prefix tensors whose names begin so are taken, the others left; empty to strip the
   *     prefixes of PyTorch's wrappers where every name has them
   * @return the weights
   * @throws UserError in one line, naming the first tensors that are missing, unexpected, or of
   *     another shape, type or value than needed
   */
  public static TorchWeights of(
      Safetensors content,
      Path file,
      ArchitectureTensors wanted,
      String network,
      Optional<String> prefix) {
    Map<String, Tensor> found = new TreeMap<>(content.tensors());
    String stripped = prefix.map(p -> p.endsWith(".") ? p : p + ".").orElse("");
    if (prefix.isPresent()) {
      found = behind(stripped, found);
      if (found.isEmpty()) {
        throw UserError.files(
            "%s: no tensor's name begins with \"%s\"; its names are %s; correct --prefix"
                .formatted(file, stripped, first(content.tensors().keySet())));
      }
    } else {
      for (Optional<String> w = wrapper(found); w.isPresent(); w = wrapper(found)) {
        stripped += w.get();
        found = behind(w.get(), found);
      }
    }
    found.keySet().removeIf(name -> name.endsWith(COUNTER));
    return new TorchWeights(new Conversion(file, wanted, network, found).run(), stripped);
  }

  private static Optional<String> wrapper(Map<String, Tensor> tensors) {
    return tensors.isEmpty()
        ? Optional.empty()
        : WRAPPERS.stream()
            .filter(w -> tensors.keySet().stream().allMatch(name -> name.startsWith(w)))
            .findFirst();
  }

  private static Map<String, Tensor> behind(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> behind = new TreeMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            behind.put(name.substring(prefix.length()), tensor);
          }
        });
    return behind;
  }

  private static String first(Set<String> names) {
    String some =
        names.stream()
            .limit(SHOWN_NAMES)
            .map(TorchWeights::shown)
            .collect(Collectors.joining(", "));
    int more = names.size() - SHOWN_NAMES;
    return names.isEmpty() ? "none" : more > 0 ? some + " and %d more".formatted(more) : some;
  }

  private static String shown(String name) {
    return name.length() <= SHOWN_CHARACTERS ? name : name.substring(0, SHOWN_CHARACTERS) + "...";
  }

  private record Conversion(
      Path file, ArchitectureTensors wanted, String network, Map<String, Tensor> found) {
    Map<String, Tensor.F32> run() {
      Map<String, String> sources = new TreeMap<>();
      Set<String> missing = new LinkedHashSet<>();
      for (String name : wanted.shapes().keySet()) {
        names(name)
            .filter(found::containsKey)
            .findFirst()
            .ifPresentOrElse(source -> sources.put(name, source), () -> missing.add(name));
      }
      Map<String, String> biases = biasesBeforeNorms();
      Set<String> unexpected = new TreeSet<>(found.keySet());
      unexpected.removeAll(new HashSet<>(sources.values()));
      unexpected.removeAll(biases.values());
      if (!missing.isEmpty() || !unexpected.isEmpty()) {
        throw UserError.files(
            ("%s does not fit %s: missing %s; unexpected %s; choose another --model"
                    + " or --data, or say with --prefix what its names begin with")
                .formatted(file, network, first(missing), first(unexpected)));
      }
      Map<String, Tensor.F32> tensors = new TreeMap<>();
      sources.forEach(
          (name, source) -> tensors.put(name, floats(source, wanted.shapes().get(name))));
      biases.forEach((norm, bias) -> fold(tensors, norm + ArchitectureTensors.MEAN, bias));
      return tensors;
    }

    /** The name itself, then what CIFAR ResNets and torchvision call the same layer. */
    private static Stream<String> names(String name) {
      return Stream.of(
          name,
          name.replace(".shortcut.", ".downsample."),
          name.replace(".downsample.", ".shortcut."),
          name.replaceFirst("^fc\\.", "linear."),
          name.replaceFirst("^linear\\.", "fc."));
    }

    /** Returns the biases that convolutions have though a batch norm follows, by that norm. */
    private Map<String, String> biasesBeforeNorms() {
      Map<String, String> biases = new TreeMap<>();
      wanted
          .normalised()
          .forEach(
              (conv, norm) ->
                  names(conv + ArchitectureTensors.BIAS)
                      .filter(found::containsKey)
                      .findFirst()
                      .ifPresent(bias -> biases.put(norm, bias)));
      return biases;
    }

    private void fold(Map<String, Tensor.F32> tensors, String mean, String bias) {
      Tensor.F32 means = tensors.get(mean);
      float[] biases = floats(bias, means.shape()).data();
      float[] folded = new float[biases.length];
      for (int i = 0; i < folded.length; i++) {
        folded[i] = means.data()[i] - biases[i];
      }
      tensors.put(mean, new Tensor.F32(means.shape(), folded));
    }

    private Tensor.F32 floats(String name, int[] shape) {
      Tensor tensor = found.get(name);
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw UserError.files(
            "%s does not fit %s: tensor \"%s\" is %s, expected %s; choose another --model or --data"
                .formatted(
                    file,
                    network,
                    shown(name),
                    Arrays.toString(tensor.shape()),
                    Arrays.toString(shape)));
      }
      if (tensor instanceof Tensor.Unread || tensor instanceof Tensor.I64) {
        throw UserError.files(
            "%s: tensor \"%s\" is of type %s; save it as F32, F64, F16 or BF16"
                .formatted(file, shown(name), tensor.dtype()));
      }
      Tensor.F32 floats = tensor.toF32();
      for (float x : floats.data()) {
        if (!Float.isFinite(x)) {
          throw UserError.files(
              ("%s: tensor \"%s\" holds %s as a 32-bit float; train the network again or bring back"
                      + " another copy")
                  .formatted(file, shown(name), x));
        }
      }
      return floats;
    }
  }
}
