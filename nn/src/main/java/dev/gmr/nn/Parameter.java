package dev.gmr.nn;

import java.util.Arrays;

/**
 * A trained tensor: where it lies among the network's parameters and how it reads in PyTorch.
 *
 * <p>The kernels' layout differs from PyTorch's: channels last, output channels innermost and
 * padded with zeros that stay zero.
 */
public final class Parameter {
  private final String name;
  private final int[] shape;
  private final int offset;
  private final int length;
  private final Initial initial;
  private final int[] place;
  private final int size;

  /**
   * Describes a parameter.
   *
   * @param name PyTorch's name, such as {@code conv1.weight}
   * @param shape PyTorch's shape
   * @param offset first float among the network's parameters
   * @param length floats, padding included
   * @param initial how its values begin
   * @param place for each element in PyTorch's order, its place from {@code offset}; empty in a
   *     network that is only planned
   */
  Parameter(String name, int[] shape, int offset, int length, Initial initial, int[] place) {
    this.name = name;
    this.shape = shape.clone();
    this.offset = offset;
    this.length = length;
    this.initial = initial;
    this.place = place;
    this.size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (place.length != size && place.length != 0) {
      throw new IllegalArgumentException(name + ": " + Arrays.toString(shape) + " has other size");
    }
  }

  /**
   * Returns PyTorch's name.
   *
   * @return such as {@code fc1.bias}
   */
  public String name() {
    return name;
  }

  /**
   * Returns PyTorch's shape.
   *
   * @return a copy: (out, in, rows, columns) of a convolution, (out, in) of a linear layer, (out)
   *     of a bias
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * Returns the number of elements, padding not counted.
   *
   * @return product of the shape
   */
  public int size() {
    return size;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  Initial initial() {
    return initial;
  }

  /**
   * Reads the tensor out of an array laid out like the network's parameters (values, gradients or
   * optimizer state).
   *
   * @param from all parameters
   * @return the elements in PyTorch's order
   */
  public float[] read(float[] from) {
    float[] to = new float[place.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[offset + place[i]];
    }
    return to;
  }

  /**
   * Writes the tensor into an array laid out like the network's parameters.
   *
   * @param elements in PyTorch's order
   * @param to all parameters; padding is left alone
   */
  public void write(float[] elements, float[] to) {
    if (elements.length != place.length) {
      throw new IllegalArgumentException(
          name + " has " + elements.length + " elements; expected " + place.length);
    }
    for (int i = 0; i < elements.length; i++) {
      to[offset + place[i]] = elements[i];
    }
  }
}
