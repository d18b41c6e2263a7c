package dev.gmr.nn;

import dev.gmr.kernels.Conv2d;

/** What a network under construction knows: the shape so far, capacity, parameters, threads. */
final class Spec {
  private final Parameters parameters;
  private final Workers workers;
  private final int capacity;
  private ImageShape shape;
  private int realChannels;

  Spec(ImageShape input, int capacity, Parameters parameters, Workers workers) {
    this.shape = input;
    this.realChannels = input.channels();
    this.capacity = capacity;
    this.parameters = parameters;
    this.workers = workers;
  }

  /** Shape of what the last layer gives, its channels padded. */
  ImageShape shape() {
    return shape;
  }

  /** Channels of it that are not padding. */
  int realChannels() {
    return realChannels;
  }

  /** The largest number of samples in a batch. */
  int capacity() {
    return capacity;
  }

  Parameters parameters() {
    return parameters;
  }

  Workers workers() {
    return workers;
  }

  /** Channels rounded up to what the kernels take. */
  int padded(int channels) {
    return (channels + Conv2d.UNIT - 1) / Conv2d.UNIT * Conv2d.UNIT;
  }

  void become(ImageShape next, int nextRealChannels) {
    shape = next;
    realChannels = nextRealChannels;
  }
}
