package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.L;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ExpLog;
import dev.gmr.kernels.scalar.NormalMath;
import dev.gmr.kernels.scalar.ScalarFunctions;
import dev.gmr.kernels.spi.FunctionKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ExpLog} and {@link NormalMath} a vector at a time, operation by operation, then a scalar
 * tail.
 *
 * <p>Every loop is written out, with no helper that takes or returns a vector: a helper is compiled
 * on its own before the loop that calls it is, and once its code is big the loop no longer inlines
 * it but boxes every vector.
 */
final class SimdFunctions implements FunctionKernels {
  private static final ScalarFunctions TAIL = new ScalarFunctions();

  @Override
  public void exp(float[] x, int xOff, float[] y, int yOff, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector a = FloatVector.fromArray(F, x, xOff + i);
      a = a.blend(ExpLog.EXP_MAX, a.compare(GT, ExpLog.EXP_MAX));
      a = a.blend(ExpLog.EXP_MIN, a.compare(LT, ExpLog.EXP_MIN));
      FloatVector rounded = a.fma(broadcast(F, ExpLog.LOG2_E), broadcast(F, ExpLog.ROUND));
      FloatVector integer = rounded.sub(ExpLog.ROUND);
      FloatVector r = integer.fma(broadcast(F, -ExpLog.LN2_HIGH), a);
      r = integer.fma(broadcast(F, -ExpLog.LN2_LOW), r);
      FloatVector e = broadcast(F, ExpLog.E4).fma(r, broadcast(F, ExpLog.E3));
      e = e.fma(r, broadcast(F, ExpLog.E2));
      e = e.fma(r, broadcast(F, ExpLog.E1));
      e = e.fma(r, broadcast(F, ExpLog.E0));
      e = e.fma(r.mul(r), r).add(1f);
      IntVector exponent = rounded.reinterpretAsInts().sub(ExpLog.ROUND_BITS);
      IntVector half = exponent.lanewise(ASHR, 1);
      IntVector rest = exponent.sub(half);
      e.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
          .mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
          .intoArray(y, yOff + i);
    }
    TAIL.exp(x, xOff + i, y, yOff + i, n - i);
  }

  @Override
  public void log(float[] x, int xOff, float[] y, int yOff, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector a = FloatVector.fromArray(F, x, xOff + i);
      VectorMask<Float> subnormal = a.compare(LT, ExpLog.MIN_NORMAL);
      FloatVector scaled = a.blend(a.mul(ExpLog.SUBNORMAL_SCALE), subnormal);
      FloatVector shift = broadcast(F, 0f).blend(-ExpLog.SUBNORMAL_EXPONENT, subnormal);
      IntVector distance = scaled.reinterpretAsInts().sub(ExpLog.ROOT_HALF_BITS);
      FloatVector e = (FloatVector) distance.lanewise(ASHR, 23).convertShape(I2F, F, 0);
      e = e.add(shift);
      IntVector fraction = distance.and(ExpLog.FRACTION_MASK).add(ExpLog.ROOT_HALF_BITS);
      FloatVector f = fraction.reinterpretAsFloats().sub(1f);
      FloatVector p = broadcast(F, ExpLog.P7).fma(f, broadcast(F, ExpLog.P6));
      p = p.fma(f, broadcast(F, ExpLog.P5));
      p = p.fma(f, broadcast(F, ExpLog.P4));
      p = p.fma(f, broadcast(F, ExpLog.P3));
      p = p.fma(f, broadcast(F, ExpLog.P2));
      p = p.fma(f, broadcast(F, ExpLog.P1));
      p = p.fma(f, broadcast(F, ExpLog.P0));
      FloatVector square = f.mul(f);
      p = e.fma(broadcast(F, ExpLog.LN2_LOW), p.mul(f).mul(square));
      p = broadcast(F, -0.5f).fma(square, p);
      p = e.fma(broadcast(F, ExpLog.LN2_HIGH), f.add(p));
      p = p.blend(a, a.compare(EQ, Float.POSITIVE_INFINITY));
      p = p.blend(Float.NEGATIVE_INFINITY, a.compare(EQ, 0f));
      broadcast(F, Float.NaN).blend(p, a.compare(GE, 0f)).intoArray(y, yOff + i);
    }
    TAIL.log(x, xOff + i, y, yOff + i, n - i);
  }

  @Override
  public void normalPdf(float[] x, int xOff, float[] y, int yOff, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector t = FloatVector.fromArray(F, x, xOff + i).abs();
      t = t.blend(NormalMath.FAR, t.compare(GT, NormalMath.FAR));
      FloatVector square = t.mul(t);
      FloatVector squareLow = t.fma(t, square.neg());
      FloatVector rounded =
          square.fma(
              broadcast(F, NormalMath.NEGATIVE_HALF_LOG2_E),
              broadcast(F, NormalMath.NEGATIVE_LOG2_ROOT_2PI));
      rounded = rounded.add(ExpLog.ROUND);
      FloatVector integer = rounded.sub(ExpLog.ROUND);
      FloatVector low =
          broadcast(F, -0.5f).fma(squareLow, broadcast(F, -NormalMath.LN_ROOT_2PI_LOW));
      low = integer.fma(broadcast(F, -ExpLog.LN2_LOW), low);
      FloatVector r =
          integer.fma(broadcast(F, -ExpLog.LN2_HIGH), broadcast(F, -NormalMath.LN_ROOT_2PI_HIGH));
      r = broadcast(F, -0.5f).fma(square, r).add(low);
      FloatVector density = broadcast(F, ExpLog.E4).fma(r, broadcast(F, ExpLog.E3));
      density = density.fma(r, broadcast(F, ExpLog.E2));
      density = density.fma(r, broadcast(F, ExpLog.E1));
      density = density.fma(r, broadcast(F, ExpLog.E0));
      density = density.fma(r.mul(r), r).add(1f);
      IntVector exponent = rounded.reinterpretAsInts().sub(ExpLog.ROUND_BITS);
      IntVector quarter = exponent.lanewise(ASHR, 2);
      IntVector rest = exponent.sub(quarter.mul(3));
      FloatVector step = quarter.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      step = step.blend(0f, t.compare(GE, NormalMath.FAR));
      FloatVector scaleHigh = step.mul(step);
      FloatVector scaleLow = step.mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
      density.mul(scaleHigh).mul(scaleLow).intoArray(y, yOff + i);
    }
    TAIL.normalPdf(x, xOff + i, y, yOff + i, n - i);
  }

  @Override
  public void normalCdf(float[] x, int xOff, float[] y, int yOff, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector z = FloatVector.fromArray(F, x, xOff + i);
      FloatVector t = z.abs();
      t = t.blend(NormalMath.FAR, t.compare(GT, NormalMath.FAR));
      FloatVector square = t.mul(t);
      FloatVector squareLow = t.fma(t, square.neg());
      FloatVector rounded =
          square.fma(
              broadcast(F, NormalMath.NEGATIVE_HALF_LOG2_E),
              broadcast(F, NormalMath.NEGATIVE_LOG2_ROOT_2PI));
      rounded = rounded.add(ExpLog.ROUND);
      FloatVector integer = rounded.sub(ExpLog.ROUND);
      FloatVector low =
          broadcast(F, -0.5f).fma(squareLow, broadcast(F, -NormalMath.LN_ROOT_2PI_LOW));
      low = integer.fma(broadcast(F, -ExpLog.LN2_LOW), low);
      FloatVector r =
          integer.fma(broadcast(F, -ExpLog.LN2_HIGH), broadcast(F, -NormalMath.LN_ROOT_2PI_HIGH));
      r = broadcast(F, -0.5f).fma(square, r).add(low);
      FloatVector density = broadcast(F, ExpLog.E4).fma(r, broadcast(F, ExpLog.E3));
      density = density.fma(r, broadcast(F, ExpLog.E2));
      density = density.fma(r, broadcast(F, ExpLog.E1));
      density = density.fma(r, broadcast(F, ExpLog.E0));
      FloatVector excess = density.fma(r.mul(r), r);
      density = excess.add(1f);
      FloatVector densityLow = excess.sub(density.sub(1f));
      IntVector exponent = rounded.reinterpretAsInts().sub(ExpLog.ROUND_BITS);
      IntVector quarter = exponent.lanewise(ASHR, 2);
      IntVector rest = exponent.sub(quarter.mul(3));
      FloatVector step = quarter.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      step = step.blend(0f, t.compare(GE, NormalMath.FAR));
      FloatVector scaleHigh = step.mul(step);
      FloatVector scaleLow = step.mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector d = t.add(NormalMath.K);
      FloatVector dLow = t.sub(d.sub(NormalMath.K));
      FloatVector w = broadcast(F, 1f).div(d);
      FloatVector wLow = w.neg().fma(d, broadcast(F, 1f));
      wLow = w.mul(w.neg().fma(dLow, wLow));
      FloatVector v = w.mul(NormalMath.K2);
      FloatVector q = broadcast(F, 1f).sub(v);
      FloatVector qLow = broadcast(F, -NormalMath.K2).fma(w, v);
      qLow = broadcast(F, -NormalMath.K2).fma(wLow, qLow);
      FloatVector curve = broadcast(F, NormalMath.M10).fma(q, broadcast(F, NormalMath.M9));
      curve = curve.fma(q, broadcast(F, NormalMath.M8));
      curve = curve.fma(q, broadcast(F, NormalMath.M7));
      curve = curve.fma(q, broadcast(F, NormalMath.M6));
      curve = curve.fma(q, broadcast(F, NormalMath.M5));
      curve = curve.fma(q, broadcast(F, NormalMath.M4));
      curve = curve.fma(q, broadcast(F, NormalMath.M3));
      curve = curve.fma(q, broadcast(F, NormalMath.M2));
      FloatVector slope = curve.fma(q, broadcast(F, NormalMath.M1));
      FloatVector slopeLow = curve.fma(q, broadcast(F, NormalMath.M1).sub(slope));
      FloatVector m = slope.fma(q, broadcast(F, NormalMath.M0));
      FloatVector mLow = slope.fma(q, broadcast(F, NormalMath.M0).sub(m));
      mLow = qLow.fma(curve.fma(q, slope), slopeLow.fma(q, mLow));
      FloatVector p = density.mul(m);
      FloatVector pLow = density.fma(mLow, density.fma(m, p.neg()));
      pLow = densityLow.fma(m, pLow);
      FloatVector tail = p.fma(w, p.fma(wLow, pLow.mul(w))).mul(scaleHigh).mul(scaleLow);
      tail = tail.blend(broadcast(F, 1f).sub(tail), z.compare(GT, 0f));
      tail.intoArray(y, yOff + i);
    }
    TAIL.normalCdf(x, xOff + i, y, yOff + i, n - i);
  }
}
