package dev.gmr.train.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors and text metadata: the content of a safetensors file.
 *
 * <p>The file is the length of a JSON header (8 bytes, little endian), the header, and the tensors'
 * bytes in little endian without gaps. The header maps each name to dtype, shape and byte range
 * behind the header, and {@code __metadata__} to a map from text to text. Equal content gives equal
 * bytes: tensors stand in the order of element size (8 bytes first, so that all are aligned) and
 * name, metadata in the order of its keys, and spaces pad the header to a multiple of 8.
 */
public final class Safetensors {
  /** What to do about a file of no use: only a copy or the training itself can replace it. */
  static final String REMEDY = "; bring back a copy of it or train again in a new folder";

  private final SortedMap<String, Tensor> tensors;
  private final SortedMap<String, String> metadata;
  private final String source;

  /**
   * Holds tensors to be written.
   *
   * @param tensors tensors by name; {@code __metadata__} is not a name. The arrays are not copied
   * @param metadata text by key
   */
  public Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this(tensors, metadata, "safetensors");
  }

  Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata, String source) {
    this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    this.source = source;
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException("a tensor cannot be named " + SafetensorsHeader.METADATA);
    }
  }

  /**
   * Reads and checks a whole file.
   *
   * @param file the file
   * @return its content
   * @throws UserError when it cannot be read or is not a valid safetensors file; the message names
   *     the file and the first thing that is wrong
   */
  public static Safetensors read(Path file) {
    return SafetensorsReader.read(file, REMEDY);
  }

  /**
   * Reads and checks a whole file that another program wrote.
   *
   * @param file the file
   * @return its content
   * @throws UserError as {@link #read(Path)}, with advice for such a file
   */
  public static Safetensors readForeign(Path file) {
    return SafetensorsReader.read(
        file, "; save the weights again, with safetensors.torch.save_file");
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

  private void writeTo(OutputStream out) throws IOException {
    SafetensorsWriter.write(this, out);
  }

  /**
   * Returns the tensors in the order of their names.
   *
   * @return an unmodifiable map
   */
  public SortedMap<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * Returns the metadata in the order of its keys.
   *
   * @return an unmodifiable map
   */
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns the data of an F32 tensor of known shape.
   *
   * @param name the tensor's name
   * @param shape the shape it must have
   * @return its data, row major, not a copy
   * @throws UserError when the tensor is missing or has another type or shape
   */
  public float[] floats(String name, int... shape) {
    return expect(name, Tensor.F32.class, "F32", shape).data();
  }

  /**
   * Returns a tensor of 32-bit floats that are all finite.
   *
   * @param name the tensor's name
   * @param shape the shape it must have
   * @return its elements
   * @throws UserError when it is missing, of another type or shape, or holds NaN or an infinity
   */
  public float[] finiteFloats(String name, int... shape) {
    float[] elements = floats(name, shape);
    for (float x : elements) {
      if (!Float.isFinite(x)) {
        throw refuse("tensor \"%s\" holds %s".formatted(name, x));
      }
    }
    return elements;
  }

  /**
   * Returns the data of an F64 tensor of known shape.
   *
   * @param name the tensor's name
   * @param shape the shape it must have
   * @return its data, row major, not a copy
   * @throws UserError when the tensor is missing or has another type or shape
   */
  public double[] doubles(String name, int... shape) {
    return expect(name, Tensor.F64.class, "F64", shape).data();
  }

  /**
   * Returns the data of an I64 tensor of known shape.
   *
   * @param name the tensor's name
   * @param shape the shape it must have
   * @return its data, row major, not a copy
   * @throws UserError when the tensor is missing or has another type or shape
   */
  public long[] longs(String name, int... shape) {
    return expect(name, Tensor.I64.class, "I64", shape).data();
  }

  /**
   * Returns a metadata value that must be there.
   *
   * @param key the key
   * @return the text
   * @throws UserError when it is missing
   */
  public String text(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw UserError.files("%s: metadata \"%s\" is missing".formatted(source, key) + REMEDY);
    }
    return value;
  }

  /**
   * Makes the error of a file whose content is of no use.
   *
   * @param why what is wrong with it
   * @return the error, naming the file, to be thrown
   */
  public UserError refuse(String why) {
    return UserError.files("%s is damaged: %s".formatted(source, why) + REMEDY);
  }

  /**
   * Checks that there are no tensors but these.
   *
   * @param known names of tensors
   * @throws UserError naming one that is not known
   */
  public void expectOnly(Set<String> known) {
    for (String name : tensors.keySet()) {
      if (!known.contains(name)) {
        throw UserError.files(
            "%s: tensor \"%s\" is not one of this network's; bring back the run's own file"
                .formatted(source, name));
      }
    }
  }

  private <T extends Tensor> T expect(String name, Class<T> type, String dtype, int[] shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw UserError.files("%s: tensor \"%s\" is missing".formatted(source, name) + REMEDY);
    }
    if (!type.isInstance(tensor) || !Arrays.equals(shape, tensor.shape())) {
      throw UserError.files(
          "%s: tensor \"%s\" is %s %s; expected %s %s"
                  .formatted(
                      source,
                      name,
                      tensor.dtype(),
                      Arrays.toString(tensor.shape()),
                      dtype,
                      Arrays.toString(shape))
              + REMEDY);
    }
    return type.cast(tensor);
  }
}
