package dev.gmr.nn;

import java.util.ArrayList;
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
  private final String name;
  private final ImageShape input;
  private final int classes;
  private final int capacity;
  private final Parameters parameters;
  private final MomentBlock first;
  private final Block[] blocks;
  private int rows;
  private float[] in;

  private Network(String name, Builder builder, int classes) {
    this.name = name;
    this.input = builder.input;
    this.classes = classes;
    this.capacity = builder.spec.capacity();
    this.parameters = builder.spec.parameters();
    this.first = builder.first;
    this.blocks = builder.blocks.toArray(Block[]::new);
    parameters.allocate();
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
    Builder b = new Builder(input, capacity, workers);
    b.first("conv1", 5, 1, 2, 32, 2);
    b.conv("conv2", 5, 1, 2, 64, 2);
    b.linear("fc1", 1024, true);
    b.linear("fc2", classes, false);
    return new Network("lenet", b, classes);
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
    Builder b = new Builder(input, capacity, workers);
    b.first("features.0", 11, 4, 5, 64, 2);
    b.conv("features.3", 5, 1, 2, 192, 2);
    b.conv("features.6", 3, 1, 1, 384, 0);
    b.conv("features.8", 3, 1, 1, 256, 0);
    b.conv("features.10", 3, 1, 1, 256, 2);
    b.linear("classifier.1", 4096, true);
    b.linear("classifier.4", 4096, true);
    b.linear("classifier.6", classes, false);
    return new Network("alexnet", b, classes);
  }

  private static final class Builder {
    private final ImageShape input;
    private final Spec spec;
    private final List<Block> blocks = new ArrayList<>();
    private MomentBlock first;

    Builder(ImageShape input, int capacity, Workers workers) {
      if (capacity < 1) {
        throw new IllegalArgumentException("capacity is " + capacity + "; expected at least 1");
      }
      this.input = input;
      this.spec = new Spec(input, capacity, new Parameters(), workers);
    }

    void first(String name, int kernel, int stride, int padding, int channels, int pool) {
      first = new MomentBlock(spec, name, kernel, stride, padding, channels, pool);
      blocks.add(first);
    }

    void conv(String name, int kernel, int stride, int padding, int channels, int pool) {
      blocks.add(new ConvBlock(spec, name, kernel, stride, padding, channels, pool));
    }

    void linear(String name, int outputs, boolean relu) {
      blocks.add(new LinearBlock(spec, name, outputs, relu));
    }
  }

  /**
   * Returns the network's name.
   *
   * @return such as {@code lenet}
   */
  public String name() {
    return name;
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
   * Computes logits.
   *
   * @param batch number of images, 0 to capacity
   * @param images the images; they must stay as they are until {@link #backward}
   * @return number of rows: batch, or twice that with noise
   */
  public int forward(int batch, float[] images) {
    if (batch < 0 || batch > capacity || images.length < (long) batch * input.size()) {
      throw new IllegalArgumentException(
          "batch of %d in %d floats; expected at most %d images of %d floats"
              .formatted(batch, images.length, capacity, input.size()));
    }
    rows = first.rows(batch);
    in = images;
    float[] x = images;
    for (Block block : blocks) {
      block.forward(rows, x);
      x = block.out();
    }
    return rows;
  }

  /**
   * Computes the gradients of all parameters from the gradient of the logits of the last {@link
   * #forward}, left in {@link #logitsGradient()}.
   */
  public void backward() {
    for (int b = blocks.length - 1; b >= 0; b--) {
      Block before = b == 0 ? null : blocks[b - 1];
      blocks[b].backward(
          rows, before == null ? in : before.out(), before == null ? null : before.outGradient());
    }
  }

  /**
   * Returns the logits of the last pass.
   *
   * @return rows of {@link #logitsStride()} floats, the first {@link #classes()} in use
   */
  public float[] logits() {
    return blocks[blocks.length - 1].out();
  }

  /**
   * Returns where the gradient of the logits goes before {@link #backward}.
   *
   * @return laid out like the logits; unused columns must be 0
   */
  public float[] logitsGradient() {
    return blocks[blocks.length - 1].outGradient();
  }

  /**
   * Returns the distance of the rows of logits.
   *
   * @return classes rounded up to a multiple of 16
   */
  public int logitsStride() {
    return blocks[blocks.length - 1].outSize();
  }
}
