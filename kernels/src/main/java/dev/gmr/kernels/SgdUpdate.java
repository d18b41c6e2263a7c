package dev.gmr.kernels;

/**
 * Stochastic gradient descent with momentum, Nesterov's or the classical one, and weight decay
 * added to the gradient, as PyTorch's {@code SGD} has it (no dampening).
 *
 * <p>NaN and infinity in the gradients go through to the parameters. The three arrays must not
 * overlap.
 *
 * @param learningRate step size, finite and not negative
 * @param momentum decay of the velocity, in [0, 1)
 * @param nesterov whether the step looks ahead along the velocity
 * @param weightDecay factor of the parameter in its gradient, finite and not negative
 */
public record SgdUpdate(float learningRate, float momentum, boolean nesterov, float weightDecay) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SgdUpdate {
    AdamUpdate.requireSetting("learningRate", learningRate);
    AdamUpdate.requireBelowOne("momentum", momentum);
    AdamUpdate.requireSetting("weightDecay", weightDecay);
  }

  /**
   * Updates n parameters and their velocities in place. All arrays use the same offset, so that
   * chunks of one large array can be updated by different threads with the same result.
   *
   * @param parameters updated
   * @param gradients the loss's gradient
   * @param velocity decaying sum of gradients, zero before the first step
   * @param off index of the first parameter
   * @param n how many
   * @throws IllegalArgumentException if the range does not lie in the arrays
   */
  public void apply(float[] parameters, float[] gradients, float[] velocity, int off, int n) {
    Check.range("parameters", parameters.length, off, n);
    Check.range("gradients", gradients.length, off, n);
    Check.range("velocity", velocity.length, off, n);
    Backend.kernels()
        .updates()
        .sgd(
            parameters, gradients, velocity, off, n, learningRate, momentum, nesterov, weightDecay);
  }
}
