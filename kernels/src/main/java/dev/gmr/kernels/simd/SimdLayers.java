package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.I;
import static dev.gmr.kernels.simd.Species.L;

import dev.gmr.kernels.scalar.ScalarKernels;
import dev.gmr.kernels.spi.LayerKernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link LayerKernels} along channels; tails of flat arrays go to the scalar code. */
final class SimdLayers implements LayerKernels {
  private static final LayerKernels TAIL = ScalarKernels.INSTANCE.layers();

  @Override
  public void relu(float[] x, int xOff, float[] y, int yOff, int n) {
    int whole = F.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FV.cast(FloatVector.fromArray(F, x, xOff + i).max(0f)).intoArray(y, yOff + i);
    }
    TAIL.relu(x, xOff + whole, y, yOff + whole, n - whole);
  }

  @Override
  public void reluBackward(
      float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n) {
    int whole = F.loopBound(n);
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < whole; i += L) {
      VectorMask<Float> on =
          FloatVector.fromArray(F, y, yOff + i).compare(VectorOperators.GT, zero);
      FV.cast(zero.blend(FloatVector.fromArray(F, dy, dyOff + i), on)).intoArray(dx, dxOff + i);
    }
    TAIL.reluBackward(y, yOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }

  @Override
  public void multiply(float[] a, int aOff, float[] b, int bOff, float[] y, int yOff, int n) {
    int whole = F.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector product =
          FloatVector.fromArray(F, a, aOff + i).mul(FloatVector.fromArray(F, b, bOff + i));
      FV.cast(product).intoArray(y, yOff + i);
    }
    TAIL.multiply(a, aOff + whole, b, bOff + whole, y, yOff + whole, n - whole);
  }

  @Override
  public void add(float[] x, int xOff, float[] sum, int sumOff, int n) {
    int whole = F.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector s =
          FloatVector.fromArray(F, sum, sumOff + i).add(FloatVector.fromArray(F, x, xOff + i));
      FV.cast(s).intoArray(sum, sumOff + i);
    }
    TAIL.add(x, xOff + whole, sum, sumOff + whole, n - whole);
  }

  @Override
  public void addRows(float[] x, int xOff, int rows, int stride, float[] sum, int sumOff, int n) {
    int whole = F.loopBound(n);
    for (int j = 0; j < whole; j += L) {
      FloatVector s = FloatVector.fromArray(F, sum, sumOff + j);
      for (int q = 0; q < rows; q++) {
        s = s.add(FloatVector.fromArray(F, x, xOff + q * stride + j));
      }
      FV.cast(s).intoArray(sum, sumOff + j);
    }
    TAIL.addRows(x, xOff + whole, rows, stride, sum, sumOff + whole, n - whole);
  }

  @Override
  public void scale(float[] x, int xOff, float factor, float[] y, int yOff, int n) {
    int whole = F.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FV.cast(FloatVector.fromArray(F, x, xOff + i).mul(factor)).intoArray(y, yOff + i);
    }
    TAIL.scale(x, xOff + whole, factor, y, yOff + whole, n - whole);
  }

  @Override
  public void addSquaredDeviations(
      float[] x, int xOff, int rows, int n, float[] mean, float[] sum) {
    for (int j = 0; j < n; j += L) {
      FloatVector m = FloatVector.fromArray(F, mean, j);
      FloatVector s = FloatVector.fromArray(F, sum, j);
      for (int q = 0; q < rows; q++) {
        FloatVector d = FloatVector.fromArray(F, x, xOff + q * n + j).sub(m);
        s = d.fma(d, s);
      }
      FV.cast(s).intoArray(sum, j);
    }
  }

  @Override
  public void addCodeviations(
      float[] g, int gOff, float[] x, int xOff, int rows, int n, float[] mean, float[] sum) {
    for (int j = 0; j < n; j += L) {
      FloatVector m = FloatVector.fromArray(F, mean, j);
      FloatVector s = FloatVector.fromArray(F, sum, j);
      for (int q = 0; q < rows; q++) {
        FloatVector d = FloatVector.fromArray(F, x, xOff + q * n + j).sub(m);
        s = FloatVector.fromArray(F, g, gOff + q * n + j).fma(d, s);
      }
      FV.cast(s).intoArray(sum, j);
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
    for (int j = 0; j < n; j += L) {
      FloatVector m = FloatVector.fromArray(F, mean, j);
      FloatVector a = FloatVector.fromArray(F, scale, j);
      FloatVector b = FloatVector.fromArray(F, shift, shiftOff + j);
      for (int at = j; at < rows * n; at += n) {
        FloatVector v = FloatVector.fromArray(F, x, xOff + at).sub(m).fma(a, b);
        if (skip != null) {
          v = v.add(FloatVector.fromArray(F, skip, skipOff + at));
        }
        if (relu) {
          v = v.max(0f);
        }
        FV.cast(v).intoArray(y, yOff + at);
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
    for (int j = 0; j < n; j += L) {
      FloatVector m = FloatVector.fromArray(F, mean, j);
      FloatVector a = FloatVector.fromArray(F, scale, j);
      FloatVector k = FloatVector.fromArray(F, slope, j);
      FloatVector b = FloatVector.fromArray(F, shift, j);
      for (int at = j; at < rows * n; at += n) {
        FloatVector t = FloatVector.fromArray(F, x, xOff + at).sub(m).fma(k, b);
        FloatVector d = a.fma(FloatVector.fromArray(F, dy, dyOff + at), t.neg());
        FV.cast(d).intoArray(dx, dxOff + at);
      }
    }
  }

  @Override
  public void maxPool(
      Pool pool, float[] x, int xOff, float[] y, int yOff, int[] arg, int argOff, boolean relu) {
    int channels = pool.channels();
    int window = pool.window();
    FloatVector zero = FloatVector.zero(F);
    int out = 0;
    for (int oy = 0; oy < pool.outHeight(); oy++) {
      for (int ox = 0; ox < pool.outWidth(); ox++, out += channels) {
        int corner = xOff + (oy * pool.width() + ox) * pool.stride() * channels;
        for (int c = 0; c < channels; c += L) {
          FloatVector best = FloatVector.fromArray(F, x, corner + c);
          IntVector place = IntVector.zero(I);
          int i = 0;
          for (int wy = 0; wy < window; wy++) {
            int row = corner + wy * pool.width() * channels + c;
            for (int wx = 0; wx < window; wx++, i++) {
              FloatVector v = FloatVector.fromArray(F, x, row + wx * channels);
              VectorMask<Float> better =
                  v.compare(VectorOperators.GT, best).or(v.compare(VectorOperators.NE, v));
              best = best.blend(v, better);
              place = place.blend(IntVector.broadcast(I, i), better.cast(I));
            }
          }
          if (relu) {
            VectorMask<Float> off = best.compare(VectorOperators.LE, zero);
            best = best.blend(zero, off);
            place = place.blend(IntVector.broadcast(I, -1), off.cast(I));
          }
          FV.cast(best).intoArray(y, yOff + out + c);
          place.intoArray(arg, argOff + out + c);
        }
      }
    }
  }

  @Override
  public void maxPoolGather(
      Pool pool, float[] x, int xOff, int[] arg, int argOff, float[] y, int yOff) {
    int channels = pool.channels();
    int window = pool.window();
    int out = 0;
    for (int oy = 0; oy < pool.outHeight(); oy++) {
      for (int ox = 0; ox < pool.outWidth(); ox++, out += channels) {
        int corner = xOff + (oy * pool.width() + ox) * pool.stride() * channels;
        for (int c = 0; c < channels; c += L) {
          IntVector place = IntVector.fromArray(I, arg, argOff + out + c);
          FloatVector v = FloatVector.zero(F);
          int i = 0;
          for (int wy = 0; wy < window; wy++) {
            int row = corner + wy * pool.width() * channels + c;
            for (int wx = 0; wx < window; wx++, i++) {
              VectorMask<Float> here = place.compare(VectorOperators.EQ, i).cast(F);
              v = v.blend(FloatVector.fromArray(F, x, row + wx * channels), here);
            }
          }
          FV.cast(v).intoArray(y, yOff + out + c);
        }
      }
    }
  }

  @Override
  public void maxPoolBackward(
      Pool pool, float[] dy, int dyOff, int[] arg, int argOff, float[] dx, int dxOff) {
    // where windows meet every place once, nothing is cleared before or read from dx
    boolean covers = pool.covers();
    if (!covers) {
      Arrays.fill(dx, dxOff, dxOff + pool.inSize(), 0f);
    }
    int channels = pool.channels();
    int window = pool.window();
    FloatVector zero = FloatVector.zero(F);
    int out = 0;
    for (int oy = 0; oy < pool.outHeight(); oy++) {
      for (int ox = 0; ox < pool.outWidth(); ox++, out += channels) {
        int corner = dxOff + (oy * pool.width() + ox) * pool.stride() * channels;
        for (int c = 0; c < channels; c += L) {
          IntVector place = IntVector.fromArray(I, arg, argOff + out + c);
          FloatVector d = FloatVector.fromArray(F, dy, dyOff + out + c);
          int i = 0;
          for (int wy = 0; wy < window; wy++) {
            int row = corner + wy * pool.width() * channels + c;
            for (int wx = 0; wx < window; wx++, i++) {
              int at = row + wx * channels;
              VectorMask<Float> here = place.compare(VectorOperators.EQ, i).cast(F);
              FloatVector old = covers ? zero : FloatVector.fromArray(F, dx, at);
              FV.cast(old.blend(old.add(d), here)).intoArray(dx, at);
            }
          }
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
    boolean covers = pool.covers();
    if (!covers) {
      maxPoolBackward(pool, dy, dyOff, arg, argOff, dMu, dMuOff);
    }
    int channels = pool.channels();
    int window = pool.window();
    FloatVector zero = FloatVector.zero(F);
    int out = 0;
    for (int oy = 0; oy < pool.outHeight(); oy++) {
      for (int ox = 0; ox < pool.outWidth(); ox++, out += channels) {
        int corner = (oy * pool.width() + ox) * pool.stride() * channels;
        for (int c = 0; c < channels; c += L) {
          int at = out + c;
          IntVector place = IntVector.fromArray(I, arg, argOff + at);
          IntVector meanPlace = IntVector.fromArray(I, arg, meanArgOff + at);
          FloatVector clean = FloatVector.fromArray(F, dy, dyOff + at).add(zero);
          FloatVector d = FloatVector.fromArray(F, dy, dMeanOff + at);
          FloatVector byMu = d.mul(FloatVector.fromArray(F, cdf, slopeOff + at));
          FloatVector bySigma = d.mul(FloatVector.fromArray(F, pdf, slopeOff + at));
          int i = 0;
          for (int wy = 0; wy < window; wy++) {
            int row = corner + wy * pool.width() * channels + c;
            for (int wx = 0; wx < window; wx++, i++) {
              int pixel = row + wx * channels;
              VectorMask<Float> here = meanPlace.compare(VectorOperators.EQ, i).cast(F);
              FloatVector mu =
                  covers
                      ? zero.blend(clean, place.compare(VectorOperators.EQ, i).cast(F))
                      : FloatVector.fromArray(F, dMu, dMuOff + pixel);
              FV.cast(mu.blend(mu.add(byMu), here)).intoArray(dMu, dMuOff + pixel);
              FloatVector sigma = FloatVector.fromArray(F, dSigma, pixel);
              FV.cast(sigma.blend(sigma.add(bySigma), here)).intoArray(dSigma, pixel);
            }
          }
        }
      }
    }
  }
}
