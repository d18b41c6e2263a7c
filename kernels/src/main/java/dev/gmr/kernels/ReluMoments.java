package dev.gmr.kernels;

import dev.gmr.kernels.scalar.ScalarMoments;

/**
 * Mean of a rectified Gaussian, {@code m = E max(X, 0)} for {@code X ~ N(mu, sigma^2)}, with its
 * gradients {@code dm/dmu = Phi(mu/sigma)} and {@code dm/dsigma = phi(mu/sigma)}.
 *
 * <p>Computed as {@code max(mu, 0) + sigma h(|mu|/sigma)} with the normal loss {@code h(t) = phi(t)
 * - t Q(t)} approximated directly, so that no digit cancels in either tail. Largest errors, as
 * functions of the two floats: mean 2.7 ulp for any finite mu and sigma, subnormal arguments and
 * results included; dm/dmu 1.55 ulp and dm/dsigma 1.2 ulp where |mu| is at least 2^-100 (below, the
 * division's remainder underflows and a gradient's relative error may reach 2^-24 (mu/sigma)^2).
 * The mean is never below {@code max(mu, 0)}.
 *
 * <p>The edges:
 *
 * <ul>
 *   <li>sigma = 0: the mean is {@code max(mu, 0)} bit for bit (with +0 for every mu &lt;= 0);
 *       dm/dmu is 1 if mu &gt; 0 and else 0; dm/dsigma is 0, but phi(0) at mu = 0.
 *   <li>mu infinite, sigma finite: the mean is {@code max(mu, 0)}, dm/dmu 0 or 1, dm/dsigma 0.
 *   <li>sigma infinite, mu finite: the mean is infinite, dm/dmu = 1/2, dm/dsigma = phi(0).
 *   <li>both infinite, or one NaN: all three are NaN.
 *   <li>sigma negative: the array forms give NaN; the single form throws.
 * </ul>
 *
 * <p>A result's array may be an argument's at the same offset; other overlaps give unspecified
 * results.
 */
public final class ReluMoments {
  private static final ScalarMoments SCALAR = new ScalarMoments();

  private ReluMoments() {}

  /**
   * Returns the mean of {@code max(X, 0)}.
   *
   * @param mu mean of X
   * @param sigma standard deviation of X, not negative
   * @return the mean, at least {@code max(mu, 0)}
   * @throws IllegalArgumentException if sigma is negative or NaN
   */
  public static float mean(float mu, float sigma) {
    if (!(sigma >= 0f)) {
      throw new IllegalArgumentException(
          "sigma is " + sigma + "; expected a standard deviation of at least 0");
    }
    float[] result = {0f};
    SCALAR.reluMean(new float[] {mu}, 0, new float[] {sigma}, 0, result, 0, 1);
    return result[0];
  }

  /**
   * Computes n means.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X
   * @param sigmaOff index of the first
   * @param mean receives the means of {@code max(X, 0)}
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
   * Computes n means and their gradients.
   *
   * @param mu means of X
   * @param muOff index of the first
   * @param sigma standard deviations of X
   * @param sigmaOff index of the first
   * @param mean receives the means of {@code max(X, 0)}
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
   * Takes the gradient of a loss by the means to mu and sigma: {@code dMu = dMean * cdf} is
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
}
