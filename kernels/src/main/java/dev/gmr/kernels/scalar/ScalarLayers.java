package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.LayerKernels;
import java.util.Arrays;

/** {@link LayerKernels} as plain loops. */
final class ScalarLayers implements LayerKernels {
  @Override
  public void relu(float[] x, int xOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Math.max(x[xOff + i], 0f);
    }
  }

  @Override
  public void reluBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxOff + i] = y[yOff + i] > 0 ? dy[dyOff + i] : 0f;
    }
  }

  @Override
  public void multiply(float[] a, int aOff, float[] b, int bOff, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = a[aOff + i] * b[bOff + i];
    }
  }

  @Override
  public void add(float[] x, int xOff, float[] sum, int sumOff, int n) {
    for (int i = 0; i < n; i++) {
      sum[sumOff + i] += x[xOff + i];
    }
  }

  @Override
  public void addRows(float[] x, int xOff, int rows, int stride, float[] sum, int sumOff, int n) {
    for (int q = 0; q < rows; q++) {
      add(x, xOff + q * stride, sum, sumOff, n);
    }
  }

  @Override
  public void scale(float[] x, int xOff, float factor, float[] y, int yOff, int n) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = x[xOff + i] * factor;
    }
  }

  @Override
  public void addSquaredDeviations(
      float[] x, int xOff, int rows, int n, float[] mean, float[] sum) {
    for (int q = 0; q < rows; q++) {
      for (int j = 0; j < n; j++) {
        float d = x[xOff + q * n + j] - mean[j];
        sum[j] = Math.fma(d, d, sum[j]);
      }
    }
  }

  @Override
  public void addCodeviations(
      float[] g, int gOff, float[] x, int xOff, int rows, int n, float[] mean, float[] sum) {
    for (int q = 0; q < rows; q++) {
      for (int j = 0; j < n; j++) {
        sum[j] = Math.fma(g[gOff + q * n + j], x[xOff + q * n + j] - mean[j], sum[j]);
      }
    }
  }

  @Override
  public void normalize(
      float[] x,
      int xOff,
      int rows,
      int n,
      float[] mean,
      float[] scale,
      float[] shift,
      int shiftOff,
      float[] skip,
      int skipOff,
      boolean relu,
      float[] y,
      int yOff) {
    for (int q = 0; q < rows; q++) {
      for (int j = 0; j < n; j++) {
        int at = q * n + j;
        float v = Math.fma(x[xOff + at] - mean[j], scale[j], shift[shiftOff + j]);
        v = skip == null ? v : v + skip[skipOff + at];
        y[yOff + at] = relu ? Math.max(v, 0f) : v;
      }
    }
  }

  @Override
  public void normalizeBackward(
      float[] dy,
      int dyOff,
      float[] x,
      int xOff,
      int rows,
      int n,
      float[] mean,
      float[] scale,
      float[] slope,
      float[] shift,
      float[] dx,
      int dxOff) {
    for (int q = 0; q < rows; q++) {
      for (int j = 0; j < n; j++) {
        int at = q * n + j;
        float t = Math.fma(slope[j], x[xOff + at] - mean[j], shift[j]);
        dx[dxOff + at] = Math.fma(scale[j], dy[dyOff + at], -t);
      }
    }
  }

  @Override
  public void maxPool(
      Pool pool, float[] x, int xOff, float[] y, int yOff, int[] arg, int argOff, boolean relu) {
    int channels = pool.channels();
    for (int p = 0; p < pool.outHeight() * pool.outWidth(); p++) {
      int corner = xOff + corner(pool, p);
      for (int c = 0; c < channels; c++) {
        float best = x[corner + c];
        int place = 0;
        for (int i = 1; i < pool.window() * pool.window(); i++) {
          float v = x[corner + step(pool, i) + c];
          if (v > best || Float.isNaN(v)) {
            best = v;
            place = i;
          }
        }
        if (relu && best <= 0) {
          best = 0;
          place = -1;
        }
        y[yOff + p * channels + c] = best;
        arg[argOff + p * channels + c] = place;
      }
    }
  }

  @Override
  public void maxPoolGather(
      Pool pool, float[] x, int xOff, int[] arg, int argOff, float[] y, int yOff) {
    int channels = pool.channels();
    for (int p = 0; p < pool.outHeight() * pool.outWidth(); p++) {
      int corner = xOff + corner(pool, p);
      for (int c = 0; c < channels; c++) {
        int place = arg[argOff + p * channels + c];
        y[yOff + p * channels + c] = place < 0 ? 0 : x[corner + step(pool, place) + c];
      }
    }
  }

  @Override
  public void maxPoolBackward(
      Pool pool, float[] dy, int dyOff, int[] arg, int argOff, float[] dx, int dxOff) {
    int channels = pool.channels();
    Arrays.fill(dx, dxOff, dxOff + pool.inSize(), 0f);
    for (int p = 0; p < pool.outHeight() * pool.outWidth(); p++) {
      int corner = dxOff + corner(pool, p);
      for (int c = 0; c < channels; c++) {
        int place = arg[argOff + p * channels + c];
        if (place >= 0) {
          dx[corner + step(pool, place) + c] += dy[dyOff + p * channels + c];
        }
      }
    }
  }

  @Override
  public void expectedPoolBackward(
      Pool pool,
      float[] dy,
      int dyOff,
      int dMeanOff,
      int[] arg,
      int argOff,
      int meanArgOff,
      float[] cdf,
      float[] pdf,
      int slopeOff,
      float[] dMu,
      int dMuOff,
      float[] dSigma) {
    maxPoolBackward(pool, dy, dyOff, arg, argOff, dMu, dMuOff);
    int channels = pool.channels();
    for (int p = 0; p < pool.outHeight() * pool.outWidth(); p++) {
      for (int c = 0; c < channels; c++) {
        int out = p * channels + c;
        int at = corner(pool, p) + step(pool, arg[meanArgOff + out]) + c;
        float d = dy[dMeanOff + out];
        dMu[dMuOff + at] += d * cdf[slopeOff + out];
        dSigma[at] += d * pdf[slopeOff + out];
      }
    }
  }

  /** Offset of output place p's window. */
  private static int corner(Pool pool, int p) {
    int row = p / pool.outWidth();
    int column = p % pool.outWidth();
    return (row * pool.width() + column) * pool.stride() * pool.channels();
  }

  /** Offset of place i within a window. */
  private static int step(Pool pool, int i) {
    return (i / pool.window() * pool.width() + i % pool.window()) * pool.channels();
  }
}
