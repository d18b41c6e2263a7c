package dev.gmr.bench;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.KernelSet;
import dev.gmr.kernels.spi.LayerKernels.Pool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Everything of a LeNet step that is no product, on one thread: one image's activations behind the
 * first convolution (28 x 28 x 32, in cache), and the update of all parameters (from memory).
 *
 * <p>The kernels are called below their facades, whose checks cost nothing at these sizes, so that
 * both backends run in one process image; each case has a fork of its own, hence one backend.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ElementwiseBench {
  private static final int PIXELS = 28 * 28;
  private static final int CHANNELS = 32;
  private static final int N = PIXELS * CHANNELS;
  private static final int PARAMETERS = 3_274_634;
  private static final int ROWS = 100;
  private static final int CLASSES = 10;
  private static final int STRIDE = 16;
  private static final float ADAM_STEP = 1e-4f / (1 - 0.9f);
  private static final float ADAM_ROOT = (float) (1 / Math.sqrt(1 - 0.999));

  /** Kernels in use; the plain ones are the baseline. */
  @Param({"simd", "scalar"})
  public String backend;

  private KernelSet kernels;
  private float[] mu;
  private float[] sigma;
  private float[] mean;
  private float[] cdf;
  private float[] pdf;
  private float[] dMean;
  private float[] dMu;
  private float[] dSigma;
  private float[] x;
  private float[] y;
  private float[] noise;
  private Pool pool;
  private float[] pooled;
  private int[] arg;
  private float[] logits;
  private float[] dLogits;
  private int[] labels;
  private float[] loss;
  private int[] prediction;

  /** Creates the state. */
  public ElementwiseBench() {}

  /** The arrays of Adam, which the other cases do not need. */
  @State(Scope.Benchmark)
  public static class Update {
    private final float[] p = Samples.uniform(8, PARAMETERS);
    private final float[] g = Samples.uniform(9, PARAMETERS);
    private final float[] m = new float[PARAMETERS];
    private final float[] v = new float[PARAMETERS];

    /** Creates the state. */
    public Update() {}

    /**
     * Checks the first step of some parameters.
     *
     * @param bench names the kernels
     */
    @Setup
    public void setUp(ElementwiseBench bench) {
      float[] before = p.clone();
      bench.adam(this);
      for (int i = 0; i < PARAMETERS; i += 100_003) {
        // the corrected moments of one gradient are that gradient and its square
        double step = 1e-4 * g[i] / (Math.abs(g[i]) + 1e-8);
        Samples.check("adam", p[i], before[i] - step, 1e-6);
      }
    }
  }

  /** Makes inputs and checks elements of each result against formulas in double. */
  @Setup
  public void setUp() {
    kernels = Samples.kernels(backend);
    mu = Samples.uniform(1, N, -2, 2);
    sigma = Samples.uniform(2, N, 0.1f, 1);
    mean = new float[N];
    cdf = new float[N];
    pdf = new float[N];
    dMean = Samples.uniform(3, N);
    dMu = new float[N];
    dSigma = new float[N];
    x = Samples.uniform(4, N, -8, 8);
    y = new float[N];
    noise = new float[N];
    pool = new Pool(28, 28, CHANNELS, 2, 2);
    pooled = new float[pool.outSize()];
    arg = new int[pool.outSize()];
    logits = Samples.uniform(5, ROWS * STRIDE, -4, 4);
    dLogits = new float[logits.length];
    labels = Samples.labels(ROWS, CLASSES);
    loss = new float[ROWS];
    prediction = new int[ROWS];
    checkMoments();
    checkFunctions();
    checkMaxPool();
    checkNormal();
    checkSoftmax();
  }

  private void checkMoments() {
    reluMeanWithGradients();
    reluMeanBackward();
    for (int i = 0; i < N; i += 997) {
      double z = (double) mu[i] / sigma[i];
      double distribution = Samples.normalCdf(z);
      double density = Samples.normalPdf(z);
      Samples.check("mean", mean[i], mu[i] * distribution + sigma[i] * density, 1e-6);
      Samples.check("dMu", dMu[i], dMean[i] * distribution, 1e-6);
      Samples.check("dSigma", dSigma[i], dMean[i] * density, 1e-6);
    }
  }

  private void checkFunctions() {
    exp();
    for (int i = 0; i < N; i += 997) {
      double expected = StrictMath.exp(x[i]);
      Samples.check("exp", y[i], expected, 1e-6 * expected);
    }
    normalCdf();
    for (int i = 0; i < N; i += 997) {
      Samples.check("normalCdf", y[i], Samples.normalCdf(x[i]), 1e-6);
    }
  }

  private void checkMaxPool() {
    maxPool();
    for (int i = 0; i < pooled.length; i += 97) {
      int pixel = i / CHANNELS;
      int at = (pixel / 14 * 2 * 28 + pixel % 14 * 2) * CHANNELS + i % CHANNELS;
      float below = Math.max(x[at + 28 * CHANNELS], x[at + 29 * CHANNELS]);
      float largest = Math.max(Math.max(x[at], x[at + CHANNELS]), below);
      Samples.check("maxPool", pooled[i], Math.max(largest, 0), 0);
    }
  }

  private void checkNormal() {
    normalActivations();
    int[] words = new int[32];
    kernels.random().bits(1, 2, 3, words, 0, 32);
    for (int i = 0; i < 16; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log(((words[i] >>> 8) + 1) * 0x1p-24));
      double angle = words[16 + i] * 0x1p-31 * Math.PI;
      Samples.check("normal", noise[i], radius * StrictMath.cos(angle), 1e-5);
      Samples.check("normal", noise[16 + i], radius * StrictMath.sin(angle), 1e-5);
    }
  }

  private void checkSoftmax() {
    softmaxCrossEntropy();
    for (int row = 0; row < ROWS; row += 9) {
      int at = row * STRIDE;
      int label = at + labels[row];
      double sum = 0;
      for (int j = 0; j < CLASSES; j++) {
        sum += StrictMath.exp(logits[at + j]);
      }
      Samples.check("loss", loss[row], StrictMath.log(sum) - logits[label], 1e-5);
      double gradient = (StrictMath.exp(logits[label]) / sum - 1) / ROWS;
      Samples.check("dLogits", dLogits[label], gradient, 1e-7);
    }
  }

  /** Mean of the rectified Gaussians with both gradients. */
  @Benchmark
  public void reluMeanWithGradients() {
    kernels.moments().reluMeanWithGradients(mu, 0, sigma, 0, mean, 0, cdf, 0, pdf, 0, N);
  }

  /** Gradient of a loss by their mu and sigma. */
  @Benchmark
  public void reluMeanBackward() {
    kernels.moments().reluMeanBackward(dMean, 0, cdf, 0, pdf, 0, dMu, 0, dSigma, 0, N);
  }

  /** Exponentials. */
  @Benchmark
  public void exp() {
    kernels.functions().apply(Function.EXP, x, 0, y, 0, N);
  }

  /** Normal distribution function. */
  @Benchmark
  public void normalCdf() {
    kernels.functions().apply(Function.CDF, x, 0, y, 0, N);
  }

  /** ReLU and max pooling by 2. */
  @Benchmark
  public void maxPool() {
    kernels.layers().maxPool(pool, x, 0, pooled, 0, arg, 0, true);
  }

  /** Normal numbers for one grey image. */
  @Benchmark
  public void normalImage() {
    kernels.random().normal(1, 2, 3, noise, 0, PIXELS);
  }

  /** Normal numbers, as many as activations. */
  @Benchmark
  public void normalActivations() {
    kernels.random().normal(1, 2, 3, noise, 0, N);
  }

  /** Softmax cross entropy of 100 rows of 10, with gradient. */
  @Benchmark
  public void softmaxCrossEntropy() {
    kernels
        .losses()
        .softmaxCrossEntropy(
            logits,
            0,
            STRIDE,
            CLASSES,
            ROWS,
            labels,
            0,
            1f / ROWS,
            dLogits,
            0,
            loss,
            0,
            prediction,
            0);
  }

  /**
   * Adam over all parameters; repeated first steps, which cost what any other does.
   *
   * @param u the arrays
   */
  @Benchmark
  public void adam(Update u) {
    kernels
        .updates()
        .adam(u.p, u.g, u.m, u.v, 0, PARAMETERS, ADAM_STEP, ADAM_ROOT, 0.9f, 0.999f, 1e-8f, 0f);
  }

  /** Counts each array that a call reads, writes or both once for each. */
  static Work work(Case c) {
    return switch (c.method()) {
      case "reluMeanWithGradients" -> Work.elements(N, 20, 1);
      case "reluMeanBackward" -> Work.elements(N, 24, 1);
      case "exp", "normalCdf" -> Work.elements(N, 8, 1);
      case "maxPool" -> Work.elements(N, 6, 1);
      case "normalImage" -> Work.elements(PIXELS, 4, 1);
      case "normalActivations" -> Work.elements(N, 4, 1);
      case "softmaxCrossEntropy" -> Work.elements(ROWS * CLASSES, 8, 1);
      case "adam" -> Work.elements(PARAMETERS, 28, 1).boundByMemory();
      default -> throw new IllegalArgumentException(c.name());
    };
  }
}
