package dev.gmr.bench.peers;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * LeNet for 28 x 28 grey images (METHOD section 6) and the regularized loss (section 1) as one
 * writes them in eager PyTorch: its convolutions, pooling and linear layers, its autograd. Shares
 * no arithmetic with gmr.
 */
final class TorchLenet {
  static final int SIDE = 28;
  static final int CLASSES = 10;

  private static final Map<String, long[]> SHAPES = new LinkedHashMap<>();

  static {
    SHAPES.put("conv1.weight", new long[] {32, 1, 5, 5});
    SHAPES.put("conv1.bias", new long[] {32});
    SHAPES.put("conv2.weight", new long[] {64, 32, 5, 5});
    SHAPES.put("conv2.bias", new long[] {64});
    SHAPES.put("fc1.weight", new long[] {1024, 3136});
    SHAPES.put("fc1.bias", new long[] {1024});
    SHAPES.put("fc2.weight", new long[] {CLASSES, 1024});
    SHAPES.put("fc2.bias", new long[] {CLASSES});
  }

  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final ScalarType type;
  private final boolean channelsLast;

  private TorchLenet(ScalarType type, boolean channelsLast) {
    this.type = type;
    this.channelsLast = channelsLast;
  }

  /**
   * Returns a network with the values that PyTorch's modules give themselves. The modules hand out
   * references to their own tensors, which die with them: hence the copies, of the handles alone.
   */
  static TorchLenet initialized() {
    TorchLenet net = new TorchLenet(ScalarType.Float, false);
    LongPointer kernel = new LongPointer(5, 5);
    Conv2dImpl conv1 = new Conv2dImpl(new Conv2dOptions(1, 32, kernel));
    Conv2dImpl conv2 = new Conv2dImpl(new Conv2dOptions(32, 64, kernel));
    LinearImpl fc1 = new LinearImpl(3136, 1024);
    LinearImpl fc2 = new LinearImpl(1024, CLASSES);
    net.parameters.put("conv1.weight", new Tensor(conv1.weight()));
    net.parameters.put("conv1.bias", new Tensor(conv1.bias()));
    net.parameters.put("conv2.weight", new Tensor(conv2.weight()));
    net.parameters.put("conv2.bias", new Tensor(conv2.bias()));
    net.parameters.put("fc1.weight", new Tensor(fc1.weight()));
    net.parameters.put("fc1.bias", new Tensor(fc1.bias()));
    net.parameters.put("fc2.weight", new Tensor(fc2.weight()));
    net.parameters.put("fc2.bias", new Tensor(fc2.bias()));
    return net;
  }

  /** Returns a network with given values, computing in float or double. */
  static TorchLenet of(Map<String, float[]> values, ScalarType type) {
    return of(values, type, false);
  }

  /** Returns the same network, its images, activations and kernels channels last. */
  static TorchLenet channelsLast(Map<String, float[]> values, ScalarType type) {
    return of(values, type, true);
  }

  private static TorchLenet of(Map<String, float[]> values, ScalarType type, boolean channelsLast) {
    TorchLenet net = new TorchLenet(type, channelsLast);
    SHAPES.forEach(
        (name, shape) -> {
          Tensor p = Tensor.create(values.get(name), shape).to(type);
          if (shape.length == 4) {
            p = net.laidOut(p);
          }
          p.set_requires_grad(true); // what this returns is a reference that does not keep p
          net.parameters.put(name, p);
        });
    return net;
  }

  /** With one channel both layouts lie alike; the strides then say which is meant. */
  private Tensor laidOut(Tensor t) {
    if (!channelsLast) {
      return t;
    }
    long width = t.size(3);
    return t.size(1) == 1
        ? t.as_strided(
            new long[] {t.size(0), 1, t.size(2), width},
            new long[] {t.size(2) * width, 1, width, 1})
        : t.contiguous(torch.MemoryFormat.ChannelsLast);
  }

  /** Returns names and shapes of the tensors. */
  static Map<String, long[]> shapes() {
    return SHAPES;
  }

  /** Returns the values of the tensors. */
  Map<String, float[]> values() {
    return Native.scoped(
        () -> {
          Map<String, float[]> values = new LinkedHashMap<>();
          parameters.forEach(
              (name, p) -> {
                float[] v = new float[(int) p.numel()];
                FloatBuffer buffer = p.detach().to(ScalarType.Float).contiguous().createBuffer();
                buffer.get(v);
                values.put(name, v);
              });
          return values;
        });
  }

  /** Returns the tensors that an optimizer updates. */
  TensorVector trained() {
    TensorVector all = new TensorVector();
    parameters.values().forEach(all::push_back);
    return all;
  }

  /** Returns the gradients of the last backward pass. */
  Map<String, double[]> gradients() {
    return Native.scoped(
        () -> {
          Map<String, double[]> gradients = new LinkedHashMap<>();
          parameters.forEach(
              (name, p) -> {
                double[] g = new double[(int) p.numel()];
                DoubleBuffer buffer = p.grad().to(ScalarType.Double).contiguous().createBuffer();
                buffer.get(g);
                gradients.put(name, g);
              });
          return gradients;
        });
  }

  /** Returns normalised images as the network takes them. */
  Tensor images(float[] x, int count) {
    return laidOut(Tensor.create(x, count, 1, SIDE, SIDE).to(type));
  }

  /** Returns the mean cross entropy of a batch. */
  Tensor loss(Tensor images, Tensor labels) {
    return torch.cross_entropy_loss(logits(images), labels);
  }

  /**
   * Returns {@code empirical * CE(f(x), y) + expectation * CE(E f(x + n), y)}, the mean over a
   * batch, with n of standard deviation sigma at every pixel.
   */
  Tensor loss(Tensor images, Tensor labels, double empirical, double expectation, double sigma) {
    Tensor mu = first(images);
    Tensor pixels = torch.ones(1, 1, SIDE, SIDE).to(type).mul(new Scalar(sigma * sigma));
    Tensor variance = convolution(pixels, parameter("conv1.weight").square(), null);
    Tensor clean = torch.cross_entropy_loss(rest(torch.relu(mu)), labels);
    Tensor mean = torch.cross_entropy_loss(rest(reluMean(mu, variance.sqrt())), labels);
    return clean.mul(new Scalar(empirical)).add(mean.mul(new Scalar(expectation)));
  }

  /** The textbook form mu Phi(z) + sigma phi(z). */
  private static Tensor reluMean(Tensor mu, Tensor sigma) {
    Tensor z = mu.div(sigma);
    Tensor cdf = z.mul(new Scalar(-Math.sqrt(0.5))).erfc().mul(new Scalar(0.5));
    double phi0 = 1 / Math.sqrt(2 * Math.PI);
    Tensor pdf = z.square().mul(new Scalar(-0.5)).exp().mul(new Scalar(phi0));
    return mu.mul(cdf).add(sigma.mul(pdf));
  }

  /** Returns a row of logits an image. */
  Tensor logits(Tensor images) {
    return rest(torch.relu(first(images)));
  }

  /** Returns the predicted class of each image. */
  int[] predictions(float[] x, int count) {
    return Native.withoutGradients(
        () -> {
          Tensor logits = logits(images(x, count));
          LongBuffer largest = logits.argmax(new LongOptional(1), false).createBuffer();
          int[] predictions = new int[count];
          for (int i = 0; i < count; i++) {
            predictions[i] = (int) largest.get(i);
          }
          return predictions;
        });
  }

  private Tensor first(Tensor images) {
    return convolution(images, parameter("conv1.weight"), parameter("conv1.bias"));
  }

  /** What stands behind the first ReLU. */
  private Tensor rest(Tensor x) {
    Tensor y = convolution(pool(x), parameter("conv2.weight"), parameter("conv2.bias"));
    y = linear(torch.relu(pool(y)).flatten(1, -1), "fc1");
    return linear(torch.relu(y), "fc2");
  }

  private Tensor parameter(String name) {
    return parameters.get(name);
  }

  private Tensor linear(Tensor x, String name) {
    TensorOptional bias = new TensorOptional(parameter(name + ".bias"));
    return torch.linear(x, parameter(name + ".weight"), bias);
  }

  private static Tensor convolution(Tensor x, Tensor weight, Tensor biasOrNull) {
    TensorOptional bias =
        biasOrNull == null ? new TensorOptional() : new TensorOptional(biasOrNull);
    long[] one = {1, 1};
    return torch.conv2d(x, weight, bias, one, new long[] {2, 2}, one, 1);
  }

  private static Tensor pool(Tensor x) {
    long[] two = {2, 2};
    return torch.max_pool2d(x, two, two, new long[] {0, 0}, new long[] {1, 1}, false);
  }
}
