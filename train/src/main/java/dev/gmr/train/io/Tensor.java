package dev.gmr.train.io;

import java.util.Arrays;

/**
 * Numbers with a shape, as they stand in a safetensors file: row major, the last dimension
 * contiguous. Shape and data are the caller's arrays, not copies, because weights are large.
 */
public sealed interface Tensor {
  /**
   * Returns the lengths of the dimensions; empty for a single number.
   *
   * @return the shape, each length 0 or more
   */
  int[] shape();

  /**
   * Returns the name of the element type in the file.
   *
   * @return such as F32
   */
  String dtype();

  /**
   * Returns the number of elements.
   *
   * @return the length of the data
   */
  int size();

  /**
   * Returns the bytes an element takes in the file.
   *
   * @return 1, 2, 4 or 8
   */
  int elementBytes();

  /**
   * 32-bit floats.
   *
   * @param shape the lengths of the dimensions
   * @param data as many numbers as the shape has elements, row major
   */
  @SuppressWarnings("ArrayRecordComponent")
  record F32(int[] shape, float[] data) implements Tensor {
    /** Checks that shape and data agree. */
    public F32 {
      checkSize(shape, data.length);
    }

    @Override
    public String dtype() {
      return "F32";
    }

    @Override
    public int size() {
      return data.length;
    }

    @Override
    public int elementBytes() {
      return Float.BYTES;
    }
  }

  /**
   * 64-bit floats.
   *
   * @param shape the lengths of the dimensions
   * @param data as many numbers as the shape has elements, row major
   */
  @SuppressWarnings("ArrayRecordComponent")
  record F64(int[] shape, double[] data) implements Tensor {
    /** Checks that shape and data agree. */
    public F64 {
      checkSize(shape, data.length);
    }

    @Override
    public String dtype() {
      return "F64";
    }

    @Override
    public int size() {
      return data.length;
    }

    @Override
    public int elementBytes() {
      return Double.BYTES;
    }
  }

  /**
   * 64-bit integers.
   *
   * @param shape the lengths of the dimensions
   * @param data as many numbers as the shape has elements, row major
   */
  @SuppressWarnings("ArrayRecordComponent")
  record I64(int[] shape, long[] data) implements Tensor {
    /** Checks that shape and data agree. */
    public I64 {
      checkSize(shape, data.length);
    }

    @Override
    public String dtype() {
      return "I64";
    }

    @Override
    public int size() {
      return data.length;
    }

    @Override
    public int elementBytes() {
      return Long.BYTES;
    }
  }

  /**
   * 16-bit floats of IEEE 754: 5 bits of exponent, 10 of fraction.
   *
   * @param shape the lengths of the dimensions
   * @param data as many numbers as the shape has elements, row major, as {@link
   *     Float#floatToFloat16} codes them
   */
  @SuppressWarnings("ArrayRecordComponent")
  record F16(int[] shape, short[] data) implements Tensor {
    /** Checks that shape and data agree. */
    public F16 {
      checkSize(shape, data.length);
    }

    @Override
    public String dtype() {
      return "F16";
    }

    @Override
    public int size() {
      return data.length;
    }

    @Override
    public int elementBytes() {
      return Short.BYTES;
    }
  }

  /**
   * The upper halves of 32-bit floats: 8 bits of exponent, 7 of fraction.
   *
   * @param shape the lengths of the dimensions
   * @param data as many numbers as the shape has elements, row major
   */
  @SuppressWarnings("ArrayRecordComponent")
  record BF16(int[] shape, short[] data) implements Tensor {
    /** Checks that shape and data agree. */
    public BF16 {
      checkSize(shape, data.length);
    }

    @Override
    public String dtype() {
      return "BF16";
    }

    @Override
    public int size() {
      return data.length;
    }

    @Override
    public int elementBytes() {
      return Short.BYTES;
    }
  }

  /**
   * Elements of a type that gmr has no use for: their place in the file is checked, they themselves
   * are not read and cannot be written.
   *
   * @param dtype the type's name in the file
   * @param shape the lengths of the dimensions
   * @param size number of elements
   * @param elementBytes bytes of one
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Unread(String dtype, int[] shape, int size, int elementBytes) implements Tensor {}

  /**
   * Returns the elements as 32-bit floats: F32 itself, F16 and BF16 exactly, F64 rounded to
   * nearest.
   *
   * @return the same shape; the same data where it is F32
   * @throws IllegalArgumentException if the elements are no floats
   */
  default F32 toF32() {
    float[] floats = new float[this instanceof F32 ? 0 : size()];
    switch (this) {
      case F32 t -> {
        return t;
      }
      case F64 t -> {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) t.data[i];
        }
      }
      case F16 t -> {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = Float.float16ToFloat(t.data[i]);
        }
      }
      case BF16 t -> {
        for (int i = 0; i < floats.length; i++) {
          floats[i] = Float.intBitsToFloat(t.data[i] << 16);
        }
      }
      case I64 t -> throw new IllegalArgumentException("elements of I64 are no floats");
      case Unread t ->
          throw new IllegalArgumentException("elements of " + t.dtype + " are no floats");
    }
    return new F32(shape(), floats);
  }

  private static void checkSize(int[] shape, int length) {
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, dimension);
    }
    if (size != length) {
      throw new IllegalArgumentException(
          "shape %s has %d elements, the data %d".formatted(Arrays.toString(shape), size, length));
    }
  }
}
