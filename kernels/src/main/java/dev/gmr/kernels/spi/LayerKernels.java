package dev.gmr.kernels.spi;

/**
 * Elementwise and pooling steps of a network. Images are channels last, (H, W, C), C a multiple of
 * {@link TileKernels#COLUMNS}; one call handles one image.
 */
public interface LayerKernels {
  /**
   * {@code y[i] = max(x[i], 0)}; NaN stays NaN, and -0 becomes 0. In place where x is y.
   *
   * @param x input
   * @param xOff where it starts
   * @param y output
   * @param yOff where it starts
   * @param n floats to take
   */
  void relu(float[] x, int xOff, float[] y, int yOff, int n);

  /**
   * {@code dx[i] = y[i] > 0 ? dy[i] : 0}, y being the output of ReLU. In place where dy is dx.
   *
   * @param y output
   * @param yOff where it starts
   * @param dy gradient of the output
   * @param dyOff where it starts
   * @param dx gradient of the input
   * @param dxOff where it starts
   * @param n floats to take
   */
  void reluBackward(float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n);

  /**
   * {@code y[i] = a[i] * b[i]}.
   *
   * @param a one factor
   * @param aOff where it starts
   * @param b the other factor
   * @param bOff where it starts
   * @param y output
   * @param yOff where it starts
   * @param n floats to take
   */
  void multiply(float[] a, int aOff, float[] b, int bOff, float[] y, int yOff, int n);

  /**
   * {@code sum[i] += x[i]}.
   *
   * @param x input
   * @param xOff where it starts
   * @param sum added to
   * @param sumOff where it starts
   * @param n floats to take
   */
  void add(float[] x, int xOff, float[] sum, int sumOff, int n);

  /**
   * {@code sum[j] += x[q][j]}, rows q in order.
   *
   * @param x input
   * @param xOff where it starts
   * @param rows number of rows
   * @param stride floats between rows
   * @param sum added to
   * @param sumOff where it starts
   * @param n floats to take
   */
  void addRows(float[] x, int xOff, int rows, int stride, float[] sum, int sumOff, int n);

  /**
   * {@code y[i] = factor * x[i]}. In place where x is y.
   *
   * @param x input
   * @param xOff where it starts
   * @param factor what to multiply by
   * @param y output
   * @param yOff where it starts
   * @param n floats to take
   */
  void scale(float[] x, int xOff, float factor, float[] y, int yOff, int n);

  /**
   * {@code sum[j] = fma(d, d, sum[j])} with {@code d = x[q][j] - mean[j]}, rows q in order.
   *
   * @param x rows of {@code n} floats
   * @param xOff where they start
   * @param rows number of rows
   * @param n floats of a row, a multiple of {@link TileKernels#COLUMNS}
   * @param mean what to subtract
   * @param sum added to
   */
  void addSquaredDeviations(float[] x, int xOff, int rows, int n, float[] mean, float[] sum);

  /**
   * {@code sum[j] = fma(g[q][j], x[q][j] - mean[j], sum[j])}, rows q in order.
   *
   * @param g rows of {@code n} floats
   * @param gOff where they start
   * @param x as many rows
   * @param xOff where they start
   * @param rows number of rows
   * @param n floats of a row, a multiple of {@link TileKernels#COLUMNS}
   * @param mean what to subtract
   * @param sum added to
   */
  void addCodeviations(
      float[] g, int gOff, float[] x, int xOff, int rows, int n, float[] mean, float[] sum);

  /**
   * Batch norm: {@code y[q][j] = fma(x[q][j] - mean[j], scale[j], shift[j])}, plus {@code
   * skip[q][j]} where there is one, and ReLU where wanted. In place where x is y.
   *
   * @param x rows of {@code n} floats
   * @param xOff where they start
   * @param rows number of rows
   * @param n floats of a row, a multiple of {@link TileKernels#COLUMNS}
   * @param mean what to subtract
   * @param scale what to multiply by
   * @param shift what to add
   * @param shiftOff where it starts
   * @param skip rows to add, or null
   * @param skipOff where they start
   * @param relu whether ReLU follows
   * @param y output
   * @param yOff where it starts
   */
  void normalize(
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
      int yOff);

  /**
   * The gradient of batch norm's input: {@code dx[q][j] = fma(scale[j], dy[q][j], -fma(slope[j],
   * x[q][j] - mean[j], shift[j]))}. In place where dx is x or dy.
   *
   * @param dy rows of {@code n} floats
   * @param dyOff where they start
   * @param x as many rows
   * @param xOff where they start
   * @param rows number of rows
   * @param n floats of a row, a multiple of {@link TileKernels#COLUMNS}
   * @param mean what to subtract from x
   * @param scale factor of dy
   * @param slope factor of the deviation
   * @param shift what to subtract
   * @param dx output
   * @param dxOff where it starts
   */
  void normalizeBackward(
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
      int dxOff);

  /**
   * Max pooling: {@code y} gets the largest value of each window and {@code arg} its place in the
   * window, row by row, the first one where several are equal. NaN wins. With {@code relu}, what is
   * not above zero becomes 0 and its arg -1, so that no gradient passes.
   *
   * @param pool the geometry
   * @param x input
   * @param xOff where it starts
   * @param y output
   * @param yOff where it starts
   * @param arg place of the maximum within each window, or -1
   * @param argOff where it starts
   * @param relu whether ReLU follows
   */
  void maxPool(
      Pool pool, float[] x, int xOff, float[] y, int yOff, int[] arg, int argOff, boolean relu);

  /**
   * {@code y[p] = x} at the place of the window that {@code arg[p]} names; 0 where it is -1.
   *
   * @param pool the geometry
   * @param x input
   * @param xOff where it starts
   * @param arg place of the maximum within each window, or -1
   * @param argOff where it starts
   * @param y output
   * @param yOff where it starts
   */
  void maxPoolGather(Pool pool, float[] x, int xOff, int[] arg, int argOff, float[] y, int yOff);

  /**
   * {@code dx} gets, at each place that an arg names, the dy of its window, and 0 elsewhere; the
   * sum over windows in order where several name one place.
   *
   * @param pool the geometry
   * @param dy gradient of the output
   * @param dyOff where it starts
   * @param arg place of the maximum within each window, or -1
   * @param argOff where it starts
   * @param dx gradient of the input
   * @param dxOff where it starts
   */
  void maxPoolBackward(
      Pool pool, float[] dy, int dyOff, int[] arg, int argOff, float[] dx, int dxOff);

  /**
   * The gradient behind two poolings of one map mu: of relu(mu), and of ReLU's means under noise.
   * {@code dMu} gets, at each place that an arg of the first names, the dy of its window, and then,
   * where one of the second does, {@code dMean cdf} besides; {@code dMean pdf} is added to {@code
   * dSigma} there. All windows of the first come before those of the second.
   *
   * @param pool the geometry
   * @param dy gradients of both results
   * @param dyOff where the first one's starts
   * @param dMeanOff where that of the means starts
   * @param arg place of the maximum within each window; -1, which only the first may have, for none
   * @param argOff where the first result's start
   * @param meanArgOff where those of the means start
   * @param cdf derivative of a mean to mu
   * @param pdf and to sigma
   * @param slopeOff where both start
   * @param dMu gradient of the map, overwritten
   * @param dMuOff where it starts
   * @param dSigma gradient of the standard deviations, added to
   */
  void expectedPoolBackward(
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
      float[] dSigma);

  /**
   * Geometry of a pooling without padding: square windows of side {@code window}, moved by {@code
   * stride}; places of the input that no window reaches are ignored.
   *
   * @param height rows of the input
   * @param width columns of the input
   * @param channels values of a pixel
   * @param window side of a window
   * @param stride step of the windows
   */
  record Pool(int height, int width, int channels, int window, int stride) {
    /** Checks the geometry. */
    public Pool {
      if (window < 1 || stride < 1 || height < window || width < window || channels < 1) {
        throw new IllegalArgumentException(
            "pooling window %d stride %d does not fit an image of %d x %d x %d"
                .formatted(window, stride, height, width, channels));
      }
    }

    /** {@return the rows of the output} */
    public int outHeight() {
      return (height - window) / stride + 1;
    }

    /** {@return the columns of the output} */
    public int outWidth() {
      return (width - window) / stride + 1;
    }

    /** {@return whether every place of the input is in exactly one window} */
    public boolean covers() {
      return stride == window && height % window == 0 && width % window == 0;
    }

    /** {@return the floats of an input image} */
    public int inSize() {
      return height * width * channels;
    }

    /** {@return the floats of an output image} */
    public int outSize() {
      return outHeight() * outWidth() * channels;
    }
  }
}
