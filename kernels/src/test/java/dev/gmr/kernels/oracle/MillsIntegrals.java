package dev.gmr.kernels.oracle;

/**
 * The repeated integrals of the normal tail over its density,
 *
 * <pre>  I_k(t) = (1 / k!) Int_0^inf s^k exp(-t s - s^2 / 2) ds,   t >= 0, k = 0, 1, 2,</pre>
 *
 * all positive: {@code Q = phi I_0} (Mills' ratio), {@code h = phi I_1}, {@code g = 2 phi I_2}.
 *
 * <p>{@code I_(n-1) = t I_n + (n + 1) I_(n+1)} makes the ratios {@code r_n = n I_n / I_(n-1)}
 * Laplace's continued fraction {@code r_n = n / (t + r_(n+1))}, with {@code I_0 = 1 / (t + r_1)}: a
 * stable recurrence downwards, without a subtraction. It is used directly from t = 16 on. Below,
 * {@code I_k' = -(k + 1) I_(k+1)} gives Taylor's series about the nearest of 129 points at distance
 * 1/8, whose I_n come once and for all from the same fraction with enough terms, and at 0 from
 * {@code I_0 = sqrt(pi / 2), I_1 = 1}.
 */
final class MillsIntegrals {
  static final DoubleDouble PI =
      DoubleDouble.of("3.14159265358979323846264338327950288419716939937510582097494");

  private static final int PER_UNIT = 8;
  private static final int TABLE_END = 16;
  private static final int POINTS = TABLE_END * PER_UNIT + 1;

  /** At t = 0, where it falls most slowly, term 24 is below 1e-36 of the sum for each k. */
  private static final int TERMS = 24;

  private static final int ORDERS = 3;

  /** SERIES[k][p * TERMS + n] = (-1)^n C(k + n, n) I_(k+n)(p / 8). */
  private static final DoubleDouble[][] SERIES = new DoubleDouble[ORDERS][POINTS * TERMS];

  static {
    int count = TERMS + ORDERS;
    for (int p = 0; p < POINTS; p++) {
      double t = p / (double) PER_UNIT;
      DoubleDouble[] integrals = p == 0 ? atZero(count) : byFraction(t, count);
      for (int k = 0; k < ORDERS; k++) {
        double binomial = 1;
        for (int n = 0; n < TERMS; n++) {
          SERIES[k][p * TERMS + n] = integrals[k + n].multiply(binomial);
          binomial = -binomial * (k + n + 1) / (n + 1);
        }
      }
    }
  }

  private MillsIntegrals() {}

  /** I_k(t) for t >= 0 and k = 0, 1 or 2. */
  static DoubleDouble integral(int k, DoubleDouble t) {
    double near = t.doubleValue();
    if (near >= TABLE_END) {
      return byFraction(t, fractionTerms(near), k + 1)[k];
    }
    int p = (int) Math.rint(near * PER_UNIT);
    DoubleDouble d = t.subtract(p / (double) PER_UNIT);
    DoubleDouble[] series = SERIES[k];
    int first = p * TERMS;
    DoubleDouble sum = series[first + TERMS - 1];
    for (int n = first + TERMS - 2; n >= first; n--) {
      sum = sum.multiply(d).add(series[n]);
    }
    return sum;
  }

  /** From term n on the fraction changes by a factor n! / t^2n at most: below 1e-33 here. */
  private static int fractionTerms(double t) {
    if (t < 32) {
      return 30;
    }
    return t < 1000 ? 17 : 8;
  }

  private static DoubleDouble[] atZero(int count) {
    DoubleDouble[] integrals = new DoubleDouble[count];
    integrals[0] = PI.half().sqrt();
    integrals[1] = DoubleDouble.ONE;
    for (int n = 2; n < count; n++) {
      integrals[n] = integrals[n - 2].divide(n);
    }
    return integrals;
  }

  /** The part of a wrong tail that is left after n terms is about exp(-2 t sqrt(n)). */
  private static DoubleDouble[] byFraction(double t, int count) {
    int terms = (int) Math.ceil(Math.pow(40 / t, 2)) + 40 + count;
    return byFraction(DoubleDouble.of(t), terms, count);
  }

  private static DoubleDouble[] byFraction(DoubleDouble t, int terms, int count) {
    DoubleDouble[] ratios = new DoubleDouble[count];
    DoubleDouble r = DoubleDouble.ZERO;
    for (int n = terms; n >= 1; n--) {
      r = DoubleDouble.of(n).divide(t.add(r));
      if (n < count) {
        ratios[n] = r;
      }
    }
    DoubleDouble[] integrals = new DoubleDouble[count];
    integrals[0] = t.add(r).reciprocal();
    for (int n = 1; n < count; n++) {
      integrals[n] = integrals[n - 1].multiply(ratios[n]).divide(n);
    }
    return integrals;
  }
}
