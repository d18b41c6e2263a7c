package dev.gmr.nn;

/**
 * A convolutional classifier that is evaluated at an image and, in the same pass, at the mean that
 * Gaussian noise on the image leaves behind the first ReLU (Alfadly, Bibi and Ghanem, arXiv
 * 1904.11005: the rest of the network is linearized around that mean).
 *
 * <p>Input: images (N, H, W, C), normalised. Output: rows of logits, {@link #logitsStride()} apart,
 * the clean ones first, then as many expected ones where noise is set. All buffers are planned when
 * the network is built; a step allocates nothing. Without batch norm, images do not depend on each
 * other, and where noise is planned for, training takes a large batch in groups of at most 256
 * images ({@link Objective}): a pass has room for {@link #passImages()}. Not for use by two callers
 * at once; inside, it runs on the {@link Workers} it was given. Every result is the same to the bit
 * for any number of them.
 */
public final class Network {
  /**
   * Images of a pass of a training with noise, without batch norm. A larger batch goes in groups,
   * so that what a pass keeps stays small; sums of gradients go on from group to group. Measured:
   * worth it for the two rows an image and the derivatives that noise adds, not without.
   */
  private static final int GROUP = 256;

  private final Architecture architecture;
  private final ImageShape input;
  private final int classes;
  private final Capacity capacity;
  private final Parameters parameters;
  private final Parameters statistics;
  private final Chain chain;
  private final FirstBlock first;
  private final Pass pass;
  private final int passImages;
  private int rows;
  private float[] in;

  private Network(
      Architecture architecture, Spec spec, ImageShape input, int classes, Chain chain) {
    this.architecture = architecture;
    this.input = input;
    this.classes = classes;
    this.capacity = spec.capacity();
    this.parameters = spec.parameters();
    this.statistics = spec.statistics();
    this.pass = spec.pass();
    this.passImages = spec.images();
    this.chain = chain;
    this.first = (FirstBlock) chain.first();
    spec.allocate();
  }

  /**
   * Plans a network. All weights are zero until they are initialised or read.
   *
   * @param architecture what it is made of
   * @param input shape of an image
   * @param classes number of classes, at least 2
   * @param capacity what its buffers are planned for
   * @param workers threads to run on
   * @return the network
   * @throws ArchitectureException if a layer does not fit what comes before it
   * @throws IllegalArgumentException if a batch is too large for arrays
   */
  public static Network of(
      Architecture architecture,
      ImageShape input,
      int classes,
      Capacity capacity,
      Workers workers) {
    return plan(architecture, input, classes, capacity, workers, new Memory(false));
  }

  /**
   * Plans a network for everything that it can do: {@link #of} with {@link Capacity#full}.
   *
   * @param architecture what it is made of
   * @param input shape of an image
   * @param classes number of classes, at least 2
   * @param images the largest number of images in a batch
   * @param workers threads to run on
   * @return the network
   * @throws ArchitectureException as {@link #of}
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Network of(
      Architecture architecture, ImageShape input, int classes, int images, Workers workers) {
    return of(architecture, input, classes, Capacity.full(images), workers);
  }

  /**
   * Computes the memory that a network would take, without taking it.
   *
   * @param architecture what it is made of
   * @param input shape of an image
   * @param classes number of classes, at least 2
   * @param capacity what its buffers would be planned for
   * @param workers threads that it would run on
   * @return bytes of its arrays
   * @throws ArchitectureException as {@link #of}
   * @throws IllegalArgumentException as {@link #of}
   */
  public static NetworkBytes bytes(
      Architecture architecture,
      ImageShape input,
      int classes,
      Capacity capacity,
      Workers workers) {
    Memory memory = new Memory(true);
    Network network = plan(architecture, input, classes, capacity, workers, memory);
    return new NetworkBytes(network.parameters.bytes(), memory.bytes());
  }

  private static Network plan(
      Architecture architecture,
      ImageShape input,
      int classes,
      Capacity capacity,
      Workers workers,
      Memory memory) {
    Architecture settled = architecture.forInput(input);
    settled.trace(input, classes); // refuses what does not fit, by name
    boolean grouped = capacity.expected() && capacity.gradients() && !settled.normed();
    int images = grouped ? Math.min(GROUP, capacity.images()) : capacity.images();
    Spec spec = new Spec(input, capacity, images, memory, workers);
    Chain chain = Chain.of(spec, settled.layers(), classes);
    return new Network(architecture, spec, input, classes, chain);
  }

  /**
   * Returns the network's name.
   *
   * @return such as {@code lenet}
   */
  public String name() {
    return architecture.name();
  }

  /**
   * Returns what the network is made of.
   *
   * @return its description
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Returns the shape of an image.
   *
   * @return the shape
   */
  public ImageShape input() {
    return input;
  }

  /**
   * Returns the number of classes.
   *
   * @return the number
   */
  public int classes() {
    return classes;
  }

  /**
   * Returns the largest number of images in a batch of {@link Objective}; a pass has room for as
   * many, or for {@link #passImages()}.
   *
   * @return the number
   */
  public int capacity() {
    return capacity.images();
  }

  /**
   * Returns the trained tensors.
   *
   * @return the network's own
   */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Returns batch norm's running means and variances.
   *
   * @return the network's own; empty without batch norm
   */
  public Parameters statistics() {
    return statistics;
  }

  /**
   * Sets the noise that the next passes expect.
   *
   * @param sigmas standard deviation of each channel, in the units of the normalised input, at
   *     least 0; null to compute clean rows only
   * @throws IllegalArgumentException if the channels differ or a value is negative or not finite
   * @throws IllegalStateException if noise is set that the network was not planned for
   */
  public void noise(float[] sigmas) {
    if (sigmas != null) {
      if (sigmas.length != input.channels()) {
        throw new IllegalArgumentException(
            sigmas.length + " noise levels for " + input.channels() + " channels");
      }
      for (float s : sigmas) {
        if (!(s >= 0) || Float.isInfinite(s)) {
          throw new IllegalArgumentException("sigma is " + s + "; expected a finite number >= 0");
        }
      }
    }
    if (sigmas != null && !capacity.expected()) {
      throw new IllegalStateException("the network was planned without expected rows");
    }
    first.noise(sigmas);
  }

  /**
   * Computes logits, batch norm with its running statistics.
   *
   * @param batch number of images, 0 to {@link #passImages()}
   * @param images the images
   * @return number of rows: batch, or twice that with noise
   */
  public int forward(int batch, float[] images) {
    return forward(0, batch, images, false);
  }

  /**
   * Computes logits as training does: batch norm takes the batch's statistics and moves its running
   * ones. Without batch norm the same as {@link #forward}.
   *
   * @param batch number of images, 1 to {@link #passImages()}
   * @param images the images; they must stay as they are until {@link #backward}
   * @return number of rows: batch, or twice that with noise
   */
  public int forwardTraining(int batch, float[] images) {
    return forward(0, batch, images, true);
  }

  /** Computes logits of some images of a batch, from image {@code from} on. */
  int forward(int from, int batch, float[] images, boolean training) {
    check(from, batch, passImages, images);
    pass.from = from;
    pass.samples = batch;
    pass.training = training && batch > 0;
    rows = first.rows(batch);
    in = images;
    chain.forward(rows, images);
    return rows;
  }

  /**
   * Computes the gradients of all parameters from the gradient of the logits of the last {@link
   * #forwardTraining}, left in {@link #logitsGradient()}.
   *
   * @throws IllegalStateException if the network was planned without gradients
   */
  public void backward() {
    backward(true);
  }

  /** Computes the gradients of a group of a batch, and adds them to those of the groups before. */
  void backward(boolean firstGroup) {
    if (!capacity.gradients()) {
      throw new IllegalStateException("the network was planned without gradients");
    }
    pass.accumulate = !firstGroup;
    chain.backward(rows, in, null);
  }

  /**
   * Returns the largest number of images of {@link #forward} and {@link #forwardTraining}.
   *
   * @return images; fewer than those of a batch if training takes batches in groups
   */
  public int passImages() {
    return passImages;
  }

  /** In how many groups {@link Objective} takes a batch, at least one. */
  int groups(int batch, float[] images) {
    check(0, batch, capacity.images(), images);
    return Math.max(1, Math.ceilDiv(batch, passImages));
  }

  private void check(int from, int batch, int most, float[] images) {
    if (batch < 0 || batch > most || images.length < (from + (long) batch) * input.size()) {
      throw new IllegalArgumentException(
          "batch of %d in %d floats; expected at most %d images of %d floats"
              .formatted(batch, images.length, most, input.size()));
    }
  }

  /**
   * Returns the logits of the last pass.
   *
   * @return rows of {@link #logitsStride()} floats, the first {@link #classes()} in use
   */
  public float[] logits() {
    return chain.last().out();
  }

  /**
   * Returns where the gradient of the logits goes before {@link #backward}.
   *
   * @return laid out like the logits; unused columns must be 0
   */
  public float[] logitsGradient() {
    return chain.last().outGradient();
  }

  /**
   * Returns the distance of the rows of logits.
   *
   * @return classes rounded up to a multiple of 16
   */
  public int logitsStride() {
    return chain.last().outSize();
  }
}
