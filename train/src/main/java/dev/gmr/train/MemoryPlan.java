package dev.gmr.train;

import com.sun.management.OperatingSystemMXBean;
import dev.gmr.data.DataSet;
import dev.gmr.data.ImageSet;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.TrainingConfig;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a training needs of Java's heap, in bytes, known before any of it is allocated.
 *
 * @param capacity images of a step
 * @param weights the values of the parameters and their places in files
 * @param gradients the gradients of the parameters
 * @param optimizer the optimizer's state
 * @param saving copies of weights and state while they are written to files
 * @param activations everything that grows with the batch, and the threads' partial sums
 * @param data pixels on the heap
 * @param mapped pixels in mapped files, which are no part of the heap
 */
record MemoryPlan(
    int capacity,
    long weights,
    long gradients,
    long optimizer,
    long saving,
    long activations,
    long data,
    long mapped) {
  private static final long MIB = 1 << 20;

  /** Padding of channels that the kernels ask for. */
  private static final int UNIT = 16;

  /** Runs of samples with partial gradients of their own. */
  private static final int SLICES = 16;

  /** Plans a run whose steps take {@code capacity} images. */
  static MemoryPlan of(TrainingConfig config, DataSet data, int capacity) {
    ImageSet images = data.train();
    Network network = networkBytes(config.model(), images, capacity);
    int states = config.optimizer().kind() == OptimizerKind.ADAM ? 2 : 1;
    long parameters = network.parameters();
    return new MemoryPlan(
        capacity,
        2 * parameters,
        parameters,
        states * parameters,
        (2 + states) * parameters,
        network.activations() + 4L * capacity * images.imageLength(),
        images.heapBytes() + data.test().heapBytes(),
        images.mappedBytes() + data.test().mappedBytes());
  }

  /** Returns the bytes of Java's heap that are needed. */
  long heap() {
    return fixed() + activations;
  }

  private long fixed() {
    return weights + gradients + optimizer + saving + data;
  }

  /**
   * Makes sure that heap and machine are large enough.
   *
   * @return this plan
   * @throws UserError that names the option to lower
   */
  MemoryPlan requireRoom() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    // Of a container's memory where there is a limit.
    return requireRoom(Runtime.getRuntime().maxMemory(), machine.getTotalMemorySize());
  }

  /** As above, with {@code java} bytes for the heap on a machine of {@code machine} bytes. */
  MemoryPlan requireRoom(long java, long machine) {
    long room = Math.min(java, machine);
    if (heap() <= room) {
      return this;
    }
    long fits = Math.max(0, room - fixed()) * capacity / Math.max(1, activations);
    String lower =
        fits > 0
            ? "take a --batch-size of at most " + fits
            : "even a --batch-size of 1 does not fit: take a smaller --model or --data";
    String limit =
        java <= machine
            ? "Java may use %d MiB; %s, or give it more by GMR_JAVA_OPTIONS=-Xmx%dg"
                .formatted(java / MIB, lower, 1 + ((heap() + heap() / 8) >> 30))
            : "this machine has %d MiB; %s".formatted(machine / MIB, lower);
    throw UserError.usage("steps of %d images need %s, but %s".formatted(capacity, this, limit));
  }

  /**
   * Bytes of a network.
   *
   * @param parameters of all parameters once
   * @param activations of all else
   */
  private record Network(long parameters, long activations) {}

  /**
   * Estimates what a network will allocate. INTERIM: to be replaced by the network's own plan; it
   * knows lenet and alexnet as METHOD section 6 lists them, and counts nothing for others.
   */
  private static Network networkBytes(String model, ImageSet images, int capacity) {
    Counter c = new Counter(images.height(), images.channels(), capacity);
    switch (model) {
      case "lenet" -> {
        c.conv(5, 1, 2, 32, 2);
        c.conv(5, 1, 2, 64, 2);
        c.linear(1024);
        c.linear(images.classes());
      }
      case "alexnet" -> {
        c.conv(11, 4, 5, 64, 2);
        c.conv(5, 1, 2, 192, 2);
        c.conv(3, 1, 1, 384, 1);
        c.conv(3, 1, 1, 256, 1);
        c.conv(3, 1, 1, 256, 2);
        c.linear(4096);
        c.linear(4096);
        c.linear(images.classes());
      }
      default -> {}
    }
    return new Network(Float.BYTES * c.parameters, Float.BYTES * c.activations);
  }

  /** Adds up floats, layer by layer. */
  private static final class Counter {
    private final long rows;
    private int side;
    private int channels;
    private boolean first = true;
    private long parameters;
    private long activations;

    Counter(int side, int channels, int capacity) {
      this.side = side;
      this.channels = channels;
      rows = 2L * capacity;
    }

    void conv(int kernel, int stride, int padding, int outputs, int pool) {
      long weight = (long) kernel * kernel * channels * outputs;
      parameters += weight + outputs;
      side = Math.max(1, (side + 2 * padding - kernel) / stride + 1);
      long map = (long) side * side * outputs;
      side = Math.max(1, side / pool);
      channels = outputs;
      long kept = rows * side * side * outputs;
      // results, their gradients and, with pooling, the places of the maxima
      activations += (pool > 1 ? 3 : 2) * kept;
      if (first) {
        activations += kept + SLICES * (map + weight); // two derivatives of half the rows
      } else if (weight > SLICES * map) {
        activations += rows * map + weight;
      } else {
        activations += SLICES * weight + weight;
      }
      first = false;
    }

    void linear(int outputs) {
      int padded = (outputs + UNIT - 1) / UNIT * UNIT;
      parameters += ((long) side * side * channels + 1) * padded;
      activations += 4 * rows * padded; // results and gradients, both packed too
      side = 1;
      channels = padded;
    }
  }

  @Override
  public String toString() {
    String text =
        String.format(
            Locale.ROOT,
            "%d MiB (weights %d, gradients %d, optimizer %d, saving %d, activations %d, data %d",
            mib(heap()),
            mib(weights),
            mib(gradients),
            mib(optimizer),
            mib(saving),
            mib(activations),
            mib(data));
    return text + (mapped > 0 ? " and " + mib(mapped) + " mapped)" : ")");
  }

  private static long mib(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}
