package dev.gmr.kernels.spi;

/** Optimizer steps over {@code n} parameters starting at {@code off} in every array. */
public interface UpdateKernels {
  /**
   * Takes a step of Adam. With {@code g' = fma(decay, p, g)}: {@code m = fma(1-beta1, g',
   * beta1*m)}, {@code v = fma((1-beta2)*g', g', beta2*v)}, {@code p = p - (step * m) / fma(sqrt(v),
   * rootCorrection, epsilon)}.
   *
   * @param p parameters, updated
   * @param g gradients
   * @param m first moments, updated
   * @param v second moments, updated
   * @param off index of the first, in every array
   * @param n how many
   * @param step learning rate / (1 - beta1^t)
   * @param rootCorrection 1 / sqrt(1 - beta2^t)
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator
   * @param decay weight decay, a factor of the parameter in its gradient
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
   * Takes a step of stochastic gradient descent as PyTorch defines it: {@code g' = fma(decay, p,
   * g)}, {@code b = fma(momentum, b, g')}, then {@code p = fma(-rate, nesterov ? fma(momentum, b,
   * g') : b, p)}. Buffers start at zero.
   *
   * @param p parameters, updated
   * @param g gradients
   * @param buffer velocities b, updated
   * @param off index of the first, in every array
   * @param n how many
   * @param rate learning rate
   * @param momentum decay of the velocity
   * @param nesterov whether the step looks ahead along the velocity
   * @param decay weight decay, a factor of the parameter in its gradient
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
