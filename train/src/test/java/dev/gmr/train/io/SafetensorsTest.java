package dev.gmr.train.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir private Path dir;

  private static Map<String, Tensor> sample() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "weight",
        new Tensor.F32(
            new int[] {2, 3}, new float[] {1, -0f, Float.NaN, Float.MIN_VALUE, 5, 1e30f}));
    tensors.put("scalar", new Tensor.F64(new int[0], new double[] {Math.PI}));
    tensors.put("none", new Tensor.F32(new int[] {0, 4}, new float[0]));
    tensors.put("step", new Tensor.I64(new int[] {2}, new long[] {Long.MIN_VALUE, 7}));
    return tensors;
  }

  private Path write(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Path file = dir.resolve("a.safetensors");
    new Safetensors(tensors, metadata).write(file, "try again");
    return file;
  }

  @Test
  void readsBackEveryBit() {
    Safetensors read = Safetensors.read(write(sample(), Map.of("epoch", "3", "name", "\u03c3\n")));

    assertThat(read.tensors().keySet()).containsExactly("none", "scalar", "step", "weight");
    float[] weight = read.floats("weight", 2, 3);
    assertThat(Float.floatToRawIntBits(weight[1])).isEqualTo(0x80000000);
    assertThat(weight).containsExactly(1, -0f, Float.NaN, Float.MIN_VALUE, 5, 1e30f);
    assertThat(read.doubles("scalar")).containsExactly(Math.PI);
    assertThat(read.longs("step", 2)).containsExactly(Long.MIN_VALUE, 7);
    assertThat(read.floats("none", 0, 4)).isEmpty();
    assertThat(read.metadata()).isEqualTo(new TreeMap<>(Map.of("epoch", "3", "name", "\u03c3\n")));
  }

  @Test
  void readsBackTensorsLongerThanItsBuffer() {
    float[] data = new float[100_003];
    for (int i = 0; i < data.length; i++) {
      data[i] = i * 0.5f;
    }
    Map<String, Tensor> tensors = Map.of("big", new Tensor.F32(new int[] {data.length}, data));

    assertThat(Safetensors.read(write(tensors, Map.of())).floats("big", data.length))
        .isEqualTo(data);
  }

  @Test
  void writesTheSameBytesWhateverTheOrder() throws Exception {
    byte[] forth = Files.readAllBytes(write(sample(), Map.of("a", "1", "b", "2")));
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    sample().entrySet().stream()
        .sorted(Map.Entry.<String, Tensor>comparingByKey().reversed())
        .forEach(e -> reversed.put(e.getKey(), e.getValue()));
    byte[] back = Files.readAllBytes(write(reversed, new TreeMap<>(Map.of("b", "2", "a", "1"))));

    assertThat(back).isEqualTo(forth);
  }

  /** The layout by the letter, so that other programs can read it. */
  @Test
  void writesThePublishedFormat() throws Exception {
    Map<String, Tensor> tensors =
        Map.of(
            "b",
            new Tensor.F32(new int[] {1}, new float[] {1}),
            "a",
            new Tensor.F32(new int[] {1}, new float[] {2}),
            "z",
            new Tensor.I64(new int[] {1}, new long[] {3}));
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(write(tensors, Map.of("format", "pt"))))
            .order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = (int) bytes.getLong();
    byte[] header = new byte[headerLength];
    bytes.get(header);

    assertThat(headerLength % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"z\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}");
    assertThat(bytes.getLong()).isEqualTo(3);
    assertThat(bytes.getFloat()).isEqualTo(2);
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void refusesTensorsOtherThanExpected() {
    Safetensors read = Safetensors.read(write(sample(), Map.of()));

    assertThatThrownBy(() -> read.floats("weight", 3, 2))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "a.safetensors: tensor \"weight\" is F32 [2, 3]; expected F32 [3, 2]; bring back a copy"
                + " of it or train again in a new folder");
    assertThatThrownBy(() -> read.floats("step", 2))
        .hasMessageContaining("tensor \"step\" is I64 [2]; expected F32 [2];");
    assertThatThrownBy(() -> read.floats("bias", 1))
        .hasMessageContaining("a.safetensors: tensor \"bias\" is missing;");
    assertThatThrownBy(() -> read.text("epoch"))
        .hasMessageContaining("a.safetensors: metadata \"epoch\" is missing;");
  }

  @Test
  void refusesShapesThatDoNotFitTheData() {
    assertThatThrownBy(() -> new Tensor.F32(new int[] {2, 2}, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 2] has 4 elements, the data 3");
    assertThatThrownBy(() -> new Tensor.F32(new int[] {-1}, new float[1]))
        .hasMessage("negative dimension in [-1]");
  }

  /** Little-endian bytes by hand: 1, -2 and the least number of each type, and flags. */
  @Test
  void readsHalvesAndKeepsWhatItHasNoUseFor() throws Exception {
    String header =
        "{\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[6,12]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]},"
            + "\"u\":{\"dtype\":\"BOOL\",\"shape\":[2,2],\"data_offsets\":[12,16]},"
            + "\"z\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}";
    byte[] data = {
      0,
      0x3c,
      0,
      (byte) 0xc0,
      1,
      0,
      (byte) 0x80,
      0x3f,
      0,
      (byte) 0xc0,
      1,
      0,
      1,
      0,
      1,
      1,
      0,
      0,
      64,
      64
    };
    Path file = dir.resolve("h.safetensors");
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        ByteBuffer.allocate(Long.BYTES + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .put(data)
            .array());
    Safetensors read = Safetensors.read(file);

    assertThat(read.tensors().get("h").toF32().data()).containsExactly(1, -2, 0x1p-24f);
    assertThat(read.tensors().get("b").toF32().data()).containsExactly(1, -2, 0x1p-133f);
    assertThat(read.tensors().get("u").dtype()).isEqualTo("BOOL");
    assertThat(read.floats("z", 1)).containsExactly(3);
    assertThatThrownBy(() -> read.floats("u", 2, 2))
        .hasMessageContaining("tensor \"u\" is BOOL [2, 2]; expected F32 [2, 2];");
    assertThatThrownBy(() -> read.tensors().get("u").toF32())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("elements of BOOL are no floats");
    assertThatThrownBy(() -> write(read.tensors(), Map.of()))
        .hasMessage("elements of BOOL were not read");
    Map<String, Tensor> halves = new TreeMap<>(read.tensors());
    halves.remove("u");
    Safetensors again = Safetensors.read(write(halves, Map.of()));
    assertThat(((Tensor.F16) again.tensors().get("h")).data())
        .isEqualTo(((Tensor.F16) read.tensors().get("h")).data());
    assertThat(((Tensor.BF16) again.tensors().get("b")).data())
        .isEqualTo(((Tensor.BF16) read.tensors().get("b")).data());
  }
}
