package dev.gmr.nn;

import dev.gmr.kernels.Conv2d;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network under construction knows: the shape so far, capacity, tensors, memory, threads.
 *
 * <p>The gradients of the blocks' results share memory: along a chain of blocks two buffers take
 * turns, and the blocks inside a residual block use two of their own. So do the operands that
 * products pack, which nothing keeps.
 */
final class Spec {
  private final Parameters parameters;
  private final Parameters statistics;
  private final Memory memory;
  private final Workers workers;
  private final Pass pass = new Pass();
  private final Map<ConvShape, Conv2d> convolutions = new HashMap<>();
  private final List<SharedBuffer> buffers = new ArrayList<>();
  private final List<SharedBuffer> owned = new ArrayList<>();
  private final List<SharedBuffer> scratch = new ArrayList<>();
  private final SharedBuffer interleaved = new SharedBuffer();
  private final SharedBuffer packed = new SharedBuffer();
  private final Capacity capacity;
  private final int images;
  private ImageShape shape;
  private int realChannels;
  private int depth;
  private int turn;

  /**
   * Begins a plan.
   *
   * @param images of a pass at most; a batch of more goes in several
   */
  Spec(ImageShape input, Capacity capacity, int images, Memory memory, Workers workers) {
    this.shape = input;
    this.realChannels = input.channels();
    this.capacity = capacity;
    this.images = images;
    this.memory = memory;
    this.workers = workers;
    this.parameters = new Parameters(memory, capacity.gradients());
    this.statistics = new Parameters(memory, false);
    for (int worker = 0; worker < workers.size(); worker++) {
      scratch.add(new SharedBuffer());
    }
  }

  /** Shape of what the last layer gives, its channels padded. */
  ImageShape shape() {
    return shape;
  }

  /** Channels of it that are not padding. */
  int realChannels() {
    return realChannels;
  }

  /** The largest number of samples in a pass. */
  int images() {
    return images;
  }

  Capacity capacity() {
    return capacity;
  }

  /** The largest number of rows: a clean one a sample, and an expected one where planned for. */
  int rows() {
    return Math.multiplyExact(capacity.expected() ? 2 : 1, images);
  }

  /** Whether there are expected rows. */
  boolean expected() {
    return capacity.expected();
  }

  /** Whether gradients are computed. */
  boolean gradients() {
    return capacity.gradients();
  }

  /** A length of an array that only gradients need, else 0. */
  long ifGradients(long length) {
    return capacity.gradients() ? length : 0;
  }

  /** A length of an array that only expected rows need, else 0. */
  long ifExpected(long length) {
    return capacity.expected() ? length : 0;
  }

  /** What is trained. */
  Parameters parameters() {
    return parameters;
  }

  /** Running statistics, which training moves without gradients. */
  Parameters statistics() {
    return statistics;
  }

  Memory memory() {
    return memory;
  }

  Workers workers() {
    return workers;
  }

  Pass pass() {
    return pass;
  }

  /** What a plan depends on. */
  private record ConvShape(
      ImageShape in, int outChannels, int kernel, int stride, int padding, int images) {}

  /** Plans a convolution of the present shape; layers alike share one plan. */
  Conv2d convolution(int outChannels, int kernel, int stride, int padding, int images) {
    return convolutions.computeIfAbsent(
        new ConvShape(shape, outChannels, kernel, stride, padding, images),
        c ->
            new Conv2d(
                shape.height(),
                shape.width(),
                shape.channels(),
                outChannels,
                kernel,
                kernel,
                stride,
                padding,
                images));
  }

  /** Channels rounded up to what the kernels take. */
  int padded(int channels) {
    return (channels + Conv2d.UNIT - 1) / Conv2d.UNIT * Conv2d.UNIT;
  }

  void become(ImageShape next, int nextRealChannels) {
    shape = next;
    realChannels = nextRealChannels;
  }

  /** The buffer for the gradient of the next block's results. */
  SharedBuffer nextGradient() {
    turn = 1 - turn;
    while (buffers.size() <= 2 * depth + turn) {
      buffers.add(new SharedBuffer());
    }
    return buffers.get(2 * depth + turn);
  }

  /** A buffer that no other block shares. */
  SharedBuffer ownGradient() {
    SharedBuffer own = new SharedBuffer();
    owned.add(own);
    return own;
  }

  /**
   * Scratch that each worker's products pack operands in.
   *
   * @param floats what the caller needs of it
   * @return a buffer for each worker
   */
  List<SharedBuffer> scratch(long floats) {
    scratch.forEach(buffer -> buffer.require(floats));
    return scratch;
  }

  /** Rows that all workers read interleaved. */
  SharedBuffer interleaved() {
    return interleaved;
  }

  /** Columns that all workers read packed, or images transformed. */
  SharedBuffer packed() {
    return packed;
  }

  /** Begins blocks inside a block; returns what {@link #leave} wants. */
  int enter() {
    int outer = turn;
    depth++;
    return outer;
  }

  void leave(int outer) {
    depth--;
    turn = outer;
  }

  /** Allocates what could not be before all blocks were known. */
  void allocate() {
    if (capacity.gradients()) {
      buffers.forEach(b -> b.allocate(memory));
      owned.forEach(b -> b.allocate(memory));
    }
    scratch.forEach(b -> b.allocate(memory));
    interleaved.allocate(memory);
    packed.allocate(memory);
    parameters.allocate();
    statistics.allocate();
  }
}
