package dev.gmr.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gmr.kernels.Backend;
import dev.gmr.kernels.CounterRandom;
import dev.gmr.kernels.spi.LayerKernels.Pool;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pooled means against those of all pixels. */
class ExpectedPoolTest {
  private static final int CHANNELS = 16;

  /** Pixels around the place where a mean begins to be its mu, and far below it. */
  private static final float SPREAD = 4;

  /** Means of two mu in order may be out of it by their errors, 4 ulp each; here by less. */
  private static final float ROUNDING = 0x1p-21f;

  /**
   * Means equal those at the same pixel to the bit, and no pixel of the window has a larger one.
   */
  @ParameterizedTest
  @CsvSource({
    "28,28,5,1,2,2,2,352", // LeNet
    "32,32,11,4,5,2,2,52", // AlexNet
    "9,7,3,1,1,3,2,92", // windows overlap
    "10,12,3,1,0,2,2,20", // no padding
    "6,6,5,1,4,3,3,81", // no window has one sigma
    "8,8,3,2,1,1,1,16", // no pooling
    "11,5,1,1,0,2,3,8" // windows apart
  })
  void findsTheLargestMeanOfEveryWindow(
      int height,
      int width,
      int kernel,
      int stride,
      int padding,
      int window,
      int step,
      int evaluations) {
    ImageShape image = new ImageShape(height, width, 1);
    try (Workers workers = new Workers(1)) {
      Spec spec = new Spec(image, Capacity.training(1, true), 1, new Memory(false), workers);
      Layer.Conv conv = new Layer.Conv("a", CHANNELS, kernel, stride, padding);
      ConvLayer layer = new ConvLayer(spec, conv, true, true);
      Pool pool = Pools.after(spec, window, step);
      NoiseMap noise = new NoiseMap(spec, image, layer);
      ExpectedPool means = new ExpectedPool(spec, image, conv, pool);
      spec.allocate();
      spec.parameters().initialize(CounterRandom.of(3));
      noise.set(new float[] {0.5f});
      float[] sigma = noise.deviation();
      Random random = new Random(7);
      float[] mu = new float[pool.inSize()];
      for (int i = 0; i < mu.length; i++) {
        mu[i] = SPREAD * (float) random.nextGaussian() * sigma[i];
      }
      means.deviation(sigma);
      assertThat(means.evaluations()).isEqualTo(evaluations);
      check(means, pool, mu, sigma);
    }
  }

  private static void check(ExpectedPool means, Pool pool, float[] mu, float[] sigma) {
    float[] mean = new float[mu.length];
    float[] cdf = new float[mu.length];
    float[] pdf = new float[mu.length];
    Backend.kernels()
        .moments()
        .reluMeanWithGradients(mu, 0, sigma, 0, mean, 0, cdf, 0, pdf, 0, mu.length);
    int size = pool.outSize();
    float[] pooled = new float[size + 1];
    int[] arg = new int[size + 1];
    float[] pooledCdf = new float[size];
    float[] pooledPdf = new float[size];
    means.forward(0, mu, 0, pooled, arg, 1, pooledCdf, pooledPdf, 0);
    for (int i = 0; i < size; i++) {
      int at = pixel(pool, i, arg[i + 1]);
      assertThat(pooled[i + 1]).isEqualTo(mean[at]);
      assertThat(pooledCdf[i]).isEqualTo(cdf[at]);
      assertThat(pooledPdf[i]).isEqualTo(pdf[at]);
      for (int place = 0; place < pool.window() * pool.window(); place++) {
        assertThat(mean[pixel(pool, i, place)]).isLessThanOrEqualTo(mean[at] * (1 + ROUNDING));
      }
    }
  }

  /** Index of a place of a window's value in the map. */
  private static int pixel(Pool pool, int out, int place) {
    int window = out / pool.channels();
    int row = window / pool.outWidth() * pool.stride() + place / pool.window();
    int column = window % pool.outWidth() * pool.stride() + place % pool.window();
    return (row * pool.width() + column) * pool.channels() + out % pool.channels();
  }
}
