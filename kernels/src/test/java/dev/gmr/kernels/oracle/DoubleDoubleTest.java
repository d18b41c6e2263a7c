package dev.gmr.kernels.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class DoubleDoubleTest {
  private static final MathContext DIGITS = new MathContext(80);

  /** 2^-102: a few units of the 106 bits. */
  private static final double TOLERANCE = 0x1p-102;

  private static final int COUNT = 2_000;
  private static final double INF = Double.POSITIVE_INFINITY;

  private final SplittableRandom random = new SplittableRandom(7);

  /** 106 random bits of either sign, at exponents far outside of double. */
  private DoubleDouble number() {
    double hi = (random.nextDouble() + 1) * (random.nextBoolean() ? 1 : -1);
    double lo = (random.nextDouble() - 0.5) * Math.ulp(hi);
    int exponent = random.nextInt(-3000, 3000);
    return DoubleDouble.of(hi).add(lo).scale(exponent);
  }

  /** Of the same size as x, or near it to cancel, or far away. */
  private DoubleDouble partner(DoubleDouble x) {
    int apart = random.nextInt(4) == 0 ? random.nextInt(-1500, 1500) : random.nextInt(-120, 120);
    DoubleDouble y = number();
    return y.scale(x.leadingExponent() - y.leadingExponent() + apart);
  }

  private void hold(
      BinaryOperator<DoubleDouble> operation, BinaryOperator<BigDecimal> exactOperation) {
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      DoubleDouble x = number();
      DoubleDouble y = random.nextInt(8) == 0 ? close(x) : partner(x);
      BigDecimal got = operation.apply(x, y).toBigDecimal(DIGITS);
      BigDecimal exact = exactOperation.apply(x.toBigDecimal(DIGITS), y.toBigDecimal(DIGITS));
      worst = Math.max(worst, relative(got, exact));
    }
    assertThat(worst).isBetween(0x1p-120, TOLERANCE);
  }

  /** The negative of x but for a change anywhere in its bits: a sum cancels. */
  private DoubleDouble close(DoubleDouble x) {
    return x.add(x.scale(-random.nextInt(1, 100))).negate();
  }

  private static double relative(BigDecimal got, BigDecimal exact) {
    if (exact.signum() == 0) {
      return got.signum() == 0 ? 0 : INF;
    }
    return got.subtract(exact, DIGITS).divide(exact, DIGITS).abs().doubleValue();
  }

  @Test
  void sumsAreExactToTheLastBits() {
    hold(DoubleDouble::add, (x, y) -> x.add(y, DIGITS));
    hold(DoubleDouble::subtract, (x, y) -> x.subtract(y, DIGITS));
  }

  @Test
  void productsAreExactToTheLastBits() {
    hold(DoubleDouble::multiply, (x, y) -> x.multiply(y, DIGITS));
  }

  @Test
  void quotientsAreExactToTheLastBits() {
    hold(DoubleDouble::divide, (x, y) -> x.divide(y, DIGITS));
  }

  @Test
  void rootsAreExactToTheLastBits() {
    hold((x, y) -> x.abs().sqrt(), (x, y) -> x.abs().sqrt(DIGITS));
  }

  @Test
  void extremesOfDoubleAreOrdinaryNumbers() {
    DoubleDouble tiny = DoubleDouble.of(Double.MIN_VALUE);
    DoubleDouble large = DoubleDouble.of(Double.MAX_VALUE);
    assertThat(tiny.square().square().divide(tiny).divide(tiny.square()).doubleValue())
        .isEqualTo(Double.MIN_VALUE);
    assertThat(large.square().sqrt().doubleValue()).isEqualTo(Double.MAX_VALUE);
    assertThat(tiny.multiply(large).doubleValue()).isEqualTo(Double.MIN_VALUE * Double.MAX_VALUE);
    assertThat(large.square().doubleValue()).isEqualTo(INF);
    assertThat(tiny.square().negate().doubleValue()).isEqualTo(-0.0);
    // What 0.1 as a double has too much: 0.1000000000000000055511151231257827...
    assertThat(DoubleDouble.of("-0.1").add(0.1).doubleValue()).isEqualTo(5.551115123125783e-18);
  }

  @Test
  void roundsToDoubleOnceAlsoAmongSubnormals() {
    for (int i = 0; i < COUNT; i++) {
      DoubleDouble x = number();
      x = x.scale(random.nextInt(-1080, -1010) - x.leadingExponent());
      assertThat(x.doubleValue()).isEqualTo(x.toBigDecimal(DIGITS).doubleValue());
    }
    DoubleDouble tie = DoubleDouble.of(5).scale(-1075);
    assertThat(tie.doubleValue()).isEqualTo(2 * Double.MIN_VALUE);
    assertThat(tie.add(DoubleDouble.ONE.scale(-1140)).doubleValue())
        .isEqualTo(3 * Double.MIN_VALUE);
    assertThat(tie.subtract(DoubleDouble.ONE.scale(-1140)).doubleValue())
        .isEqualTo(2 * Double.MIN_VALUE);
  }

  @Test
  void unitsAreThoseOfTheExactResult() {
    DoubleDouble one = DoubleDouble.ONE;
    assertThat(one.ulps(1)).isZero();
    assertThat(one.ulps(Math.nextUp(1.0))).isEqualTo(1);
    assertThat(one.ulps(Math.nextDown(1.0))).isEqualTo(0.5);
    assertThat(one.add(0x1p-54).ulps(1)).isEqualTo(0.25);
    assertThat(one.floatUlps(Math.nextUp(1f))).isEqualTo(1);
    assertThat(one.add(0x1p-54).floatUlps(1)).isEqualTo(0x1p-31);
    assertThat(one.negate().ulps(1)).isEqualTo(0x1p53);
    // Just below a power of two the units are those below it.
    assertThat(one.subtract(0x1p-80).ulps(Math.nextDown(1.0))).isEqualTo(1 - 0x1p-27);
    assertThat(one.subtract(0x1p-80).ulps(1)).isEqualTo(0x1p-27);
  }

  @Test
  void unitsEndAtTheSmallestDouble() {
    DoubleDouble quarter = DoubleDouble.ONE.scale(-1076);
    assertThat(quarter.ulps(0)).isEqualTo(0.25);
    assertThat(quarter.ulps(-0.0)).isEqualTo(0.25);
    assertThat(quarter.ulps(Double.MIN_VALUE)).isEqualTo(0.75);
    assertThat(quarter.ulps(-Double.MIN_VALUE)).isEqualTo(1.25);
    assertThat(DoubleDouble.ONE.scale(-100_000).ulps(0)).isZero();
    assertThat(DoubleDouble.ZERO.ulps(Double.MIN_VALUE)).isEqualTo(1);
    assertThat(DoubleDouble.of(Double.MIN_NORMAL).ulps(Math.nextDown(Double.MIN_NORMAL)))
        .isEqualTo(1);
    assertThat(DoubleDouble.ONE.scale(-151).floatUlps(Float.MIN_VALUE)).isEqualTo(0.75);
  }

  @Test
  void infinityIsRightFromHalfAUnitAboveTheLargestOn() {
    DoubleDouble largest = DoubleDouble.of(Double.MAX_VALUE);
    DoubleDouble half = largest.add(DoubleDouble.ONE.scale(970));
    assertThat(largest.ulps(INF)).isEqualTo(INF);
    assertThat(half.subtract(DoubleDouble.ONE.scale(930)).ulps(INF)).isEqualTo(1);
    assertThat(half.ulps(INF)).isZero();
    assertThat(half.ulps(Double.MAX_VALUE)).isEqualTo(0.5);
    assertThat(half.ulps(-INF)).isEqualTo(INF);
    assertThat(half.negate().ulps(-INF)).isZero();
    assertThat(DoubleDouble.ONE.scale(1_000_000).ulps(INF)).isZero();
    assertThat(DoubleDouble.ONE.scale(1024).ulps(Double.MAX_VALUE)).isEqualTo(1);
    assertThat(DoubleDouble.INFINITY.ulps(INF)).isZero();
    assertThat(DoubleDouble.INFINITY.ulps(Double.MAX_VALUE)).isEqualTo(INF);
    assertThat(DoubleDouble.ONE.scale(128).floatUlps(Float.POSITIVE_INFINITY)).isZero();
    assertThat(DoubleDouble.of(Float.MAX_VALUE).floatUlps(Float.POSITIVE_INFINITY)).isEqualTo(INF);
  }

  @Test
  void notANumberMatchesNothingElse() {
    assertThat(DoubleDouble.NAN.ulps(Double.NaN)).isZero();
    assertThat(DoubleDouble.NAN.ulps(0)).isEqualTo(INF);
    assertThat(DoubleDouble.ONE.ulps(Double.NaN)).isEqualTo(INF);
    assertThat(DoubleDouble.ONE.ulps(INF)).isEqualTo(INF);
    assertThat(DoubleDouble.ZERO.ulps(INF)).isEqualTo(INF);
    assertThat(DoubleDouble.of(-1).sqrt().isNaN()).isTrue();
    assertThat(DoubleDouble.ONE.divide(DoubleDouble.ZERO).isNaN()).isTrue();
    assertThat(DoubleDouble.ZERO.divide(DoubleDouble.ZERO).isNaN()).isTrue();
  }
}
