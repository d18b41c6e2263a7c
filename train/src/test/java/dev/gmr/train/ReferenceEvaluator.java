package dev.gmr.train;

import dev.gmr.nn.Architecture;
import dev.gmr.nn.Layer;
import dev.gmr.train.io.Tensor;
import java.util.List;
import java.util.Map;

/** Evaluates an architecture at one image by plain loops in double precision, channels first. */
final class ReferenceEvaluator {
  @SuppressWarnings("ArrayRecordComponent")
  private record Maps(int channels, int height, int width, double[] data) {
    Maps(int channels, int height, int width) {
      this(channels, height, width, new double[channels * height * width]);
    }

    double at(int c, int y, int x) {
      boolean inside = y >= 0 && y < height && x >= 0 && x < width;
      return inside ? data[(c * height + y) * width + x] : 0;
    }
  }

  private final Map<String, Tensor.F32> tensors;

  private ReferenceEvaluator(Map<String, Tensor.F32> tensors) {
    this.tensors = tensors;
  }

  /** Returns the logits; the image is normalised, in layout (C, H, W). */
  static double[] logits(
      Architecture architecture,
      Map<String, Tensor.F32> tensors,
      int channels,
      int height,
      int width,
      double[] image) {
    Maps input = new Maps(channels, height, width, image);
    return new ReferenceEvaluator(tensors).layers(architecture.layers(), input).data;
  }

  private Maps layers(List<Layer> layers, Maps input) {
    Maps x = input;
    for (Layer layer : layers) {
      x =
          switch (layer) {
            case Layer.Conv l -> conv(l, x);
            case Layer.BatchNorm l -> batchNorm(l, x);
            case Layer.Relu l -> relu(x);
            case Layer.MaxPool l -> pool(l.window(), l.stride(), true, x);
            case Layer.AvgPool l -> pool(l.window(), l.stride(), false, x);
            case Layer.GlobalAvgPool l -> pool(x.height, 1, false, x);
            case Layer.Residual l -> sum(layers(l.body(), x), layers(l.shortcut(), x));
            case Layer.Linear l -> linear(l, x);
          };
    }
    return x;
  }

  private float[] data(String name) {
    Tensor.F32 tensor = tensors.get(name);
    return tensor == null ? null : tensor.data();
  }

  private Maps conv(Layer.Conv l, Maps x) {
    float[] weight = data(l.name() + ".weight");
    float[] bias = data(l.name() + ".bias");
    int k = l.kernel();
    Maps out =
        new Maps(
            l.channels(),
            (x.height + 2 * l.padding() - k) / l.stride() + 1,
            (x.width + 2 * l.padding() - k) / l.stride() + 1);
    int at = 0;
    for (int o = 0; o < out.channels; o++) {
      for (int row = 0; row < out.height; row++) {
        for (int column = 0; column < out.width; column++) {
          double sum = bias == null ? 0 : bias[o];
          for (int i = 0; i < x.channels; i++) {
            for (int dy = 0; dy < k; dy++) {
              for (int dx = 0; dx < k; dx++) {
                sum +=
                    weight[((o * x.channels + i) * k + dy) * k + dx]
                        * x.at(
                            i,
                            row * l.stride() + dy - l.padding(),
                            column * l.stride() + dx - l.padding());
              }
            }
          }
          out.data[at++] = sum;
        }
      }
    }
    return out;
  }

  private Maps batchNorm(Layer.BatchNorm l, Maps x) {
    Maps out = new Maps(x.channels, x.height, x.width);
    int pixels = x.height * x.width;
    for (int i = 0; i < out.data.length; i++) {
      int c = i / pixels;
      double z =
          (x.data[i] - data(l.name() + ".running_mean")[c])
              / Math.sqrt(data(l.name() + ".running_var")[c] + 1e-5);
      out.data[i] = data(l.name() + ".weight")[c] * z + data(l.name() + ".bias")[c];
    }
    return out;
  }

  private static Maps relu(Maps x) {
    Maps out = new Maps(x.channels, x.height, x.width);
    for (int i = 0; i < out.data.length; i++) {
      out.data[i] = Math.max(x.data[i], 0);
    }
    return out;
  }

  private static Maps pool(int window, int stride, boolean max, Maps x) {
    Maps out =
        new Maps(x.channels, (x.height - window) / stride + 1, (x.width - window) / stride + 1);
    int at = 0;
    for (int c = 0; c < out.channels; c++) {
      for (int row = 0; row < out.height; row++) {
        for (int column = 0; column < out.width; column++) {
          double largest = Double.NEGATIVE_INFINITY;
          double sum = 0;
          for (int dy = 0; dy < window; dy++) {
            for (int dx = 0; dx < window; dx++) {
              double value = x.at(c, row * stride + dy, column * stride + dx);
              largest = Math.max(largest, value);
              sum += value;
            }
          }
          out.data[at++] = max ? largest : sum / (window * window);
        }
      }
    }
    return out;
  }

  private static Maps sum(Maps a, Maps b) {
    Maps out = new Maps(a.channels, a.height, a.width);
    for (int i = 0; i < out.data.length; i++) {
      out.data[i] = a.data[i] + b.data[i];
    }
    return out;
  }

  private Maps linear(Layer.Linear l, Maps x) {
    float[] weight = data(l.name() + ".weight");
    float[] bias = data(l.name() + ".bias");
    Maps out = new Maps(bias.length, 1, 1);
    for (int o = 0; o < bias.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < x.data.length; i++) {
        sum += weight[o * x.data.length + i] * x.data[i];
      }
      out.data[o] = sum;
    }
    return out;
  }
}
