package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.L;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gmr.kernels.scalar.ExpLog;
import dev.gmr.kernels.scalar.NormalMath;
import dev.gmr.kernels.scalar.ScalarMoments;
import dev.gmr.kernels.spi.MomentKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link ScalarMoments} a vector at a time, operation by operation, then a scalar tail. About 130
 * vector operations and three divisions for one vector of means with gradients, without a branch.
 * Written out for the reason that {@link SimdFunctions} gives.
 */
final class SimdMoments implements MomentKernels {
  private static final ScalarMoments TAIL = new ScalarMoments();

  @Override
  public void reluMean(
      float[] mu, int muOff, float[] sigma, int sigmaOff, float[] mean, int meanOff, int n) {
    int done = vectors(mu, muOff, sigma, sigmaOff, mean, meanOff, null, 0, null, 0, n);
    TAIL.reluMean(mu, muOff + done, sigma, sigmaOff + done, mean, meanOff + done, n - done);
  }

  @Override
  public void reluMeanWithGradients(
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
    int done = vectors(mu, muOff, sigma, sigmaOff, mean, meanOff, cdf, cdfOff, pdf, pdfOff, n);
    TAIL.reluMeanWithGradients(
        mu,
        muOff + done,
        sigma,
        sigmaOff + done,
        mean,
        meanOff + done,
        cdf,
        cdfOff + done,
        pdf,
        pdfOff + done,
        n - done);
  }

  /** All whole vectors; returns how many elements they are. */
  private static int vectors(
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
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector m = FloatVector.fromArray(F, mu, muOff + i);
      FloatVector s = FloatVector.fromArray(F, sigma, sigmaOff + i);
      VectorMask<Float> positive = m.compare(GT, 0f);
      s = broadcast(F, Float.NaN).blend(s, s.compare(GE, 0f));

      VectorMask<Float> atZero = m.compare(EQ, 0f).and(s.compare(EQ, 0f));
      FloatVector t = m.div(s).abs();
      FloatVector tLow = t.neg().fma(s, m.abs()).div(s);
      t = t.blend(0f, atZero);
      t = t.blend(NormalMath.FAR, t.compare(GT, NormalMath.FAR));
      tLow = broadcast(F, 0f).blend(tLow, tLow.abs().compare(LT, ScalarMoments.MAX_T_LOW));

      FloatVector square = t.mul(t);
      FloatVector squareLow = t.add(t).fma(tLow, t.fma(t, square.neg()));
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
      FloatVector dLow = t.sub(d.sub(NormalMath.K)).add(tLow);
      FloatVector w = broadcast(F, 1f).div(d);
      FloatVector wLow = w.neg().fma(d, broadcast(F, 1f));
      wLow = w.mul(w.neg().fma(dLow, wLow));
      FloatVector v = w.mul(NormalMath.K2);
      FloatVector q = broadcast(F, 1f).sub(v);
      FloatVector qLow = broadcast(F, -NormalMath.K2).fma(w, v);
      qLow = broadcast(F, -NormalMath.K2).fma(wLow, qLow);

      FloatVector ww = w.mul(w);
      FloatVector wwLow = w.add(w).fma(wLow, w.fma(w, ww.neg()));

      FloatVector curve = broadcast(F, NormalMath.G10).fma(q, broadcast(F, NormalMath.G9));
      curve = curve.fma(q, broadcast(F, NormalMath.G8));
      curve = curve.fma(q, broadcast(F, NormalMath.G7));
      curve = curve.fma(q, broadcast(F, NormalMath.G6));
      curve = curve.fma(q, broadcast(F, NormalMath.G5));
      curve = curve.fma(q, broadcast(F, NormalMath.G4));
      curve = curve.fma(q, broadcast(F, NormalMath.G3));
      curve = curve.fma(q, broadcast(F, NormalMath.G2));
      FloatVector slope = curve.fma(q, broadcast(F, NormalMath.G1));
      FloatVector slopeLow = curve.fma(q, broadcast(F, NormalMath.G1).sub(slope));
      FloatVector g = slope.fma(q, broadcast(F, NormalMath.G0));
      FloatVector gLow = slope.fma(q, broadcast(F, NormalMath.G0).sub(g));
      gLow = qLow.fma(curve.fma(q, slope), slopeLow.fma(q, gLow));
      FloatVector p = density.mul(g);
      FloatVector pLow = densityLow.fma(g, density.fma(gLow, density.fma(g, p.neg())));
      FloatVector remainder = p.fma(wwLow, pLow.mul(ww));
      FloatVector h = p.fma(ww, remainder);
      FloatVector hLow = p.fma(ww, h.neg()).add(remainder);
      FloatVector productLow =
          broadcast(F, 0f).blend(s.mul(hLow), s.compare(LT, Float.POSITIVE_INFINITY));
      FloatVector correction = s.fma(h, productLow).mul(scaleHigh).mul(scaleLow);
      broadcast(F, 0f).blend(m, positive).add(correction).intoArray(mean, meanOff + i);

      if (cdf != null) {
        curve = broadcast(F, NormalMath.M10).fma(q, broadcast(F, NormalMath.M9));
        curve = curve.fma(q, broadcast(F, NormalMath.M8));
        curve = curve.fma(q, broadcast(F, NormalMath.M7));
        curve = curve.fma(q, broadcast(F, NormalMath.M6));
        curve = curve.fma(q, broadcast(F, NormalMath.M5));
        curve = curve.fma(q, broadcast(F, NormalMath.M4));
        curve = curve.fma(q, broadcast(F, NormalMath.M3));
        curve = curve.fma(q, broadcast(F, NormalMath.M2));
        slope = curve.fma(q, broadcast(F, NormalMath.M1));
        slopeLow = curve.fma(q, broadcast(F, NormalMath.M1).sub(slope));
        FloatVector mills = slope.fma(q, broadcast(F, NormalMath.M0));
        FloatVector millsLow = slope.fma(q, broadcast(F, NormalMath.M0).sub(mills));
        millsLow = qLow.fma(curve.fma(q, slope), slopeLow.fma(q, millsLow));
        p = density.mul(mills);
        pLow = densityLow.fma(mills, density.fma(millsLow, density.fma(mills, p.neg())));
        FloatVector tail = p.fma(w, p.fma(wLow, pLow.mul(w))).mul(scaleHigh).mul(scaleLow);
        tail = tail.blend(broadcast(F, 1f).sub(tail), positive).blend(0f, atZero);
        tail.intoArray(cdf, cdfOff + i);
        density.mul(scaleHigh).mul(scaleLow).intoArray(pdf, pdfOff + i);
      }
    }
    return i;
  }

  @Override
  public void reluMeanBackward(
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
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector d = FloatVector.fromArray(F, dMean, dMeanOff + i);
      FloatVector density = FloatVector.fromArray(F, pdf, pdfOff + i);
      FloatVector accumulated = d.fma(density, FloatVector.fromArray(F, dSigma, dSigmaOff + i));
      d.mul(FloatVector.fromArray(F, cdf, cdfOff + i)).intoArray(dMu, dMuOff + i);
      accumulated.intoArray(dSigma, dSigmaOff + i);
    }
    TAIL.reluMeanBackward(
        dMean,
        dMeanOff + i,
        cdf,
        cdfOff + i,
        pdf,
        pdfOff + i,
        dMu,
        dMuOff + i,
        dSigma,
        dSigmaOff + i,
        n - i);
  }
}
