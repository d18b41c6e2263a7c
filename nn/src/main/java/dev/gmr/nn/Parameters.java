package dev.gmr.nn;

import dev.gmr.kernels.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Tensors of a network in one array, and in another like it the gradients of those that are
 * trained.
 */
public final class Parameters {
  private final List<Parameter> list = new ArrayList<>();
  private final Memory memory;
  private final boolean differentiated;
  private int length;
  private float[] values;
  private float[] gradients;
  private int handedOut;

  Parameters(Memory memory, boolean differentiated) {
    this.memory = memory;
    this.differentiated = differentiated;
  }

  /** Adds a tensor; {@code place} as in {@link Parameter}. */
  Parameter add(String name, int[] shape, int paddedLength, Initial initial, int[] place) {
    if (values != null) {
      throw new IllegalStateException("the parameters are already laid out");
    }
    Parameter p = new Parameter(name, shape, length, paddedLength, initial, place);
    list.add(p);
    length = Math.addExact(length, (paddedLength + 15) / 16 * 16);
    return p;
  }

  /** Allocates the arrays. */
  void allocate() {
    values = memory.floats(length);
    gradients = memory.floats(differentiated ? length : 0);
    for (Parameter p : list) {
      if (p.initial().fanIn() == 0 && !memory.dry()) {
        fill(p);
      }
    }
  }

  private void fill(Parameter p) {
    float[] x = new float[p.size()];
    Arrays.fill(x, p.initial().constant());
    p.write(x, values);
  }

  /** Bytes of the values. */
  long bytes() {
    return (long) Float.BYTES * length;
  }

  /**
   * Returns the tensors.
   *
   * @return in the order of the layers, weight before bias
   */
  public List<Parameter> list() {
    return Collections.unmodifiableList(list);
  }

  /**
   * Returns the array that holds all values, to be read or changed. A network without gradients
   * keeps what it made of the values until this is called again: so call it for every change, and
   * do not change an array that was asked for before the last pass.
   *
   * @return the array itself
   */
  public float[] values() {
    handedOut++;
    return values;
  }

  /** The same array, for those who only read it. */
  float[] array() {
    return values;
  }

  /** How often the values may have been changed: another number than before if they were. */
  int changes() {
    return handedOut;
  }

  /**
   * Returns the gradients of the last step, laid out like the values.
   *
   * @return the array itself; empty where none are computed
   */
  public float[] gradients() {
    return gradients;
  }

  /**
   * Returns the number of trained numbers, padding not counted.
   *
   * @return sum of the tensors' sizes
   */
  public int count() {
    return list.stream().mapToInt(Parameter::size).sum();
  }

  /**
   * Sets PyTorch's default initial values: weights and biases uniform in {@code +-1 / sqrt(fanIn)}
   * (Kaiming uniform with a = sqrt 5), batch norm's scales 1 and shifts 0. Element i of tensor t is
   * drawn from the stream (seed, t).
   *
   * @param random stream for this purpose
   */
  public void initialize(CounterRandom random) {
    handedOut++;
    for (int t = 0; t < list.size(); t++) {
      Parameter p = list.get(t);
      if (p.initial().fanIn() == 0) {
        fill(p);
        continue;
      }
      float bound = (float) (1 / Math.sqrt(p.initial().fanIn()));
      float[] x = new float[p.size()];
      random.child(t).uniformInto(0, x, 0, x.length);
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.fma(2 * bound, x[i], -bound);
      }
      p.write(x, values);
    }
  }
}
