package dev.gmr.nn;

import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A network's regularized loss as its formulas read: double precision, PyTorch's layouts (N, C, H,
 * W; O, I, H, W), plain loops, forward only. Of the product it shares the description of the
 * network alone.
 */
final class ReferenceNetwork {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final List<Layer> layers;
  private final Map<String, double[]> p;
  private final boolean training;

  /** Number of clean rows, whose statistics batch norm takes in training. */
  private int clean;

  /** Rows of images (channels, height, width). */
  @SuppressWarnings("ArrayRecordComponent")
  private record Maps(double[][] rows, int channels, int height, int width) {}

  /**
   * A network.
   *
   * @param values tensors by name, batch norm's running ones too where it is not training
   */
  ReferenceNetwork(Architecture architecture, Map<String, double[]> values, boolean training) {
    this.layers = architecture.layers();
    this.p = values;
    this.training = training;
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
  double loss(ImageShape image, double[][] images, int[] labels, double[] sigmas, Loss kind) {
    clean = images.length;
    Maps in = new Maps(images, image.channels(), image.height(), image.width());
    Layer.Conv conv = (Layer.Conv) layers.get(0);
    boolean normalised = layers.get(1) instanceof Layer.BatchNorm;
    double[] w = p.get(conv.name() + ".weight");
    double[] squares = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      squares[i] = w[i] * w[i];
    }
    int pixels = image.height() * image.width();
    double[] pixelVariance = new double[image.channels() * pixels];
    for (int i = 0; i < pixelVariance.length; i++) {
      pixelVariance[i] = sigmas[i / pixels] * sigmas[i / pixels];
    }
    Maps mu = convolve(in, conv, w, p.get(conv.name() + ".bias"));
    double[] variance =
        convolve(
                new Maps(new double[][] {pixelVariance}, in.channels, in.height, in.width),
                conv,
                squares,
                null)
            .rows[0];
    if (normalised) {
      String name = ((Layer.BatchNorm) layers.get(1)).name();
      double[][] map = affine(mu, name);
      mu = apply(mu, map);
      for (int i = 0; i < variance.length; i++) {
        double a = map[0][i / (mu.height * mu.width)];
        variance[i] *= a * a;
      }
    }
    double[][] rows = new double[2 * clean][];
    for (int n = 0; n < clean; n++) {
      rows[n] = mu.rows[n].clone();
      rows[clean + n] = new double[variance.length];
      for (int i = 0; i < variance.length; i++) {
        double m = mu.rows[n][i];
        double sigma = Math.sqrt(variance[i]);
        double z = m / sigma;
        rows[n][i] = Math.max(m, 0);
        rows[clean + n][i] =
            sigma == 0
                ? rows[n][i]
                : m * NORMAL.cumulativeProbability(z) + sigma * NORMAL.density(z);
      }
    }
    List<Layer> rest = layers.subList(normalised ? 3 : 2, layers.size());
    Maps logits = run(rest, new Maps(rows, mu.channels, mu.height, mu.width));
    double loss = 0;
    for (int n = 0; n < clean; n++) {
      loss += kind.of(logits.rows[n], logits.rows[clean + n], labels[n]);
    }
    return loss / clean;
  }

  private Maps run(List<Layer> list, Maps in) {
    Maps x = in;
    for (Layer layer : list) {
      x =
          switch (layer) {
            case Layer.Conv c ->
                convolve(x, c, p.get(c.name() + ".weight"), p.get(c.name() + ".bias"));
            case Layer.BatchNorm b -> apply(x, affine(x, b.name()));
            case Layer.Relu r -> relu(x);
            case Layer.MaxPool m -> pool(x, m.window(), m.window(), m.stride(), true);
            case Layer.AvgPool a -> pool(x, a.window(), a.window(), a.stride(), false);
            case Layer.GlobalAvgPool g -> pool(x, x.height, x.width, 1, false);
            case Layer.Residual r -> sum(run(r.body(), x), run(r.shortcut(), x));
            case Layer.Linear l -> linear(x, l.name());
          };
    }
    return x;
  }

  /** Batch norm as a factor and a summand a channel. */
  private double[][] affine(Maps x, String name) {
    double[] gamma = p.get(name + ".weight");
    double[] beta = p.get(name + ".bias");
    double[][] map = new double[2][x.channels];
    int pixels = x.height * x.width;
    for (int c = 0; c < x.channels; c++) {
      double mean = 0;
      double variance = 0;
      if (training) {
        for (int n = 0; n < clean; n++) {
          for (int i = 0; i < pixels; i++) {
            mean += x.rows[n][c * pixels + i] / (clean * pixels);
          }
        }
        for (int n = 0; n < clean; n++) {
          for (int i = 0; i < pixels; i++) {
            double d = x.rows[n][c * pixels + i] - mean;
            variance += d * d / (clean * pixels);
          }
        }
      } else {
        mean = p.get(name + ".running_mean")[c];
        variance = p.get(name + ".running_var")[c];
      }
      map[0][c] = gamma[c] / Math.sqrt(variance + 1e-5);
      map[1][c] = beta[c] - mean * map[0][c];
    }
    return map;
  }

  private static Maps apply(Maps x, double[][] map) {
    int pixels = x.height * x.width;
    double[][] y = new double[x.rows.length][x.channels * pixels];
    for (int n = 0; n < y.length; n++) {
      for (int i = 0; i < y[n].length; i++) {
        y[n][i] = map[0][i / pixels] * x.rows[n][i] + map[1][i / pixels];
      }
    }
    return new Maps(y, x.channels, x.height, x.width);
  }

  private static Maps convolve(Maps in, Layer.Conv conv, double[] weight, double[] bias) {
    int k = conv.kernel();
    int h = in.height;
    int w = in.width;
    int oh = (h + 2 * conv.padding() - k) / conv.stride() + 1;
    int ow = (w + 2 * conv.padding() - k) / conv.stride() + 1;
    double[][] y = new double[in.rows.length][conv.channels() * oh * ow];
    for (int n = 0; n < y.length; n++) {
      double[] x = in.rows[n];
      for (int i = 0; i < y[n].length; i++) {
        int o = i / (oh * ow);
        double sum = bias == null ? 0 : bias[o];
        for (int c = 0; c < in.channels; c++) {
          for (int ky = 0; ky < k; ky++) {
            for (int kx = 0; kx < k; kx++) {
              int iy = i / ow % oh * conv.stride() + ky - conv.padding();
              int ix = i % ow * conv.stride() + kx - conv.padding();
              if (iy >= 0 && iy < h && ix >= 0 && ix < w) {
                sum += x[(c * h + iy) * w + ix] * weight[((o * in.channels + c) * k + ky) * k + kx];
              }
            }
          }
        }
        y[n][i] = sum;
      }
    }
    return new Maps(y, conv.channels(), oh, ow);
  }

  private static Maps pool(Maps in, int windowHeight, int windowWidth, int stride, boolean max) {
    int oh = (in.height - windowHeight) / stride + 1;
    int ow = (in.width - windowWidth) / stride + 1;
    double[][] y = new double[in.rows.length][in.channels * oh * ow];
    for (int n = 0; n < y.length; n++) {
      for (int i = 0; i < y[n].length; i++) {
        int at = (i / (oh * ow) * in.height + i / ow % oh * stride) * in.width + i % ow * stride;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int q = 0; q < windowHeight * windowWidth; q++) {
          double v = in.rows[n][at + q / windowWidth * in.width + q % windowWidth];
          largest = Math.max(largest, v);
          sum += v;
        }
        y[n][i] = max ? largest : sum / (windowHeight * windowWidth);
      }
    }
    return new Maps(y, in.channels, oh, ow);
  }

  private static Maps relu(Maps x) {
    double[][] y = new double[x.rows.length][];
    for (int n = 0; n < y.length; n++) {
      y[n] = x.rows[n].clone();
      for (int i = 0; i < y[n].length; i++) {
        y[n][i] = Math.max(y[n][i], 0);
      }
    }
    return new Maps(y, x.channels, x.height, x.width);
  }

  private static Maps sum(Maps a, Maps b) {
    double[][] y = new double[a.rows.length][];
    for (int n = 0; n < y.length; n++) {
      y[n] = a.rows[n].clone();
      for (int i = 0; i < y[n].length; i++) {
        y[n][i] += b.rows[n][i];
      }
    }
    return new Maps(y, a.channels, a.height, a.width);
  }

  private Maps linear(Maps x, String name) {
    double[] weight = p.get(name + ".weight");
    double[] bias = p.get(name + ".bias");
    double[][] y = new double[x.rows.length][];
    for (int n = 0; n < y.length; n++) {
      y[n] = bias.clone();
      int inputs = x.rows[n].length;
      for (int o = 0; o < bias.length; o++) {
        for (int i = 0; i < inputs; i++) {
          y[n][o] += weight[o * inputs + i] * x.rows[n][i];
        }
      }
    }
    return new Maps(y, y[0].length, 1, 1);
  }
}
