package dev.gmr.kernels.scalar;

import dev.gmr.kernels.spi.UpdateKernels;

/** Optimizer steps, one parameter at a time. */
public final class ScalarUpdates implements UpdateKernels {
  /** Stateless. */
  public ScalarUpdates() {}

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
    for (int i = off; i < off + n; i++) {
      float gradient = Math.fma(decay, p[i], g[i]);
      float first = Math.fma(1f - beta1, gradient, beta1 * m[i]);
      float second = Math.fma((1f - beta2) * gradient, gradient, beta2 * v[i]);
      float root = (float) Math.sqrt(second);
      m[i] = first;
      v[i] = second;
      p[i] -= step * first / Math.fma(root, rootCorrection, epsilon);
    }
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
    for (int i = off; i < off + n; i++) {
      float gradient = Math.fma(decay, p[i], g[i]);
      float velocity = Math.fma(momentum, buffer[i], gradient);
      float direction = nesterov ? Math.fma(momentum, velocity, gradient) : velocity;
      buffer[i] = velocity;
      p[i] = Math.fma(-rate, direction, p[i]);
    }
  }
}
