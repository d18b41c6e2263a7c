package dev.gmr.kernels.simd;

import static dev.gmr.kernels.simd.Species.F;
import static dev.gmr.kernels.simd.Species.FV;
import static dev.gmr.kernels.simd.Species.L;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.gmr.kernels.scalar.ScalarUpdates;
import dev.gmr.kernels.spi.UpdateKernels;
import jdk.incubator.vector.FloatVector;

/** Optimizer steps: whole vectors, then a scalar tail. */
final class SimdUpdates implements UpdateKernels {
  private static final ScalarUpdates TAIL = new ScalarUpdates();

  @Override
  public void adam(
      float[] p,
      float[] g,
      float[] m,
      float[] v,
      int off,
      int n,
      float step,
      float rootCorrection,
      float beta1,
      float beta2,
      float epsilon,
      float decay) {
    int i = off;
    int end = off + n;
    for (; i <= end - L; i += L) {
      FloatVector parameter = FloatVector.fromArray(F, p, i);
      FloatVector gradient = broadcast(F, decay).fma(parameter, FloatVector.fromArray(F, g, i));
      FloatVector first = FloatVector.fromArray(F, m, i).mul(beta1);
      first = broadcast(F, 1f - beta1).fma(gradient, first);
      FloatVector second = FloatVector.fromArray(F, v, i).mul(beta2);
      second = gradient.mul(1f - beta2).fma(gradient, second);
      FloatVector divisor = second.sqrt().fma(rootCorrection, epsilon);
      FV.cast(first).intoArray(m, i);
      FV.cast(second).intoArray(v, i);
      FV.cast(parameter.sub(first.mul(step).div(divisor))).intoArray(p, i);
    }
    TAIL.adam(p, g, m, v, i, end - i, step, rootCorrection, beta1, beta2, epsilon, decay);
  }

  @Override
  public void sgd(
      float[] p,
      float[] g,
      float[] buffer,
      int off,
      int n,
      float rate,
      float momentum,
      boolean nesterov,
      float decay) {
    int i = off;
    int end = off + n;
    for (; i <= end - L; i += L) {
      FloatVector parameter = FloatVector.fromArray(F, p, i);
      FloatVector gradient = broadcast(F, decay).fma(parameter, FloatVector.fromArray(F, g, i));
      FloatVector factor = broadcast(F, momentum);
      FloatVector velocity = factor.fma(FloatVector.fromArray(F, buffer, i), gradient);
      FloatVector direction = nesterov ? factor.fma(velocity, gradient) : velocity;
      FV.cast(velocity).intoArray(buffer, i);
      FV.cast(broadcast(F, -rate).fma(direction, parameter)).intoArray(p, i);
    }
    TAIL.sgd(p, g, buffer, i, end - i, rate, momentum, nesterov, decay);
  }
}
