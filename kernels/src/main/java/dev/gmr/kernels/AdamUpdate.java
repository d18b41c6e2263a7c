package dev.gmr.kernels;

/**
 * Adam (Kingma and Ba 2015) with weight decay added to the gradient, as PyTorch's {@code Adam} has
 * it.
 *
 * <p>The bias corrections are computed in double precision with the betas as the floats they are.
 * NaN and infinity in the gradients go through to the parameters. The four arrays must not overlap.
 *
 * @param learningRate step size, finite and not negative
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the denominator, finite and positive
 * @param weightDecay factor of the parameter in its gradient, finite and not negative
 */
public record AdamUpdate(
    float learningRate, float beta1, float beta2, float epsilon, float weightDecay) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AdamUpdate {
    requireSetting("learningRate", learningRate);
    requireBelowOne("beta1", beta1);
    requireBelowOne("beta2", beta2);
    requireSetting("weightDecay", weightDecay);
    if (!(epsilon > 0f && epsilon < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "epsilon is " + epsilon + "; expected a positive finite number");
    }
  }

  /**
   * Updates n parameters and their moments in place. All arrays use the same offset, so that chunks
   * of one large array can be updated by different threads with the same result.
   *
   * @param parameters updated
   * @param gradients the loss's gradient
   * @param first moment of the gradient, zero before the first step
   * @param second moment of the gradient, zero before the first step
   * @param off index of the first parameter
   * @param n how many
   * @param t the step's number; the first is 1
   * @throws IllegalArgumentException if the range does not lie in the arrays or t is below 1
   */
  public void apply(
      float[] parameters,
      float[] gradients,
      float[] first,
      float[] second,
      int off,
      int n,
      long t) {
    Check.range("parameters", parameters.length, off, n);
    Check.range("gradients", gradients.length, off, n);
    Check.range("first", first.length, off, n);
    Check.range("second", second.length, off, n);
    if (t < 1) {
      throw new IllegalArgumentException("t is " + t + "; expected at least 1");
    }
    double step = learningRate / (1.0 - StrictMath.pow(beta1, (double) t));
    double rootCorrection = 1.0 / Math.sqrt(1.0 - StrictMath.pow(beta2, (double) t));
    Backend.kernels()
        .updates()
        .adam(
            parameters,
            gradients,
            first,
            second,
            off,
            n,
            (float) step,
            (float) rootCorrection,
            beta1,
            beta2,
            epsilon,
            weightDecay);
  }

  static void requireSetting(String name, float value) {
    if (!(value >= 0f && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; expected a finite number of at least 0");
    }
  }

  static void requireBelowOne(String name, float value) {
    if (!(value >= 0f && value < 1f)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; expected at least 0 and below 1");
    }
  }
}
