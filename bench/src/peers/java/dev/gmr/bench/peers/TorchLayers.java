package dev.gmr.bench.peers;

import dev.gmr.nn.Layer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The layers of a description one after another, as one writes them in eager PyTorch, and the
 * regularized loss: its convolutions, batch norm, pooling and linear layers, its autograd.
 */
final class TorchLayers {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;
  private static final long[] IMAGES_AND_PIXELS = {0, 2, 3};

  /** Results are shaken by up to eight roundings of float, of their mean size. */
  private static final double SHAKE = 0x1p-21;

  private final List<Layer> layers;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> statistics;
  private boolean shaken;

  TorchLayers(Model model, Map<String, Tensor> parameters, Map<String, Tensor> statistics) {
    this.layers = model.architecture().layers();
    this.parameters = parameters;
    this.statistics = statistics;
  }

  /** From now on adds noise of the size of float's roundings to what sums give. */
  void shake() {
    shaken = true;
  }

  /** In place, which neither of the sums minds: in double these are gigabytes. */
  private Tensor rounded(Tensor sums) {
    if (!shaken) {
      return sums;
    }
    Tensor x = sums.detach();
    Tensor size = x.norm().mul(new Scalar(SHAKE / Math.sqrt((double) x.numel())));
    Tensor noise = torch.rand_like(x).mul_(new Scalar(2)).sub_(new Scalar(1)).mul_(size);
    sums.add_(noise); // returns a reference that does not keep it
    return sums;
  }

  /**
   * Activations of a batch.
   *
   * @param clean those of the images
   * @param expected those at the mean behind the first ReLU, or null
   */
  private record Rows(Tensor clean, Tensor expected) {
    Rows map(UnaryOperator<Tensor> layer) {
      return new Rows(
          Native.keep(() -> layer.apply(clean)),
          expected == null ? null : Native.keep(() -> layer.apply(expected)));
    }

    /** Lets go of them, as a variable does that takes another value. */
    void close() {
      clean.close();
      if (expected != null) {
        expected.close();
      }
    }
  }

  /** Returns the clean logits; in training batch norm takes and moves its statistics. */
  Tensor logits(Tensor images, boolean training) {
    return follow(layers, new Rows(images, null), training).clean;
  }

  /**
   * Returns the loss.
   *
   * @param deviation standard deviation of the noise: (1, channels, 1, 1)
   */
  Tensor regularizedLoss(
      Tensor images, Tensor labels, double empirical, double expectation, Tensor deviation) {
    Layer.Conv conv = (Layer.Conv) layers.getFirst();
    Tensor z = convolution(images, conv);
    long[] image = {1, images.size(1), images.size(2), images.size(3)};
    Tensor pixels = deviation.square().expand(image);
    Tensor squares = parameter(conv.name(), "weight").square();
    Tensor sigma = convolution(pixels, squares, new TensorOptional(), conv).sqrt();
    int relu = 1;
    Tensor mu = z;
    if (layers.get(1) instanceof Layer.BatchNorm norm) {
      mu = norm(z, norm, true);
      sigma = sigma.mul(new BatchStatistics(z, norm).scale.abs());
      relu = 2;
    }
    Rows rectified = firstRelu(mu, sigma);
    Rows logits = follow(layers.subList(relu + 1, layers.size()), rectified, true);
    Tensor clean = torch.cross_entropy_loss(logits.clean, labels);
    Tensor mean = torch.cross_entropy_loss(logits.expected, labels);
    return clean.mul(new Scalar(empirical)).add(mean.mul(new Scalar(expectation)));
  }

  /** The textbook form mu Phi(z) + sigma phi(z). */
  private static Tensor reluMean(Tensor mu, Tensor sigma) {
    Tensor z = mu.div(sigma);
    Scalar half = new Scalar(0.5);
    Tensor cdf = Native.keep(() -> z.mul(new Scalar(-Math.sqrt(0.5))).erfc().mul(half));
    Tensor exponent = Native.keep(() -> z.square().mul(new Scalar(-0.5)));
    Scalar phi0 = new Scalar(1 / Math.sqrt(2 * Math.PI));
    Tensor pdf = Native.keep(() -> exponent.exp().mul(phi0));
    return mu.mul(cdf).add(sigma.mul(pdf));
  }

  private static Rows firstRelu(Tensor mu, Tensor sigma) {
    return new Rows(torch.relu(mu), Native.keep(() -> reluMean(mu, sigma)));
  }

  /** Computes the layers' results; what goes in stays. */
  private Rows follow(List<Layer> some, Rows in, boolean training) {
    Rows x = in;
    for (int i = 0; i < some.size(); i++) {
      Rows y = next(some.get(i), x, training);
      if (i > 0) {
        x.close();
      }
      x = y;
    }
    return x;
  }

  private Rows next(Layer layer, Rows x, boolean training) {
    return switch (layer) {
      case Layer.Conv conv -> x.map(t -> convolution(t, conv));
      case Layer.BatchNorm norm -> norm(x, norm, training);
      case Layer.Relu relu -> x.map(torch::relu);
      case Layer.MaxPool pool -> x.map(t -> maxPool(t, pool));
      case Layer.AvgPool pool -> x.map(t -> averagePool(t, pool));
      case Layer.GlobalAvgPool pool -> x.map(t -> torch.adaptive_avg_pool2d(t, 1, 1));
      case Layer.Residual sum -> residual(sum, x, training);
      case Layer.Linear linear -> x.map(t -> linear(t, linear));
    };
  }

  private Rows residual(Layer.Residual sum, Rows x, boolean training) {
    Rows body = follow(sum.body(), x, training);
    Rows shortcut = follow(sum.shortcut(), x, training);
    Rows both =
        new Rows(
            body.clean.add(shortcut.clean),
            x.expected == null ? null : body.expected.add(shortcut.expected));
    body.close();
    if (!sum.shortcut().isEmpty()) { // else it is x
      shortcut.close();
    }
    return both;
  }

  /**
   * Batch norm of the clean rows is PyTorch's own; expected rows are mapped by what it made of the
   * clean ones.
   */
  private Rows norm(Rows x, Layer.BatchNorm norm, boolean training) {
    Tensor clean = norm(x.clean, norm, training);
    if (x.expected == null) {
      return new Rows(clean, null);
    }
    return new Rows(clean, Native.keep(() -> normAsClean(x, norm)));
  }

  private Tensor normAsClean(Rows x, Layer.BatchNorm norm) {
    BatchStatistics batch = new BatchStatistics(x.clean, norm);
    Tensor shift = perChannel(norm.name(), "bias");
    return torch.addcmul(shift, x.expected.sub(batch.mean), batch.scale);
  }

  private Tensor norm(Tensor x, Layer.BatchNorm norm, boolean training) {
    return torch.batch_norm(
        x,
        optional(norm.name(), "weight"),
        optional(norm.name(), "bias"),
        new TensorOptional(statistics.get(norm.name() + ".running_mean")),
        new TensorOptional(statistics.get(norm.name() + ".running_var")),
        training,
        MOMENTUM,
        EPSILON,
        false);
  }

  /** What batch norm subtracts and multiplies by, with its gradients: (1, channels, 1, 1). */
  private final class BatchStatistics {
    final Tensor mean;
    final Tensor scale;

    BatchStatistics(Tensor z, Layer.BatchNorm norm) {
      T_TensorTensor_T both = torch.var_mean(z, IMAGES_AND_PIXELS, false, true);
      mean = new Tensor(both.get1());
      Tensor variance = new Tensor(both.get0());
      scale = variance.add(new Scalar(EPSILON)).rsqrt().mul(perChannel(norm.name(), "weight"));
    }
  }

  private Tensor parameter(String layer, String name) {
    return parameters.get(layer + "." + name);
  }

  private Tensor perChannel(String layer, String name) {
    return parameter(layer, name).view(1, -1, 1, 1);
  }

  /** A convolution before batch norm has no bias. */
  private TensorOptional optional(String layer, String name) {
    Tensor p = parameter(layer, name);
    return p == null ? new TensorOptional() : new TensorOptional(p);
  }

  private Tensor convolution(Tensor x, Layer.Conv conv) {
    return convolution(x, parameter(conv.name(), "weight"), optional(conv.name(), "bias"), conv);
  }

  private Tensor convolution(Tensor x, Tensor weight, TensorOptional bias, Layer.Conv conv) {
    long[] stride = {conv.stride(), conv.stride()};
    long[] padding = {conv.padding(), conv.padding()};
    return rounded(torch.conv2d(x, weight, bias, stride, padding, new long[] {1, 1}, 1));
  }

  private static Tensor maxPool(Tensor x, Layer.MaxPool pool) {
    long[] window = {pool.window(), pool.window()};
    long[] stride = {pool.stride(), pool.stride()};
    return torch.max_pool2d(x, window, stride, new long[] {0, 0}, new long[] {1, 1}, false);
  }

  private static Tensor averagePool(Tensor x, Layer.AvgPool pool) {
    long[] window = {pool.window(), pool.window()};
    long[] stride = {pool.stride(), pool.stride()};
    return torch.avg_pool2d(x, window, stride, new long[] {0, 0}, false, true, new LongOptional());
  }

  private Tensor linear(Tensor x, Layer.Linear linear) {
    Tensor rows = x.dim() > 2 ? x.flatten(1, -1) : x;
    return rounded(
        torch.linear(rows, parameter(linear.name(), "weight"), optional(linear.name(), "bias")));
  }
}
