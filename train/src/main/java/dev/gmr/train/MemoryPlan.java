package dev.gmr.train;

import com.sun.management.OperatingSystemMXBean;
import dev.gmr.data.DataSet;
import dev.gmr.data.ImageSet;
import dev.gmr.nn.Capacity;
import dev.gmr.nn.NetworkBytes;
import dev.gmr.nn.Workers;
import dev.gmr.train.io.UserError;
import dev.gmr.train.run.OptimizerKind;
import dev.gmr.train.run.TrainingConfig;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * What a training needs of Java's heap, in bytes, known before any of it is allocated.
 *
 * @param capacity images of a step
 * @param weights the values of the parameters
 * @param gradients the gradients of the parameters
 * @param optimizer the optimizer's state
 * @param saving copies of weights and state while they are written to files
 * @param activations everything that grows with the batch, the threads' partial sums and tables
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

  /** Plans a run whose steps take {@code capacity} images. */
  static MemoryPlan of(TrainingConfig config, DataSet data, int capacity, Workers workers) {
    ImageSet images = data.train();
    Capacity planned = Capacity.training(capacity, config.noise().expectation() > 0);
    NetworkBytes network = Models.bytes(config.network(), images, planned, workers);
    int states = config.optimizer().kind() == OptimizerKind.ADAM ? 2 : 1;
    long parameters = network.parameters();
    return new MemoryPlan(
        capacity,
        parameters,
        parameters,
        states * parameters,
        (2 + states) * parameters,
        network.total() - 2 * parameters + (long) Float.BYTES * capacity * images.imageLength(),
        images.heapBytes() + data.test().heapBytes(),
        images.mappedBytes() + data.test().mappedBytes());
  }

  /** Returns the bytes of Java's heap that are needed. */
  long heap() {
    return weights + gradients + optimizer + saving + activations + data;
  }

  /**
   * Makes sure that heap and machine are large enough.
   *
   * @param smaller the plan of a smaller batch, to tell which would fit
   * @return this plan
   * @throws UserError that names the option to lower
   */
  MemoryPlan requireRoom(IntFunction<MemoryPlan> smaller) {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    // Of a container's memory where there is a limit.
    return requireRoom(Runtime.getRuntime().maxMemory(), machine.getTotalMemorySize(), smaller);
  }

  /** As above, with {@code java} bytes for the heap on a machine of {@code machine} bytes. */
  MemoryPlan requireRoom(long java, long machine, IntFunction<MemoryPlan> smaller) {
    long room = Math.min(java, machine);
    if (heap() <= room) {
      return this;
    }
    int fits = 0;
    for (int tooLarge = capacity; tooLarge - fits > 1; ) {
      int middle = (fits + tooLarge) >>> 1;
      if (smaller.apply(middle).heap() <= room) {
        fits = middle;
      } else {
        tooLarge = middle;
      }
    }
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
