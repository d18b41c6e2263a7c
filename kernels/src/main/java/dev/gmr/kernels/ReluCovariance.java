package dev.gmr.kernels;

import dev.gmr.kernels.spi.Function;
import dev.gmr.kernels.spi.KernelSet;

/**
 * The covariance matrix of {@code max(X, 0)} for an n-vector {@code X ~ N(mu, Sigma)}, exact or by
 * a truncated series. An instance owns the buffers for one n; it is not for several threads at a
 * time.
 *
 * <p>Matrices are row major, n x n. Of Sigma the diagonal and the upper triangle are read; both
 * triangles of the result are written, symmetric to the bit. The result may be Sigma itself. The
 * matrix is worked through in square blocks, so that a block and its mirror image are in cache.
 *
 * <p>Exact: {@link GaussianPairs} off the diagonal, {@link ReluMoments} on it; the result is
 * positive semidefinite up to the errors that they state. Series with K terms:
 *
 * <pre>
 *   Cov_ij = sum over k = 1..K of rho_ij^k / k! c_k(i) c_k(j)
 *   c_1 = sigma Phi(z),  c_k = sigma (-1)^k He_(k-2)(z) phi(z),  z = mu / sigma
 * </pre>
 *
 * <p>with the Hermite polynomials He and the exact variance on the diagonal: positive semidefinite
 * for every K, because powers of a correlation matrix by elements are (Schur); off by at most
 * {@code sigma_i sigma_j} times the sum of the terms left out, which falls like |rho|^K K^(-3/2).
 */
public final class ReluCovariance {
  private static final int BLOCK = 64;

  private final int n;
  private final double[] mean;
  private final double[] sigma;
  private final double[] inverse;
  private final double[] threshold;
  private final double[] density;
  private final double[] tail;
  private final double[] loss;
  private final double[] positive;
  private final double[] moment;
  private final double[] variance;
  private double[] coefficients = {};
  private double[] own = {};

  /**
   * Plans the buffers: eleven times n doubles.
   *
   * @param n number of variables, at least 1
   * @throws IllegalArgumentException if n is below 1, or n x n is no array's length
   */
  public ReluCovariance(int n) {
    Check.atLeast("n", n, 1);
    if ((long) n * n > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("n is " + n + "; expected at most 46340");
    }
    this.n = n;
    mean = new double[n];
    sigma = new double[n];
    inverse = new double[n];
    threshold = new double[n];
    density = new double[n];
    tail = new double[n];
    loss = new double[n];
    positive = new double[n];
    moment = new double[n];
    variance = new double[n];
  }

  /**
   * Computes the exact covariance matrix, floats.
   *
   * @param mu means, n
   * @param muOff index of the first
   * @param covariance Sigma, n x n, of which the diagonal and what is right of it count
   * @param covarianceOff index of its first element
   * @param result receives the covariance matrix of max(X, 0), n x n
   * @param resultOff index of its first element
   * @throws IllegalArgumentException if a range does not lie in its array, or a variance is
   *     negative, infinite or NaN
   */
  public void exactInto(
      float[] mu, int muOff, float[] covariance, int covarianceOff, float[] result, int resultOff) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n * n);
    Check.range("result", result.length, resultOff, n * n);
    for (int i = 0; i < n; i++) {
      mean[i] = mu[muOff + i];
      variance[i] = covariance[covarianceOff + i * n + i];
    }
    prepare(24);
    KernelSet kernels = Backend.kernels();
    for (int row = 0; row < n; row += BLOCK) {
      int rows = Math.min(BLOCK, n - row);
      for (int column = row; column < n; column += BLOCK) {
        int columns = Math.min(BLOCK, n - column);
        for (int i = row; i < row + rows; i++) {
          int from = Math.max(column, i + 1);
          int at = i * n + from;
          int count = column + columns - from;
          kernels
              .pairs()
              .reluCovarianceRow(
                  threshold[i],
                  density[i],
                  tail[i],
                  loss[i],
                  positive[i],
                  sigma[i],
                  inverse[i],
                  covariance,
                  covarianceOff + at,
                  threshold,
                  from,
                  density,
                  from,
                  tail,
                  from,
                  loss,
                  from,
                  positive,
                  from,
                  sigma,
                  from,
                  inverse,
                  from,
                  result,
                  resultOff + at,
                  count);
        }
        mirror(result, resultOff, row, rows, column, columns);
      }
    }
    for (int i = 0; i < n; i++) {
      result[resultOff + i * n + i] = (float) variance[i];
    }
  }

  /**
   * Computes the truncated series' covariance matrix, floats.
   *
   * @param terms number of terms, 1 to 100
   * @param mu means, n
   * @param muOff index of the first
   * @param covariance Sigma, n x n, of which the diagonal and what is right of it count
   * @param covarianceOff index of its first element
   * @param result receives the covariance matrix of max(X, 0), n x n
   * @param resultOff index of its first element
   * @throws IllegalArgumentException if a range does not lie in its array, or a variance is
   *     negative, infinite or NaN, or terms is not 1 to 100
   */
  public void seriesInto(
      int terms,
      float[] mu,
      int muOff,
      float[] covariance,
      int covarianceOff,
      float[] result,
      int resultOff) {
    Check.between("terms", terms, 1, 100);
    Check.range("mu", mu.length, muOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n * n);
    Check.range("result", result.length, resultOff, n * n);
    for (int i = 0; i < n; i++) {
      mean[i] = mu[muOff + i];
      variance[i] = covariance[covarianceOff + i * n + i];
    }
    prepare(24);
    expand(terms);
    KernelSet kernels = Backend.kernels();
    for (int row = 0; row < n; row += BLOCK) {
      int rows = Math.min(BLOCK, n - row);
      for (int column = row; column < n; column += BLOCK) {
        int columns = Math.min(BLOCK, n - column);
        for (int i = row; i < row + rows; i++) {
          int from = Math.max(column, i + 1);
          int at = i * n + from;
          int count = column + columns - from;
          for (int k = 0; k < terms; k++) {
            own[k] = coefficients[k * n + i];
          }
          kernels
              .pairs()
              .seriesCovarianceRow(
                  terms,
                  n,
                  own,
                  inverse[i],
                  covariance,
                  covarianceOff + at,
                  inverse,
                  from,
                  coefficients,
                  from,
                  result,
                  resultOff + at,
                  count);
        }
        mirror(result, resultOff, row, rows, column, columns);
      }
    }
    for (int i = 0; i < n; i++) {
      result[resultOff + i * n + i] = (float) variance[i];
    }
  }

  /** Copies a block right of the diagonal to its place below it. */
  private void mirror(float[] a, int off, int row, int rows, int column, int columns) {
    for (int j = column; j < column + columns; j++) {
      int to = Math.min(row + rows, j);
      for (int i = row; i < to; i++) {
        a[off + j * n + i] = a[off + i * n + j];
      }
    }
  }

  /**
   * Computes the exact covariance matrix, doubles.
   *
   * @param mu means, n
   * @param muOff index of the first
   * @param covariance Sigma, n x n, of which the diagonal and what is right of it count
   * @param covarianceOff index of its first element
   * @param result receives the covariance matrix of max(X, 0), n x n
   * @param resultOff index of its first element
   * @throws IllegalArgumentException if a range does not lie in its array, or a variance is
   *     negative, infinite or NaN
   */
  public void exactInto(
      double[] mu,
      int muOff,
      double[] covariance,
      int covarianceOff,
      double[] result,
      int resultOff) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n * n);
    Check.range("result", result.length, resultOff, n * n);
    for (int i = 0; i < n; i++) {
      mean[i] = mu[muOff + i];
      variance[i] = covariance[covarianceOff + i * n + i];
    }
    prepare(66);
    KernelSet kernels = Backend.kernels();
    for (int row = 0; row < n; row += BLOCK) {
      int rows = Math.min(BLOCK, n - row);
      for (int column = row; column < n; column += BLOCK) {
        int columns = Math.min(BLOCK, n - column);
        for (int i = row; i < row + rows; i++) {
          int from = Math.max(column, i + 1);
          int at = i * n + from;
          int count = column + columns - from;
          kernels
              .pairs()
              .reluCovarianceRow(
                  threshold[i],
                  density[i],
                  tail[i],
                  loss[i],
                  positive[i],
                  sigma[i],
                  inverse[i],
                  covariance,
                  covarianceOff + at,
                  threshold,
                  from,
                  density,
                  from,
                  tail,
                  from,
                  loss,
                  from,
                  positive,
                  from,
                  sigma,
                  from,
                  inverse,
                  from,
                  result,
                  resultOff + at,
                  count);
        }
        mirror(result, resultOff, row, rows, column, columns);
      }
    }
    for (int i = 0; i < n; i++) {
      result[resultOff + i * n + i] = variance[i];
    }
  }

  /**
   * Computes the truncated series' covariance matrix, doubles.
   *
   * @param terms number of terms, 1 to 100
   * @param mu means, n
   * @param muOff index of the first
   * @param covariance Sigma, n x n, of which the diagonal and what is right of it count
   * @param covarianceOff index of its first element
   * @param result receives the covariance matrix of max(X, 0), n x n
   * @param resultOff index of its first element
   * @throws IllegalArgumentException if a range does not lie in its array, or a variance is
   *     negative, infinite or NaN, or terms is not 1 to 100
   */
  public void seriesInto(
      int terms,
      double[] mu,
      int muOff,
      double[] covariance,
      int covarianceOff,
      double[] result,
      int resultOff) {
    Check.between("terms", terms, 1, 100);
    Check.range("mu", mu.length, muOff, n);
    Check.range("covariance", covariance.length, covarianceOff, n * n);
    Check.range("result", result.length, resultOff, n * n);
    for (int i = 0; i < n; i++) {
      mean[i] = mu[muOff + i];
      variance[i] = covariance[covarianceOff + i * n + i];
    }
    prepare(66);
    expand(terms);
    KernelSet kernels = Backend.kernels();
    for (int row = 0; row < n; row += BLOCK) {
      int rows = Math.min(BLOCK, n - row);
      for (int column = row; column < n; column += BLOCK) {
        int columns = Math.min(BLOCK, n - column);
        for (int i = row; i < row + rows; i++) {
          int from = Math.max(column, i + 1);
          int at = i * n + from;
          int count = column + columns - from;
          for (int k = 0; k < terms; k++) {
            own[k] = coefficients[k * n + i];
          }
          kernels
              .pairs()
              .seriesCovarianceRow(
                  terms,
                  n,
                  own,
                  inverse[i],
                  covariance,
                  covarianceOff + at,
                  inverse,
                  from,
                  coefficients,
                  from,
                  result,
                  resultOff + at,
                  count);
        }
        mirror(result, resultOff, row, rows, column, columns);
      }
    }
    for (int i = 0; i < n; i++) {
      result[resultOff + i * n + i] = variance[i];
    }
  }

  /** Copies a block right of the diagonal to its place below it. */
  private void mirror(double[] a, int off, int row, int rows, int column, int columns) {
    for (int j = column; j < column + columns; j++) {
      int to = Math.min(row + rows, j);
      for (int i = row; i < to; i++) {
        a[off + j * n + i] = a[off + i * n + j];
      }
    }
  }

  /** What the rows need of each variable; leaves the ReLU's variances in {@code variance}. */
  private void prepare(double far) {
    KernelSet kernels = Backend.kernels();
    for (int i = 0; i < n; i++) {
      double v = variance[i];
      if (!(v >= 0 && v < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "covariance at row and column %d is %s; expected a finite variance of at least 0"
                .formatted(i, v));
      }
      double s = Math.sqrt(v);
      sigma[i] = s;
      inverse[i] = s > 0 ? 1 / s : 0;
      positive[i] = mean[i] > 0 ? 1 : 0;
      double t = s > 0 ? Math.abs(mean[i]) / s : far;
      // never 0, where the quotients of the pairs would not be defined
      threshold[i] = Math.max(Math.min(t, far), 0x1p-400);
    }
    kernels.functions().apply(Function.PDF, threshold, 0, density, 0, n);
    kernels.functions().apply(Function.SURVIVAL, threshold, 0, tail, 0, n);
    kernels.functions().apply(Function.LOSS, threshold, 0, loss, 0, n);
    kernels.moments().reluMeanVariance(mean, 0, sigma, 0, moment, 0, variance, 0, n);
  }

  /** The series' coefficients, n of each power. He_(m+1) = z He_m - m He_(m-1). */
  private void expand(int terms) {
    if (coefficients.length < terms * n) {
      coefficients = new double[terms * n];
      own = new double[terms];
    }
    for (int i = 0; i < n; i++) {
      double z = mean[i] > 0 ? threshold[i] : -threshold[i];
      coefficients[i] = sigma[i] * (mean[i] > 0 ? 1 - tail[i] : tail[i]);
      double factor = sigma[i] * density[i];
      double before = 0;
      double hermite = 1;
      for (int k = 2; k <= terms; k++) {
        coefficients[(k - 1) * n + i] = factor * hermite;
        // the sign (-1)^k goes into the argument: (-1)^k He_k(z) = He_k(-z)
        double next = -z * hermite - (k - 2) * before;
        before = hermite;
        hermite = next;
      }
    }
  }
}
