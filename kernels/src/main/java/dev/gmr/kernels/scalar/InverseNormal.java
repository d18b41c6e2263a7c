package dev.gmr.kernels.scalar;

/**
 * The inverse of the normal distribution function: algorithm AS 241, PPND16, of Wichura (Applied
 * Statistics 37, 1988), whose rational approximations A/B, C/D and E/F are good to 2^-53, for the
 * centre, the tails and the far tails.
 */
final class InverseNormal {
  static final double A0 = 3.3871328727963665;
  static final double A1 = 133.14166789178438;
  static final double A2 = 1971.5909503065513;
  static final double A3 = 13731.69376550946;
  static final double A4 = 45921.95393154987;
  static final double A5 = 67265.7709270087;
  static final double A6 = 33430.57558358813;
  static final double A7 = 2509.0809287301227;
  static final double B1 = 42.31333070160091;
  static final double B2 = 687.1870074920579;
  static final double B3 = 5394.196021424751;
  static final double B4 = 21213.794301586597;
  static final double B5 = 39307.89580009271;
  static final double B6 = 28729.085735721943;
  static final double B7 = 5226.495278852854;

  static final double C0 = 1.4234371107496835;
  static final double C1 = 4.630337846156546;
  static final double C2 = 5.769497221460691;
  static final double C3 = 3.6478483247632045;
  static final double C4 = 1.2704582524523684;
  static final double C5 = 0.2417807251774506;
  static final double C6 = 0.022723844989269184;
  static final double C7 = 0.0007745450142783414;
  static final double D1 = 2.053191626637759;
  static final double D2 = 1.6763848301838038;
  static final double D3 = 0.6897673349851;
  static final double D4 = 0.14810397642748008;
  static final double D5 = 0.015198666563616457;
  static final double D6 = 0.0005475938084995345;
  static final double D7 = 1.0507500716444169e-09;

  static final double E0 = 6.657904643501103;
  static final double E1 = 5.463784911164114;
  static final double E2 = 1.7848265399172913;
  static final double E3 = 0.29656057182850487;
  static final double E4 = 0.026532189526576124;
  static final double E5 = 0.0012426609473880784;
  static final double E6 = 2.7115555687434876e-05;
  static final double E7 = 2.0103343992922881e-07;
  static final double F1 = 0.599832206555888;
  static final double F2 = 0.1369298809227358;
  static final double F3 = 0.014875361290850615;
  static final double F4 = 0.0007868691311456133;
  static final double F5 = 1.8463183175100548e-05;
  static final double F6 = 1.421511758316446e-07;
  static final double F7 = 2.0442631033899397e-15;

  private InverseNormal() {}

  /** The z at which Phi(z) = p: infinite at 0 and 1, NaN outside. */
  static double inverseCdf(double p) {
    double q = p - 0.5;
    double side = q < 0 ? p : 1 - p;
    double far = Math.sqrt(-DoubleExpLog.log(side));
    double tail = far > 5 ? farTail(far - 5) : nearTail(far - 1.6);
    tail = q < 0 ? -tail : tail;
    double z = Math.abs(q) > 0.425 ? tail : centre(q);
    z = p == 0 ? Double.NEGATIVE_INFINITY : z;
    return p == 1 ? Double.POSITIVE_INFINITY : z;
  }

  /** |p - 1/2| at most 0.425. */
  static double centre(double q) {
    double r = Math.fma(-q, q, 0.180625);
    double a = Math.fma(A7, r, A6);
    a = Math.fma(a, r, A5);
    a = Math.fma(a, r, A4);
    a = Math.fma(a, r, A3);
    a = Math.fma(a, r, A2);
    a = Math.fma(a, r, A1);
    a = Math.fma(a, r, A0);
    double b = Math.fma(B7, r, B6);
    b = Math.fma(b, r, B5);
    b = Math.fma(b, r, B4);
    b = Math.fma(b, r, B3);
    b = Math.fma(b, r, B2);
    b = Math.fma(b, r, B1);
    b = Math.fma(b, r, 1);
    return q * a / b;
  }

  /** r = sqrt(-ln min(p, 1 - p)) - 1.6 from 0 to 3.4. */
  static double nearTail(double r) {
    double a = Math.fma(C7, r, C6);
    a = Math.fma(a, r, C5);
    a = Math.fma(a, r, C4);
    a = Math.fma(a, r, C3);
    a = Math.fma(a, r, C2);
    a = Math.fma(a, r, C1);
    a = Math.fma(a, r, C0);
    double b = Math.fma(D7, r, D6);
    b = Math.fma(b, r, D5);
    b = Math.fma(b, r, D4);
    b = Math.fma(b, r, D3);
    b = Math.fma(b, r, D2);
    b = Math.fma(b, r, D1);
    b = Math.fma(b, r, 1);
    return a / b;
  }

  /** r = sqrt(-ln min(p, 1 - p)) - 5, to 22.3. */
  static double farTail(double r) {
    double a = Math.fma(E7, r, E6);
    a = Math.fma(a, r, E5);
    a = Math.fma(a, r, E4);
    a = Math.fma(a, r, E3);
    a = Math.fma(a, r, E2);
    a = Math.fma(a, r, E1);
    a = Math.fma(a, r, E0);
    double b = Math.fma(F7, r, F6);
    b = Math.fma(b, r, F5);
    b = Math.fma(b, r, F4);
    b = Math.fma(b, r, F3);
    b = Math.fma(b, r, F2);
    b = Math.fma(b, r, F1);
    b = Math.fma(b, r, 1);
    return a / b;
  }
}
