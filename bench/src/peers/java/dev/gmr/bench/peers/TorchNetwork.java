package dev.gmr.bench.peers;

import dev.gmr.nn.Layer;
import dev.gmr.nn.LayerTrace;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network's tensors in PyTorch, and what is computed with them; {@link TorchLayers} has the
 * computation. Shares no arithmetic with gmr.
 */
final class TorchNetwork {
  private final Model model;
  private final ScalarType type;
  private final boolean channelsLast;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> statistics = new LinkedHashMap<>();
  private final TorchLayers layers;

  private TorchNetwork(Model model, ScalarType type, boolean channelsLast) {
    this.model = model;
    this.type = type;
    this.channelsLast = channelsLast;
    layers = new TorchLayers(model, parameters, statistics);
  }

  /**
   * Returns a network with the values that PyTorch's modules give themselves. The modules hand out
   * references to their own tensors, which die with them: hence the copies, of the handles alone.
   */
  static TorchNetwork initialized(Model model) {
    TorchNetwork net = new TorchNetwork(model, ScalarType.Float, false);
    for (LayerTrace step : model.steps()) {
      switch (step.layer()) {
        case Layer.Conv conv -> {
          LongPointer kernel = new LongPointer(conv.kernel(), conv.kernel());
          Conv2dImpl module =
              new Conv2dImpl(new Conv2dOptions(step.in().channels(), conv.channels(), kernel));
          net.parameters.put(conv.name() + ".weight", new Tensor(module.weight()));
          if (model.tensors().containsKey(conv.name() + ".bias")) {
            net.parameters.put(conv.name() + ".bias", new Tensor(module.bias()));
          }
        }
        case Layer.BatchNorm norm -> {
          float[] ones = ones(step.out().channels());
          net.put(norm.name() + ".weight", ones);
          net.put(norm.name() + ".bias", new float[ones.length]);
          net.put(norm.name() + ".running_mean", new float[ones.length]);
          net.put(norm.name() + ".running_var", ones);
        }
        case Layer.Linear linear -> {
          LinearImpl module = new LinearImpl(step.in().size(), step.out().channels());
          net.parameters.put(linear.name() + ".weight", new Tensor(module.weight()));
          net.parameters.put(linear.name() + ".bias", new Tensor(module.bias()));
        }
        default -> {}
      }
    }
    return net;
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Returns a network with given values, computing in float or double. */
  static TorchNetwork of(Model model, Map<String, float[]> values, ScalarType type) {
    return of(model, values, type, false);
  }

  /** Returns the same network, its images, activations and kernels channels last or first. */
  static TorchNetwork of(
      Model model, Map<String, float[]> values, ScalarType type, boolean channelsLast) {
    TorchNetwork net = new TorchNetwork(model, type, channelsLast);
    model.tensors().keySet().forEach(name -> net.put(name, values.get(name)));
    return net;
  }

  private void put(String name, float[] values) {
    long[] shape = Arrays.stream(model.tensors().get(name)).asLongStream().toArray();
    Tensor p = Tensor.create(values, shape).to(type);
    if (shape.length == 4) {
      p = laidOut(p);
    }
    if (Model.isStatistic(name)) {
      statistics.put(name, p);
    } else {
      p.set_requires_grad(true); // what this returns is a reference that does not keep p
      parameters.put(name, p);
    }
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

  /** From now on computes as if with other roundings, to see how much they matter. */
  void shake() {
    layers.shake();
  }

  /** Returns the values of all tensors, statistics included. */
  Map<String, double[]> values() {
    return Native.scoped(
        () -> {
          Map<String, double[]> values = new LinkedHashMap<>();
          parameters.forEach((name, p) -> values.put(name, doubles(p.detach())));
          statistics.forEach((name, p) -> values.put(name, doubles(p)));
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
          parameters.forEach((name, p) -> gradients.put(name, doubles(p.grad())));
          return gradients;
        });
  }

  private static double[] doubles(Tensor t) {
    double[] x = new double[(int) t.numel()];
    DoubleBuffer buffer = t.to(ScalarType.Double).contiguous().createBuffer();
    buffer.get(x);
    return x;
  }

  /** Returns normalised images, given channels last, as the network takes them. */
  Tensor images(float[] x, int count) {
    long h = model.shape().height();
    long w = model.shape().width();
    long c = model.shape().channels();
    Tensor images = c == 1 ? Tensor.create(x, count, 1, h, w) : permuted(x, count, h, w, c);
    return laidOut(images.to(type));
  }

  private static Tensor permuted(float[] x, long... shape) {
    return Tensor.create(x, shape).permute(0, 3, 1, 2).contiguous();
  }

  /** Returns the mean cross entropy of a batch, batch norm with its statistics. */
  Tensor loss(Tensor images, Tensor labels) {
    return torch.cross_entropy_loss(layers.logits(images, true), labels);
  }

  /**
   * Returns {@code empirical * CE(f(x), y) + expectation * CE(E f(x + n), y)}, the mean over a
   * batch, with n of a standard deviation for each channel.
   */
  Tensor loss(Tensor images, Tensor labels, double empirical, double expectation, float[] sigmas) {
    int channels = model.shape().channels();
    Tensor deviation = Tensor.create(sigmas, 1, channels, 1, 1).to(type);
    return layers.regularizedLoss(images, labels, empirical, expectation, deviation);
  }

  /** Returns a row of logits an image, batch norm with its running statistics. */
  Tensor logits(Tensor images) {
    return layers.logits(images, false);
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
}
