package dev.gmr.train.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.ImageShape;
import dev.gmr.nn.Layer;
import dev.gmr.train.io.Safetensors;
import dev.gmr.train.io.Tensor;
import dev.gmr.train.io.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchWeightsTest {
  private static final Path FILE = Path.of("w.safetensors");

  private static final ArchitectureTensors WANTED =
      ArchitectureTensors.of(
          new Architecture(
              "small",
              List.of(
                  new Layer.Conv("conv", 2, 1, 1, 0),
                  new Layer.BatchNorm("bn"),
                  new Layer.Relu(),
                  new Layer.Residual(
                      List.of(new Layer.AvgPool(1, 1)),
                      List.of(new Layer.Conv("layer1.0.shortcut.0", 2, 1, 1, 0))),
                  new Layer.GlobalAvgPool(),
                  new Layer.Linear("fc", Layer.Linear.CLASSES))),
          new ImageShape(2, 2, 1),
          3);

  private static Tensor floats(int... shape) {
    int size = 1;
    for (int d : shape) {
      size *= d;
    }
    float[] data = new float[size];
    for (int i = 0; i < size; i++) {
      data[i] = i + 0.5f;
    }
    return new Tensor.F32(shape, data);
  }

  private static Map<String, Tensor> whole() {
    Map<String, Tensor> tensors = new TreeMap<>();
    WANTED.shapes().forEach((name, shape) -> tensors.put(name, floats(shape)));
    return tensors;
  }

  private static Map<String, Tensor> prefixed(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> renamed = new TreeMap<>();
    tensors.forEach((name, tensor) -> renamed.put(prefix + name, tensor));
    return renamed;
  }

  private static TorchWeights convert(Map<String, Tensor> tensors, String prefix) {
    return TorchWeights.of(
        new Safetensors(tensors, Map.of()), FILE, WANTED, "small", Optional.ofNullable(prefix));
  }

  private static void refused(Map<String, Tensor> tensors, String prefix, String message) {
    assertThatThrownBy(() -> convert(tensors, prefix))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  @Test
  void takesExactlyTheTensorsOfTheLayers() {
    assertThat(WANTED.shapes().keySet())
        .containsExactly(
            "conv.weight",
            "bn.weight",
            "bn.bias",
            "bn.running_mean",
            "bn.running_var",
            "layer1.0.shortcut.0.weight",
            "layer1.0.shortcut.0.bias",
            "fc.weight",
            "fc.bias");
    Map<String, Tensor> counted = whole();
    counted.put("bn.num_batches_tracked", new Tensor.I64(new int[0], new long[] {7}));
    TorchWeights weights = convert(counted, null);
    assertThat(weights.tensors().keySet()).isEqualTo(whole().keySet());
    weights.tensors().forEach((name, t) -> assertThat(t).isSameAs(counted.get(name)));
    assertThat(weights.prefix()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "model.", "module.model.", "_orig_mod.module."})
  void stripsThePrefixesOfWrappers(String prefix) {
    TorchWeights weights = convert(prefixed(prefix, whole()), null);
    assertThat(weights.prefix()).isEqualTo(prefix);
    assertThat(weights.tensors().keySet()).isEqualTo(whole().keySet());
  }

  @Test
  void aPrefixOfSomeTensorsIsKept() {
    Map<String, Tensor> tensors = whole();
    tensors.put("module.fc.bias", tensors.remove("fc.bias"));
    refused(
        tensors,
        null,
        "w.safetensors does not fit small: missing fc.bias; unexpected module.fc.bias; choose"
            + " another --model or --data, or say with --prefix what its names begin with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"net", "net."})
  void takesTheTensorsBehindAPrefixAlone(String prefix) {
    Map<String, Tensor> tensors = prefixed("net.", whole());
    tensors.put("ema.fc.bias", floats(3));
    assertThat(convert(tensors, prefix).tensors().keySet()).isEqualTo(whole().keySet());
    assertThat(convert(tensors, prefix).prefix()).isEqualTo("net.");
    refused(
        tensors,
        "nett",
        "w.safetensors: no tensor's name begins with \"nett.\"; its names are ema.fc.bias,"
            + " net.bn.bias, net.bn.running_mean and 7 more; correct --prefix");
  }

  @Test
  void knowsTheOtherNamesOfAShortcutAndOfTheLastLayer() {
    Map<String, Tensor> tensors = whole();
    for (String end : List.of(".weight", ".bias")) {
      tensors.put("layer1.0.downsample.0" + end, tensors.remove("layer1.0.shortcut.0" + end));
      tensors.put("linear" + end, tensors.remove("fc" + end));
    }
    TorchWeights weights = convert(tensors, null);
    assertThat(weights.tensors().keySet()).isEqualTo(whole().keySet());
    assertThat(weights.tensors().get("fc.weight")).isSameAs(tensors.get("linear.weight"));
  }

  /** gamma (x + b - mean) = gamma (x - (mean - b)). */
  @Test
  void movesABiasBeforeBatchNormIntoItsMean() {
    Map<String, Tensor> tensors = whole();
    tensors.put("bn.running_mean", new Tensor.F32(new int[] {2}, new float[] {5, -1}));
    tensors.put("conv.bias", new Tensor.F32(new int[] {2}, new float[] {2, 3}));
    TorchWeights weights = convert(tensors, null);
    assertThat(weights.tensors().get("bn.running_mean").data()).containsExactly(3, -4);
    assertThat(weights.tensors().keySet()).isEqualTo(whole().keySet());
    assertThat(((Tensor.F32) tensors.get("bn.running_mean")).data()).containsExactly(5, -1);

    tensors.put("conv.bias", floats(3));
    refused(
        tensors,
        null,
        "w.safetensors does not fit small: tensor \"conv.bias\" is [3], expected [2]; choose"
            + " another --model or --data");
  }

  @Test
  void convertsOtherFloatsAndRefusesTheRest() {
    Map<String, Tensor> tensors = whole();
    tensors.put("fc.bias", new Tensor.F64(new int[] {3}, new double[] {1, 0.1, -3}));
    tensors.put(
        "bn.bias", new Tensor.F16(new int[] {2}, new short[] {Float.floatToFloat16(0.1f), 0x3c00}));
    tensors.put("bn.weight", new Tensor.BF16(new int[] {2}, new short[] {0x3f80, (short) 0xc000}));
    Map<String, Tensor.F32> read = convert(tensors, null).tensors();
    assertThat(read.get("fc.bias").data()).containsExactly(1, 0.1f, -3);
    assertThat(read.get("bn.bias").data()).containsExactly(0x1.998p-4f, 1); // 0.1 in 11 bits
    assertThat(read.get("bn.weight").data()).containsExactly(1, -2);

    tensors.put("fc.bias", new Tensor.F64(new int[] {3}, new double[] {1, 1e300, -3}));
    refused(
        tensors,
        null,
        "w.safetensors: tensor \"fc.bias\" holds Infinity as a 32-bit float; train the network again"
            + " or bring back another copy");
    tensors.put("fc.bias", new Tensor.Unread("I32", new int[] {3}, 3, 4));
    refused(
        tensors,
        null,
        "w.safetensors: tensor \"fc.bias\" is of type I32; save it as F32, F64, F16 or BF16");
  }

  @Test
  void listsTheFirstThatDoNotFit() {
    Map<String, Tensor> tensors = whole();
    tensors.keySet().removeIf(name -> name.startsWith("bn."));
    tensors.put("x".repeat(100), floats(1));
    refused(
        tensors,
        null,
        "w.safetensors does not fit small: missing bn.weight, bn.bias, bn.running_mean and 1 more;"
            + " unexpected "
            + "x".repeat(80)
            + "...; choose another --model or --data, or say with --prefix what its names begin"
            + " with");
    refused(
        Map.of(),
        null,
        "w.safetensors does not fit small: missing conv.weight, bn.weight, bn.bias and 6 more;"
            + " unexpected none; choose another --model or --data, or say with --prefix what its"
            + " names begin with");
  }
}
