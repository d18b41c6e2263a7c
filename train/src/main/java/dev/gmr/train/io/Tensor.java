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
   * @return F32, F64 or I64
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
   * @return 4 or 8
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
