package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ReluMean;

/**
 * Moments of a rectified Gaussian {@code max(X, 0)}, {@code X ~ N(mu, sigma^2)}: mean m, variance V
 * and second moment, with their gradients.
 *
 * <pre>
 *   m = max(mu, 0) + sigma h(t),  t = |mu| / sigma              dm/dmu = Phi(z), dm/dsigma = phi(z)
 *   V = sigma^2 (g - h^2)                    mu &lt;= 0         dV/dmu = 2 m Q(z)
 *   V = sigma^2 (1 - g - 2 t h - h^2)        mu &gt; 0          dV/dsigma = 2 sigma Phi(z) - 2 m phi(z)
 *   E max(X, 0)^2 = V + m^2                                     2 m by mu, 2 sigma Phi(z) by sigma
 * </pre>
 *
 * <p>(Frey and Hinton 1999; the forms with the loss functions h and g of {@link Normal} do not
 * cancel.) Errors are those of the functions of the two given numbers, for any finite mu and sigma,
 * subnormal results included. Means are never below {@code max(mu, 0)}, variances never negative.
 *
 * <table>
 * <caption>Largest errors in ulp, held by {@code ReluMomentsAccuracyTest}</caption>
 * <tr><th>function</th><th>float</th><th>double</th></tr>
 * <tr><td>m</td><td>0.51</td><td>4</td></tr>
 * <tr><td>dm/dmu</td><td>0.51</td><td>2.8</td></tr>
 * <tr><td>dm/dsigma</td><td>0.51</td><td>1.2</td></tr>
 * <tr><td>V</td><td>1</td><td>16</td></tr>
 * <tr><td>dV/dmu</td><td>0.55</td><td>6</td></tr>
 * <tr><td>dV/dsigma</td><td>0.55</td><td>6</td></tr>
 * <tr><td>second moment</td><td>1</td><td>16</td></tr>
 * <tr><td>its gradients</td><td>0.51</td><td>4</td></tr>
 * </table>
 *
 * <p>The edges:
 *
 * <ul>
 *   <li>sigma = 0: the mean is {@code max(mu, 0)} bit for bit (with +0 for every mu &lt;= 0), the
 *       variance 0; dm/dmu is 1 if mu &gt; 0 and else 0; dm/dsigma is 0, but phi(0) at mu = 0.
 *   <li>mu infinite, sigma finite: the limits; the mean is {@code max(mu, 0)}, dm/dsigma 0.
 *   <li>sigma infinite, mu finite: mean and variance are infinite, dm/dmu = 1/2, dm/dsigma =
 *       phi(0).
 *   <li>both infinite, or one NaN: NaN.
 *   <li>sigma negative: the array forms give NaN; the single forms throw.
 *   <li>doubles, |mu| below 2^-960: the remainder of mu/sigma underflows, and relative errors in
 *       the tail may reach 2^-53 (mu/sigma)^2.
 * </ul>
 *
 * <p>A result's array may be an argument's at the same offset; other overlaps give unspecified
 * results.
 */
public final class ReluMoments {
  private ReluMoments() {}

  /**
   * Returns the mean of {@code max(X, 0)} for a float.
   *
   * @param mu mean of X
   * @param sigma standard deviation of X, not negative
   * @return the mean, at least {@code max(mu, 0)}
   * @throws IllegalArgumentException if sigma is negative or NaN
   */
  public static float mean(float mu, float sigma) {
    Check.deviation(sigma);
    float[] result = {0};
    ReluMean.mean(new float[] {mu}, 0, new float[] {sigma}, 0, result, 0, 1);
    return result[0];
  }

  /**
   * Returns the mean of {@code max(X, 0)} for a double.
   *
   * @param mu mean of X
   * @param sigma standard deviation of X, not negative
   * @return the mean, at least {@code max(mu, 0)}
   * @throws IllegalArgumentException if sigma is negative or NaN
   */
  public static double mean(double mu, double sigma) {
    Check.deviation(sigma);
    double[] result = {0};
    ReluMean.mean(new double[] {mu}, 0, new double[] {sigma}, 0, result, 0, 1);
    return result[0];
  }

  /**
   * Computes n means, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanInto(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Backend.kernels().moments().reluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  /**
   * Computes n means and their gradients, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param cdf receives dm/dmu = Phi(mu/sigma)
   * @param cdfOff index of the first
   * @param pdf receives dm/dsigma = phi(mu/sigma)
   * @param pdfOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanWithGradientsInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Check.range("pdf", pdf.length, pdfOff, n);
    Backend.kernels()
        .moments()
        .reluMeanWithGradients(
            mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
  }

  /**
   * Computes n means and variances, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .reluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  /**
   * Computes n means and variances and their gradients, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param meanByMu receives dm/dmu
   * @param meanByMuOff index of the first
   * @param meanBySigma receives dm/dsigma
   * @param meanBySigmaOff index of the first
   * @param varianceByMu receives dV/dmu
   * @param varianceByMuOff index of the first
   * @param varianceBySigma receives dV/dsigma
   * @param varianceBySigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceWithGradientsInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] meanByMu,
      int meanByMuOff,
      float[] meanBySigma,
      int meanBySigmaOff,
      float[] varianceByMu,
      int varianceByMuOff,
      float[] varianceBySigma,
      int varianceBySigmaOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Check.range("meanByMu", meanByMu.length, meanByMuOff, n);
    Check.range("meanBySigma", meanBySigma.length, meanBySigmaOff, n);
    Check.range("varianceByMu", varianceByMu.length, varianceByMuOff, n);
    Check.range("varianceBySigma", varianceBySigma.length, varianceBySigmaOff, n);
    Backend.kernels()
        .moments()
        .reluMeanVarianceWithGradients(
            mu,
            muOff,
            sigma,
            sigmaOff,
            mean,
            meanOff,
            variance,
            varianceOff,
            meanByMu,
            meanByMuOff,
            meanBySigma,
            meanBySigmaOff,
            varianceByMu,
            varianceByMuOff,
            varianceBySigma,
            varianceBySigmaOff,
            n);
  }

  /**
   * Computes n means, floats, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      int period,
      float[] mean,
      int meanOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    int span = Periodic.span(period);
    float[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMean(mu, muOff + i, pattern, patternOff, mean, meanOff + i, Math.min(span, n - i));
    }
  }

  /**
   * Computes n means and their gradients, floats, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param cdf receives dm/dmu = Phi(mu/sigma)
   * @param cdfOff index of the first
   * @param pdf receives dm/dsigma = phi(mu/sigma)
   * @param pdfOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanWithGradientsInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      int period,
      float[] mean,
      int meanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Check.range("pdf", pdf.length, pdfOff, n);
    int span = Periodic.span(period);
    float[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMeanWithGradients(
              mu,
              muOff + i,
              pattern,
              patternOff,
              mean,
              meanOff + i,
              cdf,
              cdfOff + i,
              pdf,
              pdfOff + i,
              Math.min(span, n - i));
    }
  }

  /**
   * Computes n means and variances, floats, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      int period,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    int span = Periodic.span(period);
    float[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMeanVariance(
              mu,
              muOff + i,
              pattern,
              patternOff,
              mean,
              meanOff + i,
              variance,
              varianceOff + i,
              Math.min(span, n - i));
    }
  }

  /**
   * Computes n means and variances and their gradients, floats, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param meanByMu receives dm/dmu
   * @param meanByMuOff index of the first
   * @param meanBySigma receives dm/dsigma
   * @param meanBySigmaOff index of the first
   * @param varianceByMu receives dV/dmu
   * @param varianceByMuOff index of the first
   * @param varianceBySigma receives dV/dsigma
   * @param varianceBySigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceWithGradientsInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      int period,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] meanByMu,
      int meanByMuOff,
      float[] meanBySigma,
      int meanBySigmaOff,
      float[] varianceByMu,
      int varianceByMuOff,
      float[] varianceBySigma,
      int varianceBySigmaOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Check.range("meanByMu", meanByMu.length, meanByMuOff, n);
    Check.range("meanBySigma", meanBySigma.length, meanBySigmaOff, n);
    Check.range("varianceByMu", varianceByMu.length, varianceByMuOff, n);
    Check.range("varianceBySigma", varianceBySigma.length, varianceBySigmaOff, n);
    int span = Periodic.span(period);
    float[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMeanVarianceWithGradients(
              mu,
              muOff + i,
              pattern,
              patternOff,
              mean,
              meanOff + i,
              variance,
              varianceOff + i,
              meanByMu,
              meanByMuOff + i,
              meanBySigma,
              meanBySigmaOff + i,
              varianceByMu,
              varianceByMuOff + i,
              varianceBySigma,
              varianceBySigmaOff + i,
              Math.min(span, n - i));
    }
  }

  /**
   * Computes n second moments, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param secondMoment receives the second moments
   * @param secondMomentOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void secondMomentInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("secondMoment", secondMoment.length, secondMomentOff, n);
    Backend.kernels()
        .moments()
        .reluSecondMoment(mu, muOff, sigma, sigmaOff, secondMoment, secondMomentOff, n);
  }

  /**
   * Computes n second moments and their gradients, floats.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param secondMoment receives the second moments
   * @param secondMomentOff index of the first
   * @param byMu receives the derivatives by mu
   * @param byMuOff index of the first
   * @param bySigma receives the derivatives by sigma
   * @param bySigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void secondMomentWithGradientsInto(
      float[] mu,
      int muOff,
      float[] sigma,
      int sigmaOff,
      float[] secondMoment,
      int secondMomentOff,
      float[] byMu,
      int byMuOff,
      float[] bySigma,
      int bySigmaOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("secondMoment", secondMoment.length, secondMomentOff, n);
    Check.range("byMu", byMu.length, byMuOff, n);
    Check.range("bySigma", bySigma.length, bySigmaOff, n);
    Backend.kernels()
        .moments()
        .reluSecondMomentWithGradients(
            mu,
            muOff,
            sigma,
            sigmaOff,
            secondMoment,
            secondMomentOff,
            byMu,
            byMuOff,
            bySigma,
            bySigmaOff,
            n);
  }

  /**
   * Takes the gradient of a loss by the means to mu and sigma, floats: {@code dMu = dMean * cdf} is
   * written, {@code dMean * pdf} is added to dSigma, because one sigma may serve many samples.
   *
   * @param dMean gradient by the means
   * @param dMeanOff index of the first
   * @param cdf dm/dmu, from {@code meanWithGradientsInto}
   * @param cdfOff index of the first
   * @param pdf dm/dsigma, from {@code meanWithGradientsInto}
   * @param pdfOff index of the first
   * @param dMu receives the gradient by mu
   * @param dMuOff index of the first
   * @param dSigma is added the gradient by sigma
   * @param dSigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void backward(
      float[] dMean,
      int dMeanOff,
      float[] cdf,
      int cdfOff,
      float[] pdf,
      int pdfOff,
      float[] dMu,
      int dMuOff,
      float[] dSigma,
      int dSigmaOff,
      int n) {
    Check.range("dMean", dMean.length, dMeanOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Check.range("pdf", pdf.length, pdfOff, n);
    Check.range("dMu", dMu.length, dMuOff, n);
    Check.range("dSigma", dSigma.length, dSigmaOff, n);
    Backend.kernels()
        .moments()
        .reluMeanBackward(
            dMean, dMeanOff, cdf, cdfOff, pdf, pdfOff, dMu, dMuOff, dSigma, dSigmaOff, n);
  }

  /**
   * Computes n means, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanInto(
      double[] mu, int muOff, double[] sigma, int sigmaOff, double[] mean, int meanOff, int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Backend.kernels().moments().reluMean(mu, muOff, sigma, sigmaOff, mean, meanOff, n);
  }

  /**
   * Computes n means and their gradients, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param cdf receives dm/dmu = Phi(mu/sigma)
   * @param cdfOff index of the first
   * @param pdf receives dm/dsigma = phi(mu/sigma)
   * @param pdfOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanWithGradientsInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Check.range("pdf", pdf.length, pdfOff, n);
    Backend.kernels()
        .moments()
        .reluMeanWithGradients(
            mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
  }

  /**
   * Computes n means and variances, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Backend.kernels()
        .moments()
        .reluMeanVariance(mu, muOff, sigma, sigmaOff, mean, meanOff, variance, varianceOff, n);
  }

  /**
   * Computes n means and variances and their gradients, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param meanByMu receives dm/dmu
   * @param meanByMuOff index of the first
   * @param meanBySigma receives dm/dsigma
   * @param meanBySigmaOff index of the first
   * @param varianceByMu receives dV/dmu
   * @param varianceByMuOff index of the first
   * @param varianceBySigma receives dV/dsigma
   * @param varianceBySigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceWithGradientsInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] meanByMu,
      int meanByMuOff,
      double[] meanBySigma,
      int meanBySigmaOff,
      double[] varianceByMu,
      int varianceByMuOff,
      double[] varianceBySigma,
      int varianceBySigmaOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Check.range("meanByMu", meanByMu.length, meanByMuOff, n);
    Check.range("meanBySigma", meanBySigma.length, meanBySigmaOff, n);
    Check.range("varianceByMu", varianceByMu.length, varianceByMuOff, n);
    Check.range("varianceBySigma", varianceBySigma.length, varianceBySigmaOff, n);
    Backend.kernels()
        .moments()
        .reluMeanVarianceWithGradients(
            mu,
            muOff,
            sigma,
            sigmaOff,
            mean,
            meanOff,
            variance,
            varianceOff,
            meanByMu,
            meanByMuOff,
            meanBySigma,
            meanBySigmaOff,
            varianceByMu,
            varianceByMuOff,
            varianceBySigma,
            varianceBySigmaOff,
            n);
  }

  /**
   * Computes n means, doubles, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      int period,
      double[] mean,
      int meanOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    int span = Periodic.span(period);
    double[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMean(mu, muOff + i, pattern, patternOff, mean, meanOff + i, Math.min(span, n - i));
    }
  }

  /**
   * Computes n means and their gradients, doubles, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param cdf receives dm/dmu = Phi(mu/sigma)
   * @param cdfOff index of the first
   * @param pdf receives dm/dsigma = phi(mu/sigma)
   * @param pdfOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanWithGradientsInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      int period,
      double[] mean,
      int meanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Check.range("pdf", pdf.length, pdfOff, n);
    int span = Periodic.span(period);
    double[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMeanWithGradients(
              mu,
              muOff + i,
              pattern,
              patternOff,
              mean,
              meanOff + i,
              cdf,
              cdfOff + i,
              pdf,
              pdfOff + i,
              Math.min(span, n - i));
    }
  }

  /**
   * Computes n means and variances, doubles, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      int period,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    int span = Periodic.span(period);
    double[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMeanVariance(
              mu,
              muOff + i,
              pattern,
              patternOff,
              mean,
              meanOff + i,
              variance,
              varianceOff + i,
              Math.min(span, n - i));
    }
  }

  /**
   * Computes n means and variances and their gradients, doubles, sigma repeating.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma the period's standard deviations, not negative
   * @param sigmaOff index of the first
   * @param period after how many elements sigma repeats: 1 for one sigma, C for one a channel of
   *     (..., C)
   * @param mean receives the means
   * @param meanOff index of the first
   * @param variance receives the variances
   * @param varianceOff index of the first
   * @param meanByMu receives dm/dmu
   * @param meanByMuOff index of the first
   * @param meanBySigma receives dm/dsigma
   * @param meanBySigmaOff index of the first
   * @param varianceByMu receives dV/dmu
   * @param varianceByMuOff index of the first
   * @param varianceBySigma receives dV/dsigma
   * @param varianceBySigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void meanVarianceWithGradientsInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      int period,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] meanByMu,
      int meanByMuOff,
      double[] meanBySigma,
      int meanBySigmaOff,
      double[] varianceByMu,
      int varianceByMuOff,
      double[] varianceBySigma,
      int varianceBySigmaOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.atLeast("period", period, 1);
    Check.range("sigma", sigma.length, sigmaOff, Math.min(period, n));
    Check.range("mean", mean.length, meanOff, n);
    Check.range("variance", variance.length, varianceOff, n);
    Check.range("meanByMu", meanByMu.length, meanByMuOff, n);
    Check.range("meanBySigma", meanBySigma.length, meanBySigmaOff, n);
    Check.range("varianceByMu", varianceByMu.length, varianceByMuOff, n);
    Check.range("varianceBySigma", varianceBySigma.length, varianceBySigmaOff, n);
    int span = Periodic.span(period);
    double[] pattern = Periodic.pattern(sigma, sigmaOff, period, n);
    int patternOff = pattern == sigma ? sigmaOff : 0;
    for (int i = 0; i < n; i += span) {
      Backend.kernels()
          .moments()
          .reluMeanVarianceWithGradients(
              mu,
              muOff + i,
              pattern,
              patternOff,
              mean,
              meanOff + i,
              variance,
              varianceOff + i,
              meanByMu,
              meanByMuOff + i,
              meanBySigma,
              meanBySigmaOff + i,
              varianceByMu,
              varianceByMuOff + i,
              varianceBySigma,
              varianceBySigmaOff + i,
              Math.min(span, n - i));
    }
  }

  /**
   * Computes n second moments, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param secondMoment receives the second moments
   * @param secondMomentOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void secondMomentInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("secondMoment", secondMoment.length, secondMomentOff, n);
    Backend.kernels()
        .moments()
        .reluSecondMoment(mu, muOff, sigma, sigmaOff, secondMoment, secondMomentOff, n);
  }

  /**
   * Computes n second moments and their gradients, doubles.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X, not negative
   * @param sigmaOff index of the first
   * @param secondMoment receives the second moments
   * @param secondMomentOff index of the first
   * @param byMu receives the derivatives by mu
   * @param byMuOff index of the first
   * @param bySigma receives the derivatives by sigma
   * @param bySigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void secondMomentWithGradientsInto(
      double[] mu,
      int muOff,
      double[] sigma,
      int sigmaOff,
      double[] secondMoment,
      int secondMomentOff,
      double[] byMu,
      int byMuOff,
      double[] bySigma,
      int bySigmaOff,
      int n) {
    Check.range("mu", mu.length, muOff, n);
    Check.range("sigma", sigma.length, sigmaOff, n);
    Check.range("secondMoment", secondMoment.length, secondMomentOff, n);
    Check.range("byMu", byMu.length, byMuOff, n);
    Check.range("bySigma", bySigma.length, bySigmaOff, n);
    Backend.kernels()
        .moments()
        .reluSecondMomentWithGradients(
            mu,
            muOff,
            sigma,
            sigmaOff,
            secondMoment,
            secondMomentOff,
            byMu,
            byMuOff,
            bySigma,
            bySigmaOff,
            n);
  }

  /**
   * Takes the gradient of a loss by the means to mu and sigma, doubles: {@code dMu = dMean * cdf}
   * is written, {@code dMean * pdf} is added to dSigma, because one sigma may serve many samples.
   *
   * @param dMean gradient by the means
   * @param dMeanOff index of the first
   * @param cdf dm/dmu, from {@code meanWithGradientsInto}
   * @param cdfOff index of the first
   * @param pdf dm/dsigma, from {@code meanWithGradientsInto}
   * @param pdfOff index of the first
   * @param dMu receives the gradient by mu
   * @param dMuOff index of the first
   * @param dSigma is added the gradient by sigma
   * @param dSigmaOff index of the first
   * @param n how many
   * @throws IllegalArgumentException if a range does not lie in its array
   */
  public static void backward(
      double[] dMean,
      int dMeanOff,
      double[] cdf,
      int cdfOff,
      double[] pdf,
      int pdfOff,
      double[] dMu,
      int dMuOff,
      double[] dSigma,
      int dSigmaOff,
      int n) {
    Check.range("dMean", dMean.length, dMeanOff, n);
    Check.range("cdf", cdf.length, cdfOff, n);
    Check.range("pdf", pdf.length, pdfOff, n);
    Check.range("dMu", dMu.length, dMuOff, n);
    Check.range("dSigma", dSigma.length, dSigmaOff, n);
    Backend.kernels()
        .moments()
        .reluMeanBackward(
            dMean, dMeanOff, cdf, cdfOff, pdf, pdfOff, dMu, dMuOff, dSigma, dSigmaOff, n);
  }
}
