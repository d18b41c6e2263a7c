package dev.gmr.train.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file, checked.
 *
 * @param entries the tensors in the order of their bytes
 * @param metadata text by key
 */
record SafetensorsHeader(List<Entry> entries, SortedMap<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** Bytes of an element, of all types of whole bytes that the format has. */
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E8M0", 1),
          Map.entry("U16", 2),
          Map.entry("I16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("U32", 4),
          Map.entry("I32", 4),
          Map.entry("F32", 4),
          Map.entry("U64", 8),
          Map.entry("I64", 8),
          Map.entry("F64", 8),
          Map.entry("C64", 8));

  private static final int SHOWN = 300;

  private static final Set<String> ENTRY_KEYS = Set.of("dtype", "shape", "data_offsets");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A tensor's place; begin and end count bytes behind the header. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, String dtype, int[] shape, int size, long begin, long end) {
    int elementBytes() {
      return ELEMENT_BYTES.get(dtype);
    }
  }

  /** Why a header is refused. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    /** Names come from the file, however long. */
    Malformed(String message) {
      super(message.length() > SHOWN ? message.substring(0, SHOWN) + "..." : message);
    }
  }

  static byte[] encode(Iterable<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = header.putObject(METADATA);
      metadata.forEach(node::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> named : tensors) {
      Tensor tensor = named.getValue();
      ObjectNode node = header.putObject(named.getKey());
      node.put("dtype", tensor.dtype());
      ArrayNode shape = node.putArray("shape");
      for (int dimension : tensor.shape()) {
        shape.add(dimension);
      }
      long end = offset + (long) tensor.size() * tensor.elementBytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    try {
      return JSON.writeValueAsBytes(header);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of text and numbers is always JSON", e);
    }
  }

  static SafetensorsHeader decode(byte[] json, long dataBytes) throws Malformed {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new Malformed("the header is not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw new Malformed("the header is not valid UTF-8");
    }
    if (!root.isObject()) {
      throw new Malformed("the header is not a JSON object");
    }
    SortedMap<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(field.getValue(), metadata);
      } else {
        entries.add(readEntry(field.getKey(), field.getValue(), dataBytes));
      }
    }
    checkCoverage(entries, dataBytes);
    return new SafetensorsHeader(List.copyOf(entries), metadata);
  }

  private static void readMetadata(JsonNode node, Map<String, String> metadata) throws Malformed {
    if (!node.isObject()) {
      throw new Malformed(METADATA + " is not a JSON object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new Malformed(METADATA + " \"" + field.getKey() + "\" is not a text");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private static Entry readEntry(String name, JsonNode node, long dataBytes) throws Malformed {
    String tensor = "tensor \"" + name + "\"";
    if (!node.isObject()) {
      throw new Malformed(tensor + " is not a JSON object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!ENTRY_KEYS.contains(field.getKey())) {
        throw new Malformed(tensor + " has the unknown key \"" + field.getKey() + "\"");
      }
    }
    int bytes = elementBytes(tensor, node.path("dtype"));
    int[] shape = shape(tensor, node.path("shape"));
    int size = size(tensor, shape);
    long[] offsets = offsets(tensor, node.path("data_offsets"));
    if (offsets[0] > offsets[1] || offsets[1] > dataBytes) {
      throw new Malformed(
          "%s has the byte range [%d, %d), outside the %d bytes of data"
              .formatted(tensor, offsets[0], offsets[1], dataBytes));
    }
    if (offsets[1] - offsets[0] != (long) size * bytes) {
      throw new Malformed(
          "%s takes %d bytes by its shape and dtype, %d by its offsets"
              .formatted(tensor, (long) size * bytes, offsets[1] - offsets[0]));
    }
    return new Entry(name, node.get("dtype").textValue(), shape, size, offsets[0], offsets[1]);
  }

  private static int elementBytes(String tensor, JsonNode dtype) throws Malformed {
    if (!dtype.isTextual()) {
      throw new Malformed(tensor + " has no dtype");
    }
    Integer bytes = ELEMENT_BYTES.get(dtype.textValue());
    if (bytes == null) {
      throw new Malformed("%s has the unknown dtype \"%s\"".formatted(tensor, dtype.textValue()));
    }
    return bytes;
  }

  private static int[] shape(String tensor, JsonNode node) throws Malformed {
    if (!node.isArray()) {
      throw new Malformed(tensor + " has no shape");
    }
    int[] shape = new int[node.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode dimension = node.get(i);
      if (!dimension.isIntegralNumber()) {
        throw new Malformed(tensor + " has a dimension that is not a whole number");
      }
      if (!dimension.canConvertToInt() || dimension.intValue() < 0) {
        throw new Malformed(tensor + " has the dimension " + dimension + ", out of range");
      }
      shape[i] = dimension.intValue();
    }
    return shape;
  }

  private static int size(String tensor, int[] shape) throws Malformed {
    long size = 1;
    for (int dimension : shape) {
      // Both factors are below 2^31, so the product is exact.
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new Malformed(tensor + " has more than 2^31 - 1 elements");
      }
    }
    return (int) size;
  }

  private static long[] offsets(String tensor, JsonNode node) throws Malformed {
    if (!node.isArray()
        || node.size() != 2
        || !node.get(0).isIntegralNumber()
        || !node.get(1).isIntegralNumber()) {
      throw new Malformed(tensor + " has no data_offsets of two whole numbers");
    }
    if (!node.get(0).canConvertToLong()
        || !node.get(1).canConvertToLong()
        || node.get(0).longValue() < 0) {
      throw new Malformed(tensor + " has data_offsets out of range");
    }
    return new long[] {node.get(0).longValue(), node.get(1).longValue()};
  }

  private static void checkCoverage(List<Entry> entries, long dataBytes) throws Malformed {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw new Malformed(
            "tensor \"%s\" begins at byte %d of the data; the one before it ends at %d"
                .formatted(entry.name(), entry.begin(), covered));
      }
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw new Malformed("%d bytes follow the last tensor".formatted(dataBytes - covered));
    }
  }
}
