package dev.gmr.kernels.spi;

/** Optimizer steps over {@code n} parameters starting at {@code off} in every array. */
public interface UpdateKernels {
  /**
   * Adam: with {@code g' = fma(decay, p, g)}: {@code m = fma(1-beta1, g', beta1*m)}, {@code v =
   * fma((1-beta2)*g', g', beta2*v)}, {@code p = p - (step * m) / fma(sqrt(v), rootCorrection,
   * epsilon)}.
   *
   * @param step learning rate / (1 - beta1^t)
   * @param rootCorrection 1 / sqrt(1 - beta2^t)
   */
  void adam(
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
      float decay);

  /**
   * Stochastic gradient descent as PyTorch defines it: {@code g' = fma(decay, p, g)}, {@code b =
   * fma(momentum, b, g')}, then {@code p = fma(-rate, nesterov ? fma(momentum, b, g') : b, p)}.
   * Buffers start at zero.
   */
  void sgd(
      float[] p,
      float[] g,
      float[] buffer,
      int off,
      int n,
      float rate,
      float momentum,
      boolean nesterov,
      float decay);
}
