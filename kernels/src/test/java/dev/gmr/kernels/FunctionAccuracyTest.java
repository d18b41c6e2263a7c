package dev.gmr.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gmr.kernels.oracle.DoubleDouble;
import dev.gmr.kernels.oracle.Oracle;
import dev.gmr.kernels.oracle.UlpError;
import dev.gmr.kernels.spi.Function;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Functions of one number. Doubles are held to the oracle at {@code gmr.test.points} arguments
 * (default 50,000). Floats are held to the double functions, whose error is nothing beside a
 * float's: each {@code gmr.test.stride}-th float of all 2^32 (default 2039; 1 takes them all, in
 * minutes), and a closer look at magnitudes 2^-6 to 128, where results vary.
 */
class FunctionAccuracyTest {
  static final int POINTS = Integer.getInteger("gmr.test.points", 50_000);
  static final int STRIDE = Integer.getInteger("gmr.test.stride", 2039);
  private static final int CLOSE_STRIDE = Math.min(STRIDE, 41);
  private static final int CHUNK = 4096;

  @ParameterizedTest
  @EnumSource
  void floatsAreAccurate(Function f) {
    floats(f).assertAtMost(Contract.valueOf(f.name()).floatUlps);
  }

  static UlpMeter floats(Function f) {
    UlpMeter meter = new UlpMeter("float " + f);
    sweep(meter, f, 0, 1L << 32, STRIDE);
    long from = Float.floatToIntBits(0x1p-6f);
    long to = Float.floatToIntBits(128f);
    long sign = 1L << 31;
    sweep(meter, f, from, to, CLOSE_STRIDE);
    sweep(meter, f, sign + from, sign + to, CLOSE_STRIDE);
    AccuracyTable.add(Contract.valueOf(f.name()), true, meter.worst());
    return meter;
  }

  private static void sweep(UlpMeter meter, Function f, long from, long to, int stride) {
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    double[] wide = new double[CHUNK];
    double[] exact = new double[CHUNK];
    long bits = from;
    while (bits < to) {
      int n = 0;
      for (; n < CHUNK && bits < to; n++, bits += stride) {
        x[n] = Float.intBitsToFloat((int) bits);
        wide[n] = x[n];
      }
      Backend.kernels().functions().apply(f, x, 0, y, 0, n);
      Backend.kernels().functions().apply(f, wide, 0, exact, 0, n);
      for (int i = 0; i < n; i++) {
        meter.add(y[i], exact[i], x[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doublesAreAccurate(Function f) {
    doubles(f).assertAtMost(Contract.valueOf(f.name()).doubleUlps);
  }

  static UlpError doubles(Function f) {
    UlpError error = new UlpError("double " + f);
    SplittableRandom random = new SplittableRandom(f.name().hashCode());
    double[] x = new double[CHUNK];
    double[] y = new double[CHUNK];
    for (int done = 0; done < POINTS; done += CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        x[i] = argument(f, random);
      }
      Backend.kernels().functions().apply(f, x, 0, y, 0, CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        error.add(y[i], oracle(f, x[i]), x[i]);
      }
    }
    AccuracyTable.add(Contract.valueOf(f.name()), false, error.worst());
    return error;
  }

  /** Where the function varies: uniform, near zero, of every magnitude, and at its edges. */
  private static double argument(Function f, SplittableRandom random) {
    double low = lowest(f);
    double high = highest(f);
    if (f == Function.LOG) {
      return random.nextInt(3) == 0
          ? Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL)
          : StrictMath.exp(random.nextDouble(-3, 3));
    }
    if (f == Function.INVERSE_CDF) {
      double p = random.nextDouble();
      double tiny = StrictMath.exp(-745 * random.nextDouble());
      return switch (random.nextInt(4)) {
        case 0 -> tiny;
        case 1 -> 0.5 + p * StrictMath.exp(-40 * random.nextDouble()) * 0.49;
        case 2 -> 1 - 0x1p-53 * (1 + random.nextInt(1 << 20));
        default -> p == 0 ? 0.5 : p;
      };
    }
    double magnitude = StrictMath.exp(-40 * random.nextDouble());
    return switch (random.nextInt(4)) {
      case 0 -> random.nextDouble(low, high);
      case 1 -> random.nextDouble(Math.max(low, -2), Math.min(high, 2));
      case 2 -> high * magnitude;
      default -> low * magnitude;
    };
  }

  private static double lowest(Function f) {
    return switch (f) {
      case EXP -> -746;
      case ERF, ERFC -> -6;
      case ERFCX -> -26.7;
      case MILLS -> -37.6;
      case LOG_CDF, LOSS, SQUARED_LOSS -> -100;
      default -> -39;
    };
  }

  private static double highest(Function f) {
    return switch (f) {
      case EXP -> 710;
      case ERF -> 6;
      case ERFC -> 27.3;
      case ERFCX, MILLS -> 1000;
      default -> 39;
    };
  }

  private static DoubleDouble oracle(Function f, double x) {
    return switch (f) {
      case EXP -> Oracle.exp(x);
      case LOG -> Oracle.log(x);
      case PDF -> Oracle.pdf(x);
      case CDF -> Oracle.cdf(x);
      case SURVIVAL -> Oracle.survival(x);
      case LOG_CDF -> Oracle.logCdf(x);
      case INVERSE_CDF -> Oracle.inverseCdf(x);
      case MILLS -> Oracle.mills(x);
      case LOSS -> Oracle.loss(x);
      case SQUARED_LOSS -> Oracle.squaredLoss(x);
      case ERF -> Oracle.erf(x);
      case ERFC -> Oracle.erfc(x);
      case ERFCX -> Oracle.erfcx(x);
    };
  }

  @Test
  void expHasItsLimits() {
    assertThat(Elementary.exp(0f)).isEqualTo(1f);
    assertThat(Elementary.exp(-0f)).isEqualTo(1f);
    assertThat(Elementary.exp(0x1.62e42ep6f)).isLessThan(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(0x1.62e43p6f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Elementary.exp(-0x1.9fe368p6f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Elementary.exp(-0x1.9fe36ap6f)).isZero();
    assertThat(Elementary.exp(709.78)).isLessThan(Double.POSITIVE_INFINITY);
    assertThat(Elementary.exp(709.79)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Elementary.exp(-745.1)).isEqualTo(Double.MIN_VALUE);
    assertThat(Elementary.exp(-745.2)).isZero();
  }

  /** x, and the function's value there for floats and doubles alike. */
  @Test
  void limitsAreAsDocumented() {
    double inf = Double.POSITIVE_INFINITY;
    double nan = Double.NaN;
    assertLimits(Function.EXP, 1, 0, inf);
    assertLimits(Function.LOG, -inf, nan, inf);
    assertLimits(Function.PDF, 1 / Math.sqrt(2 * Math.PI), 0, 0);
    assertLimits(Function.CDF, 0.5, 0, 1);
    assertLimits(Function.SURVIVAL, 0.5, 1, 0);
    assertLimits(Function.LOG_CDF, Math.log(0.5), -inf, 0);
    assertLimits(Function.INVERSE_CDF, -inf, nan, nan);
    assertLimits(Function.MILLS, Math.sqrt(Math.PI / 2), inf, 0);
    assertLimits(Function.LOSS, 1 / Math.sqrt(2 * Math.PI), inf, 0);
    assertLimits(Function.SQUARED_LOSS, 0.5, inf, 0);
    assertLimits(Function.ERF, 0, -1, 1);
    assertLimits(Function.ERFC, 1, 2, 0);
    assertLimits(Function.ERFCX, 1, inf, 0);
    assertThat(Normal.inverseCdf(1f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Normal.inverseCdf(1.0)).isEqualTo(inf);
    assertThat(Normal.inverseCdf(0.5)).isZero();
    assertThat(Normal.inverseCdf(1.1)).isNaN();
    assertThat(1 / Erf.erf(-0.0)).isEqualTo(-inf);
    assertThat(1 / Erf.erf(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  private static void assertLimits(Function f, double atZero, double atMinus, double atPlus) {
    double inf = Double.POSITIVE_INFINITY;
    double[] x = {0, -0.0, -inf, inf, Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE};
    double[] expected = {atZero, atZero, atMinus, atPlus, Double.NaN};
    double[] y = new double[x.length];
    float[] narrow = new float[x.length];
    float[] z = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      narrow[i] = (float) x[i];
    }
    Backend.kernels().functions().apply(f, x, 0, y, 0, x.length);
    Backend.kernels().functions().apply(f, narrow, 0, z, 0, x.length);
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(expected[i]) > 0 && Math.abs(expected[i]) < inf) {
        // 0x1p-51: two ulp of a number between 1/4 and 2
        assertThat(y[i]).as(f + "(" + x[i] + ")").isCloseTo(expected[i], within(0x1p-51));
        assertThat(z[i]).isCloseTo((float) expected[i], within(0x1p-23f));
      } else {
        assertThat(Double.compare(y[i] + 0.0, expected[i])).as(f + "(" + x[i] + ")").isZero();
        assertThat(Double.compare(z[i] + 0.0, expected[i]))
            .as("float " + f + "(" + x[i] + ")")
            .isZero();
      }
    }
    assertThat(Double.isNaN(y[5])).isEqualTo(Double.isNaN(atMinus));
    assertThat(Double.isNaN(y[6])).isEqualTo(Double.isNaN(atPlus));
  }
}
