package dev.gmr.bench;

import dev.gmr.nn.Network;
import dev.gmr.nn.Parameter;
import java.util.HashMap;
import java.util.Map;

/** LeNet on 28 x 28 grey images as arithmetic: its nominal work, and its logits in double. */
final class Lenet {
  static final int SIDE = 28;
  static final int PIXELS = SIDE * SIDE;
  static final int CLASSES = 10;

  /** Floating-point operations of an image's forward pass, multiply-adds with padding included. */
  private static final double FIRST = 2.0 * PIXELS * 25 * 32;

  private static final double REST =
      2.0 * (PIXELS / 4 * 25 * 32 * 64 + 3136 * 1024 + 1024 * CLASSES);

  private final Map<String, float[]> values = new HashMap<>();

  Lenet(Network network) {
    for (Parameter p : network.parameters().list()) {
      values.put(p.name(), p.read(network.parameters().values()));
    }
  }

  static double forwardFlops() {
    return FIRST + REST;
  }

  /**
   * Counts those of an image's step: each pass has two gradients as costly, but the images' own is
   * not needed. The expected pass shares the first convolution; its variance is one map a batch.
   */
  static double stepFlops(boolean regularized) {
    return 2 * FIRST + (regularized ? 6 : 3) * REST;
  }

  double[] logits(float[] image) {
    double[] x = new double[PIXELS];
    for (int i = 0; i < x.length; i++) {
      x[i] = image[i];
    }
    x = rectifiedMaxima(convolution(x, 1, SIDE, "conv1"), SIDE);
    x = rectifiedMaxima(convolution(x, 32, SIDE / 2, "conv2"), SIDE / 2);
    x = linear(x, "fc1");
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(x[i], 0);
    }
    return linear(x, "fc2");
  }

  /** 5 x 5 with padding 2; images (C, H, W), weights (O, I, H, W). */
  private double[] convolution(double[] x, int channels, int side, String name) {
    float[] weight = values.get(name + ".weight");
    float[] bias = values.get(name + ".bias");
    int pixels = side * side;
    double[] y = new double[bias.length * pixels];
    for (int plane = 0; plane < bias.length * channels; plane++) {
      int in = plane % channels * pixels;
      int out = plane / channels * pixels;
      for (int tap = 0; tap < 25; tap++) {
        int dy = tap / 5 - 2;
        int dx = tap % 5 - 2;
        double w = weight[plane * 25 + tap];
        for (int row = Math.max(0, -dy); row < Math.min(side, side - dy); row++) {
          for (int column = Math.max(0, -dx); column < Math.min(side, side - dx); column++) {
            y[out + row * side + column] += w * x[in + (row + dy) * side + column + dx];
          }
        }
      }
    }
    for (int i = 0; i < y.length; i++) {
      y[i] += bias[i / pixels];
    }
    return y;
  }

  private static double[] rectifiedMaxima(double[] x, int side) {
    int half = side / 2;
    double[] y = new double[x.length / 4];
    for (int i = 0; i < y.length; i++) {
      int at = i / half * 2 * side + i % half * 2;
      double upper = Math.max(x[at], x[at + 1]);
      y[i] = Math.max(0, Math.max(upper, Math.max(x[at + side], x[at + side + 1])));
    }
    return y;
  }

  private double[] linear(double[] x, String name) {
    float[] weight = values.get(name + ".weight");
    float[] bias = values.get(name + ".bias");
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < x.length; i++) {
        sum += weight[o * x.length + i] * x[i];
      }
      y[o] = sum;
    }
    return y;
  }
}
