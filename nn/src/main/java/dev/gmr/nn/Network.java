package dev.gmr.nn;

import java.util.List;

/**
 * A convolutional classifier that is evaluated at an image and, in the same pass, at the mean that
 * Gaussian noise on the image leaves behind the first ReLU (METHOD section 1: the rest of the
 * network is linearized around that mean).
 *
 * <p>Input: images (N, H, W, C), normalised. Output: rows of logits, {@link #logitsStride()} apart,
 * the clean ones first, then as many expected ones where noise is set. All buffers are planned for
 * {@code capacity} images when the network is built; a step allocates nothing. Not for use by two
 * callers at once; inside, it runs on the {@link Workers} it was given. Every result is the same to
 * the bit for any number of them.
 */
public final class Network {
  private final Architecture architecture;
  private final ImageShape input;
  private final int classes;
  private final int capacity;
  private final Parameters parameters;
  private final Parameters statistics;
  private final Chain chain;
  private final FirstBlock first;
  private final Pass pass;
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
   * @param capacity largest number of images in a batch
   * @param workers threads to run on
   * @return the network
   * @throws IllegalArgumentException if a layer does not fit what comes before it, or a batch is
   *     too large for arrays
   */
  public static Network of(
      Architecture architecture, ImageShape input, int classes, int capacity, Workers workers) {
    return plan(architecture, input, classes, capacity, workers, new Memory(false));
  }

  /**
   * Computes the memory that a network would take, weights and gradients included, without taking
   * it.
   *
   * @param architecture what it is made of
   * @param input shape of an image
   * @param classes number of classes, at least 2
   * @param capacity largest number of images in a batch
   * @param workers threads that it would run on
   * @return bytes of its arrays
   * @throws IllegalArgumentException as {@link #of}
   */
  public static long bytes(
      Architecture architecture, ImageShape input, int classes, int capacity, Workers workers) {
    Memory memory = new Memory(true);
    plan(architecture, input, classes, capacity, workers, memory);
    return memory.bytes();
  }

  private static Network plan(
      Architecture architecture,
      ImageShape input,
      int classes,
      int capacity,
      Workers workers,
      Memory memory) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is " + capacity + "; expected at least 1");
    }
    Spec spec = new Spec(input, capacity, memory, workers);
    Chain chain = Chain.of(spec, architecture.layers(), classes);
    return new Network(architecture, spec, input, classes, chain);
  }

  /**
   * Plans LeNet: two convolutions of 5x5 (32 and 64 channels), each pooled by 2, a linear layer of
   * 1024 and one of {@code classes}. All values are zero until they are initialised or read.
   *
   * @param input shape of an image; sides of at least 4
   * @param classes number of classes, at least 2
   * @param capacity largest number of images in a batch
   * @param workers threads to run on
   * @return the network
   */
  public static Network lenet(ImageShape input, int classes, int capacity, Workers workers) {
    if (input.height() < 4 || input.width() < 4) {
      throw new IllegalArgumentException(
          "lenet takes images of at least 4 x 4; these are %d x %d"
              .formatted(input.height(), input.width()));
    }
    Layer pool = new Layer.MaxPool(2, 2);
    Layer relu = new Layer.Relu();
    List<Layer> layers =
        List.of(
            new Layer.Conv("conv1", 32, 5, 1, 2),
            relu,
            pool,
            new Layer.Conv("conv2", 64, 5, 1, 2),
            pool,
            relu,
            new Layer.Linear("fc1", 1024),
            relu,
            new Layer.Linear("fc2", Layer.Linear.CLASSES));
    return of(new Architecture("lenet", layers), input, classes, capacity, workers);
  }

  /**
   * Plans AlexNet as METHOD section 6 has it, for small images: five convolutions of 64, 192, 384,
   * 256 and 256 channels, the first of 11x11 with stride 4, the first two and the last pooled by 2;
   * linear layers of 4096, 4096 and {@code classes}; no dropout. Tensors have torchvision's names.
   *
   * @param input shape of an image; sides of at least 29
   * @param classes number of classes, at least 2
   * @param capacity largest number of images in a batch
   * @param workers threads to run on
   * @return the network
   */
  public static Network alexnet(ImageShape input, int classes, int capacity, Workers workers) {
    if (input.height() < 29 || input.width() < 29) {
      throw new IllegalArgumentException(
          "alexnet takes images of at least 29 x 29; these are %d x %d"
              .formatted(input.height(), input.width()));
    }
    Layer pool = new Layer.MaxPool(2, 2);
    Layer relu = new Layer.Relu();
    List<Layer> layers =
        List.of(
            new Layer.Conv("features.0", 64, 11, 4, 5),
            relu,
            pool,
            new Layer.Conv("features.3", 192, 5, 1, 2),
            pool,
            relu,
            new Layer.Conv("features.6", 384, 3, 1, 1),
            relu,
            new Layer.Conv("features.8", 256, 3, 1, 1),
            relu,
            new Layer.Conv("features.10", 256, 3, 1, 1),
            pool,
            relu,
            new Layer.Linear("classifier.1", 4096),
            relu,
            new Layer.Linear("classifier.4", 4096),
            relu,
            new Layer.Linear("classifier.6", Layer.Linear.CLASSES));
    return of(new Architecture("alexnet", layers), input, classes, capacity, workers);
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
   * Returns the largest number of images in a batch.
   *
   * @return the number
   */
  public int capacity() {
    return capacity;
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
    first.noise(sigmas);
  }

  /**
   * Computes logits, batch norm with its running statistics.
   *
   * @param batch number of images, 0 to capacity
   * @param images the images
   * @return number of rows: batch, or twice that with noise
   */
  public int forward(int batch, float[] images) {
    return forward(batch, images, false);
  }

  /**
   * Computes logits as training does: batch norm takes the batch's statistics and moves its running
   * ones. Without batch norm the same as {@link #forward}.
   *
   * @param batch number of images, 1 to capacity
   * @param images the images; they must stay as they are until {@link #backward}
   * @return number of rows: batch, or twice that with noise
   */
  public int forwardTraining(int batch, float[] images) {
    return forward(batch, images, true);
  }

  private int forward(int batch, float[] images, boolean training) {
    if (batch < 0 || batch > capacity || images.length < (long) batch * input.size()) {
      throw new IllegalArgumentException(
          "batch of %d in %d floats; expected at most %d images of %d floats"
              .formatted(batch, images.length, capacity, input.size()));
    }
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
   */
  public void backward() {
    chain.backward(rows, in, null);
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
