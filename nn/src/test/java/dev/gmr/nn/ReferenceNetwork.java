package dev.gmr.nn;

import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A network's regularized loss as one reads it in METHOD sections 1, 2 and 6: double precision,
 * PyTorch's layouts (N, C, H, W; O, I, H, W), plain loops, forward only. Shares no code with the
 * product.
 */
final class ReferenceNetwork {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private static final List<Conv> LENET_CONVS =
      List.of(new Conv("conv1", 32, 5, 1, 2, true), new Conv("conv2", 64, 5, 1, 2, true));
  private static final List<Conv> ALEXNET_CONVS =
      List.of(
          new Conv("features.0", 64, 11, 4, 5, true),
          new Conv("features.3", 192, 5, 1, 2, true),
          new Conv("features.6", 384, 3, 1, 1, false),
          new Conv("features.8", 256, 3, 1, 1, false),
          new Conv("features.10", 256, 3, 1, 1, true));

  private final ImageShape image;
  private final List<Conv> convs;
  private final List<String> linears;
  private final Map<String, double[]> p;

  /** A convolution, pooled by 2 or not. */
  private record Conv(String name, int out, int kernel, int stride, int padding, boolean pooled) {
    int side(int in) {
      return (in + 2 * padding - kernel) / stride + 1;
    }
  }

  private ReferenceNetwork(
      ImageShape image, List<Conv> convs, List<String> linears, Map<String, double[]> values) {
    this.image = image;
    this.convs = convs;
    this.linears = linears;
    this.p = values;
  }

  static ReferenceNetwork of(String model, ImageShape image, Map<String, double[]> values) {
    return model.equals("lenet")
        ? new ReferenceNetwork(image, LENET_CONVS, List.of("fc1", "fc2"), values)
        : new ReferenceNetwork(
            image, ALEXNET_CONVS, List.of("classifier.1", "classifier.4", "classifier.6"), values);
  }

  /** What is minimised: the weights and kinds of the two losses. */
  record Loss(
      double empirical, double expectation, ExpectedLoss expectedLoss, double labelSmoothing) {
    Loss(double empirical, double expectation) {
      this(empirical, expectation, ExpectedLoss.CE, 0);
    }

    private double of(double[] clean, double[] expected, int label) {
      double other =
          switch (expectedLoss) {
            case CE -> crossEntropy(expected, target(expected.length, label, labelSmoothing));
            case PSEUDO -> crossEntropy(expected, target(expected.length, largest(clean), 0));
            case MSE -> meanSquare(clean, expected);
          };
      return empirical * crossEntropy(clean, target(clean.length, label, labelSmoothing))
          + expectation * other;
    }

    private static double[] target(int classes, int label, double smoothing) {
      double[] q = new double[classes];
      for (int k = 0; k < classes; k++) {
        q[k] = (k == label ? 1 - smoothing : 0) + smoothing / classes;
      }
      return q;
    }

    private static int largest(double[] x) {
      int best = 0;
      for (int k = 1; k < x.length; k++) {
        best = x[k] > x[best] ? k : best;
      }
      return best;
    }

    private static double meanSquare(double[] a, double[] b) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum += (a[k] - b[k]) * (a[k] - b[k]);
      }
      return sum / a.length;
    }

    private static double crossEntropy(double[] logits, double[] target) {
      double sum = 0;
      for (double logit : logits) {
        sum += Math.exp(logit);
      }
      double loss = 0;
      for (int k = 0; k < logits.length; k++) {
        loss -= target[k] * (logits[k] - Math.log(sum));
      }
      return loss;
    }
  }

  /** Mean over images of a loss of f(x) and E f(x + n). */
  double loss(double[][] images, int[] labels, double[] sigmas, Loss kind) {
    Conv first = convs.get(0);
    double[] w = p.get(first.name + ".weight");
    double[] squares = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      squares[i] = w[i] * w[i];
    }
    int height = image.height();
    int width = image.width();
    int pixels = height * width;
    double[] pixelVariance = new double[image.channels() * pixels];
    for (int i = 0; i < pixelVariance.length; i++) {
      pixelVariance[i] = sigmas[i / pixels] * sigmas[i / pixels];
    }
    double[] variance =
        convolve(pixelVariance, height, width, first, squares, new double[first.out]);
    double loss = 0;
    for (int n = 0; n < images.length; n++) {
      double[] mu = convolve(images[n], height, width, first, w, p.get(first.name + ".bias"));
      double[] clean = new double[mu.length];
      double[] mean = new double[mu.length];
      for (int i = 0; i < mu.length; i++) {
        double sigma = Math.sqrt(variance[i]);
        clean[i] = Math.max(mu[i], 0);
        double z = mu[i] / sigma;
        mean[i] =
            sigma == 0
                ? clean[i]
                : mu[i] * NORMAL.cumulativeProbability(z) + sigma * NORMAL.density(z);
      }
      loss += kind.of(rest(clean), rest(mean), labels[n]);
    }
    return loss / images.length;
  }

  private double[] rest(double[] rectified) {
    double[] x = rectified;
    int h = image.height();
    int w = image.width();
    for (Conv conv : convs) {
      if (!conv.equals(convs.get(0))) {
        x = convolve(x, h, w, conv, p.get(conv.name + ".weight"), p.get(conv.name + ".bias"));
      }
      h = conv.side(h);
      w = conv.side(w);
      if (conv.pooled) {
        x = pool(x, conv.out, h, w);
        h /= 2;
        w /= 2;
      }
      relu(x); // of the first one a second time
    }
    for (String linear : linears) {
      x = linear(x, p.get(linear + ".weight"), p.get(linear + ".bias"));
      if (!linear.equals(linears.getLast())) {
        relu(x);
      }
    }
    return x;
  }

  private static double[] convolve(
      double[] x, int h, int w, Conv conv, double[] weight, double[] bias) {
    int c = x.length / (h * w);
    int oh = conv.side(h);
    int ow = conv.side(w);
    int k = conv.kernel;
    double[] y = new double[conv.out * oh * ow];
    for (int o = 0; o < conv.out; o++) {
      for (int oy = 0; oy < oh; oy++) {
        for (int ox = 0; ox < ow; ox++) {
          double sum = bias[o];
          for (int i = 0; i < c; i++) {
            for (int ky = 0; ky < k; ky++) {
              for (int kx = 0; kx < k; kx++) {
                int iy = oy * conv.stride + ky - conv.padding;
                int ix = ox * conv.stride + kx - conv.padding;
                if (iy >= 0 && iy < h && ix >= 0 && ix < w) {
                  sum += x[(i * h + iy) * w + ix] * weight[((o * c + i) * k + ky) * k + kx];
                }
              }
            }
          }
          y[(o * oh + oy) * ow + ox] = sum;
        }
      }
    }
    return y;
  }

  private static double[] pool(double[] x, int c, int h, int w) {
    int oh = h / 2;
    int ow = w / 2;
    double[] y = new double[c * oh * ow];
    for (int i = 0; i < y.length; i++) {
      int at = (i / (oh * ow) * h + i / ow % oh * 2) * w + i % ow * 2;
      y[i] = Math.max(Math.max(x[at], x[at + 1]), Math.max(x[at + w], x[at + w + 1]));
    }
    return y;
  }

  private static void relu(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(x[i], 0);
    }
  }

  private static double[] linear(double[] x, double[] weight, double[] bias) {
    double[] y = bias.clone();
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }
}
