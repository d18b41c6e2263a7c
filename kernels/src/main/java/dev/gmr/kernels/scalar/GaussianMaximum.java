package dev.gmr.kernels.scalar;

/**
 * Mean and variance of the larger of two Gaussians (Clark 1961), and the probability that it is the
 * first. With {@code theta^2 = v1 + v2 - 2 rho s1 s2} and, of the two, the variable of the larger
 * mean as base B and the other as O, {@code t = (mu_B - mu_O) / theta >= 0}:
 *
 * <pre>
 *   mean     = mu_B + theta h(t)
 *   variance = v_B + theta^2 (g(t) - h(t)^2) + 2 (rho s1 s2 - v_B) Q(t)
 * </pre>
 *
 * <p>from max(B, O) = B + max(O - B, 0). theta = 0: the larger mean.
 */
public final class GaussianMaximum {
  private GaussianMaximum() {}

  /** Moments of floats. */
  public static void moments(
      float[] mu1,
      int mu1Off,
      float[] sigma1,
      int sigma1Off,
      float[] mu2,
      int mu2Off,
      float[] sigma2,
      int sigma2Off,
      float[] rho,
      int rhoOff,
      float[] mean,
      int meanOff,
      float[] variance,
      int varianceOff,
      float[] probability,
      int probabilityOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m1 = mu1[mu1Off + i];
      double m2 = mu2[mu2Off + i];
      double d1 = sigma1[sigma1Off + i];
      double d2 = sigma2[sigma2Off + i];
      double r = Pair.correlation(rho[rhoOff + i]);
      double difference = d1 - d2;
      // v1 + v2 - 2 rho s1 s2, which cancels where the variables are nearly one
      double thetaSquared = Math.fma(difference, difference, 2 * d1 * d2 * (1 - r));
      double theta = Math.sqrt(thetaSquared);
      boolean first = m1 >= m2;
      double base = first ? m1 : m2;
      double deviation = first ? d1 : d2;
      double t = Pair.threshold(m1 - m2, theta, FloatTail.FAR);
      t = theta == 0 && m1 == m2 ? 0 : t;
      double w = 1 / (t + FloatTail.K);
      double p = FloatTail.pdf(t);
      double mills = FloatTail.mills(w);
      double q = p * mills;
      double h = p * FloatTail.loss(t, mills);
      double g = Math.fma(-t, h, q);
      double joint = deviation * (r * (first ? d2 : d1) - deviation);
      double spread = Math.fma(thetaSquared, Math.fma(-h, h, g), deviation * deviation);
      spread = Math.fma(2 * joint, q, spread);
      spread = spread < 0 ? 0 : spread;
      mean[meanOff + i] = (float) Math.fma(theta, h, base);
      variance[varianceOff + i] = (float) spread;
      probability[probabilityOff + i] = (float) (first ? 1 - q : q);
    }
  }

  /** Moments of doubles. */
  public static void moments(
      double[] mu1,
      int mu1Off,
      double[] sigma1,
      int sigma1Off,
      double[] mu2,
      int mu2Off,
      double[] sigma2,
      int sigma2Off,
      double[] rho,
      int rhoOff,
      double[] mean,
      int meanOff,
      double[] variance,
      int varianceOff,
      double[] probability,
      int probabilityOff,
      int n) {
    for (int i = 0; i < n; i++) {
      double m1 = mu1[mu1Off + i];
      double m2 = mu2[mu2Off + i];
      double d1 = sigma1[sigma1Off + i];
      double d2 = sigma2[sigma2Off + i];
      double r = Pair.correlation(rho[rhoOff + i]);
      double difference = d1 - d2;
      // v1 + v2 - 2 rho s1 s2, which cancels where the variables are nearly one
      double thetaSquared = Math.fma(difference, difference, 2 * d1 * d2 * (1 - r));
      double theta = Math.sqrt(thetaSquared);
      boolean first = m1 >= m2;
      double base = first ? m1 : m2;
      double deviation = first ? d1 : d2;
      double t = Pair.threshold(m1 - m2, theta, NormalTail.FAR);
      t = theta == 0 && m1 == m2 ? 0 : t;
      double q = NormalTail.survivalAt(t, 0);
      double h = NormalTail.lossAt(t, 0);
      double g = NormalTail.squaredLossAt(t, 0);
      double joint = deviation * (r * (first ? d2 : d1) - deviation);
      double spread = Math.fma(thetaSquared, Math.fma(-h, h, g), deviation * deviation);
      spread = Math.fma(2 * joint, q, spread);
      spread = spread < 0 ? 0 : spread;
      mean[meanOff + i] = Math.fma(theta, h, base);
      variance[varianceOff + i] = spread;
      probability[probabilityOff + i] = first ? 1 - q : q;
    }
  }
}
