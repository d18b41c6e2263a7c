package dev.gmr.kernels.oracle;

/**
 * exp, expm1, log and log1p to about 1e-30 relative, after Bailey's QD library: exp by reduction
 * modulo log 2, nine halvings, Taylor's polynomial and nine squarings, where the squarings that are
 * the same for all come from a table; log by Newton's method, and near 1 by the series of the area
 * tangent. All take and give the wide range of {@link DoubleDouble}.
 */
final class Elementary {
  /** log 2 in three doubles: k times the first two is subtracted without error. */
  private static final DoubleDouble LN2 =
      DoubleDouble.of("0.693147180559945309417232121458176568075500134360255254120680");

  private static final double LN2_HI = LN2.hi();
  private static final double LN2_MID = LN2.lo();
  private static final double LN2_LO = 5.707708438416212e-34;

  /** Beyond this products of results would come near the limits of an int exponent. */
  private static final double HUGE = 0x1p29;

  private static final int HALVINGS = 9;

  /** x^11 / 11! is below 1e-37 of x for x up to 1/1024. */
  private static final int EXP_TERMS = 10;

  private static final DoubleDouble[] INVERSE_FACTORIAL = new DoubleDouble[EXP_TERMS + 1];

  /** exp(j / 512) for j up to 512 times 0.35 either way. */
  private static final int STEPS = 1 << HALVINGS;

  private static final int LARGEST_STEP = 180;
  private static final DoubleDouble[] EXP_OF_STEP = new DoubleDouble[2 * LARGEST_STEP + 1];

  /** (1/31)^(2k) / (2k + 1) is below 1e-34 from here on. */
  private static final int AREA_TANGENT_TERMS = 12;

  private static final DoubleDouble[] INVERSE_ODD = new DoubleDouble[AREA_TANGENT_TERMS];

  private static final double NEAR_ONE = 1.0 / 16;

  static {
    INVERSE_FACTORIAL[0] = DoubleDouble.ONE;
    for (int n = 1; n <= EXP_TERMS; n++) {
      INVERSE_FACTORIAL[n] = INVERSE_FACTORIAL[n - 1].divide(n);
    }
    for (int j = -LARGEST_STEP; j <= LARGEST_STEP; j++) {
      DoubleDouble x = DoubleDouble.of(j / (double) STEPS);
      EXP_OF_STEP[LARGEST_STEP + j] = reducedExpm1(x).add(DoubleDouble.ONE);
    }
    for (int k = 0; k < AREA_TANGENT_TERMS; k++) {
      INVERSE_ODD[k] = DoubleDouble.ONE.divide(2 * k + 1);
    }
  }

  private Elementary() {}

  static DoubleDouble exp(DoubleDouble x) {
    double near = x.doubleValue();
    if (Double.isNaN(near)) {
      return DoubleDouble.NAN;
    }
    if (Math.abs(near) > HUGE) {
      return near < 0 ? DoubleDouble.ZERO : DoubleDouble.INFINITY;
    }
    double k = Math.rint(near / LN2_HI);
    DoubleDouble r = reduce(x, k);
    int j = (int) Math.rint(r.doubleValue() * STEPS);
    DoubleDouble power = EXP_OF_STEP[LARGEST_STEP + j];
    DoubleDouble rest = tinyExpm1(r.subtract(j / (double) STEPS));
    return power.add(power.multiply(rest)).scale((int) k);
  }

  static DoubleDouble expm1(DoubleDouble x) {
    double near = x.doubleValue();
    return Math.abs(near) < 0.35 ? reducedExpm1(x) : exp(x).subtract(DoubleDouble.ONE);
  }

  private static DoubleDouble reduce(DoubleDouble x, double k) {
    if (k == 0) {
      return x;
    }
    return x.subtract(DoubleDouble.product(k, LN2_HI))
        .subtract(DoubleDouble.product(k, LN2_MID))
        .subtract(k * LN2_LO);
  }

  /** expm1 for |x| at most 0.35. */
  private static DoubleDouble reducedExpm1(DoubleDouble x) {
    DoubleDouble s = tinyExpm1(x.scale(-HALVINGS));
    // e^2r - 1 = 2 (e^r - 1) + (e^r - 1)^2 keeps the relative accuracy of small results.
    for (int i = 0; i < HALVINGS; i++) {
      s = s.scale(1).add(s.square());
    }
    return s;
  }

  /** expm1 for |x| at most 1/1024. */
  private static DoubleDouble tinyExpm1(DoubleDouble x) {
    DoubleDouble s = INVERSE_FACTORIAL[EXP_TERMS];
    for (int n = EXP_TERMS - 1; n >= 1; n--) {
      s = s.multiply(x).add(INVERSE_FACTORIAL[n]);
    }
    return s.multiply(x);
  }

  static DoubleDouble log(DoubleDouble x) {
    if (!(x.hi() > 0)) {
      return x.hi() == 0 ? DoubleDouble.INFINITY.negate() : DoubleDouble.NAN;
    }
    if (Double.isInfinite(x.hi())) {
      return x;
    }
    int e = x.leadingExponent();
    DoubleDouble m = x.scale(-e);
    if (m.doubleValue() > Math.sqrt(2)) {
      e++;
      m = m.half();
    }
    DoubleDouble fromOne = m.subtract(DoubleDouble.ONE);
    DoubleDouble log =
        Math.abs(fromOne.doubleValue()) < NEAR_ONE
            ? areaTangent(fromOne.divide(m.add(DoubleDouble.ONE)))
            : newtonLog(m);
    return e == 0 ? log : LN2.multiply(e).add(log);
  }

  static DoubleDouble log1p(DoubleDouble x) {
    return Math.abs(x.doubleValue()) < NEAR_ONE
        ? areaTangent(x.divide(x.add(2)))
        : log(x.add(DoubleDouble.ONE));
  }

  /** The logarithm in double and that of what it leaves, d, which is about 1e-16. */
  private static DoubleDouble newtonLog(DoubleDouble m) {
    double start = Math.log(m.doubleValue());
    DoubleDouble d = m.multiply(exp(DoubleDouble.of(-start))).subtract(DoubleDouble.ONE);
    return d.subtract(d.square().half()).add(start);
  }

  /** 2 artanh(s) = log((1 + s) / (1 - s)) for |s| at most 1/31. */
  private static DoubleDouble areaTangent(DoubleDouble s) {
    DoubleDouble square = s.square();
    DoubleDouble sum = INVERSE_ODD[AREA_TANGENT_TERMS - 1];
    for (int k = AREA_TANGENT_TERMS - 2; k >= 0; k--) {
      sum = sum.multiply(square).add(INVERSE_ODD[k]);
    }
    return sum.multiply(s).scale(1);
  }
}
