package dev.gmr.nn;

import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * LeNet's regularized loss as one reads it in METHOD sections 1, 2 and 6: double precision,
 * PyTorch's layouts (N, C, H, W; O, I, H, W), plain loops, forward only. Shares no code with the
 * product.
 */
final class ReferenceLenet {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final int channels;
  private final int height;
  private final int width;
  private final int classes;
  private final Map<String, double[]> p;

  ReferenceLenet(int channels, int height, int width, int classes, Map<String, double[]> values) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.classes = classes;
    this.p = values;
  }

  /** Mean over images of {@code empirical CE(f(x)) + expectation CE(E f(x + n))}. */
  double loss(
      double[][] images, int[] labels, double[] sigmas, double empirical, double expectation) {
    double[] w = p.get("conv1.weight");
    double[] squares = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      squares[i] = w[i] * w[i];
    }
    int pixels = height * width;
    double[] pixelVariance = new double[channels * pixels];
    for (int i = 0; i < pixelVariance.length; i++) {
      pixelVariance[i] = sigmas[i / pixels] * sigmas[i / pixels];
    }
    double[] variance =
        convolve(pixelVariance, channels, height, width, squares, new double[32], 32);
    double loss = 0;
    for (int n = 0; n < images.length; n++) {
      double[] mu = convolve(images[n], channels, height, width, w, p.get("conv1.bias"), 32);
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
      loss += empirical * crossEntropy(rest(clean), labels[n]);
      loss += expectation * crossEntropy(rest(mean), labels[n]);
    }
    return loss / images.length;
  }

  private double[] rest(double[] rectified) {
    double[] x = pool(rectified, 32, height, width);
    int h = height / 2;
    int w = width / 2;
    x = convolve(x, 32, h, w, p.get("conv2.weight"), p.get("conv2.bias"), 64);
    x = relu(pool(x, 64, h, w));
    x = relu(linear(x, p.get("fc1.weight"), p.get("fc1.bias")));
    return linear(x, p.get("fc2.weight"), p.get("fc2.bias"));
  }

  private static double[] convolve(
      double[] x, int c, int h, int w, double[] weight, double[] bias, int out) {
    double[] y = new double[out * h * w];
    for (int o = 0; o < out; o++) {
      for (int oy = 0; oy < h; oy++) {
        for (int ox = 0; ox < w; ox++) {
          double sum = bias[o];
          for (int i = 0; i < c; i++) {
            for (int ky = 0; ky < 5; ky++) {
              for (int kx = 0; kx < 5; kx++) {
                int iy = oy + ky - 2;
                int ix = ox + kx - 2;
                if (iy >= 0 && iy < h && ix >= 0 && ix < w) {
                  sum += x[(i * h + iy) * w + ix] * weight[((o * c + i) * 5 + ky) * 5 + kx];
                }
              }
            }
          }
          y[(o * h + oy) * w + ox] = sum;
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

  private static double[] relu(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(x[i], 0);
    }
    return x;
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

  private double crossEntropy(double[] logits, int label) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits[c] - logits[label]);
    }
    return Math.log(sum);
  }
}
